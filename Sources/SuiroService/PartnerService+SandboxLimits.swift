import FoundationEssentials
package import SuiroDomain
import SuiroStore

// The limits of the vendor's own sandbox, for those who want to see their program meet them. They stand in the database,
// so that a snapshot brings them back.
extension PartnerService {
    private static let name = "sandboxLimits"

    /// Sets all limits; those that are `nil` are off.
    package func set(_ limits: SandboxLimits) async throws {
        let text = String(decoding: try JSONEncoder().encode(limits), as: UTF8.self)
        _ = try await writeAsSystem { tx in
            try tx.set(Self.name, to: text)
            return true
        }
    }

    package func sandboxLimits() async throws -> SandboxLimits {
        try await readAsSystem { tx in try limits(tx) }
    }

    func limits(_ tx: Transaction) throws -> SandboxLimits {
        guard isSandbox, let text = try tx.setting(Self.name) else { return SandboxLimits() }
        return try JSONDecoder().decode(SandboxLimits.self, from: Data(text.utf8))
    }
}
