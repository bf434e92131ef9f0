extension Listing {
    static let policyPackages = Listing(
        [
            Column("package"), Column("title"), Column("state", "stageText"), Column("rowCount", "rows"),
            Column("drafted", "drafted", .day), Column("effectiveFrom", "effectiveFrom", .day), Column("id"),
            Column("edition", wide: true),
        ],
        empty: Phrase("empty.packages")
    )

    /// Old and new values side by side.
    static let policyChanges = Listing(
        [
            Column("key"), Column("scope"), Column("effectiveFrom", "effectiveFrom", .day), Column("old", "old.value"),
            Column("new", "new.value"), Column("rule", "new.rule"), Column("source", "new.source", wide: true),
            Column("meaning", wide: true),
        ],
        id: "key",
        empty: Phrase("empty.policyChanges")
    )

    /// What is wrong with a package.
    static let policyFaults = Listing(
        [Column("field"), Column("fault", "text"), Column("value", wide: true), Column("code", wide: true)],
        id: "field"
    )

    /// Whose outcomes change.
    static let policyImpact = Listing(
        [
            Column("customer"), Column("subscription"), Column("partner"), Column("action", "action", .word("action")),
            Column("before", "before.verdict", .word("verdict")), Column("after", "after.verdict", .word("verdict")),
            Column("effectiveFrom", "from", .day), Column("reason", "after.reason", wide: true),
            Column("whyBefore", "before.text", wide: true), Column("whyAfter", "after.text", wide: true),
            Column("customerId", wide: true), Column("subscriptionId", wide: true), Column("partnerId", wide: true),
        ],
        id: "subscriptionId",
        empty: Phrase("empty.policyImpact")
    )

    /// Flags of the whole cloud.
    static let policySwitches = Listing(
        [
            Column("key"), Column("value"), Column("since", "since", .instant), Column("emergency", "isEmergency"),
            Column("meaning", wide: true), Column("row", wide: true),
        ],
        id: "key"
    )
}
