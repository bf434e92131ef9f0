extension Listing {
    /// What each payer owes for what.
    static let statements = Listing(
        [
            Column("payer", "payer.name"), Column("subscription", "subscriptionName"), Column("service"),
            Column("kind", "kind", .word("charge")), Column("bucket", "bucket", .word("bucket")),
            Column("usedFrom", "from", .instant), Column("usedUntil", "to", .instant),
            Column("amount", "amount", .money),
            Column("exactAmount", "exactAmount", .money, wide: true), Column("currency", wide: true),
            Column("subscriptionId", wide: true), Column("payerId", "payer.id", wide: true),
        ],
        id: "subscriptionId",
        empty: Phrase("empty.statements")
    )
}
