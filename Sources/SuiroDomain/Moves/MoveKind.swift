/// The four ways something a customer holds can come to another partner.
package enum MoveKind: String, Codable, CaseIterable, Sendable {
    /// A licence cannot be moved: a replacement is bought and the old one ends (SM-6).
    case replaceLicense
    /// Usage bought elsewhere is created anew and its services moved or rebuilt (SM-7).
    case recreate
    /// Usage goes from one partner of the program to another (SM-8).
    case switchPartner
    /// A licence goes from one partner of the program to another, where policy allows (SM-9).
    case transferLicense

    /// The action of the options that this move is: what explains is what enforces.
    package var action: SubscriptionAction {
        switch self {
        case .replaceLicense: .replaceLicense
        case .recreate: .recreate
        case .switchPartner: .switchPartner
        case .transferLicense: .transferLicense
        }
    }
}

/// The two ways out when a licence cannot be switched (S-17).
package enum LicensePlan: String, Codable, CaseIterable, Sendable { case wait, cancelFirst }

/// How a switch of usage is done: on paper made electronic (SM-8a), or by the partners themselves (SM-8b).
package enum SwitchForm: String, Codable, CaseIterable, Sendable { case manual, selfService }

/// A move with what only its kind knows: a plan without a licence, or a form without a switch, cannot be written down.
package enum MoveProcedure: Hashable, Codable, Sendable {
    case replaceLicense(LicensePlan)
    case recreate
    case switchPartner(SwitchForm)
    /// The bill of an Enterprise Agreement's usage alone goes to a partner of the program; nothing is rebuilt (SM-8d).
    case moveBilling
    case transferLicense

    package var kind: MoveKind {
        switch self {
        case .replaceLicense: .replaceLicense
        case .recreate: .recreate
        case .switchPartner, .moveBilling: .switchPartner
        case .transferLicense: .transferLicense
        }
    }

    package var plan: LicensePlan? { if case .replaceLicense(let plan) = self { plan } else { nil } }
    package var form: SwitchForm? { if case .switchPartner(let form) = self { form } else { nil } }

    /// Whether the subscription itself changes hands, at a cut-over.
    package var hasCutOver: Bool {
        switch self {
        case .switchPartner, .moveBilling, .transferLicense: true
        case .replaceLicense, .recreate: false
        }
    }
}

/// Who takes part in a move.
package enum MoveParty: String, Codable, CaseIterable, Comparable, Sendable {
    case customer, source, target

    package static func < (left: MoveParty, right: MoveParty) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// What somebody wants moved, as it arrives.
package struct MoveWish: Hashable, Codable, Sendable {
    package var subscriptions: [ID<Subscription>]
    package var target: ID<Partner>?
    package var kind: MoveKind?
    package var plan: LicensePlan?
    /// Not before this instant.
    package var cutover: Instant?

    package init(
        subscriptions: [ID<Subscription>],
        target: ID<Partner>? = nil,
        kind: MoveKind? = nil,
        plan: LicensePlan? = nil,
        cutover: Instant? = nil
    ) {
        (self.subscriptions, self.target, self.kind) = (subscriptions, target, kind)
        (self.plan, self.cutover) = (plan, cutover)
    }
}
