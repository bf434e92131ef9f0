import ArgumentParser
import Foundation
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroStore

/// Fills an empty database with partners of a thousand customers each.
struct MakeWorld: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "world",
        abstract: "Fill an empty database with customers and what they hold."
    )
    @ArgumentParser.Option(help: "A folder for SQLite, or postgresql://…")
    var at: Place
    @ArgumentParser.Option(help: "How many customers.")
    var customers = 10_000
    @ArgumentParser.Option(help: "Subscriptions of each; the first customer of each partner has a hundred.")
    var subscriptions = 5

    func run() async throws {
        let store = try await at.open()
        let service = PartnerService(
            store: store,
            cloud: .public,
            words: try Words.load(),
            environment: .real(origin: { "http://127.0.0.1" }),
            isSandbox: false
        )
        try await service.install()
        let progress = Progress("customers, \(at)", of: customers)
        let partners = max(1, customers / World.customersOfPartner)
        try await withThrowingTaskGroup(of: Int.self) { group in
            var (next, done) = (0, 0)
            func begin() {
                guard next < partners else { return }
                let number = next
                next += 1
                let count = min(World.customersOfPartner, customers - number * World.customersOfPartner)
                group.addTask {
                    let world = World(service: service, number: number, subscriptions: subscriptions)
                    try await world.fill(count)
                    return count
                }
            }
            // PostgreSQL takes several partners at once.
            for _ in 0..<4 { begin() }
            while let count = try await group.next() {
                done += count
                progress.show(done)
                begin()
            }
        }
    }
}

/// One partner of a world, and its customers. Everything has a number, and every id follows from it, so that whoever
/// measures knows them without asking.
struct World: Sendable {
    static let customersOfPartner = 1000
    static let listed = 100
    private static let together = 100

    let service: PartnerService
    let number: Int
    let subscriptions: Int

    static func id<Subject>(_ kind: UInt8, _ number: Int) -> ID<Subject> {
        let n = UInt64(number)
        let byte = { (shift: UInt64) in UInt8(truncatingIfNeeded: n >> shift) }
        // The digits that vary stand in front, as in ids that are drawn by lot.
        let mixed = n &* 0x9E37_79B9_7F4A_7C15
        let lot = { (shift: UInt64) in UInt8(truncatingIfNeeded: mixed >> shift) }
        return ID(
            UUID(
                uuid: (
                    lot(56), lot(48), lot(40), lot(32), lot(24), lot(16), 0x40 | kind & 15, kind, 0x80, 0, 0, byte(32),
                    byte(24), byte(16), byte(8), byte(0)
                )
            )
        )
    }

    static func partner(_ number: Int) -> ID<Tenant> { id(1, number) }
    static func agent(of partner: Int) -> ID<Person> { id(2, partner) }
    static func customer(_ number: Int, of partner: Int) -> ID<Customer> {
        id(3, partner * customersOfPartner + number)
    }
    static func subscription(_ number: Int, of customer: Int, of partner: Int) -> ID<Subscription> {
        id(4, (partner * customersOfPartner + customer) * listed + number)
    }

    func fill(_ count: Int) async throws {
        let now = service.environment.now()
        let partner = Organization(
            id: Self.partner(number),
            kind: .direct,
            name: "Bench Partner \(number)",
            domain: "p\(number).bench.example",
            country: "JP",
            language: .en,
            mpnID: "\(1_000_000 + number)",
            createdAt: now
        )
        let agent = Person(
            id: Self.agent(of: number),
            tenant: partner.id,
            name: "Agent \(number)",
            mail: "agent@\(partner.domain)",
            language: .en,
            roles: [.adminAgent, .salesAgent]
        )
        _ = try await service.writeAsSystem(in: .tenant(partner.id)) { tx in
            try tx.insert(partner)
            try tx.insert(agent)
            return true
        }
        for first in stride(from: 0, to: count, by: Self.together) {
            _ = try await service.writeAsSystem(in: .tenant(partner.id)) { tx in
                for customer in first..<min(first + Self.together, count) {
                    try add(customer, of: partner, agent, at: now, tx)
                }
                return true
            }
        }
    }

    private func add(
        _ customer: Int,
        of partner: Organization,
        _ agent: Person,
        at now: Instant,
        _ tx: Transaction
    ) throws {
        let id = Self.customer(customer, of: number)
        let name = "Bench Customer \(number)-\(customer)"
        let organization = Organization(
            id: id.as(Tenant.self),
            kind: .customer,
            name: name,
            domain: "c\(customer).p\(number).bench.example",
            country: "JP",
            language: .ja,
            createdAt: now
        )
        try tx.insert(organization)
        let text = "attested by \(agent.name), \(partner.name)"
        let consent = Consent(
            id: Self.id(5, number * Self.customersOfPartner + customer),
            customer: id,
            partner: partner.id.as(Partner.self),
            basis: .attestedByPartner,
            person: agent.id,
            personName: agent.name,
            at: now,
            language: .en,
            terms: text,
            termsHash: text.sha256
        )
        try tx.insert(consent)
        let grant = AccessGrant(
            id: Self.id(6, number * Self.customersOfPartner + customer),
            customer: id,
            partner: partner.id.as(Partner.self),
            kind: .resellerTie,
            roles: [],
            consent: consent.id,
            from: now,
            until: now.adding(days: 3650)
        )
        if let grant { try tx.insert(grant) }
        let seller = Party(kind: .partner, id: partner.id, name: partner.name)
        for place in 0..<(customer == 0 ? Self.listed : subscriptions) {
            let subscription = Subscription(
                id: Self.subscription(place, of: customer, of: number),
                customer: id,
                name: "Bench License \(place)",
                productID: "CFQ7TTC0LFLX",
                skuID: "0001",
                family: .license,
                channel: .csp,
                source: .managed,
                seller: seller,
                billOwner: seller,
                quantity: 25,
                term: Term(start: now, end: now.adding(months: 12), autoRenew: true),
                orderID: "bench-\(number)-\(customer)",
                billingCycle: .monthly,
                createdAt: now
            )
            try tx.insert(subscription)
        }
    }
}
