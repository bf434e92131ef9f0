import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// A subscription as somebody meets it who wants to move it: how it would go, and what keeps it from going.
package struct MoveCandidate: Sendable {
    package let subscription: Subscription
    /// What the planner makes of it.
    package let kind: MoveKind
    package let blockers: [Blocker]
    /// What cannot go without it, and so goes along (LT-02).
    package let addOns: [Subscription]
    /// The move that has it already, where the caller takes part in that.
    package let move: ID<Move>?

    /// The way that is open: for a licence that cannot go as it is, buying it anew (S-17). `nil` where there is none.
    package var way: MoveKind? {
        if blockers.isEmpty { return kind }
        return blockers.allSatisfy(\.hasExit) ? .replaceLicense : nil
    }
}

/// One of the two ways out for licences (S-17): when the old ones would end, and what is lost by it.
package struct LicenseExit: Sendable {
    package let plan: LicensePlan
    package let ends: Instant
    package let cost: Money?
    package let blockers: [Blocker]
}

/// What a customer holds, as the beginning of a move.
package struct MoveCandidates: Sendable {
    package let customer: Organization
    package let items: [MoveCandidate]
    /// Partners the caller may know of at this customer: to a customer all with a relationship, to a partner those that
    /// sell something there.
    package let partners: [PartyName]
    /// For the licences that were chosen.
    package let exits: [LicenseExit]
    package let at: Instant
}

extension PartnerService {
    /// Everything a customer holds, each with what a preview of it alone would say. Whoever has not said to whom is
    /// answered for a partner that nothing stands against.
    package func moveCandidates(
        of customer: ID<Customer>,
        choosing chosen: [ID<Subscription>] = [],
        _ context: CallContext
    ) async throws -> MoveCandidates {
        try await consult(context, .previewMove, in: .customer(customer)) { tx, deliberation in
            let ground = try CandidateGround(of: customer, by: tx.permit.principal, tx)
            let items = try ground.held.filter { $0.status != .deleted }.map { subscription in
                try ground.candidate(subscription, &deliberation)
            }
            let licenses = items.filter { chosen.contains($0.subscription.id) && $0.way == .replaceLicense }
            return MoveCandidates(
                customer: ground.customer,
                items: items,
                partners: ground.partners,
                exits: try licenses.isEmpty
                    ? []
                    : LicensePlan.allCases.map { try ground.exit($0, licenses.map(\.subscription), &deliberation) },
                at: deliberation.at
            )
        }
    }
}

/// What all candidates of one customer rest on, read once.
private struct CandidateGround {
    let customer: Organization
    let held: [Subscription]
    let partners: [PartyName]
    private let own: Organization?
    private let sellers: [ID<Tenant>: Organization]
    private let grants: [AccessGrant]
    private let taken: Set<ID<Subscription>>
    private let known: [ID<Subscription>: ID<Move>]

    init(of id: ID<Customer>, by principal: Principal?, _ tx: Transaction) throws {
        guard let customer = try tx.organization(id.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(id)")
        }
        self.customer = customer
        held = try tx.subscriptions(of: id)
        own = try principal.flatMap { $0.kind.isPartner ? try tx.organization($0.tenant) : nil }
        let rows = try tx.grants(in: id)
        grants = rows.map(\.grant)
        let taken = try tx.takenSubscriptions(of: id)
        self.taken = Set(taken.keys)
        let parts = Set(
            try tx.openMoves(of: id).filter { move in
                principal.map { move.party(of: $0.tenant) != nil } ?? false
            }.map(\.id)
        )
        known = taken.filter { parts.contains($0.value) }
        var sellers: [ID<Tenant>: Organization] = [:]
        for seller in Set(held.compactMap(\.seller.id)) { sellers[seller] = try tx.organization(seller) }
        self.sellers = sellers
        let now = tx.permit.intent.at
        let related = rows.filter { $0.grant.kind == .resellerTie && $0.grant.isLive(at: now) }
        var names: [ID<Tenant>: String] = sellers.filter { $0.value.kind.isPartner }.mapValues(\.name)
        if own == nil { for row in related { names[row.grant.partner.as(Tenant.self)] = row.partnerName } }
        if let own { names[own.id] = nil }
        partners = names.sorted { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }
            .map { PartyName(id: $0.key, name: $0.value) }
    }

