package import SuiroDomain

extension WebhookEventName: SQLWord {}

extension Transaction {
    /// Where a partner wants to be told of what.
    package func webhook(of tenant: ID<Tenant>) throws -> WebhookRegistration? {
        let events: [WebhookEventName] = try session.all(
            "SELECT event FROM webhook_interest WHERE tenant_id = \(tenant)"
        ) { cursor in try cursor.next() }
        return try session.first(
            """
            SELECT tenant_id, id, url, signs_in_own_header, secret, secret_at, created_at, changed_at, revision
            FROM webhook_registration WHERE tenant_id = \(tenant)
            """
        ) { cursor in
            WebhookRegistration(
                tenant: try cursor.next(),
                id: try cursor.next(),
                url: try cursor.next(),
                events: Set(events),
                signsInOwnHeader: try cursor.next(),
                secret: try cursor.next(),
                secretSince: try cursor.next(),
                createdAt: try cursor.next(),
                changedAt: try cursor.next(),
                revision: try cursor.next()
            )
        }
    }

    package func insert(_ webhook: WebhookRegistration) throws {
        try session.run(
            """
            INSERT INTO webhook_registration (tenant_id, id, url, signs_in_own_header, secret, secret_at, created_at,
                changed_at, revision)
            VALUES (\(webhook.tenant), \(webhook.id), \(webhook.url), \(webhook.signsInOwnHeader), \(webhook.secret),
                \(webhook.secretSince), \(webhook.createdAt), \(webhook.changedAt), \(webhook.revision))
            """
        )
        try keepInterests(of: webhook)
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ webhook: WebhookRegistration) throws {
        let changed = try session.run(
            """
            UPDATE webhook_registration SET url = \(webhook.url), signs_in_own_header = \(webhook.signsInOwnHeader),
                secret = \(webhook.secret), secret_at = \(webhook.secretSince), changed_at = \(webhook.changedAt),
                revision = \(webhook.revision)
            WHERE tenant_id = \(webhook.tenant) AND revision = \(webhook.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
        try session.run("DELETE FROM webhook_interest WHERE tenant_id = \(webhook.tenant)")
        try keepInterests(of: webhook)
    }

    private func keepInterests(of webhook: WebhookRegistration) throws {
        for event in webhook.events.sorted(by: { $0.rawValue < $1.rawValue }) {
            try session.run("INSERT INTO webhook_interest (event, tenant_id) VALUES (\(event), \(webhook.tenant))")
        }
    }
}

extension Transaction {
    /// A secret of this database, if it has been made.
    package func secret(_ name: String) throws -> String? {
        try session.first("SELECT value FROM secret WHERE name = \(name)") { cursor in try cursor.next() }
    }
}
