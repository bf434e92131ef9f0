package import SuiroDomain
import SuiroStore

/// What is wished of an order that was placed, as it arrives: SDKs send the whole order back.
package struct OrderChange: Sendable {
    /// One line as it was sent, at its place in the list.
    package struct Line: Sendable {
        package let place: Int
        package let number: Int?
        /// Named where the line is one of the order's already.
        package let subscription: ID<Subscription>?
        /// The base of an add-on.
        package let base: ID<Subscription>?
        /// `product:sku:availability`, or the id of an offer.
        package let item: String?
        package let friendlyName: String?
        package let quantity: Int?
        package let partnerIDOnRecord: String?
        package let duration: String?

        package init(
            place: Int,
            number: Int?,
            subscription: ID<Subscription>?,
            base: ID<Subscription>?,
            item: String?,
            friendlyName: String?,
            quantity: Int?,
            partnerIDOnRecord: String?,
            duration: String?
        ) {
            (self.place, self.number, self.subscription, self.base) = (place, number, subscription, base)
            (self.item, self.friendlyName, self.quantity) = (item, friendlyName, quantity)
            (self.partnerIDOnRecord, self.duration) = (partnerIDOnRecord, duration)
        }
    }

    package let lines: [Line]
    package let cycle: BillingCycle?
    package let isCanceled: Bool

    package init(lines: [Line], cycle: BillingCycle?, isCanceled: Bool) {
        (self.lines, self.cycle, self.isCanceled) = (lines, cycle, isCanceled)
    }

    fileprivate var additions: [Line] { lines.filter { $0.subscription == nil && $0.base != nil } }
}

