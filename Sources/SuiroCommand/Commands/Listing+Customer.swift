extension Listing {
    static let customers = Listing(
        [
            Column("name", "companyProfile.companyName"), Column("domain", "companyProfile.domain"), Column("id"),
            Column("relationship", "relationshipToPartner", .word("relationship")),
            Column("tenant", "companyProfile.tenantId", wide: true),
        ],
        empty: Phrase("empty.customers")
    )
}
