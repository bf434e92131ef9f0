package import SuiroDomain

extension Transaction {
    /// Every key of this database, the oldest first.
    package func signingKeys() throws -> [SigningKey] {
        try session.all(
            """
            SELECT id, generation, point, wrapped, former_id, created_at, published_from, signs_from, retired_at
            FROM signing_key ORDER BY generation
            """
        ) { cursor in
            SigningKey(
                id: try cursor.next(),
                generation: try cursor.next(),
                point: try cursor.next(),
                wrapped: try cursor.next(),
                formerID: try cursor.next(),
                createdAt: try cursor.next(),
                publishedFrom: try cursor.next(),
                signsFrom: try cursor.next(),
                retiredAt: try cursor.next()
            )
        }
    }

    /// Refused as a duplicate when another server has added a key of that generation.
    package func insert(_ key: SigningKey) throws {
        try session.run(
            """
            INSERT INTO signing_key
                (id, generation, point, wrapped, former_id, created_at, published_from, signs_from, retired_at)
            VALUES (\(key.id), \(key.generation), \(key.point), \(key.wrapped), \(key.formerID), \(key.createdAt),
                    \(key.publishedFrom), \(key.signsFrom), \(key.retiredAt))
            """
        )
    }

    /// How the key is wrapped and until when it stays; nothing else of a key changes.
    package func update(_ key: SigningKey) throws {
        try session.run(
            "UPDATE signing_key SET wrapped = \(key.wrapped), retired_at = \(key.retiredAt) WHERE id = \(key.id)"
        )
    }

    /// Takes a secret away that is kept elsewhere from now on.
    package func deleteSecret(_ name: String) throws {
        try session.run("DELETE FROM secret WHERE name = \(name)")
    }
}
