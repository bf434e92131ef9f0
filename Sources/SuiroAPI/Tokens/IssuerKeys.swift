import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Brings the bytes of a key set from a URL that the operator named, at most a mebibyte of them.
package typealias KeyFetch = @Sendable (_ url: String) async throws -> [UInt8]

/// The published keys of one external issuer. They are fetched when they are needed and half a day old, or when a token
/// names one that is not among them, but never more than once a minute; when the issuer cannot be reached, what was
/// known counts for another day and then nothing does (K-12).
actor IssuerKeys {
    private let issuer: ExternalIssuer
    private let fetch: KeyFetch
    private var published: [String: (key: PublishedKey, algorithm: String?)] = [:]
    private var trusted: [String: TrustedKey] = [:]
    private var fetchedAt: Instant?
    private var triedAt: Instant?
    private var underWay: Task<Void, Never>?

    static let fresh = 12 * 3600
    static let stale = 24 * 3600
    private static let pause = 60
    private static let largest = 1_048_576
    private static let most = 100

    init(_ issuer: ExternalIssuer, fetch: @escaping KeyFetch) {
        (self.issuer, self.fetch) = (issuer, fetch)
    }

    /// The key of that name for that algorithm, or `nil` when the issuer has none that we may still rely on.
    func key(_ id: String, _ algorithm: SignatureAlgorithm, at now: Instant) async -> TrustedKey? {
        if published[id] == nil || !isWithin(Self.fresh, now) { await refresh(at: now) }
        guard isWithin(Self.fresh + Self.stale, now), let found = published[id],
            found.algorithm == nil || found.algorithm == algorithm.rawValue
        else { return nil }
        let name = "\(algorithm.rawValue) \(id)"
        if let key = trusted[name] { return key }
        let made = try? await TrustedKey(found.key, id: id, algorithm: algorithm)
        trusted[name] = made
        return made
    }

    private func isWithin(_ seconds: Int, _ now: Instant) -> Bool {
        fetchedAt.map { now < $0.adding(seconds: seconds) } ?? false
    }

    private func refresh(at now: Instant) async {
        if let underWay { return await underWay.value }
        if let triedAt, triedAt <= now, now < triedAt.adding(seconds: Self.pause) { return }
        triedAt = now
        let task = Task { await take(at: now) }
        underWay = task
        await task.value
    }

    private func take(at now: Instant) async {
        let bytes = try? await fetch(issuer.keysURL)
        underWay = nil
        guard let bytes, bytes.count <= Self.largest, let keys = Self.read(bytes) else { return }
        (published, trusted, fetchedAt) = (keys, [:], now)
    }

    /// The keys of a set that we can use; `nil` for what is no key set, has too many, or names one twice.
    private static func read(_ bytes: [UInt8]) -> [String: (key: PublishedKey, algorithm: String?)]? {
        guard let value = try? JSONReader.read(bytes), case .object(let members) = value,
            case .array(let items)? = members.first(where: { $0.name == "keys" })?.value, items.count <= most
        else { return nil }
        var found: [String: (key: PublishedKey, algorithm: String?)] = [:]
        for case .object(let members) in items {
            func text(_ name: String) -> String? {
                guard case .string(let text)? = members.first(where: { $0.name == name })?.value else { return nil }
                return text
            }
            guard let id = text("kid"), text("use") ?? "sig" == "sig", let key = PublishedKey(text) else { continue }
            guard found.updateValue((key, text("alg")), forKey: id) == nil else { return nil }
        }
        return found
    }
}

extension PublishedKey {
    /// RSA of 2048 to 8192 bits, or a point on P-256; nothing else is a key to us.
    init?(_ text: (String) -> String?) {
        switch text("kty") {
        case "RSA":
            guard let modulus = text("n"), let exponent = text("e"), let number = modulus.base64URLDecoded,
                (256...1024).contains(number.count), let power = exponent.base64URLDecoded,
                (1...8).contains(power.count)
            else { return nil }
            self = .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard text("crv") == "P-256", let x = text("x"), let y = text("y"), x.base64URLDecoded?.count == 32,
                y.base64URLDecoded?.count == 32
            else { return nil }
            self = .p256(x: x, y: y)
        default: return nil
        }
    }
}
