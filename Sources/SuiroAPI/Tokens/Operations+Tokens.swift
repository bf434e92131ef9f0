import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// The built-in issuer: tokens for clients, and what others need to check them (contract, section 2).
extension Operation {
    static let tokens: [Operation] = [
        Operation("tokens.create", .post, "/{tenant}/oauth2/token", .anonymous, limit: 16_384) { call in
            try await token(call, .v1)
        },
        Operation("tokens.createV2", .post, "/{tenant}/oauth2/v2.0/token", .anonymous, limit: 16_384) { call in
            try await token(call, .v2)
        },
        Operation("tokens.exchange", .post, "/generatetoken", limit: 16_384) { call in try await exchange(call) },
        Operation("tokens.issuer", .get, "/{tenant}/v2.0/.well-known/openid-configuration", .anonymous) { call in
            try await discovery(call)
        },
        Operation("tokens.keys", .get, "/{tenant}/discovery/v2.0/keys", .anonymous) { call in
            try await call.gate.turnKeys()
            let keys = call.gate.ring.published(at: call.service.environment.now())
            return Reply.json { writer in
                writer.array("keys", keys) { writer, key in
                    writer.object { writer in
                        writer.member("kty", "EC")
                        writer.member("use", "sig")
                        writer.member("alg", "ES256")
                        writer.member("crv", "P-256")
                        writer.member("kid", key.id)
                        writer.member("x", key.coordinates.x)
                        writer.member("y", key.coordinates.y)
                    }
                }
            }
        },
    ]

    private static func token(_ call: Call, _ version: TokenRequest.Version) async throws -> Reply {
        do {
            let request = try TokenRequest(call, version)
            try await call.gate.turnKeys()
            let client = try await request.proof.client(call)
            let granted: GrantedTokens?
            switch request.grant {
            case .clientCredentials: return try own(call, request, client, version)
            case .code(let code, let redirect, let verifier):
                granted = try await call.service.redeem(
                    code,
                    by: client,
                    redirect: redirect,
                    verifier: verifier,
                    lifetime: TokenGate.lifetime
                )
            case .refresh(let token):
                granted = try await call.service.refresh(token, by: client, lifetime: TokenGate.lifetime)
            }
            guard let granted else { throw TokenRefusal.invalidGrant }
            return try delegated(call, request, granted, version)
        } catch let refusal as TokenRefusal {
            return refused(call, refusal)
        }
    }

    /// For a client that acts for itself.
    private static func own(
        _ call: Call,
        _ request: TokenRequest,
        _ client: Client,
        _ version: TokenRequest.Version
    ) throws -> Reply {
        let now = call.service.environment.now()
        var claims = TokenGate.Claims(
            person: client.person,
            tenant: client.tenant,
            token: ID(call.service.environment.newUUID()),
            isUser: false,
            amr: [],
            issued: now,
            expires: now.adding(seconds: TokenGate.lifetime)
        )
        claims.client = client.id
        claims.audience = request.audience ?? claims.audience
        let token = try call.gate.sign(claims)
        return Reply.json { writer in
            times(claims, request.resource ?? claims.audience, version, to: &writer)
            writer.member("access_token", token)
        }
    }

    /// For a client that acts for a person who let it.
    private static func delegated(
        _ call: Call,
        _ request: TokenRequest,
        _ granted: GrantedTokens,
        _ version: TokenRequest.Version
    ) throws -> Reply {
        let wish = granted.family.wish
        var claims = TokenGate.Claims(
            person: granted.person.id,
            tenant: granted.family.tenant,
            token: granted.token,
            isUser: true,
            amr: granted.family.proof.amr,
            issued: granted.issued,
            expires: granted.expires
        )
        claims.client = granted.family.client
        claims.audience = request.audience ?? wish.audience
        claims.signedInAt = granted.family.proof.at
        claims.mail = granted.person.mail
        let token = try call.gate.sign(claims)
        let identity = try wish.wantsIdentity ? call.gate.signIdentity(claims, granted.person, nonce: wish.nonce) : nil
        return Reply.json { writer in
            times(claims, claims.audience, version, to: &writer)
            writer.member("scope", version == .v1 ? "user_impersonation" : "\(claims.audience)/user_impersonation")
            writer.member("access_token", token)
            if let refresh = granted.refreshToken { writer.member("refresh_token", refresh) }
            if let identity { writer.member("id_token", identity) }
        }
    }

