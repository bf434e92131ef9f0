import SuiroDomain
import SuiroHTTP
import SuiroService

/// What a program sends a browser here with (RFC 6749, 4.1.1; RFC 7636), after its client and its address are known.
struct AuthorizationQuery {
    let wish: AuthorizationWish
    let challenge: String
    /// The oldest sign-in that will do, in seconds.
    let maxAge: Int?
    let isSilent: Bool

    enum Fault: String, Error {
        case invalidRequest = "invalid_request"
        case unsupportedResponseType = "unsupported_response_type"
        case invalidScope = "invalid_scope"
        case loginRequired = "login_required"
        case interactionRequired = "interaction_required"
        case accessDenied = "access_denied"
    }

    init(_ query: Query, isV2: Bool) throws(Fault) {
        guard Set(query.items.map(\.name)).count == query.items.count else { throw .invalidRequest }
        guard query["response_type"] == "code" else { throw .unsupportedResponseType }
        guard query["response_mode"].map({ $0 == "query" }) ?? true, query["request"] == nil,
            query["request_uri"] == nil
        else { throw .invalidRequest }
        // `plain` would let whoever saw the request redeem the code.
        guard query["code_challenge_method"] == "S256", let challenge = query["code_challenge"],
            challenge.utf8.count == 43, challenge.base64URLDecoded?.count == 32
        else { throw .invalidRequest }
        self.challenge = challenge
        let nonce = query["nonce"]
        guard nonce.map({ $0.utf8.count <= 500 }) ?? true, query["state"].map({ $0.utf8.count <= 2000 }) ?? true else {
            throw .invalidRequest
        }
        wish = try Self.wish(query, nonce, isV2: isV2)
        let prompt = query["prompt"] ?? "consent"
        guard ["none", "login", "consent", "select_account"].contains(prompt) else { throw .invalidRequest }
        isSilent = prompt == "none"
        if let text = query["max_age"] {
            guard let seconds = Int(text), (0...31_536_000).contains(seconds) else { throw .invalidRequest }
            maxAge = max(seconds, 60)
        } else {
            maxAge = prompt == "login" ? 60 : nil
        }
    }

    private static func wish(_ query: Query, _ nonce: String?, isV2: Bool) throws(Fault) -> AuthorizationWish {
        let usual = "https://api.partnercenter.microsoft.com"
        guard isV2 else {
            let named = query["resource"]
            guard let audience = named.map({ ScopeList.audience($0, suffixes: [""]) }) ?? usual else {
                throw .invalidScope
            }
            let scopes = query["scope"]?.split(separator: " ").map(String.init) ?? []
            return AuthorizationWish(
                audience: audience,
                wantsIdentity: scopes.contains("openid"),
                wantsRefresh: true,
                nonce: nonce
            )
        }
        guard let scopes = query["scope"].flatMap(ScopeList.init) else { throw .invalidScope }
        return AuthorizationWish(
            audience: scopes.audience ?? usual,
            wantsIdentity: scopes.wantsIdentity,
            wantsRefresh: scopes.wantsRefresh,
            nonce: nonce
        )
    }
}
