import Crypto
import Foundation
import SuiroDomain
import SuiroService

/// The built-in issuer's keys as the database last showed them. A node that meets a key it does not know looks again,
/// so that a key another node made counts here at once.
final class KeyRing: @unchecked Sendable {
    private let service: PartnerService
    private let master: MasterKey?
    private let keepsOld: Bool
    private let lock = NSLock()
    private var keys: [SigningKey] = []
    private var secrets: [String: P256.Signing.PrivateKey] = [:]
    /// By the name that stands in tokens.
    private var trusted: [String: (key: SigningKey, trust: TrustedKey)] = [:]
    private var lookedAt = ContinuousClock.now

    init(service: PartnerService, master: MasterKey?, keepsOld: Bool) {
        (self.service, self.master, self.keepsOld) = (service, master, keepsOld)
    }

    /// Reads the keys, and makes the next one when it is time.
    func turn(isForced: Bool = false) async throws {
        let open = try await service.turnSigningKeys(under: master, keepsOld: keepsOld, isForced: isForced)
        var trusted: [String: (key: SigningKey, trust: TrustedKey)] = [:]
        var secrets: [String: P256.Signing.PrivateKey] = [:]
        for one in open {
            secrets[one.key.id] = try P256.Signing.PrivateKey(rawRepresentation: Data(one.secret))
            let (x, y) = one.key.coordinates
            for name in [one.key.id, one.key.formerID].compactMap(\.self) {
                trusted[name] = (one.key, try await TrustedKey(id: name, x: x, y: y))
            }
        }
        let (keys, fresh, known) = (open.map(\.key), secrets, trusted)
        lock.withLock {
            (self.keys, self.secrets, self.trusted) = (keys, fresh, known)
            lookedAt = .now
        }
    }

    /// Looks again unless that was done within the last second: unknown names cost no more than that.
    func lookAgain() async {
        let isDue = lock.withLock {
            guard ContinuousClock.now - lookedAt > .seconds(1) else { return false }
            lookedAt = .now
            return true
        }
        if isDue { try? await turn() }
    }

    func signer(at now: Instant) throws -> (id: String, key: P256.Signing.PrivateKey) {
        try lock.withLock {
            guard let signer = keys.signer(at: now), let key = secrets[signer.id] else { throw TokenFault.notSigned }
            return (signer.id, key)
        }
    }

    /// What tokens of lists are sealed with from now on.
    func sealer(at now: Instant) throws -> (generation: Int, key: P256.Signing.PrivateKey) {
        try lock.withLock {
            guard let signer = keys.signer(at: now), let key = secrets[signer.id] else { throw TokenFault.notSigned }
            return (signer.generation, key)
        }
    }

    /// The key of that number, while it counts.
    func sealer(_ generation: Int, at now: Instant) -> P256.Signing.PrivateKey? {
        lock.withLock {
            keys.first { $0.generation == generation && $0.counts(at: now) }.flatMap { secrets[$0.id] }
        }
    }

    /// The key of that name, while its tokens can be alive.
    func key(_ name: String, at now: Instant) -> (key: SigningKey, trust: TrustedKey)? {
        lock.withLock { trusted[name].flatMap { $0.key.counts(at: now) ? $0 : nil } }
    }

    func published(at now: Instant) -> [SigningKey] { lock.withLock { keys.published(at: now) } }
}

extension SigningKey {
    /// Of the public point, in base64url.
    var coordinates: (x: String, y: String) {
        let point = point.base64URLDecoded ?? []
        return (Array(point.prefix(32)).base64URL, Array(point.dropFirst(32)).base64URL)
    }
}
