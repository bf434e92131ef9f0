extension Listing {
    static let subscriptions = Listing(
        [
            Column("name"), Column("family", "family", .word("family")), Column("channel", "channel", .word("channel")),
            Column("seller", "seller.name"), Column("status", "status", .word("state")),
            Column("ends", "term.end", .day), Column("id"), Column("quantity", wide: true),
            Column("starts", "term.start", .day, wide: true), Column("autoRenew", "term.autoRenew", wide: true),
            Column("source", "source", .word("source"), wide: true), Column("billOwner", wide: true),
            Column("partnerOfRecord", wide: true), Column("supportContact", wide: true),
            Column("cost", "cost", .money, wide: true), Column("productId", wide: true), Column("skuId", wide: true),
            Column("aliases", wide: true), Column("customerId", wide: true),
        ],
        empty: Phrase("empty.subscriptions")
    )

    /// What may be done to one subscription.
    static let options = Listing(
        [
            Column("action", "action", .word("action")), Column("verdict", "verdict", .word("verdict")),
            Column("availableFrom", "availableFrom", .day), Column("rule"), Column("text"),
            Column("next", wide: true), Column("reason", wide: true), Column("policyRow", wide: true),
        ],
        id: "action",
        empty: Phrase("empty.options")
    )
}
