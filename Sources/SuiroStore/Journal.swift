import FoundationEssentials
package import SuiroDomain

/// A file that goes with a mail.
package struct MailAttachment: Codable, Hashable, Sendable {
    package let name: String
    package let type: String
    package let body: String

    package init(name: String, type: String, body: String) {
        (self.name, self.type, self.body) = (name, type, body)
    }
}

/// A mail that is ready to go.
package struct OutgoingMail: Codable, Hashable, Sendable {
    package let id: String
    package let to: String
    package let toName: String
    package let from: String
    package let subject: String
    package let body: String
    package let language: Language
    package let kind: String
    package let link: String?
    package let at: Instant
    package var attachments: [MailAttachment]?

    package init(
        id: String,
        to: String,
        toName: String,
        from: String,
        subject: String,
        body: String,
        language: Language,
        kind: String,
        link: String?,
        at: Instant
    ) {
        (self.id, self.to, self.toName, self.from) = (id, to, toName, from)
        (self.subject, self.body, self.language) = (subject, body, language)
        (self.kind, self.link, self.at) = (kind, link, at)
    }
}

extension Transaction {
    package func send(_ mail: OutgoingMail) throws {
        try session.run(
            """
            INSERT INTO mail (id, at, sequence, body)
            VALUES (\(mail.id), \(mail.at), (SELECT COALESCE(MAX(sequence), 0) + 1 FROM mail), \(JSONText(mail)))
            """
        )
    }

    /// Oldest first.
    package func mails() throws -> [OutgoingMail] {
        try session.rows("SELECT body FROM mail ORDER BY sequence, id").map { row in
            var cursor = row.cursor
            let body: JSONText<OutgoingMail> = try cursor.next()
            return body.value
        }
    }

    package func deleteMails() throws {
        try session.run("DELETE FROM mail")
    }

    package func setting(_ name: String) throws -> String? {
        try session.first("SELECT value FROM setting WHERE name = \(name)") { cursor in try cursor.next() }
    }

    package func set(_ name: String, to value: String) throws {
        try session.run(
            """
            INSERT INTO setting (name, value) VALUES (\(name), \(value))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """
        )
    }

    /// A secret of this database, made at first use; two processes that start together end with the same one.
    package func secret(_ name: String, or fresh: String) throws -> String {
        try session.run("INSERT INTO secret (name, value) VALUES (\(name), \(fresh)) ON CONFLICT (name) DO NOTHING")
        return try session.first("SELECT value FROM secret WHERE name = \(name)") { cursor in try cursor.next() }
            ?? fresh
    }
}

/// A person's session in the portal.
package struct PortalSession: Sendable {
    package let person: ID<Person>
    package let tenant: ID<Tenant>
    package let csrf: String
    package let expires: Instant
    /// How the person signed in, and when.
    package let proof: SignInProof

    package init(person: ID<Person>, tenant: ID<Tenant>, csrf: String, expires: Instant, proof: SignInProof) {
        (self.person, self.tenant, self.csrf, self.expires) = (person, tenant, csrf, expires)
        self.proof = proof
    }
}

extension Transaction {
    package func portalSession(idHash: String) throws -> PortalSession? {
        try session.rows(
            """
            SELECT s.person_id, p.tenant_id, s.csrf, s.expires_at, s.amr, COALESCE(s.auth_time, s.created_at)
            FROM session s JOIN person p ON p.id = s.person_id
            WHERE s.id_hash = \(idHash) AND s.expires_at > \(permit.intent.at) AND p.is_active = 1
            """
        ).first.map {
            var cursor = $0.cursor
            return PortalSession(
                person: try cursor.next(),
                tenant: try cursor.next(),
                csrf: try cursor.next(),
                expires: try cursor.next(),
                proof: SignInProof(
                    amr: (try cursor.next() as String).split(separator: " ").map(String.init),
                    at: try cursor.next()
                )
            )
        }
    }

    package func insert(_ new: PortalSession, idHash: String) throws {
        try session.run(
            """
            INSERT INTO session (id_hash, person_id, csrf, created_at, expires_at, amr, auth_time)
            VALUES (\(idHash), \(new.person), \(new.csrf), \(permit.intent.at), \(new.expires),
                    \(new.proof.amr.joined(separator: " ")), \(new.proof.at))
            """
        )
    }

    package func deletePortalSessions() throws {
        try session.run("DELETE FROM session")
    }

    package func deletePortalSession(idHash: String) throws {
        try session.run("DELETE FROM session WHERE id_hash = \(idHash)")
    }
}
