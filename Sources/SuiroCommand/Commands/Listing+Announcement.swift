extension Listing {
    static let announcements = Listing(
        [
            Column("title"), Column("effectiveFrom", "effectiveFrom", .day),
            Column("publishedAt", "publishedAt", .day), Column("id"), Column("edition", wide: true),
            Column("text", wide: true), Column("affected", "affectedCustomers", wide: true),
            Column("rules", wide: true), Column("source", "sources", wide: true),
        ],
        empty: Phrase("empty.announcements")
    )
}
