package import SuiroDomain

/// Somebody who has given the right password and has still to give a code.
package struct SignInStep: Sendable {
    package let person: ID<Person>
    /// Under which name failures are counted.
    package let account: String

    package init(person: ID<Person>, account: String) {
        (self.person, self.account) = (person, account)
    }
}

extension Transaction {
    package func signInAttempts(of account: String) throws -> SignInAttempts? {
        try session.first("SELECT failures, since, held_until FROM sign_in_attempt WHERE account = \(account)") {
            cursor in
            SignInAttempts(failures: try cursor.next(), since: try cursor.next(), heldUntil: try cursor.next())
        }
    }

    package func save(_ attempts: SignInAttempts, of account: String) throws {
        try session.run(
            """
            INSERT INTO sign_in_attempt (account, failures, since, held_until)
            VALUES (\(account), \(attempts.failures), \(attempts.since), \(attempts.heldUntil))
            ON CONFLICT (account) DO UPDATE SET failures = excluded.failures, since = excluded.since,
                held_until = excluded.held_until
            """
        )
    }

    package func deleteSignInAttempts(of account: String) throws {
        try session.run("DELETE FROM sign_in_attempt WHERE account = \(account)")
    }

    /// How many account names have failed since.
    package func countSignInAttempts(since start: Instant) throws -> Int {
        try session.first("SELECT COUNT(*) FROM sign_in_attempt WHERE since >= \(start)") { cursor in
            try cursor.next()
        } ?? 0
    }

    /// Forgets what no decision rests on any more.
    package func deleteSignInRemains(before limit: Instant) throws {
        let now = permit.intent.at
        try session.run("DELETE FROM sign_in_attempt WHERE since < \(limit)")
        try session.run("DELETE FROM sign_in_step WHERE expires_at < \(now)")
        try session.run("DELETE FROM enrolment WHERE expires_at < \(now)")
        try session.run("DELETE FROM used_assertion WHERE expires_at < \(now)")
        try session.run("DELETE FROM family_token WHERE expires_at < \(limit)")
    }

    package func insert(_ step: SignInStep, hash: String, until end: Instant) throws {
        try session.run(
            """
            INSERT INTO sign_in_step (hash, person_id, account, expires_at)
            VALUES (\(hash), \(step.person), \(step.account), \(end))
            """
        )
    }

    package func signInStep(hash: String) throws -> SignInStep? {
        try session.first(
            "SELECT person_id, account FROM sign_in_step WHERE hash = \(hash) AND expires_at > \(permit.intent.at)"
        ) { cursor in SignInStep(person: try cursor.next(), account: try cursor.next()) }
    }

    /// Whether it was still there; there is none afterwards.
    package func useSignInStep(hash: String) throws -> Bool {
        try session.run("DELETE FROM sign_in_step WHERE hash = \(hash)") == 1
    }
}
