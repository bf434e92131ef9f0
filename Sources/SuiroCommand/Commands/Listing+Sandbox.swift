extension Listing {
    static let mails = Listing(
        [
            Column("sentAt", "at", .instant), Column("to"), Column("subject"), Column("id", wide: true),
            Column("language", wide: true), Column("body", wide: true),
        ],
        empty: Phrase("empty.mails")
    )

    static let snapshots = Listing([Column("id"), Column("now", "now", .instant)])
}
