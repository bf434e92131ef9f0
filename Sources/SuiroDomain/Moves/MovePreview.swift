/// What would happen, computed from the world, one policy edition and an instant; it writes nothing, and execution runs
/// on the same value.
package struct MovePreview: Hashable, Codable, Sendable {
    package let procedure: MoveProcedure
    package let customer: PartyName
    /// The partner that has it now; nobody where the vendor itself, or somebody outside, sold it.
    package let source: PartyName?
    package let target: PartyName
    /// When it changes hands; for moves that buy anew, when the old one shall end.
    package let cutover: Instant
    package let at: Instant
    package let edition: Int
    package let editionName: String
    package let moves: [MovedItem]
    package let stays: [Consequence]
    package let atRisk: [Consequence]
    package let billing: [BillingLine]
    package let consents: [MoveParty]
    package let steps: [PlannedStep]
    package let blockers: [Blocker]
    /// Access that is there now and will still be there afterwards, unless somebody ends it.
    package let survivingAccess: [SurvivingAccess]

    package var kind: MoveKind { procedure.kind }

    /// What keeps the move from being asked for at all.
    package var startBlockers: [Blocker] { blockers.filter { $0.stage == .start } }

    /// Everything a party agrees to, line by line and always in the same order: consent is bound to its hash. Nothing in
    /// it depends on when it is read.
    package var terms: String {
        var lines = [
            "kind \(kind.rawValue) \(procedure.plan?.rawValue ?? "") \(procedure.form?.rawValue ?? "")",
            "customer \(customer.id?.description ?? "")", "source \(source?.id?.description ?? "")",
            "target \(target.id?.description ?? "")", "cutover \(cutover)", "edition \(editionName)",
        ]
        lines += moves.map { item in
            let cost = item.monthlyCost.map { "\($0.text) \($0.currency)" } ?? ""
            let services = item.inventory.map { "\($0.service)=\($0.verdict?.rawValue ?? "")" }
            let bought = [item.channel?.rawValue ?? "", item.seller.id?.description ?? item.seller.name]
            return (["move", "\(item.subscription)", item.name, "\(item.quantity ?? 0)", cost] + bought + services)
                .joined(separator: "|")
        }
        lines += stays.map { "stays \($0.key)" }
        lines += atRisk.map { "risk \($0.key)" }
        lines += billing.map { line in
            let amount = line.amount.map { "\($0.text) \($0.currency)" } ?? ""
            return
                "bill \(line.subscription)|\(line.payee.id?.description ?? line.payee.name)|\(line.from)|\(line.to)|\(amount)"
        }
        lines += consents.map { "consent \($0.rawValue)" }
        lines += steps.map { "step \($0.step.rawValue) \($0.who.rawValue)" }
        return lines.joined(separator: "\n")
    }
}

/// One subscription that the move is about.
package struct MovedItem: Hashable, Codable, Sendable {
    package enum Cause: String, Codable, CaseIterable, Sendable {
        case asked
        /// An add-on goes where its base goes (LT-02).
        case addOn
    }

    package let subscription: ID<Subscription>
    package let name: String
    package let family: Family?
    package let channel: Channel?
    package let quantity: Int?
    package let monthlyCost: Money?
    package let termEnd: Instant?
    package let seller: Party
    package let isManaged: Bool
    package let cause: Cause
    package let inventory: [InventoryItem]

    package init(
        subscription: ID<Subscription>,
        name: String,
        family: Family?,
        channel: Channel?,
        quantity: Int?,
        monthlyCost: Money?,
        termEnd: Instant?,
        seller: Party,
        isManaged: Bool,
        cause: Cause,
        inventory: [InventoryItem]
    ) {
        (self.subscription, self.name, self.family, self.channel) = (subscription, name, family, channel)
        (self.quantity, self.monthlyCost, self.termEnd) = (quantity, monthlyCost, termEnd)
        (self.seller, self.isManaged, self.cause, self.inventory) = (seller, isManaged, cause, inventory)
    }
}

