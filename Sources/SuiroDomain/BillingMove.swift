extension Subscription {
    /// Usage that was bought under an Enterprise Agreement: its bill can go over by itself (USE-13).
    package var isEnterpriseUsage: Bool { family == .usage && channel == .ea }
}

extension Situation {
    /// USE-13, USE-16: only the bill of an Enterprise Agreement can go over by itself, and only to partners of some kinds.
    func movingBill(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard subscription.isEnterpriseUsage else {
            return Answer(.refused, .notSoldByPartner, "S-24", next: [NextStep(.recreate)])
        }
        let kinds = try deliberation.decide(.billingMovePartners, for: facets)
        guard kinds.value.contains(asker.kind.rawValue) else {
            return Answer(.refused, .notSoldByPartner, "S-24", next: [NextStep(.recreate)])
        }
        return Answer(.allowed, .billingMoveAllowed, kinds.rule, row: kinds.row, next: [NextStep(.switchPartner)])
    }
}
