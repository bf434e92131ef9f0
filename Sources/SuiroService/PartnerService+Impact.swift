import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// What one action comes out as, and why, with what fills the sentence.
package struct Outcome: Codable, Hashable, Sendable {
    package let verdict: Verdict
    package let reason: Reason
    package let arguments: [String: Argument]
    package let rule: RuleID
}

/// One outcome that a change of policy would change.
package struct ImpactRow: Codable, Hashable, Sendable {
    package let customer: ID<Customer>
    package let customerName: String
    package let subscription: ID<Subscription>
    package let subscriptionName: String
    package let partner: ID<Tenant>
    package let partnerName: String
    package let action: SubscriptionAction
    /// The first instant at which it comes out otherwise.
    package let from: Instant
    package let before: Outcome
    package let after: Outcome

    /// Whether something else can be done than before; otherwise only the reason is another.
    package var turns: Bool { before.verdict != after.verdict }
}

/// Outcomes that turn the same way, and how many they are.
package struct ImpactCount: Codable, Hashable, Sendable {
    package let before: Verdict
    package let after: Verdict
    package let count: Int
}

/// Whose outcomes change, computed before anything does.
package struct Impact: Codable, Sendable {
    package let effective: Instant
    package let examined: Int
    /// Whether every subscription was looked at.
    package let isComplete: Bool
    /// What is lost first, then what is gained, then what only has another reason.
    package let rows: [ImpactRow]

    /// Where something else can be done than before.
    package var turns: [ImpactRow] { rows.filter(\.turns) }
    package var customers: Int { Set(turns.map(\.customer)).count }
    package var subscriptions: Int { Set(turns.map(\.subscription)).count }

    /// From what was possible to what is not first.
    package var counts: [ImpactCount] {
        let ranks = Verdict.allCases
        let groups = Dictionary(grouping: rows) { [$0.before.verdict, $0.after.verdict] }
        return ranks.flatMap { before in
            ranks.reversed().compactMap { after in
                groups[[before, after]].map { ImpactCount(before: before, after: after, count: $0.count) }
            }
        }
    }
}

/// Whose subscriptions are looked at.
enum ImpactCircle: Sendable {
    case everyone
    case partner(ID<Partner>)
    case customer(ID<Customer>)

    /// The caller's own: what it sold or serves, or what it bought; the vendor's policy sees everybody's.
    init(_ principal: Principal) {
        self =
            switch principal.kind {
            case .vendor: .everyone
            case .customer: .customer(principal.tenant.as(Customer.self))
            case .direct, .indirectProvider, .indirectReseller, .advisor: .partner(principal.tenant.as(Partner.self))
            }
    }
}

extension PartnerService {
    /// More would keep the database's snapshot open for too long.
    private static let subscriptionCeiling = 5000
    /// Days on which a package changes something; a package with more is looked at on the first ones.
    private static let dayCeiling = 12

    /// Who would get another answer under a draft or a shipped package, before anything changes (6.1).
    package func impact(of id: String, effective: Instant?, _ context: CallContext) async throws -> Impact {
        try await read(context, .readImpact, in: .system) { tx in
            let view = try find(id, tx)
            let book = try deliberation(tx).book
            let now = tx.permit.intent.at
            let next = book.publishing(view.package, effective: max(effective ?? now, now))
            let changes = book.changes(to: next, in: cloud, from: now)
            return try impact(from: book, to: next, changes: changes, on: .everyone, tx)
        }
    }

    /// Every outcome in the circle that two books answer differently on a day on which they differ.
    func impact(
        from old: PolicyBook,
        to new: PolicyBook,
        changes: [PolicyChange],
        on circle: ImpactCircle,
        _ tx: Transaction
    ) throws -> Impact {
        let now = tx.permit.intent.at
        let days = Set(changes.filter { !$0.keepsValue }.map { max($0.from, now) }).sorted().prefix(Self.dayCeiling)
        let effective = days.first ?? now
        guard !days.isEmpty else { return Impact(effective: effective, examined: 0, isComplete: true, rows: []) }
        let (cases, isComplete) = try cases(in: circle, tx)
        var rows: [ImpactRow] = []
        var seen: Set<ImpactPlace> = []
        for day in days {
            for item in cases {
                for row in self.changes(item, from: old, to: new, at: day) where seen.insert(row.place).inserted {
                    rows.append(row)
                }
            }
        }
        return Impact(
            effective: effective,
            examined: Set(cases.map(\.subscription.id)).count,
            isComplete: isComplete,
            rows: rows.filter(\.isLoss) + rows.filter { $0.turns && !$0.isLoss } + rows.filter { !$0.turns }
        )
    }