/// What does not come along, or may suffer; the catalogue has a sentence for each.
package struct Consequence: Hashable, Codable, Sendable {
    package enum Code: String, Codable, CaseIterable, Sendable {
        // what stays as it is
        case priceTerms, resourceRoles, history, supportPlan, quotas, reservations, assignments, seatsAndTerm,
            oldSubscription, data, marketplace
        // what may stop, cost or surprise
        case accessGap, doubleBilling, noRefund, dataDeleted, renewal, extendedTerm, addOnDepends,
            sameServiceElsewhere, licensesToReassign, quotasReset, reservationsStop, serviceDowntime,
            serviceKnownBlocker, serviceDependencies, serviceUnknown, serviceClassic, lateUsage, providerWarnings,
            priceOfNewPartner, devTestRate, coolingTime
    }

    package let code: Code
    package let rule: RuleID
    package let row: PolicyRow.ID?
    package let subscription: ID<Subscription>?
    package let until: Instant?
    package let cost: Money?
    package let arguments: [String: Argument]

    package init(
        _ code: Code,
        _ rule: RuleID,
        row: PolicyRow.ID? = nil,
        of subscription: ID<Subscription>? = nil,
        until: Instant? = nil,
        cost: Money? = nil,
        arguments: [String: Argument] = [:]
    ) {
        (self.code, self.rule, self.row, self.subscription) = (code, rule, row, subscription)
        (self.until, self.cost, self.arguments) = (until, cost, arguments)
    }

    fileprivate var key: String {
        let amount = cost.map { "\($0.text) \($0.currency)" } ?? ""
        return "\(code.rawValue)|\(subscription?.description ?? "")|\(until?.description ?? "")|\(amount)"
    }
}

/// Who is billed for one half-open interval of one subscription, and how much.
package struct BillingLine: Hashable, Codable, Sendable {
    package let subscription: ID<Subscription>
    package let payee: Party
    package let from: Instant
    package let to: Instant
    /// `nil` where no cost is known.
    package let amount: Money?
    /// Whether the amount rests on what it cost so far, and not on a price that is agreed.
    package let isEstimate: Bool

    package init(
        subscription: ID<Subscription>,
        payee: Party,
        from: Instant,
        to: Instant,
        amount: Money?,
        isEstimate: Bool
    ) {
        (self.subscription, self.payee, self.from, self.to) = (subscription, payee, from, to)
        (self.amount, self.isEstimate) = (amount, isEstimate)
    }
}

/// What is in the way, why, and how to remove it.
package struct Blocker: Hashable, Codable, Sendable {
    package enum Stage: String, Codable, Sendable {
        /// The move cannot even be asked for.
        case start
        /// It can be asked for, and goes on when this is gone.
        case consent
    }

    package let stage: Stage
    package let reason: Reason
    package let rule: RuleID
    package let row: PolicyRow.ID?
    package let subscription: ID<Subscription>?
    package let availableFrom: Instant?
    package let arguments: [String: Argument]
    package let next: [NextStep]

    package init(
        _ reason: Reason,
        _ rule: RuleID,
        row: PolicyRow.ID? = nil,
        of subscription: ID<Subscription>? = nil,
        from instant: Instant? = nil,
        stage: Stage = .start,
        arguments: [String: Argument] = [:],
        next: [NextStep] = []
    ) {
        (self.stage, self.reason, self.rule, self.row) = (stage, reason, rule, row)
        (self.subscription, self.availableFrom) = (subscription, instant)
        (self.arguments, self.next) = (arguments, next)
    }
}

/// A path of access that outlives the move by itself (TR-12).
package struct SurvivingAccess: Hashable, Codable, Sendable {
    package let partner: PartyName
    package let kind: LeftoverKind
    package let until: Instant?

    package init(partner: PartyName, kind: LeftoverKind, until: Instant?) {
        (self.partner, self.kind, self.until) = (partner, kind, until)
    }
}

extension Consequence {
    /// What fills its sentence: its own arguments, its date and cost, and the name of what it is about.
    package func words(in preview: MovePreview) -> [String: Argument] {
        var words = arguments
        if let until { words["date"] = .day(until) }
        if let cost { words["cost"] = .money(cost) }
        words["target"] = .text(preview.target.name)
        words["source"] = preview.source.map { .text($0.name) } ?? .words("move.noSource")
        if words["product"] == nil, let item = preview.moves.first(where: { $0.subscription == subscription }) {
            words["product"] = .text(item.name)
        }
        return words
    }
}
