package import SuiroDomain

extension Transaction {
    package func redirects(of client: ID<Client>) throws -> [String] {
        try session.all("SELECT uri FROM client_redirect WHERE client_id = \(client) ORDER BY uri") { cursor in
            try cursor.next()
        }
    }

    package func insertRedirect(_ uri: String, of client: ID<Client>) throws {
        try session.run(
            "INSERT INTO client_redirect (client_id, uri) VALUES (\(client), \(uri)) ON CONFLICT DO NOTHING"
        )
    }

    /// The client's public keys, as they are kept, newest first.
    package func keys(of client: ID<Client>) throws -> [(id: String, body: String)] {
        try session.all(
            "SELECT id, body FROM client_key WHERE client_id = \(client) ORDER BY created_at DESC, id"
        ) { cursor in (try cursor.next(), try cursor.next()) }
    }

    package func insertKey(_ id: String, _ body: String, of client: ID<Client>) throws {
        try session.run(
            """
            INSERT INTO client_key (client_id, id, body, created_at)
            VALUES (\(client), \(id), \(body), \(permit.intent.at))
            ON CONFLICT (client_id, id) DO UPDATE SET body = excluded.body, created_at = excluded.created_at
            """
        )
    }

    package func deleteKey(_ id: String, of client: ID<Client>) throws {
        try session.run("DELETE FROM client_key WHERE client_id = \(client) AND id = \(id)")
    }

    /// Whether the assertion is seen for the first time.
    package func noteAssertion(hash: String, until end: Instant) throws -> Bool {
        try session.run(
            "INSERT INTO used_assertion (hash, expires_at) VALUES (\(hash), \(end)) ON CONFLICT (hash) DO NOTHING"
        ) == 1
    }

    /// Hashes of the client's secrets that live, oldest first.
    package func liveSecrets(of client: ID<Client>) throws -> [String] {
        try session.all(
            """
            SELECT hash FROM client_secret WHERE client_id = \(client) AND expires_at > \(permit.intent.at)
            ORDER BY created_at, hash
            """
        ) { cursor in try cursor.next() }
    }

    package func deleteSecret(hash: String, of client: ID<Client>) throws {
        try session.run("DELETE FROM client_secret WHERE client_id = \(client) AND hash = \(hash)")
    }

    /// The client proves nothing any more, and acts as nobody: its person is no longer active.
    package func revoke(_ client: Client) throws {
        try session.run("UPDATE client SET revoked_at = \(permit.intent.at) WHERE id = \(client.id)")
        try session.run("UPDATE person SET is_active = 0 WHERE id = \(client.person)")
        for family in try tokenFamilies(of: client.id) { try revoke(family) }
    }
}
