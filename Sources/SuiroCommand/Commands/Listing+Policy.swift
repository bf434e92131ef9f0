extension Listing {
    static let policies = Listing(
        [
            Column("key"), Column("value"), Column("scope"), Column("rule"),
            Column("effectiveFrom", "effectiveFrom", .day), Column("effectiveTo", "effectiveTo", .day),
            Column("row", wide: true), Column("source", wide: true), Column("confidence", wide: true),
            Column("edition", wide: true),
        ],
        id: "key",
        empty: Phrase("empty.policies")
    )

    /// The rows of one key or one rule, told apart by their own ids.
    static let policyRows = Listing(
        [
            Column("row"), Column("key"), Column("value"), Column("scope"),
            Column("effectiveFrom", "effectiveFrom", .day), Column("effectiveTo", "effectiveTo", .day), Column("rule"),
            Column("source"), Column("confidence", wide: true), Column("edition", wide: true),
        ],
        id: "row",
        empty: Phrase("empty.policies")
    )
}
