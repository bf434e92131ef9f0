package import SuiroDomain

/// What a person proves themselves with, as it is kept: a hash of the password and a wrapped seed.
package struct Credential: Sendable {
    package let person: ID<Person>
    /// The mail address in small letters: the name people sign in with.
    package let mailKey: String
    package let password: String
    package let seed: String
    /// The newest time step whose code has been used.
    package let lastStep: Int

    package init(person: ID<Person>, mailKey: String, password: String, seed: String, lastStep: Int) {
        (self.person, self.mailKey, self.password) = (person, mailKey, password)
        (self.seed, self.lastStep) = (seed, lastStep)
    }

    fileprivate static let columns: SQL = "person_id, mail_key, password, seed, last_step"

    fileprivate init(_ cursor: inout Cursor) throws {
        self.init(
            person: try cursor.next(),
            mailKey: try cursor.next(),
            password: try cursor.next(),
            seed: try cursor.next(),
            lastStep: try cursor.next()
        )
    }
}

extension Transaction {
    package func credential(mail: String) throws -> Credential? {
        try session.first("SELECT \(Credential.columns) FROM credential WHERE mail_key = \(mail.lowercased())") {
            cursor in try Credential(&cursor)
        }
    }

    package func credential(of person: ID<Person>) throws -> Credential? {
        try session.first("SELECT \(Credential.columns) FROM credential WHERE person_id = \(person)") { cursor in
            try Credential(&cursor)
        }
    }

    /// Puts the credential in the place of the person's older one.
    package func save(_ new: Credential) throws {
        try session.run("DELETE FROM credential WHERE person_id = \(new.person)")
        try session.run(
            """
            INSERT INTO credential (person_id, mail_key, password, seed, last_step, set_at)
            VALUES (\(new.person), \(new.mailKey), \(new.password), \(new.seed), \(new.lastStep), \(permit.intent.at))
            """
        )
    }

    /// Whether the code of that time step is used here for the first time; of two at once, one is told so.
    package func use(step: Int, of person: ID<Person>) throws -> Bool {
        try session.run("UPDATE credential SET last_step = \(step) WHERE person_id = \(person) AND last_step < \(step)")
            == 1
    }

    package func replaceRecoveryCodes(of person: ID<Person>, by hashes: [String]) throws {
        try session.run("DELETE FROM recovery_code WHERE person_id = \(person)")
        for hash in hashes {
            try session.run("INSERT INTO recovery_code (hash, person_id) VALUES (\(hash), \(person))")
        }
    }

    /// Whether there was such a code; there is none afterwards.
    package func useRecoveryCode(_ hash: String, of person: ID<Person>) throws -> Bool {
        try session.run("DELETE FROM recovery_code WHERE hash = \(hash) AND person_id = \(person)") == 1
    }

    package func countRecoveryCodes(of person: ID<Person>) throws -> Int {
        try session.first("SELECT COUNT(*) FROM recovery_code WHERE person_id = \(person)") { cursor in
            try cursor.next()
        } ?? 0
    }
}

// Enrolment: links that are used once. Only their hash is kept.
extension Transaction {
    package func insertEnrolment(hash: String, of person: ID<Person>, until end: Instant) throws {
        try session.run("INSERT INTO enrolment (hash, person_id, expires_at) VALUES (\(hash), \(person), \(end))")
    }

    /// Whose the link is; `nil` when it has been used, has ended or never was.
    package func enrolment(hash: String) throws -> ID<Person>? {
        try session.first(
            "SELECT person_id FROM enrolment WHERE hash = \(hash) AND expires_at > \(permit.intent.at)"
        ) { cursor in try cursor.next() }
    }

    /// Whether the link was still there; there is none afterwards.
    package func useEnrolment(hash: String) throws -> Bool {
        try session.run("DELETE FROM enrolment WHERE hash = \(hash) AND expires_at > \(permit.intent.at)") == 1
    }

    package func deleteEnrolments(of person: ID<Person>) throws {
        try session.run("DELETE FROM enrolment WHERE person_id = \(person)")
    }

    /// Ends every session of the portal that the person has.
    package func deletePortalSessions(of person: ID<Person>) throws {
        try session.run("DELETE FROM session WHERE person_id = \(person)")
        try session.run("DELETE FROM sign_in_step WHERE person_id = \(person)")
    }
}
