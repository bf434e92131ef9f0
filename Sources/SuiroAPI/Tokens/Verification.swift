import Foundation
package import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// The steps of reliability 4.3, in their order. Whatever is wrong, callers hear one answer.
extension TokenGate {
    /// Seconds two clocks may differ by (K-07).
    static let leeway = 60
    /// Seconds a token of another issuer may live.
    static let externalLifetime = 86_400

    /// The bearer of an `Authorization` header's text, or the one answer for everything that is wrong with it.
    package func verify(authorization: String, at now: Instant) async throws -> Bearer {
        // By bytes: a token is as long as a page, and this is done for every request.
        let text = authorization.utf8
        guard let blank = text.firstIndex(of: UInt8(ascii: " ")), authorization[..<blank].lowercased() == "bearer",
            !text[text.index(after: blank)...].contains(UInt8(ascii: " "))
        else { throw TokenFault.notBearer }
        return try await verify(token: String(authorization[text.index(after: blank)...]), at: now)
    }

    package func verify(token: String, at now: Instant) async throws -> Bearer {
        guard token.utf8.count <= 8192 else { throw TokenFault.notBearer }
        let claims = try await verified(token, at: now)
        guard claims.notBefore <= now.adding(seconds: Self.leeway) else { throw TokenFault.notYet }
        guard now < claims.expires.adding(seconds: Self.leeway) else { throw TokenFault.expired }
        return try await bearer(claims)
    }

    /// A signature is checked once; whether its key still counts, and everything that time or the database can change,
    /// every time.
    private func verified(_ token: String, at now: Instant) async throws -> VerifiedClaims {
        if let known = cache[token] {
            guard try await trust(known.origin, at: now) != nil else { throw TokenFault.unknownKey }
            return known
        }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = parts[0].base64URLDecoded, let payload = parts[1].base64URLDecoded,
            parts[2].base64URLDecoded != nil
        else { throw TokenFault.malformed }
        let (keyID, algorithm) = try named(ClaimSet(header))
        let claims = try ClaimSet(payload)
        let origin = try origin(claims, keyID, algorithm)
        guard let key = try await trust(origin, at: now) else { throw TokenFault.unknownKey }
        guard await key.signed(token) else { throw TokenFault.notSigned }
        let verified: VerifiedClaims =
            switch origin.issuer {
            case nil: try own(claims, origin)
            case let index?: try external(claims, origin, issuers[index].issuer, token: token.sha256)
            }
        cache[token] = verified
        return verified
    }

    /// Before the signature, so that a header can neither choose an algorithm nor point to a key (K-01, K-06).
    private func named(_ header: ClaimSet) throws -> (String, SignatureAlgorithm) {
        guard header.hasOnly(["alg", "kid", "typ", "x5t"]), let keyID = try header.text("kid"),
            let word = try header.text("alg"),
            let algorithm = SignatureAlgorithm.allCases.first(where: { word.utf8.elementsEqual($0.rawValue.utf8) }),
            try header.text("typ").isExactly("JWT")
        else { throw TokenFault.malformed }
        _ = try header.text("x5t")
        return (keyID, algorithm)
    }

    /// Whose token it says it is; nothing but the choice of the key depends on that yet (K-03).
    private func origin(_ claims: ClaimSet, _ keyID: String, _ algorithm: SignatureAlgorithm) throws -> TokenOrigin {
        guard let name = try claims.text("iss") else { throw TokenFault.malformed }
        for (index, known) in issuers.enumerated() {
            guard let tenant = known.issuer.tenant(in: name), known.issuer.algorithms.contains(algorithm) else {
                continue
            }
            guard try tenant.isEmpty || claims.text(known.issuer.tenantClaim).isExactly(tenant) else {
                throw TokenFault.malformed
            }
            return TokenOrigin(issuer: index, keyID: keyID, algorithm: algorithm)
        }
        guard algorithm == .es256 else { throw TokenFault.malformed }
        return TokenOrigin(issuer: nil, keyID: keyID, algorithm: algorithm)
    }

    private func trust(_ origin: TokenOrigin, at now: Instant) async throws -> TrustedKey? {
        if let index = origin.issuer {
            return await issuers[index].keys.key(origin.keyID, origin.algorithm, at: now)
        }
        if let found = ring.key(origin.keyID, at: now) { return found.trust }
        await ring.lookAgain()
        return ring.key(origin.keyID, at: now)?.trust
    }

    /// Somebody who acts for somebody else is nobody we know (K-04).
    private func refuseActors(_ claims: ClaimSet) throws {
        guard !claims.has("act"), !claims.has("may_act") else { throw TokenFault.malformed }
    }

    private func own(_ claims: ClaimSet, _ origin: TokenOrigin) throws -> VerifiedClaims {
        try refuseActors(claims)
        let (audience, name) = (try claims.text("aud"), try claims.text("iss"))
        let tenant: ID<Tenant> = try claims.id("tid")
        guard Self.audiences.contains(where: { audience.isExactly($0) }),
            isOurs(name, tenant, keyID: origin.keyID)
        else { throw TokenFault.malformed }
        let mode = try claims.text("idtyp")
        // An identity token or whatever else we sign has no scope and is no access token (K-05).
        let isWithScope = try claims.text("scp").isExactly("user_impersonation")
        guard mode.isExactly("app") || (mode.isExactly("user") && isWithScope) else { throw TokenFault.malformed }
        let person: ID<Person> = try claims.id("oid")
        let (issued, begins, ends) = (
            try claims.instant("iat"), try claims.instant("nbf"), try claims.instant("exp")
        )
        guard settings.isSandbox || isBuiltWorld || ends <= issued.adding(seconds: Self.lifetime) else {
            throw TokenFault.lifetime
        }
        return VerifiedClaims(
            origin: origin,
            subject: .person(person, tenant),
            token: try claims.id("jti"),
            isUser: mode.isExactly("user"),
            amr: try claims.texts("amr"),
            authTime: try claims.has("auth_time") ? claims.instant("auth_time") : nil,
            issued: issued,
            notBefore: max(issued, begins),
            expires: ends
        )
    }

