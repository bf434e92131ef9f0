import SuiroDomain
import SuiroStore

/// A copy was put in this database's place, and nobody has said yet that its rights may count (D-11).
package struct UnconfirmedCopy: Error, Hashable, CustomStringConvertible {
    package let restored: String
    package let newest: String

    package var description: String {
        """
        This database was restored at \(restored) from a copy that knows nothing after \(newest); rights that ended since \
        could count again. Read them with 'suirod confirm-restore', end what must not be, and say \
        'suirod confirm-restore --yes'. / このデータベースは \(restored) に控えから復元され、\(newest) より後のことを\
        知りません。その後に終わった権限が復活するおそれがあります。「suirod confirm-restore」で確かめ、\
        「suirod confirm-restore --yes」で確定してください。
        """
    }
}

/// A way into a customer's tenant that counts once a restored copy is confirmed.
package struct RestoredWay: Sendable {
    package let partner: String
    package let customer: String
    package let kind: String
    package let until: String
}

extension PartnerService {
    private static let mark = "restore.unconfirmed"

    /// Marks what was just put in place as unconfirmed; the time it knows of is not moved back by it.
    func freeze(_ tx: Transaction, seen newest: String?) throws {
        let known = try tx.setting(Self.newestInstant)
        let copied = try tx.lastRecorded()
        if let newest, known.map({ $0 < newest }) ?? true { try tx.set(Self.newestInstant, to: newest) }
        try tx.set(Self.mark, to: "\(tx.permit.intent.at) \(copied ?? known ?? "-")")
    }

    /// Throws while a restored copy waits for somebody's word.
    package func refuseUnconfirmedCopy() async throws {
        guard let copy = try await unconfirmedCopy() else { return }
        throw copy
    }

    package func unconfirmedCopy() async throws -> UnconfirmedCopy? {
        let text = try await readAsSystem { tx in try tx.setting(Self.mark) } ?? ""
        let words = text.split(separator: " ").map(String.init)
        return words.count == 2 ? UnconfirmedCopy(restored: words[0], newest: words[1]) : nil
    }

    /// The ways into customers' tenants that are open in this database.
    package func restoredWays() async throws -> [RestoredWay] {
        try await readAsSystem { tx in
            try tx.openWays().map {
                RestoredWay(partner: $0.partner, customer: $0.customer, kind: $0.kind, until: $0.until)
            }
        }
    }

    package func confirmCopy() async throws {
        _ = try await writeAsSystem { tx in
            try tx.set(Self.mark, to: "")
            return true
        }
    }
}
