// Turning it into something else.
extension OwnSale {
    /// SUP-09, SUP-10: whether somebody may be named whom its users turn to.
    func designating(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard state.status != .deleted else { return notActive }
        let policy = try deliberation.decide(.designatedContact, for: facets(&deliberation))
        guard policy.value else { return Answer(.refused, .supportContactNotOffered, "SUP-10", row: policy.row) }
        return Answer(.allowed, .ownSale, policy.rule, row: policy.row)
    }

    /// LC-16: a running trial becomes a paid subscription, where policy lets it and to what its offer names.
    func converting(
        to target: String?,
        of targets: [String],
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        if let observed { return observed }
        guard subscription.course.offering == .trial else { return Answer(.refused, .noConversion, "LC-16") }
        guard state.status == .active else { return notActive }
        let policy = try deliberation.decide(.trialConversion, for: facets(&deliberation))
        guard policy.value, target.map({ targets.contains($0.uppercased()) }) ?? !targets.isEmpty else {
            return Answer(.refused, .noConversion, policy.rule, row: policy.row)
        }
        return Answer(.allowed, .ownSale, policy.rule, row: policy.row)
    }

    /// A license gives way to one of a better offer, for the rest of its term. Add-ons would lose what they stand on.
    func upgrading(
        to target: String?,
        of targets: [String],
        hasAddOns: Bool,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        if let observed { return observed }
        guard subscription.family == .license else { return Answer(.refused, .notLicenseBased, "S-31") }
        guard state.status == .active else { return notActive }
        let policy = try deliberation.decide(.upgradeAllowed, for: facets(&deliberation))
        guard policy.value, !state.isExtended, target.map({ targets.contains($0.uppercased()) }) ?? !targets.isEmpty
        else { return Answer(.refused, .noUpgrade, policy.rule, row: policy.row) }
        guard !hasAddOns else { return Answer(.refused, .addOnDepends, "OP-49", row: policy.row) }
        return Answer(.allowed, .ownSale, policy.rule, row: policy.row)
    }
}

extension Situation {
    /// Whether a support contact may be designated.
    package func designation(_ deliberation: inout Deliberation) throws(Refusal) -> Option {
        try own(.support, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.designating(&deliberation)
        }
    }

    /// Whether the trial may be converted; `nil` asks in general.
    package func conversion(
        to target: String?,
        of offer: Offer?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Option {
        try own(.manage, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.converting(to: target, of: offer?.convertsTo ?? [], &deliberation)
        }
    }

    /// Whether the license may be upgraded; `nil` asks in general.
    package func upgrade(
        to target: String?,
        of offer: Offer?,
        hasAddOns: Bool,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Option {
        try own(.manage, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.upgrading(to: target, of: offer?.upgradesTo ?? [], hasAddOns: hasAddOns, &deliberation)
        }
    }

    /// The paid subscription that the trial becomes now, as the option allows.
    package func converting(
        to target: String,
        seats: Int?,
        by option: Option,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> ChangedSubscription {
        let option = try option.required()
        var paid = subscription.converted(to: target.uppercased(), at: deliberation.at)
        if let seats, seats > 0 { paid.quantity = seats }
        var changed = ChangedSubscription(
            subscription: paid,
            details: ["convertedFrom": subscription.productID ?? "", "convertedTo": target.uppercased()]
        )
        changed.rows = [option.policyRow].compactMap(\.self)
        return changed
    }

    /// What comes in the place of the license, as the option allows: the better offer, with the same seats, for the
    /// rest of the term.
    package func upgrading(
        to target: Offer,
        of offer: Offer?,
        as id: ID<Subscription>,
        by option: Option,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> (old: ChangedSubscription, new: Subscription) {
        let option = try option.required()
        var old = ChangedSubscription(
            subscription: subscription,
            status: .deleted,
            details: ["status": "deleted", "upgradedTo": "\(id)"]
        )
        old.subscription.turn(to: .deleted, at: deliberation.at)
        old.rows = [option.policyRow].compactMap(\.self)
        let period = try subscription.state(&deliberation).period
        let new = Subscription(
            id: id,
            customer: subscription.customer,
            name: subscription.name == offer?.name ? target.name : subscription.name,
            productID: target.id,
            skuID: target.skuID,
            family: target.family,
            channel: subscription.channel,
            source: subscription.source,
            seller: subscription.seller,
            billOwner: subscription.billOwner,
            partnerOfRecord: subscription.partnerOfRecord,
            supportContact: subscription.supportContact,
            quantity: subscription.quantity,
            term: period,
            orderID: subscription.orderID,
            course: Course(statusAt: deliberation.at, endOfTerm: subscription.course.endOfTerm),
            createdAt: deliberation.at
        )
        return (old, new)
    }

    /// An answer about the partner's own sale; about anything else, that it was bought elsewhere.
    func own(
        _ action: SubscriptionAction,
        _ deliberation: inout Deliberation,
        _ answer: (OwnSale, inout Deliberation) throws(Refusal) -> Answer
    ) throws(Refusal) -> Option {
        let classification = try classify(&deliberation)
        guard classification.route == .own else { return option(.changeQuantity, classification, &deliberation) }
        return option(action, &deliberation) { (deliberation) throws(Refusal) in
            try answer(OwnSale(self, &deliberation), &deliberation)
        }
    }
}
