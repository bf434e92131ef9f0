import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// A cart as it arrives.
package struct CartWish: Sendable {
    package var lines: [CartLine]
    /// Whether the indirect provider confirms that a reseller stands behind the purchase.
    package var attestation: Bool

    package init(lines: [CartLine], attestation: Bool) {
        (self.lines, self.attestation) = (lines, attestation)
    }
}

extension PartnerService {
    /// Puts things into a new cart. What cannot be bought as it stands is kept with its error.
    package func createCart(
        _ wish: @autoclosure @Sendable () throws -> CartWish,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Cart {
        try await checkResale(to: customer, context)
        let wish = try wish()
        return try await write(context, .placeOrder, in: .customer(customer)) { tx, deliberation in
            let principal = try Self.seller(tx)
            let now = deliberation.at
            let hours = try deliberation.decide(.cartKeepingHours)
            var cart = Cart(
                id: environment.newID(),
                customer: customer,
                partner: principal.tenant.as(Partner.self),
                at: now,
                by: principal.personName,
                expires: now.adding(seconds: hours.value * 3600),
                attestation: wish.attestation,
                lines: wish.lines
            )
            try cart.check(on: ground(of: cart, principal, tx, &deliberation))
            try tx.insert(cart)
            try tx.record(
                .cart(.cartSaved, cart.id),
                Remark(
                    customer: customer,
                    edition: deliberation.book.edition,
                    details: ["lines": "\(cart.lines.count)"]
                )
            )
            return cart
        }
    }

    /// The caller's own cart, while it is kept.
    package func cart(_ id: ID<Cart>, of customer: ID<Customer>, _ context: CallContext) async throws -> Cart {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            guard let principal = tx.permit.principal else { throw Refusal.notFound(.cart, "\(id)") }
            return try kept(id, of: customer, from: principal, tx)
        }
    }

    /// Puts other lines into a cart. `seen` is the revision the caller knows, where it says so.
    package func updateCart(
        _ id: ID<Cart>,
        _ wish: CartWish,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Cart {
        try await write(context, .placeOrder, in: .customer(customer)) { tx, deliberation in
            let principal = try Self.seller(tx)
            var cart = try kept(id, of: customer, from: principal, tx)
            if case .ordered = cart.state { throw Refusal.commerce(.cartSubmitted(id)) }
            (cart.lines, cart.attestation) = (wish.lines, wish.attestation || cart.attestation)
            (cart.changedAt, cart.changedBy) = (deliberation.at, principal.personName)
            cart.revision += 1
            try cart.check(on: ground(of: cart, principal, tx, &deliberation))
            try tx.update(cart)
            try tx.record(
                .cart(.cartSaved, cart.id),
                Remark(
                    customer: customer,
                    edition: deliberation.book.edition,
                    details: ["lines": "\(cart.lines.count)"]
                )
            )
            return cart
        }
    }

    /// Orders what lies in the cart, once: every line or none. Lines of one billing cycle become one order; an add-on is
    /// ordered after the line that it stands on.
    package func checkOut(
        _ id: ID<Cart>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [Order] {
        try await checkResale(to: customer, context)
        return try await write(context, .placeOrder, in: .customer(customer)) { tx, deliberation in
            let principal = try Self.seller(tx)
            var cart = try kept(id, of: customer, from: principal, tx)
            let ground = try ground(of: cart, principal, tx, &deliberation)
            if case .active = cart.state { cart.check(on: ground) }
            try cart.checkOrderable()
            try Ordering.checkResale(buyer: ground.customer, &deliberation)
            var orders: [Order] = []
            for group in Set(cart.lines.map(\.group)).sorted() {
                let lines = cart.lines.filter { $0.group == group }
                let wish = try self.wish(lines, on: ground)
                let order = try place(wish, as: newOrderID(), for: customer, by: principal, tx, &deliberation)
                orders.append(order)
                for (line, subscription) in zip(lines, order.subscriptions) where !line.addOns.isEmpty {
                    let more = try self.wish(line.addOns, standingOn: subscription, on: ground)
                    orders.append(
                        try place(more, as: newOrderID(), for: customer, by: principal, tx, &deliberation)
                    )
                }
            }
            cart.state = .ordered(at: deliberation.at, orders: orders.map(\.id))
            (cart.changedAt, cart.changedBy) = (deliberation.at, principal.personName)
            cart.revision += 1
            try tx.update(cart)
            try tx.record(
                .cart(.cartOrdered, cart.id),
                Remark(customer: customer, details: ["orders": "\(orders.count)"])
            )
            return orders
        }
    }

    private func wish(
        _ lines: [CartLine],
        standingOn base: ID<Subscription>? = nil,
        on ground: CartGround
    ) throws -> OrderWish {
        let made = try lines.map { line in
            guard let good = ground.goods[line.item] else { throw Refusal.notFound(.offer, line.item) }
            return OrderLine(
                number: line.number,
                offerID: good.offer.id,
                friendlyName: line.friendlyName,
                quantity: line.quantity,
                partnerIDOnRecord: line.reseller,
                base: base ?? line.base,
                item: good.item?.id,
                duration: line.duration ?? good.item?.plan(duration: nil, cycle: line.cycle)?.duration,
                cycle: line.cycle
            )
        }
        let item = lines.first.flatMap { ground.goods[$0.item]?.item }
        return OrderWish(
            billingCycle: (lines.first?.cycle ?? .monthly).rawValue,
            currency: item?.availability.currency.description ?? lines.first?.currency ?? "USD",
            lines: made
        )
    }

    /// Orders of the catalogue have short names.
    private func newOrderID() -> String {
        String(environment.newUUID().uuidString.filter { $0 != "-" }.prefix(12))
    }

    private static func seller(_ tx: Transaction) throws -> Principal {
        guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "live principal") }
        return principal
    }

