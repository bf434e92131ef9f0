extension Listing {
    static let relationshipRequests = Listing(
        [
            Column("domain", "customerDomain"), Column("mail", "recipient.email"),
            Column("state", "state", .word("state")), Column("expires", "expires", .instant), Column("id"),
            Column("recipient", "recipient.name", wide: true), Column("language", wide: true),
            Column("roles", "scope.roles", .word("role"), wide: true), Column("days", "scope.days", wide: true),
            Column("provider", "indirectProviderId", wide: true), Column("code", wide: true),
            Column("url", wide: true),
        ],
        empty: Phrase("empty.relationshipRequests")
    )
}
