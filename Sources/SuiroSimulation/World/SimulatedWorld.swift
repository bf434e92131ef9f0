package import SuiroDomain

/// Everything there is in one cloud at one instant, in memory: the ground on which the pure domain is tried. A value, so
/// that what was refused, or lost in a crash, leaves it as it was.
///
/// What a service does with the domain's answers is done here in the same way, command by command; nothing is decided.
package struct SimulatedWorld: Sendable {
    package let cloud: Cloud
    package let bugs: Set<PlantedBug>
    package let began: Instant
    package internal(set) var now: Instant
    var organizations: [Resident] = []
    /// As they were recorded; who succeeded whom is told apart from it.
    var subscriptions: [Subscription] = []
    var successions: [Succession] = []
    var aliases: [Alias] = []
    var grants: [Held] = []
    var consents: [Consent] = []
    var requests: [RelationshipRequest] = []
    var obligations: [SupportObligation] = []
    var moves: [Move] = []
    var leftovers: [Leftover] = []
    var usage: [UsageLine] = []
    /// The editions of policy with the instant of their publication; the first is edition 1.
    var books: [Published]
    var invoices: [Invoice] = []
    var invoicedUntil: Instant
    /// What was answered to requests that came with a key.
    var receipts: [Receipt] = []
    /// What a party had on its screen when it last looked at a move.
    var screens: [Screen] = []
    /// What people did, written down beside the domain and never read by it: what the promises are held against.
    var witness = Witness()
    /// The rules that were read for the command that came last.
    var reads: [ReadRule] = []

    struct Resident: Equatable, Sendable {
        var organization: Organization
        let cloud: Cloud
    }

    struct Alias: Equatable, Sendable {
        let name: String
        let subscription: ID<Subscription>
        let from: Instant
    }

    /// A grant with the services its partner means to transact.
    struct Held: Equatable, Sendable {
        var grant: AccessGrant
        let services: [String]
    }

    struct Published: Sendable {
        let book: PolicyBook
        let at: Instant
    }

    /// Who was billed for what, once the time was over.
    struct Invoice: Equatable, Sendable {
        let subscription: ID<Subscription>
        let payer: Party
        let from: Instant
        let to: Instant
    }

    struct Receipt: Equatable, Sendable {
        let command: UInt64
        let turn: Turn
    }

    struct Screen: Equatable, Sendable {
        let move: ID<Move>
        let party: MoveParty
        let terms: String
    }
}

/// What came of a command.
package enum Turn: Equatable, Sendable {
    case done
    case refused(Refusal)
    /// The process ended before anything was saved.
    case lost
}

/// What people said and did, as they themselves would tell it.
struct Witness: Equatable, Sendable {
    struct Approval: Equatable, Sendable {
        let move: ID<Move>
        let tenant: ID<Tenant>
        let terms: String
    }

    /// What a customer let a partner do, and how long.
    struct Permission: Equatable, Sendable {
        let kind: AccessKind
        let roles: [String]
        let until: Instant
        /// The word of `admin.exclusivity` by which it was given.
        let exclusivity: String?
    }

    var approvals: [Approval] = []
    var permissions: [ID<Consent>: Permission] = [:]
    /// Services that people have judged, folded to lower case, by move.
    var judged: [ID<Move>: Set<String>] = [:]
}

extension SimulatedWorld {
    /// An organization of this cloud; another cloud's cannot be seen from here (INV-10).
    func organization(_ id: ID<Tenant>) -> Organization? {
        organizations.first { $0.organization.id == id && ($0.cloud == cloud || bugs.contains(.cloudsJoined)) }?
            .organization
    }

    func home(of id: ID<Tenant>) -> Cloud? { organizations.first { $0.organization.id == id }?.cloud }

    func name(_ id: ID<Tenant>?) -> String {
        organizations.first { $0.organization.id == id }?.organization.name ?? "somebody unknown"
    }

    /// A subscription as it was recorded.
    func recorded(_ id: ID<Subscription>) -> Subscription? { subscriptions.first { $0.id == id } }

    /// A subscription by its id or by another name of it, as it is now (OP-26).
    func find(_ id: ID<Subscription>, of customer: ID<Customer>) throws(Refusal) -> Subscription {
        let named = aliases.first { $0.name == id.description && $0.from <= now }?.subscription ?? id
        guard let found = recorded(named), found.customer == customer else {
            throw .notFound(.subscription, "\(id)")
        }
        return found.succeeded(by: successions, at: now)
    }

    /// What a customer holds, deleted ones left out.
    func held(by customer: ID<Customer>) -> [Subscription] {
        subscriptions.filter { $0.customer == customer && $0.status != .deleted }
            .map { $0.succeeded(by: successions, at: now) }
    }

    func grants(in customer: ID<Customer>) -> [AccessGrant] {
        grants.map(\.grant).filter { $0.customer == customer }
    }

    var book: PolicyBook { books[books.count - 1].book }

    /// The rules in force now.
    func today() -> Deliberation { Deliberation(book: book, at: now, cloud: cloud) }

    /// The rules a move began with (SM-14).
    func pinned(_ move: Move, at instant: Instant) -> Deliberation {
        Deliberation(book: books[move.edition - 1].book, at: instant, cloud: cloud)
    }
}