    func candidate(_ subscription: Subscription, _ deliberation: inout Deliberation) throws -> MoveCandidate {
        let facts = facts([subscription], at: deliberation.at)
        let addOns = facts.linked.filter { $0.1 == .addOn }.map(\.0)
        do throws(Refusal) {
            let wish = MoveWish(subscriptions: [subscription.id])
            let preview = try MovePlanner(wish, knowing: facts, at: deliberation.at).preview(&deliberation)
            return MoveCandidate(
                subscription: subscription,
                kind: preview.kind,
                blockers: preview.startBlockers.filter { own(facts) || !$0.isAboutPartner },
                addOns: addOns,
                move: known[subscription.id]
            )
        } catch {
            let blocker = Blocker(error.reason, error.rule ?? "6.1", of: subscription.id, arguments: error.arguments)
            return MoveCandidate(
                subscription: subscription,
                kind: .switchPartner,
                blockers: [blocker],
                addOns: addOns,
                move: nil
            )
        }
    }

    /// What a plan would come to for these licences together.
    func exit(
        _ plan: LicensePlan,
        _ licenses: [Subscription],
        _ deliberation: inout Deliberation
    ) throws -> LicenseExit {
        let facts = facts(licenses, at: deliberation.at)
        let wish = MoveWish(subscriptions: licenses.map(\.id), kind: .replaceLicense, plan: plan)
        let preview = try MovePlanner(wish, knowing: facts, at: deliberation.at).preview(&deliberation)
        let lost = preview.atRisk.compactMap { $0.code == .noRefund ? $0.cost : nil }
        let currency = licenses.lazy.compactMap(\.monthlyCost?.currency).first
        let cost = currency.map { currency in
            Money(lost.filter { $0.currency == currency }.reduce(Decimal(0)) { $0 + $1.amount }, currency)
        }
        return LicenseExit(
            plan: plan,
            ends: preview.cutover,
            cost: cost,
            blockers: preview.startBlockers.filter { own(facts) || !$0.isAboutPartner }
        )
    }

    private func own(_ facts: MoveFacts) -> Bool { facts.target.id == own?.id }

    private func facts(_ items: [Subscription], at now: Instant) -> MoveFacts {
        let seller = items.first?.seller
        let source = seller?.kind == .partner ? seller?.id.flatMap { sellers[$0] } : nil
        let isSource = own != nil && own?.id == source?.id
        // Nobody in particular: a partner of the best kind, from the customer's own country.
        let somebody = Organization(
            id: ID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
            kind: .direct,
            name: "",
            domain: "",
            country: customer.country,
            language: customer.language,
            createdAt: now
        )
        let target = isSource ? somebody : own ?? somebody
        return MoveFacts(
            customer: customer,
            source: source?.kind.isPartner == true ? source : nil,
            target: target,
            initiator: own == nil ? .customer : isSource ? .source : .target,
            items: items,
            held: held,
            grants: grants.filter { [source?.id, target.id].contains($0.partner.as(Tenant.self)) },
            taken: taken,
            services: [:],
            mobility: MobilityCatalog(version: "", services: [])
        )
    }
}

extension Blocker {
    /// Whether the two ways out of S-17 are the way on.
    fileprivate var hasExit: Bool { next.contains { $0.action == .waitForTermEnd || $0.action == .cancelFirst } }

    /// Whether it is about who takes over, not about what is taken over.
    fileprivate var isAboutPartner: Bool {
        switch reason {
        case .noRelationship, .partnerSuspended, .alreadyYours, .otherMarket: true
        default: false
        }
    }
}
