/// How far one scope's chain had come: its last entry's place and hash.
package struct ChainEnd: Codable, Hashable, Sendable {
    package let scope: String
    package let sequence: Int
    package let hash: String

    package init(scope: String, sequence: Int, hash: String) {
        (self.scope, self.sequence, self.hash) = (scope, sequence, hash)
    }
}

/// A head as it is kept: the text that was signed, the signature, and the chains that had grown since the head before.
package struct KeptHead: Codable, Hashable, Sendable {
    package var number: Int
    package var day: String
    package var body: String
    package var hash: String
    package var key: String
    package var signature: String
    package var grown: [ChainEnd]

    package init(
        number: Int,
        day: String,
        body: String,
        hash: String,
        key: String,
        signature: String,
        grown: [ChainEnd]
    ) {
        (self.number, self.day, self.body, self.hash) = (number, day, body, hash)
        (self.key, self.signature, self.grown) = (key, signature, grown)
    }
}

extension Transaction {
    /// Heads after a number, oldest first.
    package func heads(after number: Int = 0, limit: Int = 10_000) throws -> [KeptHead] {
        let heads = try session.all(
            """
            SELECT number, day, body, hash, key_id, signature FROM audit_head
            WHERE number > \(number) ORDER BY number LIMIT \(limit)
            """
        ) { cursor in
            KeptHead(
                number: try cursor.next(),
                day: try cursor.next(),
                body: try cursor.next(),
                hash: try cursor.next(),
                key: try cursor.next(),
                signature: try cursor.next(),
                grown: []
            )
        }
        return try heads.map { head in
            var whole = head
            whole.grown = try session.all(
                "SELECT scope, sequence, hash FROM audit_leaf WHERE number = \(head.number) ORDER BY scope"
            ) { cursor in
                ChainEnd(scope: try cursor.next(), sequence: try cursor.next(), hash: try cursor.next())
            }
            return whole
        }
    }

    /// Number, day and hash of the newest head.
    package func newestHead() throws -> (number: Int, day: String, hash: String)? {
        try session.first("SELECT number, day, hash FROM audit_head ORDER BY number DESC LIMIT 1") { cursor in
            (try cursor.next(), try cursor.next(), try cursor.next())
        }
    }

    /// Where every chain ends now, in the order of their scopes, and where the newest head that names it saw it end.
    /// Scopes are found by leaps through the index, not by reading every entry.
    package func chainEnds() throws -> [(now: ChainEnd, then: Int)] {
        try session.all(
            """
            WITH RECURSIVE s (scope) AS (
                SELECT MIN(scope) FROM event_log
                UNION ALL
                SELECT (SELECT MIN(n.scope) FROM event_log n WHERE n.scope > s.scope) FROM s WHERE s.scope IS NOT NULL
            )
            SELECT e.scope, e.sequence, e.hash,
                   COALESCE((SELECT MAX(l.sequence) FROM audit_leaf l WHERE l.scope = e.scope), 0)
            FROM s JOIN event_log e ON e.scope = s.scope
              AND e.sequence = (SELECT MAX(m.sequence) FROM event_log m WHERE m.scope = s.scope)
            WHERE s.scope IS NOT NULL ORDER BY e.scope
            """
        ) { cursor in
            let end = ChainEnd(scope: try cursor.next(), sequence: try cursor.next(), hash: try cursor.next())
            return (end, try cursor.next())
        }
    }

    package func insert(_ head: KeptHead) throws {
        try session.run(
            """
            INSERT INTO audit_head (number, day, body, hash, key_id, signature)
            VALUES (\(head.number), \(head.day), \(head.body), \(head.hash), \(head.key), \(head.signature))
            """
        )
        for end in head.grown {
            try session.run(
                """
                INSERT INTO audit_leaf (number, scope, sequence, hash)
                VALUES (\(head.number), \(end.scope), \(end.sequence), \(end.hash))
                """
            )
        }
    }
}