    /// Version 1 writes every number as text, version 2 as a number (conventions, section 2).
    private static func times(
        _ claims: TokenGate.Claims,
        _ resource: String,
        _ version: TokenRequest.Version,
        to writer: inout JSONWriter
    ) {
        let seconds = Int((claims.expires.milliseconds - claims.issued.milliseconds) / 1000)
        writer.member("token_type", "Bearer")
        switch version {
        case .v1:
            writer.member("expires_in", "\(seconds)")
            writer.member("ext_expires_in", "\(seconds)")
            writer.member("expires_on", "\(claims.expires.milliseconds / 1000)")
            writer.member("not_before", "\(claims.issued.milliseconds / 1000)")
            writer.member("resource", resource)
        case .v2:
            writer.member("expires_in", seconds)
            writer.member("ext_expires_in", seconds)
        }
    }

    /// Partner Center's own token for the bearer of an Entra ID token. It is the same token for another audience: it
    /// ends when that one ends, and with it.
    private static func exchange(_ call: Call) async throws -> Reply {
        let form = Query(String(decoding: call.body, as: UTF8.self))
        guard form["grant_type"] == "jwt_token" else {
            return refused(call, form["grant_type"] == nil ? .invalidRequest : .unsupportedGrantType)
        }
        guard let bearer = call.bearer else { throw TokenFault.missing }
        // Whoever is nobody any more gets nothing.
        _ = try await call.service.whoAmI(call.context)
        // Tokens of other issuers may live longer than ours do.
        let now = call.service.environment.now()
        let expires = bearer.isExternal ? min(bearer.expires, now.adding(seconds: TokenGate.lifetime)) : bearer.expires
        var claims = TokenGate.Claims(
            person: bearer.person,
            tenant: bearer.tenant,
            token: bearer.token,
            isUser: bearer.isUser,
            amr: bearer.amr,
            issued: bearer.isExternal ? now : bearer.notBefore,
            expires: expires
        )
        claims.signedInAt = bearer.authTime
        try await call.gate.turnKeys()
        let token = try call.gate.sign(claims)
        let rest = (expires.milliseconds - now.milliseconds) / 1000
        return Reply.json { writer in
            writer.member("token_type", "bearer")
            writer.member("expires_in", Int(max(0, rest)))
            writer.member("access_token", token)
        }
    }

    private static func refused(_ call: Call, _ refusal: TokenRefusal) -> Reply {
        let words = call.say("token.\(refusal.rawValue)")
        let trace = call.service.environment.newUUID()
        var reply = Reply.json(refusal.status) { writer in
            writer.member("error", refusal.error)
            writer.member("error_description", "AADSTS\(refusal.number): \(words)")
            writer.array("error_codes", [refusal.number]) { writer, number in writer.value(number) }
            writer.member("timestamp", call.service.environment.now())
            writer.member("trace_id", "\(trace)".lowercased())
            writer.member("correlation_id", "\(call.correlation)".lowercased())
        }
        if refusal == .invalidClient { reply.headers[.wwwAuthenticate] = "Basic realm=\"suiro\"" }
        return reply
    }

    /// Tells what is served, and nothing else (RFC 8414). The issuer byte for byte as it stands in the tokens of the tenant, which may be named by its domain; for a
    /// tenant that is none, with a place for one, as Entra ID answers for `common`.
    private static func discovery(_ call: Call) async throws -> Reply {
        let named = call.text("tenant")
        let home = try await call.service.readAsSystem { tx in
            try ID<Tenant>(named).flatMap { try tx.organization($0) } ?? tx.organization(domain: named.lowercased())
        }
        let issuer = call.gate.issuer(of: home.map { "\($0.id)" } ?? "{tenantid}")
        let base = "\(call.service.environment.origin())/\(call.text("tenant").percentEncoded)"
        return Reply.json { writer in
            writer.member("issuer", issuer)
            writer.member("authorization_endpoint", "\(base)/oauth2/v2.0/authorize")
            writer.member("token_endpoint", "\(base)/oauth2/v2.0/token")
            writer.member("jwks_uri", "\(base)/discovery/v2.0/keys")
            writer.array("response_types_supported", ["code"])
            writer.array("response_modes_supported", ["query"])
            writer.array("code_challenge_methods_supported", ["S256"])
            writer.array("grant_types_supported", ["authorization_code", "client_credentials", "refresh_token"])
            writer.array("scopes_supported", ["openid", "profile", "email", "offline_access"])
            writer.array("subject_types_supported", ["public"])
            writer.array(
                "token_endpoint_auth_methods_supported",
                ["client_secret_post", "client_secret_basic", "private_key_jwt"]
            )
            writer.array("token_endpoint_auth_signing_alg_values_supported", ["ES256", "RS256"])
            writer.array("id_token_signing_alg_values_supported", ["ES256"])
            writer.member("authorization_response_iss_parameter_supported", true)
            writer.member("request_parameter_supported", false)
            writer.member("request_uri_parameter_supported", false)
        }
    }
}
