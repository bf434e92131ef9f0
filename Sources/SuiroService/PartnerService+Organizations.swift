package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Makes an organization on the operator's word: how a database that is empty gets its partners, its vendor and, where
    /// nobody creates them over the wire, its customers. Nobody is related to it and nobody can sign in yet.
    ///
    /// Throws `Refusal.domainTaken`, and `Refusal.invalid` for the id of another, a country that has no rules for
    /// addresses, and a provider that is none.
    package func addOrganization(_ organization: Organization) async throws {
        guard try Countries.rules(of: organization.country) != nil else {
            throw Refusal.invalid([InputFault(field: "country", code: .unknown, value: organization.country)])
        }
        _ = try await writeAsSystem(in: .tenant(organization.id)) { tx in
            guard try tx.organization(organization.id) == nil else {
                throw Refusal.invalid([InputFault(field: "id", code: .duplicate, value: "\(organization.id)")])
            }
            if let provider = organization.provider {
                guard try tx.organization(provider.as(Tenant.self))?.kind == .indirectProvider else {
                    throw Refusal.invalid([InputFault(field: "provider", code: .unknown, value: "\(provider)")])
                }
            }
            try tx.insert(organization)
            try tx.record(
                .organizationAdded(organization.id),
                remark(organization, ["kind": organization.kind.rawValue, "domain": organization.domain])
            )
            return true
        }
    }
}
