/// How often what was bought is billed, by the words of the wire.
package enum BillingCycle: String, Hashable, Codable, CaseIterable, Sendable {
    case monthly, annual, triennial, biennial, none
    case oneTime = "one_time"
}
