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
    /// Where it stands; answers that were kept before lifecycles were computed have none.
    package let lifecycle: LifecycleState?
    /// Until when it may be cancelled, where that ends (LC-10).
    package let cancelUntil: Instant?
    /// What comes by itself at the end of a term that does not renew (OP-32).
    package let outlook: TermOutlook?
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

extension PartnerService {
    /// Every subscription in every channel, in one view. What is gone for good is not shown any more. Nothing is decided
    /// by looking, so nothing is kept of it (INV-09).
    package func subscriptions(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [SubscriptionView] {
        let scope = Scope.customer(customer)
        return try await show(context, .readSubscriptions, in: scope, ahead: .subscriptions(of: customer)) {
            tx,
            deliberation in
            let costs = try tx.costs(of: customer)
            let region = try tx.organization(customer.as(Tenant.self))?.country
            return try tx.subscriptions(of: customer).compactMap { subscription in
                let view = try view(subscription, costs[subscription.id] ?? [], in: region, context, &deliberation)
                return view.status == .deleted && subscription.source == .managed ? nil : view
            }
        }
    }

    package func subscription(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        let scope = Scope.customer(customer)
        return try await show(context, .readSubscriptions, in: scope, ahead: .subscription(id, of: customer)) {
            tx,
            deliberation in
            let subscription = try find(id, of: customer, tx)
            return try view(subscription, try tx.costs(of: subscription.id), tx, context, &deliberation)
        }
    }

    /// Records something bought elsewhere: observed, never driven (INV-04). Nothing about it changes by that (MC-10).
    package func record(
        _ observed: ObservedSubscription,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        try await write(context, .recordSubscription, in: .customer(customer)) { tx, deliberation in
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
            return try view(subscription, [], tx, context, &deliberation)
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
            let situation = try situation(subscription, at: instant ?? deliberation.at, &deliberation, tx)
            return try options(situation, at: instant, &deliberation)
        }
    }

    /// The same for everything a customer holds, in one transaction: the portal's view.
    package func allOptions(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [OptionsView] {
        try await consult(context, .readOptions, in: .customer(customer)) { tx, deliberation in
            try tx.subscriptions(of: customer).map { subscription in
                try options(situation(subscription, at: deliberation.at, &deliberation, tx), at: nil, &deliberation)
            }
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
    func situation(
        _ subscription: Subscription,
        at now: Instant,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> Situation {
        guard let principal = tx.permit.principal,
            let buyer = try tx.organization(subscription.customer.as(Tenant.self))
        else { throw Refusal.notFound(.customer, "\(subscription.customer)") }
        let partner = principal.tenant.as(Partner.self)
        var grant = try principal.kind.isPartner ? tx.openGrant(.dap, of: partner, in: subscription.customer) : nil
        if principal.kind.isPartner, grant?.isLive(at: now) != true {
            grant = try delegatedGrant(of: partner, for: subscription, at: now, &deliberation, tx)
        }
        return Situation(
            subscription: subscription,
            asker: principal.asker,
            buyer: buyer.tenantType,
            grant: grant.flatMap { $0.isLive(at: now) ? $0 : nil },
            base: try subscription.dependsOn.flatMap { try tx.subscription($0, of: subscription.customer) },
            region: buyer.country
        )
    }

    func find(_ id: ID<Subscription>, of customer: ID<Customer>, _ tx: Transaction) throws -> Subscription {
        guard let subscription = try tx.subscription(id, of: customer) else {
            throw Refusal.notFound(.subscription, "\(id)")
        }
        return subscription
    }

    /// As it stands now: shown, not decided. So what was read for it need not be kept, and where nobody has written a
    /// rule the status stays as it was kept.
    func view(
        _ kept: Subscription,
        _ costs: [Cost],
        _ tx: Transaction,
        _ context: CallContext,
        _ deliberation: inout Deliberation
    ) throws -> SubscriptionView {
        let region = try tx.organization(kept.customer.as(Tenant.self))?.country
        return try view(kept, costs, in: region, context, &deliberation)
    }

    private func view(
        _ kept: Subscription,
        _ costs: [Cost],
        in region: String?,
        _ context: CallContext,
        _ deliberation: inout Deliberation
    ) throws -> SubscriptionView {
        let isOwn = kept.seller.kind == .partner && kept.seller.id == context.caller.tenant
        var subscription = (try? kept.converted(&deliberation)) ?? kept
        let isPriceOfOthers = isPrice(of: subscription, hiddenFrom: context.caller.tenant)
        if isPriceOfOthers { subscription.monthlyCost = nil }
        let state = try? subscription.state(&deliberation)
        return SubscriptionView(
            subscription: subscription,
            status: state?.status ?? subscription.status,
            costs: isPriceOfOthers ? [] : costs,
            isOwn: isOwn,
            lifecycle: state,
            cancelUntil: isOwn ? (try? subscription.cancelDeadline(in: region, &deliberation)) ?? nil : nil,
            outlook: (try? subscription.outlook(&deliberation)) ?? nil
        )
    }

    /// What a customer pays one partner is no other partner's business (N-04).
    private func isPrice(of subscription: Subscription, hiddenFrom reader: ID<Tenant>?) -> Bool {
        guard let reader, reader != subscription.customer.as(Tenant.self) else { return false }
        return subscription.seller.kind == .partner && subscription.seller.id != reader
            && subscription.billOwner.id != reader
    }
}
