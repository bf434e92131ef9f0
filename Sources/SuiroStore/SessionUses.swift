package import SuiroDomain

/// A session of the portal as its limits measure it and as its person sees it in a list.
package struct SessionUse: Sendable {
    package let idHash: String
    package let person: ID<Person>
    package let began: Instant
    package let seen: Instant
    /// Whether only signing out ends it: where nobody has to prove who they are.
    package let isUnlimited: Bool
    /// The kind of program it was begun with.
    package let device: String
}

extension SessionUse {
    fileprivate static let columns: SQL = """
        s.id_hash, s.person_id, s.created_at, COALESCE(u.seen_at, s.created_at), COALESCE(u.is_unlimited, 0),
        COALESCE(u.device, '')
        """

    fileprivate init(_ cursor: inout Cursor) throws {
        self.init(
            idHash: try cursor.next(),
            person: try cursor.next(),
            began: try cursor.next(),
            seen: try cursor.next(),
            isUnlimited: try cursor.next(),
            device: try cursor.next()
        )
    }
}

extension Transaction {
    package func sessionUse(idHash: String) throws -> SessionUse? {
        try session.first(
            """
            SELECT \(SessionUse.columns) FROM session s LEFT JOIN session_use u ON u.id_hash = s.id_hash
            WHERE s.id_hash = \(idHash)
            """
        ) { cursor in try SessionUse(&cursor) }
    }

    /// A person's sessions that have not expired, the oldest first.
    package func sessionUses(of person: ID<Person>) throws -> [SessionUse] {
        try session.all(
            """
            SELECT \(SessionUse.columns) FROM session s LEFT JOIN session_use u ON u.id_hash = s.id_hash
            WHERE s.person_id = \(person) AND s.expires_at > \(permit.intent.at)
            ORDER BY s.created_at, s.id_hash
            """
        ) { cursor in try SessionUse(&cursor) }
    }

    /// Notes with what a session is used; one without limits ends with the calendar.
    package func describeSession(idHash: String, device: String, isUnlimited: Bool) throws {
        try session.run(
            """
            INSERT INTO session_use (id_hash, is_unlimited, device, seen_at)
            VALUES (\(idHash), \(isUnlimited), \(device), \(permit.intent.at))
            ON CONFLICT (id_hash) DO UPDATE SET is_unlimited = excluded.is_unlimited, device = excluded.device,
                seen_at = excluded.seen_at
            """
        )
        guard isUnlimited else { return }
        try session.run("UPDATE session SET expires_at = \(Instant.latest) WHERE id_hash = \(idHash)")
    }

    /// Notes that a session has been used now; one that has ended meanwhile stays ended.
    package func touchSession(idHash: String) throws {
        try session.run(
            """
            INSERT INTO session_use (id_hash, is_unlimited, device, seen_at)
            SELECT id_hash, 0, '', \(permit.intent.at) FROM session WHERE id_hash = \(idHash)
            ON CONFLICT (id_hash) DO UPDATE SET seen_at = excluded.seen_at
            """
        )
    }
}
