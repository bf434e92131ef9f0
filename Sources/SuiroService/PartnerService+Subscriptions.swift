import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// A subscription with what it cost, where costs were imported.
package struct SubscriptionView: Codable, Sendable {
    package let subscription: Subscription
    package let status: SubscriptionStatus
    package let costs: [Cost]
    /// Whether the caller's own tenant sold it.
    package let isOwn: Bool
}

/// What may be done with a subscription, and why.
package struct OptionsView: Sendable {
    package let subscription: Subscription
    package let classification: Classification
    package let options: [Option]
    package let edition: Int
    /// What people call the edition: `2017-06`.
    package let editionName: String
    package let at: Instant
}

/// What a person types in about something bought elsewhere.
package struct ObservedSubscription: Sendable {
    package var name: String
    package var productID: String?
    package var skuID: String?
    package var family: Family
    package var channel: Channel?
    package var sellerName: String?
    package var quantity: Int?
    package var term: Term?
    package var monthlyCost: Money?
    package var aliases: [String]

    package init(
        name: String,
        productID: String?,
        skuID: String?,
        family: Family,
        channel: Channel?,
        sellerName: String?,
        quantity: Int?,
        term: Term?,
        monthlyCost: Money?,
        aliases: [String]
    ) {
        (self.name, self.productID, self.skuID, self.family) = (name, productID, skuID, family)
        (self.channel, self.sellerName, self.quantity, self.term) = (channel, sellerName, quantity, term)
        (self.monthlyCost, self.aliases) = (monthlyCost, aliases)
    }
}

/// What the wire asks to change about a managed subscription.
package struct SubscriptionChange: Sendable {
    package var friendlyName: String?
    package var quantity: Int?
    package var status: SubscriptionStatus?
    package var autoRenew: Bool?
    /// The revision the caller has seen, where it says so.
    package var revision: Int?

    package init(
        friendlyName: String? = nil,
        quantity: Int? = nil,
        status: SubscriptionStatus? = nil,
        autoRenew: Bool? = nil,
        revision: Int? = nil
    ) {
        (self.friendlyName, self.quantity, self.status) = (friendlyName, quantity, status)
        (self.autoRenew, self.revision) = (autoRenew, revision)
    }
}

extension PartnerService {
    /// Every subscription in every channel, in one view.
    package func subscriptions(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [SubscriptionView] {
        let views = try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            let costs = try tx.costs(of: customer)
            return try tx.subscriptions(of: customer).map { view($0, costs[$0.id] ?? [], context, tx) }
        }
        await noteUse(in: customer, context)
        return views
    }

