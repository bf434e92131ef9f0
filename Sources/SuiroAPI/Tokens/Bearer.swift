package import SuiroDomain
import SuiroService

/// Who a verified token names. What that person may do is read from the database, never from the token.
package struct Bearer: Hashable, Sendable {
    package let person: ID<Person>
    package let tenant: ID<Tenant>
    package let token: ID<Token>
    /// `false` for a client that speaks for itself (client credentials).
    package let isUser: Bool
    package let amr: [String]
    /// When the person signed in, where the token says so.
    package let authTime: Instant?
    package let issued: Instant
    package let notBefore: Instant
    package let expires: Instant
    /// Whether another issuer than ours says so.
    package let isExternal: Bool

    package var caller: Caller { .person(person, of: tenant, token: token) }
    package var usedSecondFactor: Bool { amr.contains("mfa") }
}