extension PartnerService {
    /// Changes an order of the caller's: add-ons are bought with it, its billing cycle is changed, or it is taken back.
    /// What is sent back as it was is no wish.
    package func change(
        order id: String,
        of customer: ID<Customer>,
        _ change: OrderChange,
        _ context: CallContext
    ) async throws -> Order {
        let action: Action = change.additions.isEmpty ? .changeSubscription : .placeOrder
        return try await write(context, action, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "live principal") }
            var order = try ownOrder(id, of: customer, tx)
            var details: [String: String] = [:]
            try check(change.lines, against: order)
            if !change.additions.isEmpty {
                try append(change.additions, to: &order, by: principal, tx, &deliberation)
                details["lines"] = "\(order.lines.count)"
            }
            if let cycle = change.cycle, cycle.rawValue != order.billingCycle {
                try bill(&order, in: cycle, by: principal, tx, &deliberation)
                details["billingCycle"] = cycle.rawValue
            }
            if change.isCanceled, order.canceledAt == nil {
                try takeBack(&order, by: principal, tx, &deliberation)
                details["status"] = "cancelled"
            }
            guard !details.isEmpty else { return order }
            try tx.update(order)
            try tx.record(
                .provisioning(.orderChanged, of: order.id),
                Remark(customer: customer, edition: deliberation.book.edition, details: details)
            )
            return order
        }
    }

    /// What is no add-on has to be one of the order's own lines.
    private func check(_ lines: [OrderChange.Line], against order: Order) throws {
        for line in lines {
            let path = "lineItems[\(line.place)]"
            if let subscription = line.subscription {
                guard order.subscriptions.contains(subscription) else {
                    throw Refusal.invalid([
                        InputFault(field: path + ".subscriptionId", code: .unknown, value: "\(subscription)")
                    ])
                }
            } else if line.base == nil, !order.lines.contains(where: { $0.number == line.number ?? line.place }) {
                throw Refusal.invalid([InputFault(field: path + ".parentSubscriptionId", code: .required)])
            }
        }
    }

    /// LC-21: add-ons become further lines, and are bought as they are with an order of their own.
    private func append(
        _ additions: [OrderChange.Line],
        to order: inout Order,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        guard let buyer = try tx.organization(order.customer.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(order.customer)")
        }
        try Ordering.checkResale(buyer: buyer, &deliberation)
        let first = (order.lines.map(\.number).max() ?? -1) + 1
        var lines: [OrderLine] = []
        for (index, addition) in additions.enumerated() {
            lines.append(try line(addition, number: first + index, of: order, tx))
        }
        let bought = try bring(
            lines,
            namedAs: additions.map(\.place),
            order: order.id,
            for: order.customer,
            by: principal,
            tx,
            &deliberation
        )
        try keep(bought, tx)
        order.lines += lines
        order.subscriptions += bought.map(\.id)
    }

    private func line(
        _ addition: OrderChange.Line,
        number: Int,
        of order: Order,
        _ tx: Transaction
    ) throws -> OrderLine {
        let path = "lineItems[\(addition.place)]"
        guard let name = addition.item else {
            throw Refusal.invalid([InputFault(field: path + ".offerId", code: .required)])
        }
        guard let quantity = addition.quantity else {
            throw Refusal.invalid([InputFault(field: path + ".quantity", code: .required)])
        }
        let item = try CatalogItemID(name).flatMap { try tx.catalogItem($0) }
        guard let offer = try tx.offer(item?.sku.offer ?? name) else {
            throw Refusal.invalid([InputFault(field: path + ".offerId", code: .unknown, value: name)])
        }
        var duration = addition.duration
        let cycle = BillingCycle(rawValue: order.billingCycle) ?? .monthly
        if let item {
            guard let plan = item.plan(duration: duration, cycle: cycle) else {
                throw Refusal.commerce(.cycleNotOffered(cycle))
            }
            duration = plan.duration
        }
        return OrderLine(
            number: number,
            offerID: offer.id,
            friendlyName: addition.friendlyName,
            quantity: quantity,
            partnerIDOnRecord: addition.partnerIDOnRecord,
            base: addition.base,
            item: item?.id,
            duration: duration,
            cycle: item == nil ? nil : cycle
        )
    }

    /// The order and everything that it brought is billed in another cycle from now on.
    private func bill(
        _ order: inout Order,
        in cycle: BillingCycle,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        for index in order.lines.indices {
            guard let kept = try tx.subscription(order.subscriptions[index], of: order.customer),
                kept.seller.id == principal.tenant, try kept.state(&deliberation).status == .active
            else { throw Refusal.commerce(.orderNotActive(order.id)) }
            let current = try kept.converted(&deliberation) ?? kept
            guard try isOffered(cycle, for: order.lines[index], current, tx) else {
                throw Refusal.commerce(.cycleNotOffered(cycle))
            }
            let situation = try situation(current, at: deliberation.at, &deliberation, tx)
            let option = try situation.require(.manage, &deliberation)
            var changed = ChangedSubscription(subscription: current, details: ["billingCycle": cycle.rawValue])
            changed.subscription.billingCycle = cycle
            changed.rows = [option.policyRow].compactMap(\.self)
            _ = try save(changed, instead: kept, tx, &deliberation)
            if order.lines[index].cycle != nil { order.lines[index].cycle = cycle }
        }
        order.billingCycle = cycle.rawValue
    }

    /// A price list says for each term in which cycles it is billed; without one there are months and years.
    private func isOffered(
        _ cycle: BillingCycle,
        for line: OrderLine,
        _ subscription: Subscription,
        _ tx: Transaction
    ) throws -> Bool {
        if let id = line.item {
            return try tx.catalogItem(id)?.plan(duration: line.duration, cycle: cycle) != nil
        }
        return subscription.family == .license && subscription.course.offering.changesCycle
            && (cycle == .monthly || cycle == .annual)
    }

    /// Everything that the order brought is cancelled, the add-ons before what they stand on. Outside of the sandbox
    /// only software can be taken back so.
    private func takeBack(
        _ order: inout Order,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        var held: [Subscription] = []
        for id in order.subscriptions.reversed() {
            guard let subscription = try tx.subscription(id, of: order.customer),
                subscription.seller.id == principal.tenant
            else { continue }
            held.append(subscription)
        }
        guard !held.isEmpty else { throw Refusal.commerce(.orderNotActive(order.id)) }
        guard isSandbox || held.allSatisfy({ $0.course.offering.isSoftware }) else { throw Refusal.sandboxOnly }
        for id in held.map(\.id) {
            // Read again: what stands on something else has changed with it.
            let subscription = try find(id, of: order.customer, tx)
            let status = try subscription.state(&deliberation).status
            guard status != .deleted, status != .disabled else { continue }
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            _ = try situation.withdrawal(orderedAt: order.at, &deliberation).required()
            let changed = try situation.making(SubscriptionChange(status: .deleted), &deliberation)
            _ = try save(changed, instead: subscription, tx, &deliberation)
            try lead(changed, tx, &deliberation)
        }
        order.canceledAt = deliberation.at
    }
}
