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

    package var reason: Reason {
        switch self {
        case .viewUnknown: .targetViewUnknown
        case .segmentUnknown: .targetSegmentUnknown
        case .cartHasErrors: .cartHasErrors
        case .cartSubmitted: .cartSubmitted
        case .qualificationHeld: .qualificationHeld
        case .consentExists: .consentExists
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
        }
    }
}
