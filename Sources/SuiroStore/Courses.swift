package import SuiroDomain

extension Offering: SQLWord {}
extension SuspensionReason: SQLWord {}
extension EndOfTerm: SQLWord {}

extension Course {
    /// The columns from `offering` to `seat_additions`.
    init(_ cursor: inout Cursor) throws {
        let (offering, target, since): (Offering, String?, Instant?) =
            (try cursor.next(), try cursor.next(), try cursor.next())
        let (reason, choice): (SuspensionReason?, EndOfTerm?) = (try cursor.next(), try cursor.next())
        let additions: JSONText<[SeatAddition]> = try cursor.next()
        self.init(
            offering: offering,
            convertsTo: target,
            statusAt: since,
            suspendedFor: reason,
            endOfTerm: choice,
            additions: additions.value
        )
    }
}

extension Transaction {
    /// The add-ons that stand on a subscription, oldest first.
    package func addOns(of base: ID<Subscription>, in customer: ID<Customer>) throws -> [Subscription] {
        try subscriptions(of: customer).filter { $0.dependsOn == base }
    }
}
