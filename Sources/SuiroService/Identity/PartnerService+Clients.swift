package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// How many secrets of a client, and how many of its keys, live at a time: the one in use and its successor.
    package static let liveProofs = 2
    /// Seconds an assertion may be valid for.
    package static let assertionSeconds = 300

    /// Makes a client of a tenant with one secret, or with a public key in its place. The secret is shown here and
    /// never again; its hash is kept.
    package func registerClient(
        named name: String,
        of tenant: ID<Tenant>,
        redirects: [String] = [],
        key: ClientKey? = nil
    ) async throws -> (Client, secret: String) {
        let (id, person): (ID<Client>, ID<Person>) = (environment.newID(), environment.newID())
        let secret = environment.newSecret()
        let hash = secret.sha256
        let now = environment.now()
        let client = try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let home = try tx.organization(tenant) else { throw Refusal.notFound(.organization, "\(tenant)") }
            try tx.insert(
                Person(
                    id: person,
                    tenant: tenant,
                    name: name,
                    mail: "\(id)@\(home.domain)",
                    language: home.language,
                    roles: [.app]
                )
            )
            let client = Client(id: id, tenant: tenant, person: person, name: name, createdAt: now)
            try tx.insert(client)
            for redirect in redirects { try tx.insertRedirect(redirect, of: id) }
            if let key {
                try tx.insertKey(key.id, key.body, of: id)
            } else {
                try tx.insert(ClientSecret(hash: hash, client: id, createdAt: now))
            }
            try tx.record(
                .identity(.clientRegistered, of: "\(id)"),
                remark(home, ["client": name, "proof": key == nil ? "secret" : "key"])
            )
            return client
        }
        return (client, secret)
    }

    /// A further secret, or a further key. Of more than two that live, the oldest ends here.
    package func renewClient(_ id: ID<Client>, key: ClientKey? = nil) async throws -> (Client, secret: String) {
        let secret = environment.newSecret()
        let hash = secret.sha256
        let client = try await find(id)
        _ = try await writeAsSystem(in: .tenant(client.tenant)) { tx in
            guard let home = try tx.organization(client.tenant), try tx.client(id)?.isRevoked == false else {
                throw Refusal.notFound(.organization, "\(id)")
            }
            if let key {
                try tx.insertKey(key.id, key.body, of: id)
                for old in try tx.keys(of: id).dropFirst(Self.liveProofs) { try tx.deleteKey(old.id, of: id) }
            } else {
                for old in try tx.liveSecrets(of: id).dropLast(Self.liveProofs - 1) {
                    try tx.deleteSecret(hash: old, of: id)
                }
                try tx.insert(ClientSecret(hash: hash, client: id, createdAt: tx.permit.intent.at))
            }
            try tx.record(
                .identity(.clientSecretRenewed, of: "\(id)"),
                remark(home, ["client": client.name, "proof": key == nil ? "secret" : "key"])
            )
            return true
        }
        return (client, secret)
    }

    /// Ends a client: its secrets, its keys, its tokens and everything people let it do, from the next request on.
    @discardableResult
    package func revokeClient(_ id: ID<Client>) async throws -> Client {
        let client = try await find(id)
        _ = try await writeAsSystem(in: .tenant(client.tenant)) { tx in
            guard let home = try tx.organization(client.tenant), try tx.client(id)?.isRevoked == false else {
                return false
            }
            try tx.revoke(client)
            try tx.record(.identity(.clientRevoked, of: "\(id)"), remark(home, ["client": client.name]))
            return true
        }
        return client
    }

    private func find(_ id: ID<Client>) async throws -> Client {
        guard let client = try await readAsSystem({ tx in try tx.client(id) }) else {
            throw Refusal.notFound(.organization, "\(id)")
        }
        return client
    }

    /// The client that the secret proves, in its own tenant (named by id or domain); `nil` for every other pair, so
    /// that an unknown client and a wrong secret look the same.
    package func client(_ id: String, of tenant: String, showing secret: String) async throws -> Client? {
        guard let id = ID<Client>(id) else { return nil }
        let (hash, now) = (secret.sha256, environment.now())
        let (known, isProved) = try await readAsSystem { tx -> (Client?, Bool) in
            guard let client = try tx.client(id), try isAtHome(client, tenant, tx) else { return (nil, false) }
            return (client, try tx.secret(of: id, hash: hash)?.isLive(at: now) == true)
        }
        if let known, !isProved { try await noteRefusal(of: known) }
        return isProved ? known : nil
    }

    /// A client that shows a wrong secret is on record: the first time, and when it does not stop. It is not held off:
    /// its id is no secret, and whoever knows it could keep the client out.
    private func noteRefusal(of client: Client) async throws {
        let account = "client \(client.id)".sha256
        _ = try await writeAsSystem(in: .tenant(client.tenant)) { tx in
            let now = tx.permit.intent.at
            let attempts = SignInAttempts.adding(to: try tx.signInAttempts(of: account), at: now)
            try tx.save(attempts, of: account)
            guard attempts.failures == 1 || attempts.failures == SignInAttempts.allowed,
                let home = try tx.organization(client.tenant)
            else { return false }
            let said = ["client": client.name, "failures": "\(attempts.failures)"]
            try tx.record(.identity(.clientRefused, of: "\(client.id)"), remark(home, said, hasSucceeded: false))
            return true
        }
    }

    /// The client that an assertion proves. Each assertion counts once.
    package func client(of tenant: String, showing assertion: ClientAssertion) async throws -> Client? {
        guard let id = ID<Client>(assertion.client) else { return nil }
        let kept = try await readAsSystem { tx in (try tx.client(id), try tx.keys(of: id)) }
        let keys = kept.1.filter { assertion.keyID == nil || $0.id == assertion.keyID }.compactMap {
            try? ClientKey(jwk: $0.body)
        }
        guard let client = kept.0,
            keys.contains(where: {
                $0.algorithm == assertion.algorithm && $0.verifies(assertion.signature, of: assertion.signed)
            })
        else { return nil }
        let hash = "\(id)\n\(assertion.number)".sha256
        // Twice as long as one can be valid, for clocks that differ.
        let end = environment.now().adding(seconds: 2 * Self.assertionSeconds)
        let isNew = try await writeAsSystem(in: .tenant(client.tenant)) { tx in
            try isAtHome(client, tenant, tx) && tx.noteAssertion(hash: hash, until: end)
        }
        return isNew ? client : nil
    }
}
