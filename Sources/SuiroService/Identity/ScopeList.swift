/// The scopes of version 2: at most one of the server's audiences, and what OpenID Connect knows.
package struct ScopeList: Sendable {
    /// Partner Center's two audiences, by kind of token, and this server's own name.
    package static let audiences = [
        "https://graph.windows.net", "https://api.partnercenter.microsoft.com", "suiro",
    ]

    package let audience: String?
    package let wantsIdentity: Bool
    package let wantsRefresh: Bool

    /// `nil` when a scope is named that nobody here can give, or two audiences.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        let known = ["openid", "profile", "email", "offline_access"]
        let others = words.filter { !known.contains($0) }
        guard !words.isEmpty, others.count <= 1 else { return nil }
        audience = others.first.flatMap { Self.audience($0, suffixes: ["/.default", "/user_impersonation"]) }
        guard others.isEmpty || audience != nil else { return nil }
        wantsIdentity = words.contains("openid")
        wantsRefresh = words.contains("offline_access")
    }

    /// The audience that a resource names, with or without a slash at its end.
    package static func audience(_ text: String, suffixes: [String]) -> String? {
        audiences.first { audience in
            suffixes.contains { [audience + $0, audience + "/" + $0].contains(text) }
        }
    }
}
