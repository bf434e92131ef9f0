import Crypto
import Foundation
package import SuiroDomain
import SuiroHTTP
package import SuiroService
import SuiroStore

/// Signs the built-in issuer's tokens (ES256) and verifies them and those of the issuers that the operator trusts,
/// every step strict (reliability 4.3). How a token is verified stands in Tokens/Verification.swift.
package struct TokenGate: Sendable {
    /// What a server may decide about its gate.
    package struct Settings: Sendable {
        package var master: MasterKey?
        /// The issuer's name; left out, the one that was chosen at the first start.
        package var issuer: String?
        /// The name to choose at the first start.
        package var firstIssuer: String?
        package var issuers: [ExternalIssuer] = []
        package var fetch: KeyFetch = { _ in throw TokenFault.unknownKey }
        /// Only the sandbox product says yes: tokens without end and without the instant of a sign-in, and keys that
        /// are never retired, because its clock travels.
        package var isSandbox = false

        package init() {}
    }

    let service: PartnerService
    let settings: Settings
    let ring: KeyRing
    let issuers: [(issuer: ExternalIssuer, keys: IssuerKeys)]
    /// The names of the built-in issuer, today's first.
    let names: [String]
    /// Whether the database is one that the sandbox product made: then its tokens without end count here as well.
    let isBuiltWorld: Bool
    let cache = VerifiedTokens()
    /// Partner Center's two audiences, by kind of token, and this server's own name.
    static let audiences = ScopeList.audiences
    /// Seconds a token of the token endpoint lives (reliability 4.2).
    static let lifetime = 3600

    /// Keys are made at first use and kept in the database, so that tokens survive a restart and every node agrees.
    package init(service: PartnerService, settings: Settings? = nil) async throws {
        var usual = Settings()
        usual.isSandbox = service.isSandbox
        self.service = service
        self.settings = settings ?? usual
        names = try await service.issuerNames(wanted: self.settings.issuer, first: self.settings.firstIssuer)
        ring = KeyRing(service: service, master: self.settings.master, keepsOld: self.settings.isSandbox)
        let fetch = self.settings.fetch
        issuers = self.settings.issuers.map { ($0, IssuerKeys($0, fetch: fetch)) }
        isBuiltWorld = try await service.readAsSystem { tx in try tx.secret("sandboxToken") != nil }
        try await ring.turn()
    }

    /// What stands as `iss` in the tokens of a tenant.
    package func issuer(of tenant: String) -> String { "\(names.first ?? "")/\(tenant)/v2.0" }

    /// Reads the keys again and makes the next one when it is time.
    package func turnKeys() async throws { try await ring.turn() }

    /// What goes into a token.
    package struct Claims: Sendable {
        package var person: ID<Person>
        package var tenant: ID<Tenant>
        package var token: ID<Token>
        package var isUser: Bool
        package var amr: [String]
        package var issued: Instant
        package var expires: Instant
        /// The program that asked for the token, where one did.
        package var client: ID<Client>?
        package var audience = "https://api.partnercenter.microsoft.com"
        /// When the person proved who they are, where that is known.
        package var signedInAt: Instant?
        package var mail: String?

        package init(
            person: ID<Person>,
            tenant: ID<Tenant>,
            token: ID<Token>,
            isUser: Bool,
            amr: [String],
            issued: Instant,
            expires: Instant
        ) {
            (self.person, self.tenant, self.token, self.isUser) = (person, tenant, token, isUser)
            (self.amr, self.issued, self.expires) = (amr, issued, expires)
        }
    }

    package func sign(_ claims: Claims) throws -> String {
        let (keyID, key) = try ring.signer(at: service.environment.now())
        let header = JSONWriter.object { writer in
            writer.member("alg", "ES256")
            writer.member("kid", keyID)
            writer.member("typ", "JWT")
        }
        let payload = JSONWriter.object { writer in
            writer.member("iss", issuer(of: "\(claims.tenant)"))
            writer.member("aud", claims.audience)
            writer.member("appid", claims.client)
            writer.member("tid", claims.tenant)
            writer.member("oid", claims.person)
            writer.member("sub", claims.person)
            writer.member("jti", claims.token)
            writer.member("iat", Int(claims.issued.milliseconds / 1000))
            writer.member("nbf", Int(claims.issued.milliseconds / 1000))
            writer.member("exp", Int(claims.expires.milliseconds / 1000))
            writer.member("idtyp", claims.isUser ? "user" : "app")
            if claims.isUser { writer.member("scp", "user_impersonation") }
            if let at = claims.signedInAt { writer.member("auth_time", Int(at.milliseconds / 1000)) }
            if let mail = claims.mail { writer.member("upn", mail) }
            writer.member("ver", "1.0")
            writer.array("amr", claims.amr)
        }
        let signed = "\(header.base64URL).\(payload.base64URL)"
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
        return "\(signed).\(Array(signature).base64URL)"
    }

    /// What tells the client who has signed in. Its audience is the client, so it opens no door here (K-05).
    package func signIdentity(_ claims: Claims, _ person: Person, nonce: String?) throws -> String {
        let (keyID, key) = try ring.signer(at: service.environment.now())
        let header = JSONWriter.object { writer in
            writer.member("alg", "ES256")
            writer.member("kid", keyID)
            writer.member("typ", "JWT")
        }
        let payload = JSONWriter.object { writer in
            writer.member("iss", issuer(of: "\(claims.tenant)"))
            writer.member("aud", claims.client)
            writer.member("tid", claims.tenant)
            writer.member("oid", person.id)
            writer.member("sub", person.id)
            writer.member("iat", Int(claims.issued.milliseconds / 1000))
            writer.member("nbf", Int(claims.issued.milliseconds / 1000))
            writer.member("exp", Int(claims.expires.milliseconds / 1000))
            if let at = claims.signedInAt { writer.member("auth_time", Int(at.milliseconds / 1000)) }
            if let nonce { writer.member("nonce", nonce) }
            writer.member("name", person.name)
            writer.member("preferred_username", person.mail)
            writer.member("email", person.mail)
            writer.member("ver", "1.0")
            writer.array("amr", claims.amr)
        }
        let signed = "\(header.base64URL).\(payload.base64URL)"
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
        return "\(signed).\(Array(signature).base64URL)"
    }
}

/// Why a token was turned away. For the log; callers hear the same of everything but the last two.
package enum TokenFault: Error, Equatable {
    case missing, notBearer, malformed, notSigned, unknownKey, notYet, expired, lifetime, unknownPerson
    /// A person's token must say that a second factor was used (K-08).
    case noMFA
    /// What is asked for needs a sign-in of the last five minutes.
    case signInTooOld
}
