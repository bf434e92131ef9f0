package import SuiroDomain
import SuiroStore

/// A better offer that a license may give way to, by its name in the catalogue.
package struct TransitionView: Sendable {
    /// `product:sku:availability`, or the id of an offer that the catalogue does not have.
    package let item: String
    package let upgrade: UpgradeView
}

/// A transition as it is wished for; what is left out stays as it is.
package struct TransitionWish: Sendable {
    package let item: String
    package let quantity: Int?
    package let duration: CalendarDuration?
    package let cycle: BillingCycle?
    package let kind: Transition.Kind

    package init(
        item: String,
        quantity: Int?,
        duration: CalendarDuration?,
        cycle: BillingCycle?,
        kind: Transition.Kind
    ) {
        (self.item, self.quantity, self.duration) = (item, quantity, duration)
        (self.cycle, self.kind) = (cycle, kind)
    }
}

extension PartnerService {
    /// What a license that the caller sold may give way to now; nothing where policy has no such way.
    package func transitionViews(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [TransitionView] {
        try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            let subscription = try sold(id, of: customer, tx)
            guard try subscription.state(&deliberation).status == .active else { return [] }
            return try upgrades(of: id, for: customer, tx, &deliberation).map { upgrade in
                TransitionView(item: try itemName(of: upgrade.target.id, for: customer, tx), upgrade: upgrade)
            }
        }
    }

    /// The license ends, and another of the better offer takes its place for the rest of the term, as an upgrade does.
    package func transition(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ wish: TransitionWish,
        _ context: CallContext
    ) async throws -> Transition {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let partner = try Self.partner(of: tx)
            let held = try sold(id, of: customer, tx)
            let target = try check(wish, for: held, tx)
            let licensed = try product(of: held, tx)
            let (old, new) = try upgrade(id, of: customer, to: target, billed: wish.cycle, tx, &deliberation)
            var details = ["to": "\(new.id)", "transitionType": wish.kind.rawValue]
            if wish.kind == .withLicenseTransfer, let licensed {
                let users = try hand(licensed, to: new, instead: old, tx, &deliberation)
                details["users"] = "\(users)"
            }
            let transition = Transition(
                id: environment.newID(),
                partner: partner,
                from: old,
                to: new,
                fromItem: try itemName(of: old.productID ?? "", for: customer, tx),
                toItem: try itemName(of: target, for: customer, tx),
                kind: wish.kind,
                at: deliberation.at
            )
            try tx.insert(transition)
            details["operationId"] = "\(transition.id)"
            try tx.record(
                .provisioning(.subscriptionTransitioned, of: "\(old.id)"),
                Remark(
                    partner: partner,
                    customer: customer,
                    edition: deliberation.book.edition,
                    details: details
                )
            )
            return transition
        }
    }

    /// The transitions that a subscription came from or went into, the oldest first.
    package func transitions(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [Transition] {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            let subscription = try sold(id, of: customer, tx)
            return try tx.transitions(of: subscription.id, in: customer)
        }
    }

    /// The offer that the wish names. All seats go over, and the term goes on as it is.
    private func check(_ wish: TransitionWish, for held: Subscription, _ tx: Transaction) throws -> String {
        let item = try CatalogItemID(wish.item).flatMap { try tx.catalogItem($0) }
        guard let target = try tx.offer(item?.sku.offer ?? wish.item) else {
            throw Refusal.invalid([InputFault(field: "toCatalogItemId", code: .unknown, value: wish.item)])
        }
        if let seats = wish.quantity, seats != held.quantity ?? 1 {
            throw Refusal.invalid([InputFault(field: "quantity", code: .outOfRange, value: "\(seats)")])
        }
        if let duration = wish.duration, let term = held.term,
            term.start.adding(duration) != term.start.adding(months: term.wholeMonths)
        {
            throw Refusal.invalid([InputFault(field: "termDuration", code: .outOfRange)])
        }
        if let cycle = wish.cycle, cycle != held.billingCycle ?? .monthly {
            let months = held.term?.wholeMonths ?? 0
            let isListed = item?.availability.plans.contains { plan in
                plan.cycle == cycle && plan.duration.flatMap(CalendarDuration.init)?.months == months
            }
            guard isListed ?? (cycle == .monthly || cycle == .annual) else {
                throw Refusal.commerce(.cycleNotOffered(cycle))
            }
        }
        return target.id
    }

    /// Whoever has the old product has the new one instead, unless the customer holds the old one by something else.
    private func hand(
        _ product: LicenseProduct,
        to new: Subscription,
        instead old: Subscription,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Int {
        guard let other = try self.product(of: new, tx), other.id != product.id else { return 0 }
        for held in try tx.subscriptions(of: old.customer) where held.id != old.id && held.id != new.id {
            guard try self.product(of: held, tx)?.id == product.id else { continue }
            if try held.state(&deliberation).status == .active { return 0 }
        }
        return try tx.reassign(product.id, to: other.id, in: old.customer)
    }

    /// How the catalogue of the customer's country names an offer; its own id where the catalogue does not have it.
    private func itemName(of offer: String, for customer: ID<Customer>, _ tx: Transaction) throws -> String {
        guard let country = try tx.organization(customer.as(Tenant.self))?.country,
            let item = try tx.catalogItem(of: offer, in: country)
        else { return offer }
        return item.id.description
    }
}