    /// Today's name and those the issuer had; the name from before names were kept counts only with its key.
    private func isOurs(_ name: String?, _ tenant: ID<Tenant>, keyID: String) -> Bool {
        if names.contains(where: { name.isExactly("\($0)/\(tenant)/v2.0") }) { return true }
        guard name.isExactly("https://suiro.example/\(service.cloud.rawValue)/") else { return false }
        return ring.key(keyID, at: .earliest)?.key.formerID == keyID
    }

    private func external(
        _ claims: ClaimSet,
        _ origin: TokenOrigin,
        _ issuer: ExternalIssuer,
        token digest: String
    ) throws -> VerifiedClaims {
        try refuseActors(claims)
        guard let audience = try claims.text("aud"), let name = try claims.text("iss"),
            issuer.audiences.contains(where: { audience.utf8.elementsEqual($0.utf8) }),
            let subject = try claims.text(issuer.subjectClaim), (1...255).contains(subject.utf8.count)
        else { throw TokenFault.malformed }
        let theirs = issuer.tenants["*"] == nil ? try claims.text(issuer.tenantClaim) : "*"
        guard let tenant = theirs.flatMap({ issuer.tenants[$0] }) else { throw TokenFault.malformed }
        let scopes = try claims.text(issuer.scopeClaim)?.split(separator: " ").map(String.init) ?? []
        let isApp = try claims.text("idtyp").isExactly("app")
        guard isApp ? scopes.isEmpty : scopes.contains(issuer.scope) else { throw TokenFault.malformed }
        let (issued, ends) = (try claims.instant("iat"), try claims.instant("exp"))
        let begins = try claims.has("nbf") ? claims.instant("nbf") : issued
        guard ends <= issued.adding(seconds: Self.externalLifetime) else { throw TokenFault.lifetime }
        guard let id = Self.id(digest) else { throw TokenFault.malformed }
        return VerifiedClaims(
            origin: origin,
            subject: .external(name, subject, tenant),
            token: id,
            isUser: !isApp,
            amr: try issuer.mfa.contains { claim, values in try claims.says(claim, oneOf: values) } ? ["mfa"] : [],
            authTime: try claims.has("auth_time") ? claims.instant("auth_time") : nil,
            issued: issued,
            notBefore: max(issued, begins),
            expires: ends
        )
    }

    /// Others name their tokens as they like; here a token is named by what it is.
    private static func id(_ digest: String) -> ID<Token>? {
        let digits = Array(digest)
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return ID<Token>(groups.map { String($0) }.joined(separator: "-"))
    }

    private func bearer(_ claims: VerifiedClaims) async throws -> Bearer {
        let (person, tenant): (ID<Person>, ID<Tenant>)
        switch claims.subject {
        case .person(let known, let home): (person, tenant) = (known, home)
        case .external(let issuer, let subject, let home):
            guard let found = try await known(claims.origin, issuer, subject), found.tenant == home else {
                throw TokenFault.unknownPerson
            }
            (person, tenant) = (found.id, home)
        }
        return Bearer(
            person: person,
            tenant: tenant,
            token: claims.token,
            isUser: claims.isUser,
            amr: claims.amr,
            authTime: claims.authTime,
            issued: claims.issued,
            notBefore: claims.notBefore,
            expires: claims.expires,
            isExternal: claims.origin.issuer != nil
        )
    }

    /// Read every time: whoever is unbound is nobody from the next request on. The mode of the token and the role of
    /// who it names agree, so that a program cannot pass for a person.
    private func known(_ origin: TokenOrigin, _ issuer: String, _ subject: String) async throws -> Person? {
        let configured = origin.issuer.flatMap { issuers[$0].issuer.people[subject] }
        return try await service.readAsSystem { tx in
            if let bound = try tx.person(of: issuer, subject: subject) { return bound }
            return try configured.flatMap { try tx.person($0) }
        }
    }
}

/// Where a token says it comes from: the place of an external issuer in the settings, or `nil` for our own.
struct TokenOrigin: Hashable, Sendable {
    let issuer: Int?
    let keyID: String
    let algorithm: SignatureAlgorithm
}

/// What a token that was signed as it should says. Neither time nor the database can change it.
struct VerifiedClaims: Sendable {
    enum Subject: Sendable {
        case person(ID<Person>, ID<Tenant>)
        case external(String, String, ID<Tenant>)
    }

    let origin: TokenOrigin
    let subject: Subject
    let token: ID<Token>
    let isUser: Bool
    let amr: [String]
    let authTime: Instant?
    let issued: Instant
    let notBefore: Instant
    let expires: Instant
}

/// Tokens whose signature has been checked. Only what the signature covers is remembered: whether the
/// token was revoked, and what its person may do, is read from the database in every transaction.
final class VerifiedTokens: @unchecked Sendable {
    private let lock = NSLock()
    private var tokens: [String: VerifiedClaims] = [:]

    subscript(token: String) -> VerifiedClaims? {
        get { lock.withLock { tokens[token] } }
        set {
            lock.withLock {
                if tokens.count >= 10_000 { tokens.removeAll(keepingCapacity: true) }
                tokens[token] = newValue
            }
        }
    }
}
