package import SuiroDomain

extension Transaction {
    package func insert(_ announcement: Announcement) throws {
        try session.run(
            """
            INSERT INTO announcement (id, body, announced_at, effective_at)
            VALUES (\(announcement.id), \(JSONText(announcement)), \(announcement.announcedAt),
                    \(announcement.effective))
            """
        )
    }

    /// By the day they take effect, the latest first.
    package func announcements() throws -> [Announcement] {
        try session.rows("SELECT body FROM announcement ORDER BY effective_at DESC, announced_at DESC, id").map { row in
            var cursor = row.cursor
            let body: JSONText<Announcement> = try cursor.next()
            return body.value
        }
    }

    package func announcement(_ id: ID<Announcement>) throws -> Announcement? {
        try session.rows("SELECT body FROM announcement WHERE id = \(id)").first.map { row in
            var cursor = row.cursor
            let body: JSONText<Announcement> = try cursor.next()
            return body.value
        }
    }
}
