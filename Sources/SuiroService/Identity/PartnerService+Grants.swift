import Crypto
import Foundation
package import SuiroDomain
import SuiroStore

/// What a program that may act for somebody gets tokens from.
package struct GrantedTokens: Sendable {
    package let family: TokenFamily
    package let person: Person
    package let token: ID<Token>
    package let issued: Instant
    package let expires: Instant
    /// Its successor, where one was asked for.
    package let refreshToken: String?
}

extension PartnerService {
    /// The client that may ask people of this tenant, for exactly this address.
    package func client(_ id: String, of tenant: String, redirecting to: String) async throws -> Client? {
        guard let id = ID<Client>(id) else { return nil }
        return try await readAsSystem { tx in
            guard let client = try tx.client(id), try isAtHome(client, tenant, tx),
                try tx.redirects(of: id).contains(where: { $0.utf8.elementsEqual(to.utf8) })
            else { return nil }
            return client
        }
    }

    /// Whether the client lives, in the tenant that was named by id or domain.
    func isAtHome(_ client: Client, _ tenant: String, _ tx: Transaction) throws -> Bool {
        guard !client.isRevoked, let home = try tx.organization(client.tenant),
            try tx.person(client.person)?.isActive == true
        else { return false }
        return ID<Tenant>(tenant) == home.id || tenant.lowercased() == home.domain
    }

    /// Lets the client act for the caller, as they have signed in, and answers the code for it.
    package func authorize(
        _ client: Client,
        _ wish: AuthorizationWish,
        redirect: String,
        challenge: String,
        proof: SignInProof,
        _ context: CallContext
    ) async throws -> String {
        guard let person = context.caller.person, context.caller.tenant == client.tenant else {
            throw Refusal.accessDenied(missing: "tenant of the client")
        }
        let (code, id): (String, ID<TokenFamily>) = (environment.newSecret(), environment.newID())
        _ = try await write(context, .readSelf, in: .tenant(client.tenant)) { tx, deliberation in
            let now = deliberation.at
            try tx.insert(
                AuthorizationCode(
                    hash: code.sha256,
                    redirect: redirect,
                    challenge: challenge,
                    family: TokenFamily(
                        id: id,
                        client: client.id,
                        person: person,
                        tenant: client.tenant,
                        wish: wish,
                        proof: proof,
                        createdAt: now,
                        expiresAt: now.adding(days: TokenFamily.days)
                    ),
                    expiresAt: now.adding(seconds: TokenFamily.codeSeconds)
                )
            )
            try tx.record(
                .identity(.clientAuthorized, of: "\(client.id)"),
                Remark(details: ["client": client.name, "family": "\(id)", "audience": wish.audience])
            )
            return true
        }
        return code
    }

    /// Exchanges a code, once. A code that comes again ends everything that came of it.
    package func redeem(
        _ code: String,
        by client: Client,
        redirect: String,
        verifier: String,
        lifetime: Int
    ) async throws -> GrantedTokens? {
        let challenge = Array(SHA256.hash(data: Data(verifier.utf8))).base64URL
        return try await grant(to: client, lifetime: lifetime) { tx in
            guard let kept = try tx.authorizationCode(hash: code.sha256), kept.family.client == client.id else {
                return nil
            }
            guard !kept.isUsed else {
                try end(kept.family, of: client, tx)
                return nil
            }
            guard tx.permit.intent.at < kept.expiresAt, kept.redirect.utf8.elementsEqual(redirect.utf8),
                kept.challenge == challenge, try tx.useAuthorizationCode(hash: kept.hash)
            else { return nil }
            return kept.family
        }
    }

    /// Exchanges a refresh token for its successor. One that comes again ends its family (K-10).
    package func refresh(_ token: String, by client: Client, lifetime: Int) async throws -> GrantedTokens? {
        try await grant(to: client, lifetime: lifetime) { tx in
            guard let family = try tx.tokenFamily(refresh: token.sha256), family.client == client.id else {
                return nil
            }
            guard try tx.useRefreshToken(hash: token.sha256) else {
                try end(family, of: client, tx)
                return nil
            }
            return family
        }
    }

    private func grant(
        to client: Client,
        lifetime: Int,
        _ find: @escaping @Sendable (Transaction) throws -> TokenFamily?
    ) async throws -> GrantedTokens? {
        let (refresh, token): (String, ID<Token>) = (environment.newSecret(), environment.newID())
        let now = environment.now()
        let expires = now.adding(seconds: lifetime)
        let found: Found? = try await writeAsSystem(in: .tenant(client.tenant)) { tx in
            guard let family = try find(tx), family.isLive(at: now), let person = try tx.person(family.person),
                person.isActive
            else { return nil }
            try tx.insert(token, of: family.id, until: expires)
            if family.wish.wantsRefresh { try tx.insertRefreshToken(hash: refresh.sha256, of: family.id) }
            return Found(family: family, person: person)
        }
        guard let found else { return nil }
        return GrantedTokens(
            family: found.family,
            person: found.person,
            token: token,
            issued: now,
            expires: expires,
            refreshToken: found.family.wish.wantsRefresh ? refresh : nil
        )
    }

    private struct Found: Codable {
        let family: TokenFamily
        let person: Person
    }

    /// Somebody has a copy: nobody keeps what came of it, and the person hears of it.
    private func end(_ family: TokenFamily, of client: Client, _ tx: Transaction) throws {
        guard try tx.revoke(family.id), let person = try tx.person(family.person),
            let home = try tx.organization(family.tenant)
        else { return }
        try tx.record(
            .identity(.tokenReused, of: "\(client.id)"),
            remark(home, ["client": client.name, "family": "\(family.id)", "person": person.name], hasSucceeded: false)
        )
        try tx.send(
            mail(
                "tokenReused",
                to: person,
                ["recipient": .text(person.name), "client": .text(client.name)],
                at: tx.permit.intent.at
            )
        )
    }
}
