import Crypto
import Foundation
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Continuation tokens: what they carry in the open, the number of a key of the ring, and a seal over both and over the
/// place they are for. Whoever has the database's keys can check one, so every node can, and no other cloud; a token
/// counts as long as its key does, a day longer than any access token that key signed.
extension TokenGate {
    func seal(_ carried: [UInt8], for place: String) throws -> String {
        let (generation, key) = try ring.sealer(at: service.environment.now())
        let open = "\(carried.base64URL).\(generation)"
        return "\(open).\(mac(open, place, key).base64URL)"
    }

    /// What was sealed for this place; `nil` for everything else, whatever is wrong with it.
    func unseal(_ text: String, for place: String) async -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, text.utf8.count <= 4096, let generation = Int(parts[1]), "\(generation)" == parts[1],
            let claimed = parts[2].base64URLDecoded, claimed.base64URL == parts[2]
        else { return nil }
        let now = service.environment.now()
        if ring.sealer(generation, at: now) == nil { await ring.lookAgain() }
        guard let key = ring.sealer(generation, at: now),
            HMAC<SHA256>.isValidAuthenticationCode(
                claimed,
                authenticating: sealed("\(parts[0]).\(parts[1])", place),
                using: derived(key)
            )
        else { return nil }
        return parts[0].base64URLDecoded
    }

    private func mac(_ open: String, _ place: String, _ key: P256.Signing.PrivateKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: sealed(open, place), using: derived(key)))
    }

    private func sealed(_ open: String, _ place: String) -> Data { Data("\(place)\n\(open)".utf8) }

    /// A key of its own for each cloud and for nothing but this.
    private func derived(_ key: P256.Signing.PrivateKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.rawRepresentation),
            salt: Data("suiro".utf8),
            info: Data("continuation/\(service.cloud.rawValue)".utf8),
            outputByteCount: 32
        )
    }
}

extension Call {
    /// What a continuation token is bound to: whose list it is, and which.
    private var place: String {
        let path = exchange.path.lowercased().split(separator: "/").joined(separator: "/")
        return "\(bearer?.caller.tenant.map { "\($0)" } ?? "")\n\(path)"
    }

    func token(_ question: some Encodable) throws -> String {
        try gate.seal(Array(try JSONEncoder().encode(question)), for: place)
    }

    /// What a token of this list carries; `nil` for every other text.
    func opened<Carried: Decodable>(_ token: String, as type: Carried.Type) async -> Carried? {
        guard let bytes = await gate.unseal(token, for: place) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }

    /// What a continuation token carries, when the call goes on from a page. Tokens carry the whole question, because
    /// the SDKs do not repeat it; one that is not ours is refused without a word about why.
    func continuation<Question: PagedQuestion>(_ type: Question.Type) async throws -> Question? {
        let text = exchange.headers[.msContinuationToken] ?? exchange.headers[.msContinuationTokenMisspelt]
        guard let text, !text.isEmpty else { return nil }
        guard let question = await opened(text, as: type), (1...Question.largestPage).contains(question.size)
        else { throw BadInput("MS-ContinuationToken", .malformed) }
        return question
    }
}
