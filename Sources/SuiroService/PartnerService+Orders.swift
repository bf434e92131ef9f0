import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// An order as it arrives.
package struct OrderWish: Sendable {
    package var billingCycle: String
    package var currency: String
    package var lines: [OrderLine]

    package init(billingCycle: String, currency: String, lines: [OrderLine]) {
        (self.billingCycle, self.currency, self.lines) = (billingCycle, currency, lines)
    }
}

extension PartnerService {
    /// Whether the buyer may be sold to at all: the first question of an order, whatever else is missing (S-26).
    package func checkResale(to buyer: ID<Customer>, _ context: CallContext) async throws {
        let isBarred = try await readAsSystem { tx in
            guard let organization = try tx.organization(buyer.as(Tenant.self)) else { return false }
            var deliberation = try deliberation(tx)
            do throws(Refusal) {
                try Ordering.checkResale(buyer: organization, &deliberation)
                return false
            } catch {
                return true
            }
        }
        guard isBarred else { return }
        // Refused in the name of the caller, so that it can be explained and audited like any other refusal.
        _ = try await write(context.unkeyed(), .readSelf, in: .tenant(context.tenant)) { tx, deliberation in
            if let organization = try tx.organization(buyer.as(Tenant.self)) {
                try Ordering.checkResale(buyer: organization, &deliberation)
            }
            return true
        }
    }

