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
}
