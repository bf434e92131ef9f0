/// What is in the way of looking something up in the catalogue, or of ordering what lies in a cart.
package enum CommerceObstacle: Hashable, Sendable {
    case viewUnknown(String)
    case segmentUnknown(String)
    /// Some line cannot be bought as it stands.
    case cartHasErrors(lines: [Int])
    case cartSubmitted(ID<Cart>)
    /// It is granted, or being looked into.
    case qualificationHeld(QualificationKind)
    case consentExists(application: String)
    /// The sandbox is set to the limits of the vendor's.
    case sandboxLimit(SandboxLimits.Kind, limit: Int)
    /// The subscription of that name has been taken into use before.
    case alreadyActivated(String)
    /// The subscription of that name can be used as it is.
    case activationNotNeeded(String)
    /// The order has no line of that number.
    case lineUnknown(String)
    /// Some subscription of the order is not active, or not the caller's any more.
    case orderNotActive(String)
    /// Something in the order, or what takes a license's place, is not sold in that cycle.
    case cycleNotOffered(BillingCycle)
    /// No Azure subscription that the caller sells to the customer has this id.
    case overageNotEligible(String)
    /// Another partner answers for it.
    case overageOfAnother

    package var reason: Reason {
        switch self {
        case .viewUnknown: .targetViewUnknown
        case .segmentUnknown: .targetSegmentUnknown
        case .cartHasErrors: .cartHasErrors
        case .cartSubmitted: .cartSubmitted
        case .qualificationHeld: .qualificationHeld
        case .consentExists: .consentExists
        case .sandboxLimit: .sandboxLimit
        case .alreadyActivated: .alreadyActivated
        case .activationNotNeeded: .activationNotNeeded
        case .lineUnknown: .orderLineUnknown
        case .orderNotActive: .orderNotActive
        case .cycleNotOffered: .billingCycleNotOffered
        case .overageNotEligible: .overageNotEligible
        case .overageOfAnother: .overageOfAnother
        }
    }

    package var arguments: [String: Argument] {
        switch self {
        case .viewUnknown(let name), .segmentUnknown(let name): ["name": .text(String(name.prefix(80)))]
        case .cartHasErrors(let lines):
            ["lines": .text(lines.map { "\($0)" }.joined(separator: ", "))]
        case .cartSubmitted(let id): ["name": .text("\(id)")]
        case .qualificationHeld(let kind): ["name": .text(kind.rawValue)]
        case .consentExists(let name): ["name": .text(name)]
        case .sandboxLimit(let kind, let limit):
            ["kind": .words("sandboxLimit.\(kind.rawValue)"), "count": .count(limit)]
        case .alreadyActivated(let name), .activationNotNeeded(let name): ["product": .text(name)]
        case .lineUnknown(let name), .orderNotActive(let name), .overageNotEligible(let name):
            ["name": .text(String(name.prefix(80)))]
        case .cycleNotOffered(let cycle): ["name": .text(cycle.rawValue)]
        case .overageOfAnother: [:]
        }
    }
}
