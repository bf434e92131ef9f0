import HTTPTypes
import SuiroHTTP
import SuiroService

/// Why a token was not handed out, in the words of RFC 6749 and with Entra ID's numbers, which clients look at.
enum TokenRefusal: String, Error {
    case invalidRequest, unsupportedGrantType, invalidResource, invalidClient, invalidGrant

    var error: String {
        switch self {
        case .invalidRequest: "invalid_request"
        case .unsupportedGrantType: "unsupported_grant_type"
        case .invalidResource: "invalid_resource"
        case .invalidClient: "invalid_client"
        case .invalidGrant: "invalid_grant"
        }
    }

    var number: Int {
        switch self {
        case .invalidRequest: 90_014
        case .unsupportedGrantType: 70_003
        case .invalidResource: 500_011
        case .invalidClient: 7_000_215
        case .invalidGrant: 70_000
        }
    }

    var status: HTTPResponse.Status { self == .invalidClient ? .unauthorized : .badRequest }
}

/// What a client asks of the token endpoint: a form, every member at most once.
struct TokenRequest {
    enum Version { case v1, v2 }

    enum Grant {
        case clientCredentials
        case code(String, redirect: String, verifier: String)
        case refresh(String)
    }

    let proof: ClientProof
    let grant: Grant
    /// Which of the server's audiences the token is for; `nil` for the one that was agreed on before.
    let audience: String?
    /// `resource` as it was sent; the answer repeats it.
    let resource: String?

    init(_ call: Call, _ version: Version) throws(TokenRefusal) {
        let type = call.exchange.headers[.contentType]?.lowercased() ?? ""
        let form = Query(String(decoding: call.body, as: UTF8.self))
        guard type.hasPrefix("application/x-www-form-urlencoded"), form.items.count < 100,
            Set(form.items.map(\.name)).count == form.items.count
        else { throw .invalidRequest }
        guard let kind = form["grant_type"] else { throw .invalidRequest }
        switch kind {
        case "client_credentials": grant = .clientCredentials
        case "authorization_code":
            guard let code = form["code"], let redirect = form["redirect_uri"], let verifier = form["code_verifier"],
                (43...128).contains(verifier.utf8.count)
            else { throw .invalidRequest }
            grant = .code(code, redirect: redirect, verifier: verifier)
        case "refresh_token":
            guard let token = form["refresh_token"] else { throw .invalidRequest }
            grant = .refresh(token)
        default: throw .unsupportedGrantType
        }
        proof = try ClientProof(form, call.exchange.headers)
        let named = form[version == .v1 ? "resource" : "scope"]
        resource = named
        if let named {
            audience = try Self.audience(named, version, grant)
        } else if case .clientCredentials = grant {
            throw .invalidRequest
        } else {
            audience = nil
        }
    }

    /// A client by itself names one resource. One that acts for somebody may name further scopes, or none.
    private static func audience(
        _ named: String,
        _ version: Version,
        _ grant: Grant
    ) throws(TokenRefusal) -> String? {
        if case .clientCredentials = grant {
            let suffix = version == .v2 ? "/.default" : ""
            guard let found = TokenGate.audiences.first(where: { [$0 + suffix, $0 + "/" + suffix].contains(named) })
            else { throw .invalidResource }
            return found
        }
        guard version == .v2 else {
            guard let found = ScopeList.audience(named, suffixes: [""]) else { throw .invalidResource }
            return found
        }
        guard let scopes = ScopeList(named) else { throw .invalidResource }
        return scopes.audience
    }
}
