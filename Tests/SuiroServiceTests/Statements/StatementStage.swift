import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Usage arriving, and bills changing hands, on the stage where moves are played.
extension MoveStage {
    @discardableResult
    func importUsage(_ text: String, _ format: UsageFormat = .ea) async throws -> ImportReport {
        let report = try await service.importUsage(format, for: buyer, context(.target)) { each in
            try await each(Array(text.utf8))
        }
        #expect(report.state == .completed, "\(report.rejections)")
        return report
    }

    /// The usage detail of an enterprise: a day, a service and a cost for each row.
    func importUsage(of subscription: ID<Subscription>, _ rows: [(day: String, service: String, cost: String)])
        async throws
    {
        let head =
            "SubscriptionGuid,SubscriptionName,Date,MeterCategory,ExtendedCost,EnrollmentNumber,BillingCurrency\n"
        let lines = rows.map { "\(subscription),Compute,\($0.day),\($0.service),\($0.cost),1,JPY\n" }
        try await importUsage(head + lines.joined())
    }

    func statements(_ month: String, by party: MoveParty = .customer) async throws -> [Statement] {
        try await service.statements(of: buyer, in: #require(BillingMonth(month)), context(party))
    }

    /// `Tozai regular Storage 2017-06-01 2017-06-09 80`
    func lines(_ month: String, by party: MoveParty = .customer) async throws -> [String] {
        try await statements(month, by: party).flatMap { statement in
            statement.lines.map { line in
                let interval = "\(line.interval.from.day) \(line.interval.to.day)"
                return "\(statement.payer.name) \(line.bucket) \(line.service) \(interval) \(line.amount.text)"
            }
        }.sorted()
    }

    /// Bills of whatever the customer holds pass from partner to partner, without the steps that lead there.
    func hand(_ subscriptions: [Subscription], to owners: [(from: Instant, owner: Organization)]) async throws {
        let book = try await service.readAsSystem { tx in try tx.book(try tx.newestEdition() ?? 0) }
        var rules = Deliberation(book: try #require(book), at: world.clock.now, cloud: .public)
        let wish = MoveWish(subscriptions: [], target: target.id.as(Partner.self), kind: .switchPartner)
        let facts = MoveFacts(
            customer: customer,
            source: source,
            target: target,
            initiator: .target,
            items: [],
            held: [],
            grants: [],
            taken: [],
            services: [:],
            mobility: MobilityCatalog(version: "1", services: [])
        )
        let move = Move(
            id: world.fresh(),
            preview: try MovePlanner(wish, knowing: facts, at: world.clock.now).preview(&rules),
            wish: wish,
            customer: buyer,
            initiator: .target,
            by: nil,
            named: "",
            expires: world.clock.now.adding(days: 30),
            reminderDays: []
        )
        let buyer = buyer
        _ = try await service.writeAsSystem(in: .customer(buyer)) { tx in
            try tx.insert(move)
            for subscription in subscriptions {
                for (from, owner) in owners {
                    try tx.insert(
                        Succession(
                            subscription: subscription.id,
                            fact: .billOwner,
                            from: from,
                            party: Party(kind: .partner, id: owner.id, name: owner.name),
                            move: move.id
                        ),
                        in: buyer
                    )
                }
            }
            return true
        }
    }
}

extension [Statement] {
    var total: Decimal { reduce(0) { $0 + $1.total.amount } }
    var exactTotal: Decimal { reduce(0) { $0 + $1.exactTotal.amount } }
}
