extension Listing {
    static let moves = Listing(
        [
            Column("kind", "kind", .word("moveKind")), Column("customer", "customer.name"),
            Column("source", "source.name"), Column("target", "target.name"),
            Column("state", "state", .word("moveState")), Column("expires", "expires", .instant), Column("id"),
            Column("cutover", "cutover", .instant, wide: true), Column("edition", "policyEdition", wide: true),
        ],
        empty: Phrase("empty.moves")
    )

    static let leftovers = Listing(
        [
            Column("kind", "kindText"), Column("partner", "partner.name"),
            Column("state", "state", .word("leftoverState")), Column("foundAt", "foundAt", .instant), Column("id"),
            Column("reason", wide: true), Column("move", "moveId", wide: true),
            Column("subscription", "subscriptionId", wide: true),
        ],
        empty: Phrase("empty.leftovers")
    )

    static let movedItems = Listing(
        [
            Column("subscription", "name"), Column("quantity"), Column("cost", "monthlyCost", .money),
            Column("state", "result.state", .word("itemState")), Column("id", "subscriptionId"),
        ],
        empty: Phrase("empty.list")
    )

    static let billing = Listing(
        [
            Column("payer", "payee.name"), Column("from", "from", .instant), Column("to", "to", .instant),
            Column("amount", "amount", .money), Column("id", "subscriptionId"),
        ],
        empty: Phrase("empty.list")
    )

    static let moveSteps = Listing(
        [
            Column("step", "name"), Column("who", "who", .word("moveParty")),
            Column("state", "state", .word("stepState")),
            Column("due", "due", .instant), Column("id"),
        ],
        empty: Phrase("empty.list")
    )

    static let consents = Listing(
        [
            Column("who", "party", .word("moveParty")), Column("state", "state", .word("consentState")),
            Column("by", "by.name"), Column("at", "at", .instant), Column("id", "party", wide: true),
        ],
        empty: Phrase("empty.list")
    )

    static let remarks = Listing(
        [
            Column("text"), Column("until", "until", .instant), Column("cost", "cost", .money), Column("rule"),
            Column("id", "code", wide: true),
        ],
        empty: Phrase("empty.list")
    )
}