    private func changes(
        _ item: ImpactCase,
        from old: PolicyBook,
        to new: PolicyBook,
        at instant: Instant
    ) -> [ImpactRow] {
        guard let situation = item.situation(at: instant) else { return [] }
        var before = Deliberation(book: old, at: instant, cloud: cloud)
        var after = Deliberation(book: new, at: instant, cloud: cloud)
        guard let was = try? situation.options(&before).1, let becomes = try? situation.options(&after).1 else {
            return []
        }
        return zip(was, becomes).compactMap { was, becomes in
            guard was.verdict != becomes.verdict || was.reason != becomes.reason else { return nil }
            return ImpactRow(
                customer: item.subscription.customer,
                customerName: item.customer.name,
                subscription: item.subscription.id,
                subscriptionName: item.subscription.name,
                partner: item.partner.id,
                partnerName: item.partner.name,
                action: was.action,
                from: instant,
                before: Outcome(was),
                after: Outcome(becomes)
            )
        }
    }

    /// Every subscription of the circle beside every partner that has, or had, a reseller relationship there.
    private func cases(in circle: ImpactCircle, _ tx: Transaction) throws -> ([ImpactCase], isComplete: Bool) {
        let subscriptions = try subscriptions(in: circle, tx)
        var cases: [ImpactCase] = []
        for (customer, owned) in Dictionary(grouping: subscriptions.prefix(Self.subscriptionCeiling), by: \.customer)
            .sorted(by: { "\($0.key)" < "\($1.key)" })
        {
            guard let buyer = try tx.organization(customer.as(Tenant.self)) else { continue }
            let grants = Dictionary(grouping: try tx.grants(in: customer).map(\.grant), by: \.partner)
            for (partner, grants) in grants.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                if case .partner(let asker) = circle, asker != partner { continue }
                guard let partner = try tx.organization(partner.as(Tenant.self)) else { continue }
                cases += owned.map {
                    ImpactCase(subscription: $0, customer: buyer, partner: partner, grants: grants)
                }
            }
        }
        return (cases, subscriptions.count <= Self.subscriptionCeiling)
    }

    private func subscriptions(in circle: ImpactCircle, _ tx: Transaction) throws -> [Subscription] {
        let ceiling = Self.subscriptionCeiling + 1
        switch circle {
        case .everyone: return try tx.allSubscriptions(limit: ceiling)
        case .customer(let customer): return try tx.subscriptions(of: customer)
        case .partner(let partner):
            var found: [Subscription] = []
            var position: CustomerPosition?
            repeat {
                let page = try tx.customers(of: partner, .all, after: position, limit: 500)
                for row in page.rows where found.count < ceiling {
                    found += try tx.subscriptions(of: row.organization.id.as(Customer.self))
                }
                position = found.count < ceiling ? page.next : nil
            } while position != nil
            return found
        }
    }
}

/// A subscription beside one partner that might ask about it.
private struct ImpactCase {
    let subscription: Subscription
    let customer: Organization
    let partner: Organization
    let grants: [AccessGrant]

    /// `nil` where the partner has no reseller relationship on that day: nobody asks.
    func situation(at instant: Instant) -> Situation? {
        let live = grants.filter { $0.isLive(at: instant) }
        guard live.contains(where: { $0.kind == .resellerTie }) else { return nil }
        return Situation(
            subscription: subscription,
            asker: Asker(tenant: partner.id, kind: partner.kind, standing: partner.standing),
            buyer: customer.tenantType,
            grant: live.first { $0.kind == .dap }
        )
    }
}

/// What is listed once, on the first day on which it differs.
private struct ImpactPlace: Hashable {
    let subscription: ID<Subscription>
    let partner: ID<Tenant>
    let action: SubscriptionAction
}

extension ImpactRow {
    /// Whether less can be done than before.
    fileprivate var isLoss: Bool {
        switch (before.verdict, after.verdict) {
        case (.allowed, .conditional), (.allowed, .refused), (.conditional, .refused): true
        case (.allowed, .allowed), (.conditional, .allowed), (.conditional, .conditional), (.refused, .allowed),
            (.refused, .conditional), (.refused, .refused):
            false
        }
    }

    fileprivate var place: ImpactPlace { ImpactPlace(subscription: subscription, partner: partner, action: action) }
}

extension Outcome {
    fileprivate init(_ option: Option) {
        self.init(verdict: option.verdict, reason: option.reason, arguments: option.arguments, rule: option.rule)
    }
}
