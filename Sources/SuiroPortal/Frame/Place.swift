import FoundationEssentials
import SuiroDomain
import SuiroHTTP

/// The addresses of the portal's pages, in the one place that writes them.
enum Place {
    static let home = "/"
    static let signOut = "/sign-out"
    static let customers = "/customers"
    static let requests = "/requests"
    static let access = "/access"
    static let accessFile = "/access.csv"
    static let accessCalendar = "/access/calendar"
    static let accessCalendarFile = "/access/calendar.ics"
    static let extensions = "/access/extensions"
    static let unusedAccess = "/access/unused"
    static let unusedFile = "/access/unused.csv"
    static let delegations = "/delegations"
    static let announcements = "/announcements"
    static let policies = "/policies"
    static let audit = "/audit"
    static let webhookTest = "/webhooks/test-event"
    static let webhookResend = "/webhooks/resending"
    static let webhookSecret = "/webhooks/new-secret"
    static let code = "/r"
    static let moves = "/switches"
    static let accessibility = "/accessibility"
    static let compatibility = "/docs/compatibility"

    static func signIn(next: String? = nil) -> String {
        next.map { $0 == home ? "/sign-in" : "/sign-in?next=\($0.percentEncoded)" } ?? "/sign-in"
    }

    static let sessions = "/sessions"

    /// Signing in once more before something that gives or takes rights.
    static func signIn(again next: String) -> String { "/sign-in?again=1&next=\(next.percentEncoded)" }
    static func signInCode(next: String) -> String {
        next == home ? "/sign-in/code" : "/sign-in/code?next=\(next.percentEncoded)"
    }
    static func enrolment(_ code: String) -> String { "/enrol/\(code.percentEncoded)" }

    static func customer(_ id: ID<Customer>) -> String { "/customers/\(id)" }

    static func subscription(_ id: ID<Subscription>, of customer: ID<Customer>) -> String {
        "/customers/\(customer)/subscriptions/\(id)"
    }

    static func access(of customer: ID<Customer>) -> String { "/customers/\(customer)/people-and-access" }

    static func endAccess(_ id: ID<AccessGrant>, of customer: ID<Customer>) -> String {
        "/customers/\(customer)/access/\(id)/end"
    }

    static func accessTerms(_ id: ID<AccessGrant>, of customer: ID<Customer>) -> String {
        "/customers/\(customer)/access/\(id)/terms"
    }

    static func `extension`(_ id: ID<ExtensionJob>) -> String { "\(extensions)/\(id)" }

    static func request(_ id: ID<RelationshipRequest>) -> String { "/requests/\(id)" }

    static func newRequest(customer: ID<Customer>? = nil) -> String {
        customer.map { "/requests/new?customer=\($0)" } ?? "/requests/new"
    }

    static func moves(role: String? = nil, state: MoveState? = nil) -> String {
        let query = [role.map { "role=\($0)" }, state.map { "state=\($0.rawValue)" }].compactMap(\.self)
        return query.isEmpty ? moves : "\(moves)?\(query.joined(separator: "&"))"
    }

    static func move(_ id: ID<Move>) -> String { "/switches/\(id)" }

    static func moveStep(_ step: MoveStep, of id: ID<Move>) -> String { "\(move(id))/steps/\(step.rawValue)" }

    static func moveCalendar(_ id: ID<Move>) -> String { "\(move(id))/calendar" }

    static func withdrawMove(_ id: ID<Move>) -> String { "\(move(id))/withdraw" }

    /// The wizard, with what is known already.
    static func newMove(
        of customer: ID<Customer>? = nil,
        _ subscription: ID<Subscription>? = nil,
        kind: MoveKind? = nil,
        plan: LicensePlan? = nil
    ) -> String {
        MoveDraft(customer: customer, subscriptions: [subscription].compactMap(\.self), kind: kind, plan: plan)
            .address()
    }

    static func leftover(
        _ id: ID<Leftover>,
        of customer: ID<Customer>,
        _ decision: LeftoverDecision? = nil
    ) -> String {
        "/customers/\(customer)/leftovers/\(id)" + (decision.map { "?decision=\($0.rawValue)" } ?? "")
    }

    static func invitation(_ code: String) -> String { "/r/\(code.percentEncoded)" }

    static func delegation(_ id: ID<DelegatedAdminRelationship>) -> String { "/delegations/\(id)" }

    static func reusableLink(_ partner: ID<Partner>) -> String { "/r?partnerId=\(partner)" }

    static func announcement(_ id: ID<Announcement>) -> String { "/announcements/\(id)" }

    static func affectedFile(_ id: ID<Announcement>) -> String { "/announcements/\(id)/affected.csv" }

    static let newPackage = "/policies/packages/new"
    static let switches = "/policies/switches"

    static func package(_ id: String) -> String { "/policies/packages/\(id.percentEncoded)" }

    static func impact(_ package: String) -> String { "\(Place.package(package))/impact" }

    static func impactFile(_ package: String) -> String { "\(Place.package(package))/impact.csv" }

    static func publish(_ package: String) -> String { "\(Place.package(package))/publish" }

    static func withdraw(_ package: String) -> String { "\(Place.package(package))/withdraw" }

    static func switchPage(_ key: String) -> String { "/policies/switches/\(key.percentEncoded)" }

    static func policies(key: String, row: PolicyRow.ID? = nil) -> String {
        "/policies?key=\(key.percentEncoded)" + (row.map { "#\($0.rawValue.percentEncoded)" } ?? "")
    }

    static func policies(rule: RuleID) -> String { "/policies?rule=\(rule.description.percentEncoded)" }

    static func webhooks(_ state: DeliveryState? = nil, before position: String? = nil) -> String {
        let query = [state.map { "state=\($0.rawValue)" }, position.map { "before=\($0.percentEncoded)" }]
        return "/webhooks" + query.compactMap(\.self).enumerated().map { ($0 == 0 ? "?" : "&") + $1 }.joined()
    }

    static func audit(of customer: ID<Customer>) -> String { "/audit?customer=\(customer)" }

    static func explanation(_ correlation: String) -> String { "/audit/explain/\(correlation.percentEncoded)" }

    /// A path of this portal to go on to: begins with one slash and leaves nothing to a browser's imagination.
    static func isHere(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 8000
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    }
}
