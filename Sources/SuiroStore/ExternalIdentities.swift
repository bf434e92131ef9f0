package import SuiroDomain

extension Transaction {
    /// Who of ours a subject of another issuer is. The pair is compared byte by byte and never by name or mail.
    package func person(of issuer: String, subject: String) throws -> Person? {
        let found: ID<Person>? = try session.first(
            "SELECT person_id FROM external_identity WHERE issuer = \(issuer) AND subject = \(subject)"
        ) { cursor in try cursor.next() }
        return try found.flatMap { try person($0) }
    }

    /// Binds a subject of another issuer to a person; a subject is one person at a time.
    package func bind(_ issuer: String, subject: String, to person: ID<Person>) throws {
        try session.run(
            """
            INSERT INTO external_identity (issuer, subject, person_id, bound_at)
            VALUES (\(issuer), \(subject), \(person), \(permit.intent.at))
            ON CONFLICT (issuer, subject) DO UPDATE SET person_id = excluded.person_id, bound_at = excluded.bound_at
            """
        )
    }

    package func unbind(_ issuer: String, subject: String) throws {
        try session.run("DELETE FROM external_identity WHERE issuer = \(issuer) AND subject = \(subject)")
    }

    /// Tokens of that person or client that were issued earlier are nobody's, from the next request on, on every node;
    /// and nobody stays signed in to the portal as that person.
    package func refuseTokens(of person: ID<Person>, issuedBefore instant: Instant) throws {
        try session.run(
            """
            INSERT INTO token_epoch (person_id, counts_from) VALUES (\(person), \(instant))
            ON CONFLICT (person_id) DO UPDATE SET counts_from = excluded.counts_from
            WHERE token_epoch.counts_from < excluded.counts_from
            """
        )
        try session.run("DELETE FROM session WHERE person_id = \(person)")
    }
}
