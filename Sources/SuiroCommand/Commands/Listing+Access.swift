extension Listing {
    static let access = Listing(
        [
            Column("partner", "partner.name"), Column("kind", "kindText"),
            Column("roles", "roles", .word("role")), Column("state", "state", .word("state")),
            Column("until", "until", .day), Column("lastUsed", "lastUsedAt", .instant), Column("id"),
            Column("grantedBy", "grantedBy.name", wide: true), Column("grantedAt", "grantedAt", .instant, wide: true),
            Column("partnerId", "partner.id", wide: true),
        ],
        empty: Phrase("empty.access")
    )

    static let accessEverywhere = Listing(
        [
            Column("customer", "customer.name"), Column("partner", "partner.name"), Column("kind", "kindText"),
            Column("roles", "roles", .word("role")), Column("until", "until", .day),
            Column("lastUsed", "lastUsedAt", .instant), Column("id"),
            Column("unusedSince", "unusedSince", .instant, wide: true),
            Column("customerId", "customer.id", wide: true),
        ],
        empty: Phrase("empty.access")
    )

    static let accessEnds = Listing(
        [
            Column("at", "at", .day), Column("customer", "access.customer.name"),
            Column("partner", "access.partner.name"), Column("kind", "access.kindText"), Column("id", "access.id"),
        ],
        empty: Phrase("empty.list")
    )

    static let unusedAccess = Listing(
        [
            Column("customer", "access.customer.name"), Column("partner", "access.partner.name"),
            Column("kind", "access.kindText"), Column("finding", "findingText"),
            Column("unusedSince", "unusedSince", .day), Column("id", "access.id"),
            Column("unassignedRoles", "unassignedRoles", .word("role"), wide: true),
        ],
        empty: Phrase("empty.list")
    )

    static let extensions = Listing(
        [
            Column("name"), Column("customer", "customer.name"),
            Column("outcome", "outcome", .word("extensionOutcome")), Column("text"), Column("rule"),
            Column("until", "until", .day), Column("id"), Column("draft", "draft.url", wide: true),
        ],
        empty: Phrase("empty.list")
    )
}