    package func subscription(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            view(try find(id, of: customer, tx), try tx.costs(of: customer)[id] ?? [], context, tx)
        }
    }

    /// Records something bought elsewhere: observed, never driven (INV-04). Nothing about it changes by that (MC-10).
    package func record(
        _ observed: ObservedSubscription,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        try await write(context, .recordSubscription, in: .customer(customer)) { tx, _ in
            let vendor = Party(kind: .vendor, id: nil, name: try tx.vendor()?.name ?? "Microsoft")
            let other = Party(kind: .other, id: nil, name: observed.sellerName ?? "")
            let isFromVendor = observed.channel.map { [.direct, .advisor, .ea].contains($0) } ?? false
            let subscription = Subscription(
                id: environment.newID(),
                customer: customer,
                name: observed.name,
                productID: observed.productID,
                skuID: observed.skuID,
                family: observed.family,
                channel: observed.channel,
                source: .observed,
                seller: isFromVendor && observed.sellerName == nil ? vendor : other,
                billOwner: isFromVendor ? vendor : other,
                quantity: observed.quantity,
                term: observed.term,
                monthlyCost: observed.monthlyCost,
                aliases: observed.aliases,
                createdAt: tx.permit.intent.at
            )
            try tx.insert(subscription)
            try tx.record(
                .subscriptionRecorded(subscription.id),
                Remark(
                    customer: customer,
                    details: ["name": subscription.name, "channel": observed.channel?.rawValue ?? ""]
                )
            )
            return view(subscription, [], context, tx)
        }
    }

    /// What may be done, computed by the functions that enforce it; `at` looks ahead.
    package func options(
        for id: ID<Subscription>,
        of customer: ID<Customer>,
        at instant: Instant?,
        _ context: CallContext
    ) async throws -> OptionsView {
        try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            let subscription = try find(id, of: customer, tx)
            let situation = try situation(subscription, at: instant ?? deliberation.at, tx)
            return try options(situation, at: instant, &deliberation)
        }
    }

    /// The same for everything a customer holds, in one transaction: the portal's view.
    package func allOptions(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [OptionsView] {
        let views = try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            try tx.subscriptions(of: customer).map { subscription in
                try options(situation(subscription, at: deliberation.at, tx), at: nil, &deliberation)
            }
        }
        await noteUse(in: customer, context)
        return views
    }

    /// Changes a managed subscription. Each change is an action of the options and is refused as they explain.
    package func change(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ change: SubscriptionChange,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            var subscription = try find(id, of: customer, tx)
            if let revision = change.revision, revision != subscription.revision { throw StoreError.stale }
            let situation = try situation(subscription, at: deliberation.at, tx)
            var rows: [PolicyRow.ID] = []
            for action in change.actions(on: subscription, at: deliberation.at) {
                if let row = try situation.require(action, &deliberation).policyRow { rows.append(row) }
            }
            try change.apply(to: &subscription)
            try tx.update(subscription)
            try tx.record(
                .subscriptionChanged(id),
                Remark(
                    customer: customer,
                    rule: rows.first,
                    edition: deliberation.book.edition,
                    details: change.details
                )
            )
            return view(subscription, [], context, tx)
        }
    }

    private func options(
        _ situation: Situation,
        at instant: Instant?,
        _ deliberation: inout Deliberation
    ) throws -> OptionsView {
        guard let instant else {
            let (classification, options) = try situation.options(&deliberation)
            return OptionsView(
                subscription: situation.subscription,
                classification: classification,
                options: options,
                edition: deliberation.book.edition,
                editionName: deliberation.book.name,
                at: deliberation.at
            )
        }
        var ahead = Deliberation(book: deliberation.book, at: instant, cloud: cloud)
        let (classification, options) = try situation.options(&ahead)
        deliberation.absorb(ahead)
        return OptionsView(
            subscription: situation.subscription,
            classification: classification,
            options: options,
            edition: ahead.book.edition,
            editionName: ahead.book.name,
            at: instant
        )
    }

    /// The facts that options rest on: who asks, what it holds there, and who the buyer is.
    func situation(_ subscription: Subscription, at now: Instant, _ tx: Transaction) throws -> Situation {
        guard let principal = tx.permit.principal,
            let buyer = try tx.organization(subscription.customer.as(Tenant.self))
        else { throw Refusal.notFound(.customer, "\(subscription.customer)") }
        let grant =
            try principal.kind.isPartner
            ? tx.openGrant(.dap, of: principal.tenant.as(Partner.self), in: subscription.customer) : nil
        return Situation(
            subscription: subscription,
            asker: principal.asker,
            buyer: buyer.tenantType,
            grant: grant.flatMap { $0.isLive(at: now) ? $0 : nil }
        )
    }

    func find(_ id: ID<Subscription>, of customer: ID<Customer>, _ tx: Transaction) throws -> Subscription {
        guard let subscription = try tx.subscription(id, of: customer) else {
            throw Refusal.notFound(.subscription, "\(id)")
        }
        return subscription
    }

    private func view(
        _ subscription: Subscription,
        _ costs: [Cost],
        _ context: CallContext,
        _ tx: Transaction
    ) -> SubscriptionView {
        SubscriptionView(
            subscription: subscription,
            status: subscription.status(at: tx.permit.intent.at),
            costs: costs,
            isOwn: subscription.seller.kind == .partner && subscription.seller.id == context.caller.tenant
        )
    }
}

extension SubscriptionChange {
    /// The actions of the options that this change is.
    func actions(on subscription: Subscription, at now: Instant) -> [SubscriptionAction] {
        var actions: [SubscriptionAction] = [.manage]
        if let quantity, quantity != subscription.quantity { actions.append(.changeQuantity) }
        if let status, status != subscription.status {
            switch status {
            case .suspended: actions.append(.suspend)
            case .deleted: actions.append(.cancel)
            case .active, .expired, .disabled: break
            }
        }
        return actions
    }

    func apply(to subscription: inout Subscription) throws(Refusal) {
        if let friendlyName { subscription.name = friendlyName }
        if let quantity {
            guard quantity > 0 else {
                throw .invalid([InputFault(field: "quantity", code: .outOfRange, value: "\(quantity)")])
            }
            subscription.quantity = quantity
        }
        if let status {
            guard status == .active || status == .suspended || status == .deleted else {
                throw .invalid([InputFault(field: "status", code: .unknown, value: status.rawValue)])
            }
            subscription.status = status
        }
        if let autoRenew, let term = subscription.term {
            subscription.term = Term(start: term.start, end: term.end, autoRenew: autoRenew)
        }
        subscription.revision += 1
    }

    var details: [String: String] {
        var details: [String: String] = [:]
        if let friendlyName { details["friendlyName"] = friendlyName }
        if let quantity { details["quantity"] = "\(quantity)" }
        if let status { details["status"] = status.rawValue }
        if let autoRenew { details["autoRenewEnabled"] = "\(autoRenew)" }
        return details
    }
}
