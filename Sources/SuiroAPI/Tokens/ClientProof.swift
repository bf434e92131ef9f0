import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// How a client proves itself: with a secret, or with something it signed (RFC 7523).
enum ClientProof {
    case secret(id: String, String)
    case assertion(ClientAssertion, ClaimSet)

    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// From the form or from `Authorization: Basic`; two proofs at once are refused (RFC 6749, 2.3).
    init(_ form: Query, _ headers: HTTPFields) throws(TokenRefusal) {
        if let text = form["client_assertion"] {
            guard headers[.authorization] == nil, form["client_secret"] == nil,
                form["client_assertion_type"] == Self.assertionType
            else { throw .invalidRequest }
            self = try Self.assertion(text, form["client_id"])
            return
        }
        guard let header = headers[.authorization] else {
            guard let id = form["client_id"], let secret = form["client_secret"] else { throw .invalidRequest }
            self = .secret(id: id, secret)
            return
        }
        let parts = header.split(separator: " ", omittingEmptySubsequences: false)
        guard form["client_secret"] == nil, parts.count == 2, parts[0].lowercased() == "basic",
            let bytes = String(parts[1]).base64Decoded
        else { throw .invalidRequest }
        let pair = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard pair.count == 2, form["client_id"].map({ $0 == pair[0] }) ?? true else { throw .invalidRequest }
        self = .secret(id: String(pair[0]).formDecoded, String(pair[1]).formDecoded)
    }

    private static func assertion(_ text: String, _ id: String?) throws(TokenRefusal) -> ClientProof {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 8192, parts.count == 3, let header = parts[0].base64URLDecoded,
            let payload = parts[1].base64URLDecoded, let signature = parts[2].base64URLDecoded
        else { throw .invalidClient }
        do {
            let (head, claims) = (try ClaimSet(header), try ClaimSet(payload))
            guard head.hasOnly(["alg", "kid", "typ", "x5t", "x5t#S256"]), let algorithm = try head.text("alg"),
                ["ES256", "RS256"].contains(algorithm), let issuer = try claims.text("iss"),
                try claims.text("sub").isExactly(issuer), id.map({ $0 == issuer }) ?? true,
                let number = try claims.text("jti"), (1...200).contains(number.utf8.count)
            else { throw TokenFault.malformed }
            let type = try head.text("typ")
            guard type == nil || type.isExactly("JWT") else { throw TokenFault.malformed }
            let assertion = ClientAssertion(
                client: issuer,
                keyID: try head.text("kid"),
                algorithm: algorithm,
                signed: "\(parts[0]).\(parts[1])",
                signature: signature,
                number: number
            )
            return .assertion(assertion, claims)
        } catch {
            throw .invalidClient
        }
    }

    /// The client, if the proof is good here and now.
    func client(_ call: Call) async throws -> Client {
        let tenant = call.text("tenant")
        let found: Client?
        switch self {
        case .secret(let id, let secret): found = try await call.service.client(id, of: tenant, showing: secret)
        case .assertion(let assertion, let claims):
            guard (try? Self.isInTime(claims, call)) == true else { throw TokenRefusal.invalidClient }
            found = try await call.service.client(of: tenant, showing: assertion)
        }
        guard let found else { throw TokenRefusal.invalidClient }
        return found
    }

    /// Made for this endpoint or this issuer, and for five minutes at most.
    private static func isInTime(_ claims: ClaimSet, _ call: Call) throws(TokenFault) -> Bool {
        let here = call.service.environment.origin() + call.exchange.path
        guard let audience = try claims.text("aud"),
            [here, call.gate.issuer(of: call.text("tenant").lowercased())].contains(where: {
                $0.utf8.elementsEqual(audience.utf8)
            })
        else { return false }
        let (now, end) = (call.service.environment.now(), try claims.instant("exp"))
        let longest = PartnerService.assertionSeconds
        if claims.has("nbf"), try claims.instant("nbf") > now.adding(seconds: 60) { return false }
        if claims.has("iat") {
            let made = try claims.instant("iat")
            guard made <= now.adding(seconds: 60), end <= made.adding(seconds: longest) else { return false }
        }
        return now < end && end <= now.adding(seconds: longest + 60)
    }
}
