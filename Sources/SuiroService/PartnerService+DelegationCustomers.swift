import SuiroAssets
package import SuiroDomain
import SuiroStore

/// A page in which a partner looks after a customer.
package struct ServicePage: Sendable {
    package let id: String
    package let name: String
    package let url: String
}

extension PartnerService {
    /// Customers with at least one relationship in force, by name.
    package func delegatedCustomers(_ context: CallContext) async throws -> [PartyName] {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            let now = deliberation.at
            let live = try tx.delegations(of: tenant.as(Partner.self)).filter { $0.isLive(at: now) }
            let ids = Set(live.compactMap(\.customer))
            return try ids.map { id in
                PartyName(id: id.as(Tenant.self), name: try tx.organization(id.as(Tenant.self))?.name ?? "")
            }.sorted { ($0.name, $0.id?.description ?? "") < ($1.name, $1.id?.description ?? "") }
        }
    }

    /// Where this customer is looked after: the pages of this portal.
    package func servicePages(of customer: ID<Customer>, _ context: CallContext) async throws -> [ServicePage] {
        let known = try await delegatedCustomers(context)
        guard known.contains(where: { $0.id == customer.as(Tenant.self) }) else {
            throw Refusal.notFound(.customer, "\(customer)")
        }
        let place = "\(environment.origin())/customers/\(customer)"
        return [
            ServicePage(id: "customer", name: words.say("servicePage.customer", context.language), url: place),
            ServicePage(
                id: "access",
                name: words.say("servicePage.access", context.language),
                url: "\(place)/people-and-access"
            ),
        ]
    }
}
