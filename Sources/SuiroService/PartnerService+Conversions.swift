package import SuiroDomain
import SuiroStore

/// A paid offer that a trial may become.
package struct ConversionView: Sendable {
    package let offerID: String
    package let target: Offer
    package let orderID: String?
    package let quantity: Int
}

/// A better offer that a license may give way to, and what keeps it from doing so.
package struct UpgradeView: Sendable {
    package let target: Offer
    package let quantity: Int
    package let obstacle: Option?
}

/// What has become of what.
package struct Replacement: Codable, Sendable {
    package let from: ID<Subscription>
    package let to: ID<Subscription>
    package let offerID: String?
    package let targetOfferID: String
}

extension PartnerService {
    /// What a trial may be turned into; nothing where it is none, or may not (LC-16).
    package func conversions(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [ConversionView] {
        try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            let (subscription, offer) = try soldByOffer(id, of: customer, tx)
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            let option = try situation.conversion(to: nil, of: offer, &deliberation)
            guard option.verdict == .allowed, let offer else { return [] }
            return try offer.convertsTo.compactMap { try tx.offer($0) }.map { target in
                ConversionView(
                    offerID: offer.id,
                    target: target,
                    orderID: subscription.orderID,
                    quantity: subscription.quantity ?? 1
                )
            }
        }
    }

    /// LC-16: from now on it is paid for, under the same id.
    package func convert(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        to target: String,
        seats: Int?,
        _ context: CallContext
    ) async throws -> Replacement {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let (subscription, offer) = try soldByOffer(id, of: customer, tx)
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            let option = try situation.conversion(to: target, of: offer, &deliberation)
            let changed = try situation.converting(to: target, seats: seats, by: option, &deliberation)
            _ = try save(changed, instead: subscription, tx, &deliberation)
            return Replacement(from: id, to: id, offerID: subscription.productID, targetOfferID: target)
        }
    }

    /// The offers a license may give way to; nothing where policy has no such way.
    package func upgrades(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [UpgradeView] {
        try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            try upgrades(of: id, for: customer, tx, &deliberation)
        }
    }

    func upgrades(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> [UpgradeView] {
        let (subscription, offer) = try soldByOffer(id, of: customer, tx)
        let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
        let option = try situation.upgrade(
            to: nil,
            of: offer,
            hasAddOns: try hasAddOns(subscription, tx, &deliberation),
            &deliberation
        )
        guard let offer, option.verdict == .allowed || option.reason != .noUpgrade else { return [] }
        return try offer.upgradesTo.compactMap { try tx.offer($0) }.map { target in
            UpgradeView(
                target: target,
                quantity: subscription.quantity ?? 1,
                obstacle: option.verdict == .allowed ? nil : option
            )
        }
    }

    /// The license ends, and another of the better offer takes its place, as one act.
    package func upgrade(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        to target: String,
        _ context: CallContext
    ) async throws -> Replacement {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let (old, new) = try upgrade(id, of: customer, to: target, billed: nil, tx, &deliberation)
            return Replacement(from: id, to: new.id, offerID: old.productID, targetOfferID: new.productID ?? target)
        }
    }

    /// The same within somebody's transaction: what ended, and what has come in its place. It is billed in the cycle
    /// that is named, or as before.
    func upgrade(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        to target: String,
        billed cycle: BillingCycle?,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> (old: Subscription, new: Subscription) {
        let (subscription, offer) = try soldByOffer(id, of: customer, tx)
        let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
        let option = try situation.upgrade(
            to: target,
            of: offer,
            hasAddOns: try hasAddOns(subscription, tx, &deliberation),
            &deliberation
        ).required()
        guard let better = try tx.offer(target) else { throw Refusal.notFound(.offer, target) }
        let (old, made) = try situation.upgrading(
            to: better,
            of: offer,
            as: environment.newID(),
            by: option,
            &deliberation
        )
        var new = made
        new.billingCycle = cycle ?? subscription.billingCycle
        _ = try save(old, instead: subscription, tx, &deliberation)
        try tx.insert(new)
        try tx.record(
            .subscriptionProvisioned(new.id),
            Remark(customer: customer, details: ["upgradedFrom": "\(id)"])
        )
        return (subscription, new)
    }

    /// What the caller sold, with the offer it was sold by.
    private func soldByOffer(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> (Subscription, Offer?) {
        let subscription = try sold(id, of: customer, tx)
        return (subscription, try subscription.productID.flatMap { try tx.offer($0) })
    }

    private func hasAddOns(
        _ subscription: Subscription,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Bool {
        for addOn in try tx.addOns(of: subscription.id, in: subscription.customer)
        where try addOn.state(&deliberation).status != .deleted { return true }
        return false
    }
}
