// The steps of each kind, in order; what cannot be needed is not in the list.
extension MovePlanner {
    func steps(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ cutover: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [PlannedStep] {
        switch procedure {
        case .replaceLicense(let plan):
            return try licenseSteps(plan, items, cutover, &deliberation) + (facts.source == nil ? [] : handover)
        case .recreate:
            // the sources disagree on who cancels in the other channel; the row says.
            let canceller: StepActor = try deliberation.decide(.cancelByWhom).value == "partner" ? .target : .customer
            return [
                PlannedStep(.assess, .target), PlannedStep(.createTarget, .target),
                PlannedStep(.enterDetails, .target), PlannedStep(.moveServices, .target),
                PlannedStep(.chooseCancelScope, .customer), PlannedStep(.cancelOld, canceller),
                PlannedStep(.watchUsage, .target), PlannedStep(.review, .customer),
            ]
        case .switchPartner(.manual):
            let opener = try deliberation.decide(.switchInitiator)
            // What a partner that nobody knows would do is done outside, and its customer says so.
            let current: StepActor = facts.source == nil ? .customer : .source
            let actor: StepActor = opener.value == "targetPartner" ? .target : current
            return [
                PlannedStep(.writtenNotice, .customer), PlannedStep(.openRequest, actor),
                PlannedStep(.checkSignatures, actor), PlannedStep(.confirmVerification, actor),
                PlannedStep(.cutOver, .system, due: cutover),
            ] + handover
        case .moveBilling:
            // USE-14: the roles on the resources stay, and the partner gains none by the bill.
            return [
                PlannedStep(.confirmVerification, .target), PlannedStep(.cutOver, .system, due: cutover),
            ] + (facts.source == nil ? Array(handover.dropLast()) : handover)
        case .switchPartner(.selfService), .transferLicense:
            return [PlannedStep(.cutOver, .system, due: cutover)] + handover
        }
    }

    /// SM-8c: the new access stands and has been tried before the old one goes.
    private var handover: [PlannedStep] {
        [
            PlannedStep(.grantAccess, .customer), PlannedStep(.verifyAccess, .target),
            PlannedStep(.removeAccess, .customer),
        ]
    }

    private func licenseSteps(
        _ plan: LicensePlan,
        _ items: [MovedItem],
        _ cutover: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [PlannedStep] {
        // What another channel sold is ended there by the customer (LIC-07); what a partner sold, by that partner.
        let ender: StepActor = items.contains(where: \.isManaged) && facts.source != nil ? .source : .customer
        let scope: Circumstances = items.first?.channel.map { [.channel: $0.rawValue] } ?? [:]
        let keep = try deliberation.decide(.dataKeepingDays, for: scope, at: cutover)
        let window = cutover.adding(days: keep.value)
        switch plan {
        case .wait:
            let renews = facts.linked.contains { $0.0.term?.autoRenew == true }
            return (renews ? [PlannedStep(.turnOffRenewal, ender, due: cutover)] : []) + [
                PlannedStep(.provision, .target, due: window), PlannedStep(.endOld, ender, due: window),
                PlannedStep(.compareSeats, .target),
            ]
        case .cancelFirst:
            return [
                PlannedStep(.endOld, ender, due: cutover), PlannedStep(.provision, .target, due: window),
                PlannedStep(.compareSeats, .target),
            ]
        }
    }
}
