package import SuiroDomain

/// A package as it waits for publication, was published, or was withdrawn again.
package struct PackageDraft: Codable, Sendable {
    package let id: String
    package let package: PolicyPackage
    package let draftedAt: Instant
    /// The text it was read from; drafts of the first versions were kept without.
    package let text: String?
    package var publishedEdition: Int?
    /// From when it holds, once it is published.
    package var effective: Instant?
    package var withdrawnEdition: Int?
    package var revision: Int

    package init(id: String, package: PolicyPackage, draftedAt: Instant, text: String?) {
        (self.id, self.package, self.draftedAt, self.text) = (id, package, draftedAt, text)
        revision = 1
    }
}

extension Transaction {
    private static let draftColumns: SQL = """
        p.body, p.published_edition, e.effective_at, p.withdrawn_edition, p.revision
        FROM policy_package p LEFT JOIN policy_edition e ON e.edition = p.published_edition
        """

    private func draft(_ row: Row) throws -> PackageDraft {
        var cursor = row.cursor
        let body: JSONText<PackageDraft> = try cursor.next()
        var draft = body.value
        draft.publishedEdition = try cursor.next()
        draft.effective = try cursor.next()
        draft.withdrawnEdition = try cursor.next()
        draft.revision = try cursor.next()
        return draft
    }

    package func draft(_ id: String) throws -> PackageDraft? {
        try session.rows("SELECT \(Self.draftColumns) WHERE p.id = \(id)").first.map(draft)
    }

    /// Every package that was ever drafted, the newest first.
    package func drafts() throws -> [PackageDraft] {
        try session.rows("SELECT \(Self.draftColumns) ORDER BY p.drafted_at DESC, p.id").map(draft)
    }

    /// What was published and not withdrawn, in the order of its editions.
    package func standingPublications() throws -> [PackageDraft] {
        try session.rows(
            """
            SELECT \(Self.draftColumns) WHERE p.published_edition IS NOT NULL AND p.withdrawn_edition IS NULL
            ORDER BY p.published_edition
            """
        ).map(draft)
    }

    package func insert(_ draft: PackageDraft) throws {
        try session.run(
            """
            INSERT INTO policy_package (id, body, drafted_by, drafted_at, revision)
            VALUES (\(draft.id), \(JSONText(draft)), \(permit.intent.caller.person), \(draft.draftedAt), 1)
            """
        )
    }

    /// Marks a draft as published, once.
    package func publish(_ draft: PackageDraft, as edition: Int) throws {
        let changed = try session.run(
            """
            UPDATE policy_package SET published_edition = \(edition), revision = \(draft.revision + 1)
            WHERE id = \(draft.id) AND revision = \(draft.revision) AND published_edition IS NULL
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    /// Marks a published package as withdrawn by an edition, once.
    package func withdraw(_ draft: PackageDraft, by edition: Int) throws {
        let changed = try session.run(
            """
            UPDATE policy_package SET withdrawn_edition = \(edition), revision = \(draft.revision + 1)
            WHERE id = \(draft.id) AND revision = \(draft.revision)
              AND published_edition IS NOT NULL AND withdrawn_edition IS NULL
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}
