package import SuiroDomain
import SuiroStore

/// Whom the users of a subscription turn to (SUP-09).
package struct SupportContactView: Codable, Sendable {
    package let subscription: ID<Subscription>
    package let customer: ID<Customer>
    package let tenant: ID<Tenant>?
    package let mpnID: String?
    package let name: String
}

/// Who shall be the contact: a partner by its tenant, and its network number where the caller knows it.
package struct SupportContactWish: Sendable {
    package let tenant: ID<Tenant>
    package let mpnID: String?

    package init(tenant: ID<Tenant>, mpnID: String?) {
        (self.tenant, self.mpnID) = (tenant, mpnID)
    }
}

extension PartnerService {
    /// The contact that was designated; until somebody is, it is the seller (SUP-09).
    package func supportContact(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SupportContactView {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            try contactView(try sold(id, of: customer, tx), tx)
        }
    }

    /// SUP-09, OP-35: the seller itself, or a partner that has the customer's delegated administration. One of five
    /// independent facts: nothing else about the subscription changes (INV-01).
    package func designateSupportContact(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ wish: SupportContactWish,
        _ context: CallContext
    ) async throws -> SupportContactView {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            var subscription = try sold(id, of: customer, tx)
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            let option = try situation.designation(&deliberation).required()
            let contact = try partner(wish, tx)
            let isSeller = contact.id == subscription.seller.id
            guard try isSeller || administers(contact, customer, deliberation.at, tx) else {
                throw Refusal.noRelationship(partner: contact.id, customer: customer)
            }
            let party = Party(kind: .partner, id: contact.id, name: contact.name)
            guard party != subscription.supportContact else { return try contactView(subscription, tx) }
            subscription.supportContact = party
            subscription.revision += 1
            try tx.update(subscription)
            try tx.record(
                .subscriptionChanged(id),
                Remark(
                    customer: customer,
                    rule: option.policyRow,
                    edition: deliberation.book.edition,
                    details: ["supportContact": contact.name, "supportTenantId": "\(contact.id)"]
                )
            )
            return try contactView(subscription, tx)
        }
    }

    /// What the calling partner sold; everything else does not exist on the wire.
    func sold(_ id: ID<Subscription>, of customer: ID<Customer>, _ tx: Transaction) throws -> Subscription {
        let subscription = try find(id, of: customer, tx)
        guard let caller = tx.permit.principal, subscription.seller.kind == .partner,
            subscription.seller.id == caller.tenant
        else { throw Refusal.notFound(.subscription, "\(id)") }
        return subscription
    }

    private func partner(_ wish: SupportContactWish, _ tx: Transaction) throws -> Organization {
        guard let organization = try tx.organization(wish.tenant), organization.kind.isPartner else {
            throw Refusal.invalid([InputFault(field: "supportTenantId", code: .unknown, value: "\(wish.tenant)")])
        }
        if let number = wish.mpnID, number != organization.mpnID {
            throw Refusal.invalid([InputFault(field: "supportMpnId", code: .unknown, value: number)])
        }
        return organization
    }

    private func administers(
        _ partner: Organization,
        _ customer: ID<Customer>,
        _ now: Instant,
        _ tx: Transaction
    ) throws -> Bool {
        let access = try effectiveAccess(of: partner.id.as(Partner.self), in: customer, tx)
        return access.delegated?.isLive(at: now) == true || !access.rolesByGroup(at: now).isEmpty
    }

    private func contactView(_ subscription: Subscription, _ tx: Transaction) throws -> SupportContactView {
        let party = subscription.supportContact ?? subscription.seller
        let organization = try party.id.flatMap { try tx.organization($0) }
        return SupportContactView(
            subscription: subscription.id,
            customer: subscription.customer,
            tenant: party.id,
            mpnID: organization?.mpnID,
            name: organization?.name ?? party.name
        )
    }
}
