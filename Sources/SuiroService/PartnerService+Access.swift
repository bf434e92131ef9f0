import SuiroAssets
package import SuiroDomain
package import SuiroStore

/// Everybody who can reach into a customer's tenant, and who owes it support.
package struct AccessView: Sendable {
    package let grants: [GrantRow]
    package let obligations: [SupportObligation]
    package let now: Instant
}

extension PartnerService {
    /// Every partner and every path (REL-17). A customer sees all; a partner sees its own paths.
    package func access(in customer: ID<Customer>, _ context: CallContext) async throws -> AccessView {
        try await read(context, .readAccess, in: .customer(customer)) { tx in
            let own = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant : nil }
            return AccessView(
                grants: try tx.paths(in: customer).filter { own == nil || $0.grant.partner.as(Tenant.self) == own },
                obligations: try tx.obligations(in: customer),
                now: tx.permit.intent.at
            )
        }
    }

    /// Ends one path now: the partner's next request is refused, on every node. The duty to support stays (REL-19). A
    /// partner that would leave what it sold there without anybody who can get in is told so first, unless it insists.
    package func endAccess(
        _ id: ID<AccessGrant>,
        in customer: ID<Customer>,
        force: Bool = false,
        _ context: CallContext
    ) async throws -> AccessGrant {
        try await write(context, .endAccess, in: .customer(customer)) { tx, deliberation in
            guard var grant = try tx.grant(id, in: customer) else {
                return try endPath(
                    id.as(DelegatedAdminRelationship.self),
                    in: customer,
                    force: force,
                    &deliberation,
                    tx
                )
            }
            if let principal = tx.permit.principal, principal.kind.isPartner,
                grant.partner.as(Tenant.self) != principal.tenant
            {
                throw Refusal.notFound(.access, "\(id)")
            }
            let event = try grant.revoke(by: context.caller.person, at: tx.permit.intent.at)
            try tx.update(grant)
            try tx.record(
                event,
                Remark(partner: grant.partner, customer: customer, details: ["kind": grant.kind.rawValue])
            )
            try tellPartner(grant, tx)
            return grant
        }
    }

    /// A relationship of granular delegated administration ends like any other way in (GD-14).
    private func endPath(
        _ id: ID<DelegatedAdminRelationship>,
        in customer: ID<Customer>,
        force: Bool,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AccessGrant {
        let own = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant : nil }
        guard let found = try tx.delegation(id), found.customer == customer,
            own == nil || found.partner.as(Tenant.self) == own, found.tenure != nil
        else { throw Refusal.notFound(.access, "\(id)") }
        guard found.isLive(at: deliberation.at) else { throw Refusal.accessEnded }
        if own != nil, !force { try requireOtherPath(without: found, &deliberation, tx) }
        let ended = try terminate(found, &deliberation, tx)
        guard let grant = ended.grant(at: deliberation.at) else { throw Refusal.notFound(.access, "\(id)") }
        return grant
    }

    /// A partner's delegated administration that ends within `days`, soonest first.
    package func endingAccess(
        within days: Int,
        _ context: CallContext
    ) async throws -> [(grant: AccessGrant, customer: String)] {
        let tenant = try context.tenant
        return try await read(context, .listCustomers, in: .tenant(tenant)) { tx in
            let limit = tx.permit.intent.at.adding(days: days)
            return try tx.grants(of: tenant.as(Partner.self), endingBefore: limit).map { ($0.0, $0.1) }
        }
    }

    func tellPartner(_ grant: AccessGrant, _ tx: Transaction) throws {
        guard let customer = try tx.organization(grant.customer.as(Tenant.self)),
            let partner = try tx.organization(grant.partner.as(Tenant.self))
        else { return }
        let agents = try tx.people(of: partner.id).filter { $0.isActive && $0.roles.contains(.adminAgent) }
        for person in agents.prefix(20) {
            let arguments: [String: Argument] = [
                "company": .text(customer.name), "partner": .text(partner.name), "recipient": .text(person.name),
                "kind": .text(words.say("accessKind.\(grant.kind.rawValue)", person.language)),
                "date": .day(tx.permit.intent.at),
            ]
            try tx.send(mail("accessEnded", to: person, arguments, at: tx.permit.intent.at))
        }
    }
}