    /// Places an order: each line becomes a managed subscription the partner sells and bills (IND-01, S-26).
    /// The order itself is read only after the buyer has been looked at.
    package func placeOrder(
        _ order: @autoclosure @Sendable () throws -> OrderWish,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Order {
        try await checkResale(to: customer, context)
        let wish = try order()
        return try await write(context, .placeOrder, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal, let buyer = try tx.organization(customer.as(Tenant.self)) else {
                throw Refusal.notFound(.customer, "\(customer)")
            }
            try Ordering.checkResale(buyer: buyer, &deliberation)
            return try place(wish, for: customer, by: principal, tx, &deliberation)
        }
    }

    /// One order whose buyer may be sold to: its subscriptions, itself, and the record of both.
    func place(
        _ wish: OrderWish,
        as id: String? = nil,
        for customer: ID<Customer>,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Order {
        let partner = principal.tenant.as(Partner.self)
        try Ordering.checkAgreement(isAccepted: hasContract(customer, with: partner, tx), &deliberation)
        let orderID = id ?? environment.newUUID().uuidString
        let subscriptions = try bring(
            wish.lines,
            namedAs: wish.lines.map(\.number),
            order: orderID,
            for: customer,
            by: principal,
            tx,
            &deliberation
        )
        let order = Order(
            id: orderID,
            customer: customer,
            partner: partner,
            billingCycle: wish.billingCycle,
            currency: wish.currency,
            lines: wish.lines,
            subscriptions: subscriptions.map(\.id),
            at: deliberation.at
        )
        try tx.insert(order)
        try keep(subscriptions, tx)
        try tx.record(
            .orderPlaced(order.id),
            Remark(
                customer: customer,
                edition: deliberation.book.edition,
                details: ["lines": "\(order.lines.count)"]
            )
        )
        return order
    }

    /// What lines of an order bring, once the seller may sell that much more; nothing of it is kept yet. What is wrong
    /// with a line is told under the place that it was named by.
    func bring(
        _ lines: [OrderLine],
        namedAs places: [Int],
        order: String,
        for customer: ID<Customer>,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> [Subscription] {
        var active = 0
        for held in try tx.subscriptions(of: customer) where try held.state(&deliberation).status == .active {
            active += 1
        }
        let limits = try limits(tx)
        try limits.check(.subscriptions, active + lines.count)
        for line in lines { try limits.check(.seats, line.quantity) }
        try Ordering.checkSeller(
            principal.asker,
            activeSubscriptions: active,
            adding: lines.count,
            &deliberation
        )
        let offers = try lines.map { line in try offer(line, tx) }
        return try zip(zip(lines, offers), places).map { bought, place in
            let (line, offer) = bought
            let base = try base(line, offer, namedAs: place, of: customer, by: principal, tx, &deliberation)
            let purchase = try Ordering.purchase(
                of: offer,
                seats: line.quantity,
                line: place,
                months: line.duration.flatMap(CalendarDuration.init)?.months,
                &deliberation
            )
            return subscription(line, offer, purchase, on: base, order: order, by: principal, for: customer)
        }
    }

    /// Keeps what an order has brought, and tells of it.
    func keep(_ subscriptions: [Subscription], _ tx: Transaction) throws {
        for subscription in subscriptions {
            try tx.insert(subscription)
            try tx.record(.subscriptionProvisioned(subscription.id), Remark(customer: subscription.customer))
        }
    }

    package func orders(for customer: ID<Customer>, _ context: CallContext) async throws -> [Order] {
        try await read(context, .readOrders, in: .customer(customer)) { tx in
            let partner = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant.as(Partner.self) : nil }
            return try tx.orders(of: partner, for: customer)
        }
    }

    package func offers(offset: Int, limit: Int, _ context: CallContext) async throws -> [Offer] {
        let tenant = try context.tenant
        return try await read(context, .readOffers, in: .tenant(tenant)) { tx in
            try tx.offers(offset: offset, limit: limit)
        }
    }

    package func offer(_ id: String, _ context: CallContext) async throws -> Offer {
        let tenant = try context.tenant
        return try await read(context, .readOffers, in: .tenant(tenant)) { tx in
            guard let offer = try tx.offer(id) else { throw Refusal.notFound(.offer, id) }
            return offer
        }
    }

    private func offer(_ line: OrderLine, _ tx: Transaction) throws -> Offer {
        guard let offer = try tx.offer(line.offerID) else { throw Refusal.notFound(.offer, line.offerID) }
        // S-31: an unclassified product blocks, it is never guessed.
        guard offer.family != nil else { throw Refusal.unknownFamily(nil) }
        return offer
    }

    /// What an add-on stands on: a live subscription of the same customer, sold by the same partner (LC-21).
    private func base(
        _ line: OrderLine,
        _ offer: Offer,
        namedAs place: Int,
        of customer: ID<Customer>,
        by principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Subscription? {
        let field = "lineItems[\(place)].parentSubscriptionId"
        guard let id = line.base else {
            guard offer.standsOn.isEmpty else { throw Refusal.invalid([InputFault(field: field, code: .required)]) }
            return nil
        }
        guard let base = try tx.subscription(id, of: customer), base.seller.id == principal.tenant,
            offer.standsOn.isEmpty || offer.standsOn.contains(base.productID?.uppercased() ?? ""),
            try base.state(&deliberation).status == .active
        else { throw Refusal.invalid([InputFault(field: field, code: .unknown, value: "\(id)")]) }
        return base
    }

    private func subscription(
        _ line: OrderLine,
        _ offer: Offer,
        _ purchase: Ordering.Purchase,
        on base: Subscription?,
        order: String,
        by principal: Principal,
        for customer: ID<Customer>
    ) -> Subscription {
        let seller = Party(kind: .partner, id: principal.tenant, name: principal.tenantName)
        return Subscription(
            id: environment.newID(),
            customer: customer,
            name: line.friendlyName ?? offer.name,
            productID: offer.id,
            skuID: offer.skuID,
            family: offer.family,
            channel: .csp,
            source: .managed,
            seller: seller,
            billOwner: seller,
            partnerOfRecord: seller,
            supportContact: seller,
            quantity: offer.family == .license ? line.quantity : nil,
            term: purchase.term,
            orderID: order,
            dependsOn: base?.id,
            course: purchase.course,
            billingCycle: line.cycle,
            createdAt: purchase.at
        )
    }
}
