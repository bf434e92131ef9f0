import Crypto
import Foundation
package import SuiroDomain
import SuiroStore

/// A signing key with its private part, as long as it has one that can be read.
package struct OpenSigningKey: Sendable {
    package let key: SigningKey
    /// The private scalar, 32 bytes.
    package let secret: [UInt8]
}

extension PartnerService {
    /// Makes the first key, takes over the one that was kept as a secret, and makes the next one when it is time.
    /// `keepsOld` leaves keys in force for ever: tokens of a sandbox stay valid however far its clock travels.
    package func turnSigningKeys(
        under master: MasterKey?,
        keepsOld: Bool,
        isForced: Bool = false
    ) async throws -> [OpenSigningKey] {
        var kept = try await readAsSystem { tx in try tx.signingKeys() }
        let now = environment.now()
        let isPlain = master != nil && kept.contains { $0.wrapped.hasPrefix(Self.plainMark) }
        if kept.needSuccessor(at: now) || isPlain || (isForced && !kept.hasWaiting(at: now)) {
            do {
                kept = try await turn(master, keepsOld, isForced)
            } catch StoreError.duplicate {
                // Another server was first; its key is ours too.
                kept = try await readAsSystem { tx in try tx.signingKeys() }
            }
        }
        return try kept.map { OpenSigningKey(key: $0, secret: try open($0, master)) }
    }

    private func turn(_ master: MasterKey?, _ keepsOld: Bool, _ isForced: Bool) async throws -> [SigningKey] {
        let fresh = P256.Signing.PrivateKey().rawRepresentation
        _ = try await writeAsSystem { tx in
            let now = tx.permit.intent.at
            var keys = try tx.signingKeys()
            if keys.isEmpty, let text = try tx.secret("tokenKey"), let bytes = text.base64Decoded {
                try tx.insert(make(bytes, 1, master, now, isFormer: true))
                try tx.deleteSecret("tokenKey")
                keys = try tx.signingKeys()
            }
            if keys.needSuccessor(at: now) || (isForced && !keys.hasWaiting(at: now)) {
                let next = try make(Array(fresh), (keys.last?.generation ?? 0) + 1, master, now)
                try tx.insert(next)
                // The first one replaces nothing.
                if next.generation > 1 { try tx.record(.identity(.signingKeyRotated, of: next.id)) }
                if !keepsOld {
                    for var key in keys where key.retiredAt == nil {
                        key.retiredAt = next.signsFrom.adding(seconds: KeySchedule.stay)
                        try tx.update(key)
                    }
                }
            }
            for var key in keys where master != nil && key.wrapped.hasPrefix(Self.plainMark) {
                key.wrapped = try wrap(open(key, master), key.id, master)
                try tx.update(key)
            }
            return true
        }
        return try await readAsSystem { tx in try tx.signingKeys() }
    }

    /// The first key signs at once: nobody waits for it. Later ones are published for a day before.
    private func make(
        _ secret: [UInt8],
        _ generation: Int,
        _ master: MasterKey?,
        _ now: Instant,
        isFormer: Bool = false
    ) throws -> SigningKey {
        let point = Array(try P256.Signing.PrivateKey(rawRepresentation: Data(secret)).publicKey.rawRepresentation)
        let (x, y) = (Array(point[..<32]).base64URL, Array(point[32...]).base64URL)
        let members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        let id = Array(SHA256.hash(data: Data(members.utf8))).base64URL
        return SigningKey(
            id: id,
            generation: generation,
            point: point.base64URL,
            wrapped: try wrap(secret, id, master),
            formerID: isFormer ? String(point.sha256.prefix(16)) : nil,
            createdAt: now,
            publishedFrom: now,
            signsFrom: generation == 1 ? now : now.adding(seconds: KeySchedule.headStart)
        )
    }

    private static let plainMark = "plain."

    private func purpose(_ id: String) -> String { "signing-key/\(cloud.rawValue)/\(id)" }

    private func wrap(_ secret: [UInt8], _ id: String, _ master: MasterKey?) throws -> String {
        try master?.wrap(secret, for: purpose(id)) ?? Self.plainMark + secret.base64URL
    }

    private func open(_ key: SigningKey, _ master: MasterKey?) throws -> [UInt8] {
        if key.wrapped.hasPrefix(Self.plainMark) {
            guard let secret = String(key.wrapped.dropFirst(Self.plainMark.count)).base64URLDecoded else {
                throw WrapFault.notOurs
            }
            return secret
        }
        guard let master else { throw WrapFault.notOurs }
        return try master.unwrap(key.wrapped, for: purpose(key.id))
    }
}

extension PartnerService {
    /// The name of the built-in issuer and the names it had: chosen at the first start and kept, because it stands in
    /// every token and must not change with a port. `wanted` changes it; `first` is taken where none was chosen yet.
    package func issuerNames(wanted: String?, first: String?) async throws -> [String] {
        let kept = try await readAsSystem { tx in try tx.setting("issuerNames") }
        let names = kept.map { $0.split(separator: " ").map(String.init) } ?? []
        if let first = names.first, wanted == nil || first == wanted { return names }
        let made =
            wanted ?? first ?? "https://\(cloud.rawValue)-\(environment.newSecret().prefix(12)).suiro.example"
        return try await writeAsSystem { tx in
            let kept = try tx.setting("issuerNames").map { $0.split(separator: " ").map(String.init) } ?? []
            if let first = kept.first, wanted == nil || first == wanted { return kept }
            let names = [made] + kept.filter { $0 != made }
            try tx.set("issuerNames", to: names.joined(separator: " "))
            return names
        }
    }

    /// Ends every token of a person or client that was issued before now; answers whether there is such a person.
    package func refuseTokens(of person: ID<Person>) async throws -> Bool {
        guard let tenant = try await readAsSystem({ tx in try tx.person(person)?.tenant }) else { return false }
        return try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let found = try tx.person(person), let home = try tx.organization(tenant) else { return false }
            try tx.refuseTokens(of: person, issuedBefore: tx.permit.intent.at)
            try tx.record(.identity(.tokensRefused, of: "\(person)"), remark(home, ["person": found.name]))
            return true
        }
    }

    /// Says who a subject of another issuer is; `nil` ends it. Answers whether there is such a person.
    package func bind(_ issuer: String, subject: String, to person: ID<Person>?) async throws -> Bool {
        try await writeAsSystem { tx in
            let said = ["issuer": issuer, "subject": subject]
            guard let person else {
                try tx.unbind(issuer, subject: subject)
                try tx.record(.identity(.identityUnbound, of: subject), Remark(details: said))
                return true
            }
            guard try tx.person(person) != nil else { return false }
            try tx.bind(issuer, subject: subject, to: person)
            try tx.record(.identity(.identityBound, of: "\(person)"), Remark(details: said))
            return true
        }
    }
}
