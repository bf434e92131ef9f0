import FoundationEssentials
import SuiroDomain
import SuiroHTTP

/// The addresses of the portal's pages, in the one place that writes them.
enum Place {
    static let home = "/"
    static let signOut = "/sign-out"
    static let customers = "/customers"
    static let requests = "/requests"
    static let announcements = "/announcements"
    static let policies = "/policies"
    static let audit = "/audit"
    static let code = "/r"
    static let accessibility = "/accessibility"

    static func signIn(next: String? = nil) -> String {
        next.map { $0 == home ? "/sign-in" : "/sign-in?next=\($0.percentEncoded)" } ?? "/sign-in"
    }

    static func customer(_ id: ID<Customer>) -> String { "/customers/\(id)" }

    static func subscription(_ id: ID<Subscription>, of customer: ID<Customer>) -> String {
        "/customers/\(customer)/subscriptions/\(id)"
    }

    static func access(of customer: ID<Customer>) -> String { "/customers/\(customer)/people-and-access" }

    static func endAccess(_ id: ID<AccessGrant>, of customer: ID<Customer>) -> String {
        "/customers/\(customer)/access/\(id)/end"
    }

    static func request(_ id: ID<RelationshipRequest>) -> String { "/requests/\(id)" }

    static func newRequest(customer: ID<Customer>? = nil) -> String {
        customer.map { "/requests/new?customer=\($0)" } ?? "/requests/new"
    }

    static func invitation(_ code: String) -> String { "/r/\(code.percentEncoded)" }

    static func reusableLink(_ partner: ID<Partner>) -> String { "/r?partnerId=\(partner)" }

    static func announcement(_ id: ID<Announcement>) -> String { "/announcements#a-\(id)" }

    static func policies(key: String, row: PolicyRow.ID? = nil) -> String {
        "/policies?key=\(key.percentEncoded)" + (row.map { "#\($0.rawValue.percentEncoded)" } ?? "")
    }

    static func policies(rule: RuleID) -> String { "/policies?rule=\(rule.description.percentEncoded)" }

    static func audit(of customer: ID<Customer>) -> String { "/audit?customer=\(customer)" }

    static func explanation(_ correlation: String) -> String { "/audit/explain/\(correlation.percentEncoded)" }

    /// A path of this portal to go on to: begins with one slash and leaves nothing to a browser's imagination.
    static func isHere(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 1000
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    }
}
