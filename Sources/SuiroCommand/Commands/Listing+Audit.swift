extension Listing {
    static let auditRecords = Listing(
        [
            Column("date", "operationDate", .instant), Column("user", "userPrincipalName"),
            Column("operation", "eventText"), Column("status", "operationStatus", .word("state")),
            Column("customer", "customerName"), Column("operationType", wide: true),
            Column("resource", "resourceType", wide: true),
            Column("data", "customizedData", wide: true), Column("customerId", wide: true), Column("id", wide: true),
        ],
        empty: Phrase("empty.auditRecords")
    )
}
