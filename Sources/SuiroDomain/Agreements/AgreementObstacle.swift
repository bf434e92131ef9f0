/// What is in the way of an agreement, of an order that needs one, or of learning who has signed.
package enum AgreementObstacle: Hashable, Sendable {
    /// The same contact's acceptance is already kept.
    case alreadyConfirmed(mail: String)
    /// AGR-02: the customer has accepted none.
    case missing(row: PolicyRow.ID)
    /// Neither a tenant nor a number of the partner network, or both.
    case idMalformed(String)
    case idMissing
    case networkNumberUnknown(String)
    case otherRegion(String)
    case notReseller(String)
    case noAccount(String)

    package var reason: Reason {
        switch self {
        case .alreadyConfirmed: .agreementAlreadyConfirmed
        case .missing: .agreementMissing
        case .idMalformed: .partnerIDMalformed
        case .idMissing: .partnerIDMissing
        case .networkNumberUnknown: .networkNumberUnknown
        case .otherRegion: .partnerOfOtherRegion
        case .notReseller: .notAReseller
        case .noAccount: .noPartnerAccount
        }
    }

    package var rule: RuleID? {
        switch self {
        case .alreadyConfirmed: "AGR-03"
        case .missing: "AGR-02"
        case .idMalformed, .idMissing, .networkNumberUnknown, .otherRegion, .notReseller, .noAccount: "AGR-04"
        }
    }

    package var row: PolicyRow.ID? {
        if case .missing(let row) = self { row } else { nil }
    }

    package var arguments: [String: Argument] {
        switch self {
        case .alreadyConfirmed(let name), .idMalformed(let name), .networkNumberUnknown(let name),
            .otherRegion(let name), .notReseller(let name), .noAccount(let name):
            ["name": .text(String(name.prefix(80)))]
        case .missing, .idMissing: [:]
        }
    }
}

extension Ordering {
    /// AGR-02: whether an order may go through although the customer has, or has not, accepted an agreement.
    package static func checkAgreement(
        isAccepted: Bool,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let required = try deliberation.decide(.agreementRequired)
        guard !required.value || isAccepted else { throw .agreement(.missing(row: required.row)) }
    }
}
