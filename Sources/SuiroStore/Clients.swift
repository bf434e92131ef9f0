package import SuiroDomain

extension Client {
    fileprivate static let columns: SQL = """
        id, tenant_id, person_id, name, created_at, CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END
        """
}

extension Transaction {
    package func client(_ id: ID<Client>) throws -> Client? {
        try session.first("SELECT \(Client.columns) FROM client WHERE id = \(id)") { cursor in
            Client(
                id: try cursor.next(),
                tenant: try cursor.next(),
                person: try cursor.next(),
                name: try cursor.next(),
                createdAt: try cursor.next(),
                isRevoked: try cursor.next()
            )
        }
    }

    /// The client that a program acts as, for the event log.
    func client(ofPerson person: ID<Person>) throws -> String? {
        try session.first("SELECT id FROM client WHERE person_id = \(person)") { cursor in try cursor.next() }
    }

    package func insert(_ client: Client) throws {
        try session.run(
            """
            INSERT INTO client (id, tenant_id, person_id, name, created_at)
            VALUES (\(client.id), \(client.tenant), \(client.person), \(client.name), \(client.createdAt))
            """
        )
    }

    /// The client's secret of that hash, whether or not it is still live.
    package func secret(of client: ID<Client>, hash: String) throws -> ClientSecret? {
        try session.first(
            """
            SELECT hash, client_id, created_at, expires_at FROM client_secret
            WHERE client_id = \(client) AND hash = \(hash)
            """
        ) { cursor in
            ClientSecret(
                hash: try cursor.next(),
                client: try cursor.next(),
                createdAt: try cursor.next(),
                expiresAt: try cursor.next()
            )
        }
    }

    package func insert(_ secret: ClientSecret) throws {
        try session.run(
            """
            INSERT INTO client_secret (hash, client_id, created_at, expires_at)
            VALUES (\(secret.hash), \(secret.client), \(secret.createdAt), \(secret.expiresAt))
            """
        )
    }
}
