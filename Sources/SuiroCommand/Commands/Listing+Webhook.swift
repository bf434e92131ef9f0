extension Listing {
    static let webhook = Listing(
        [
            Column("url", "WebhookUrl"), Column("events", "WebhookEvents"), Column("secret", "signingSecret"),
            Column("date", "lastModifiedTimestamp", .instant), Column("id", "SubscriberId"),
        ],
        id: "SubscriberId"
    )

    static let deliveries = Listing(
        [
            Column("at", "recordedAt", .instant), Column("event"), Column("state", "state", .word("delivery")),
            Column("attempts"), Column("status", "lastAttempt.status"), Column("reason", "lastAttempt.causeText"),
            Column("id"), Column("nextAttempt", "nextAttemptAt", .instant, wide: true),
            Column("milliseconds", "lastAttempt.milliseconds", wide: true),
            Column("body", "lastAttempt.response", wide: true), Column("auditRecord", "auditRecordId", wide: true),
        ],
        empty: Phrase("empty.deliveries")
    )

    /// The attempts of a test event.
    static let attempts = Listing(
        [
            Column("date", "dateTimeUtc", .instant), Column("status", "responseCode"),
            Column("reason", "responseMessage"),
        ],
        id: "dateTimeUtc",
        empty: Phrase("empty.attempts")
    )
}