    private func kept(
        _ id: ID<Cart>,
        of customer: ID<Customer>,
        from principal: Principal,
        _ tx: Transaction
    ) throws -> Cart {
        guard let cart = try tx.cart(id, of: customer, from: principal.tenant.as(Partner.self)) else {
            throw Refusal.notFound(.cart, "\(id)")
        }
        if case .active = cart.state, !cart.isKept(at: tx.permit.intent.at) {
            throw Refusal.notFound(.cart, "\(id)")
        }
        return cart
    }

    private func ground(
        of cart: Cart,
        _ principal: Principal,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> CartGround {
        guard let customer = try tx.organization(cart.customer.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(cart.customer)")
        }
        var goods: [String: CartGround.Good] = [:]
        for name in Set(cart.everyLine.map(\.item)) {
            if let id = CatalogItemID(name) {
                guard let item = try tx.catalogItem(id), let offer = try tx.offer(item.sku.offer) else { continue }
                goods[name] = CartGround.Good(offer: offer, item: item)
            } else if let offer = try tx.offer(name) {
                goods[name] = CartGround.Good(offer: offer, item: nil)
            }
        }
        var bases: [ID<Subscription>: String] = [:]
        for held in try tx.subscriptions(of: cart.customer) where held.seller.id == principal.tenant {
            if try held.state(&deliberation).status == .active { bases[held.id] = held.productID ?? "" }
        }
        var resellers: Set<String> = []
        if principal.kind == .indirectProvider {
            let tied = Set(
                try tx.grants(in: cart.customer)
                    .filter { $0.grant.kind == .resellerTie && $0.grant.isLive(at: deliberation.at) }
                    .map { $0.grant.partner.as(Tenant.self) }
            )
            for reseller in try tx.resellers(of: principal.tenant.as(Partner.self)) where tied.contains(reseller.id) {
                if let number = reseller.mpnID { resellers.insert(number) }
            }
        }
        return CartGround(
            goods: goods,
            customer: customer,
            seller: principal.asker,
            bases: bases,
            resellers: resellers
        )
    }
}
