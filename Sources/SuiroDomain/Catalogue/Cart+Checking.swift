/// What is known of the world when a cart is looked at.
package struct CartGround: Sendable {
    /// What the lines name, by their item.
    package let goods: [String: Good]
    package let customer: Organization
    package let seller: Asker
    /// Live subscriptions of the customer that the partner sells, with the offer each is of.
    package let bases: [ID<Subscription>: String]
    /// Numbers of resellers that have a relationship with the customer and buy through the seller.
    package let resellers: Set<String>

    package init(
        goods: [String: Good],
        customer: Organization,
        seller: Asker,
        bases: [ID<Subscription>: String],
        resellers: Set<String>
    ) {
        (self.goods, self.customer, self.seller) = (goods, customer, seller)
        (self.bases, self.resellers) = (bases, resellers)
    }

    /// Something that can lie in a cart: an offer, and where it comes from the catalogue, its item.
    package struct Good: Sendable {
        package let offer: Offer
        package let item: CatalogItem?

        package init(offer: Offer, item: CatalogItem?) {
            (self.offer, self.item) = (offer, item)
        }
    }
}

extension Cart {
    /// Looks at every line again: numbers it, groups it, and writes down what is wrong with it. A cart with wrong lines is
    /// kept as it is; it cannot be ordered (conventions of the wire: business failures inside an answer of success).
    package mutating func check(on ground: CartGround) {
        var number = 0
        for index in lines.indices {
            lines[index].number = number
            number += 1
            lines[index].error = error(of: lines[index], under: nil, on: ground)
            lines[index].group = group(of: lines[index])
            for place in lines[index].addOns.indices {
                lines[index].addOns[place].number = number
                number += 1
                let addOn = lines[index].addOns[place]
                lines[index].addOns[place].error = error(of: addOn, under: lines[index], on: ground)
                lines[index].addOns[place].group = lines[index].group
            }
        }
    }

    /// One order has one billing cycle.
    private func group(of line: CartLine) -> String {
        let cycles = lines.map(\.cycle).reduce(into: [BillingCycle]()) { if !$0.contains($1) { $0.append($1) } }
        return "\(cycles.firstIndex(of: line.cycle) ?? 0)"
    }

    private func error(of line: CartLine, under parent: CartLine?, on ground: CartGround) -> CartError? {
        guard let good = ground.goods[line.item], good.offer.family != nil else { return .item }
        if let item = good.item {
            guard item.availability.isPurchasable, item.availability.country == ground.customer.country else {
                return .item
            }
            if let currency = line.currency, currency != item.availability.currency.description { return .currency }
            guard line.quantity >= item.sku.minimum else { return .input }
            guard line.quantity <= item.sku.maximum else { return .seats }
            guard item.plan(duration: line.duration, cycle: line.cycle) != nil else { return .billingPlan }
        } else if line.duration != nil {
            return .billingPlan
        }
        // Nothing is promised at a reduced price that no list knows.
        guard line.promotion == nil else { return .promotion }
        if ground.seller.kind == .indirectProvider {
            guard attestation else { return .attestation }
            if let reseller = line.reseller, !ground.resellers.contains(reseller) { return .participants }
        } else if !line.participants.isEmpty {
            return .participants
        }
        return standsWell(line, good.offer, under: parent, on: ground) ? nil : .subscription
    }

    /// LC-21: an add-on stands on a subscription of the customer, or on the line that it is bought with.
    private func standsWell(
        _ line: CartLine,
        _ offer: Offer,
        under parent: CartLine?,
        on ground: CartGround
    ) -> Bool {
        guard !offer.standsOn.isEmpty else { return parent == nil && line.base == nil }
        if let parent { return ground.goods[parent.item].map { offer.standsOn.contains($0.offer.id) } ?? false }
        guard let base = line.base, let held = ground.bases[base] else { return false }
        return offer.standsOn.contains(held.uppercased())
    }

    /// The lines that cannot be bought, by their numbers.
    package var wrong: [Int] { everyLine.filter { $0.error != nil }.map(\.number) }

    /// Fails where it has become orders before, or where a line cannot be bought.
    package func checkOrderable() throws(Refusal) {
        if case .ordered = state { throw .commerce(.cartSubmitted(id)) }
        guard wrong.isEmpty, !lines.isEmpty else { throw .commerce(.cartHasErrors(lines: wrong)) }
    }
}
