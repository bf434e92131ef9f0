package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Whether somebody has the domain; everybody who may sell may ask, and learns no more than that. `customer` is whom
    /// it is asked for, where the question names one.
    package func isDomainTaken(
        _ name: String,
        for customer: ID<Customer>? = nil,
        _ context: CallContext
    ) async throws -> Bool {
        if let customer {
            return try await read(context, .readSales, in: .customer(customer)) { tx in try tx.isDomainTaken(name) }
        }
        return try await read(context, .readOffers, in: .tenant(context.tenant)) { tx in try tx.isDomainTaken(name) }
    }

    /// The domains of a customer: the one its tenant began with, and those it has proved to own since.
    package func domains(of customer: ID<Customer>, _ context: CallContext) async throws -> [String] {
        try await read(context, .readUsers, in: .customer(customer)) { tx in
            guard let house = try tx.organization(customer.as(Tenant.self)) else {
                throw Refusal.notFound(.customer, "\(customer)")
            }
            return [house.domain] + (try tx.verifiedDomains(of: customer).map(\.name))
        }
    }

    /// Adds a domain whose owner has been proved.
    package func addDomain(
        _ name: String,
        isFederated: Bool,
        isDefault: Bool,
        to customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> VerifiedDomain {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let domain = VerifiedDomain(
                name: name.lowercased(),
                customer: customer,
                isFederated: isFederated,
                isDefault: isDefault,
                at: deliberation.at
            )
            try tx.insert(domain)
            try tx.record(
                .vetting(.domainVerified, of: "\(customer)"),
                Remark(customer: customer, details: ["domain": domain.name])
            )
            return domain
        }
    }

    /// Has a customer's tenant consent to an application, once for each.
    package func consent(
        to application: ID<ApplicationConsent>,
        named name: String?,
        _ grants: [ApplicationConsent.Grant],
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> ApplicationConsent {
        try await write(context, .consentToApplications, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "live principal") }
            let partner = principal.tenant.as(Partner.self)
            guard try tx.consent(to: application, of: customer, by: partner) == nil else {
                throw Refusal.commerce(.consentExists(application: "\(application)"))
            }
            let consent = ApplicationConsent(
                customer: customer,
                partner: partner,
                application: application,
                displayName: name,
                grants: grants,
                at: deliberation.at
            )
            try tx.insert(consent)
            try tx.record(
                .vetting(.applicationConsented, of: "\(application)"),
                Remark(
                    customer: customer,
                    details: [
                        "grants": grants.map { "\($0.enterpriseApplication): \($0.scope)" }.joined(separator: "; ")
                    ]
                )
            )
            return consent
        }
    }

    package func withdrawConsent(
        to application: ID<ApplicationConsent>,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .consentToApplications, in: .customer(customer)) { tx, _ in
            guard let principal = tx.permit.principal,
                let consent = try tx.consent(to: application, of: customer, by: principal.tenant.as(Partner.self))
            else { throw Refusal.notFound(.applicationConsent, "\(application)") }
            try tx.delete(consent)
            try tx.record(
                .vetting(.applicationConsentWithdrawn, of: "\(application)"),
                Remark(customer: customer)
            )
            return true
        }
    }

    /// How addresses of a country are written.
    package func countryRules(_ country: String, _ context: CallContext) async throws -> CountryRules {
        try await read(context, .readOffers, in: .tenant(context.tenant)) { _ in
            guard let rules = try Countries.rules(of: country) else {
                throw Refusal.notFound(.country, String(country.prefix(80)))
            }
            return rules
        }
    }

    /// The services which a customer uses through what this partner sold it, each with where it is administered.
    package func managedServices(of customer: ID<Customer>, _ context: CallContext) async throws -> [ManagedService] {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            var plans: Set<String> = []
            for held in try tx.subscriptions(of: customer) where try held.state(&deliberation).status == .active {
                guard let product = held.productID, let offer = try tx.offer(product) else { continue }
                plans.formUnion(offer.services)
                if offer.family == .usage { plans.insert("AZURE") }
            }
            return ManagedService.allCases.filter { service in
                plans.contains { plan in service.prefixes.contains { plan.uppercased().hasPrefix($0) } }
            }
        }
    }
}
