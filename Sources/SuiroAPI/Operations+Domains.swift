import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Domains of customers, and the applications their tenants consent to.
extension Operation {
    static let domains: [Operation] = [
        Operation("domains.head", .head, "/v1/domains/{domain}") { call in
            let name = call.text("domain").lowercased()
            let isTaken = try await call.service.isDomainTaken(name, call.context)
            return Reply(name.isDomain && isTaken ? .ok : .notFound)
        },
        Operation("domains.checkPrefix", .get, "/v1/validations/checkdomainavailability/{domain_prefix}") { call in
            let prefix = call.text("domain_prefix").lowercased()
            let name = "\(prefix).onmicrosoft.com"
            guard !prefix.contains("."), name.isDomain, prefix.utf8.count <= 27 else {
                throw BadInput("domain_prefix", .malformed, String(prefix.prefix(60)))
            }
            let isTaken = try await call.service.isDomainTaken(name, call.context)
            return Reply.json(bytes: Array((isTaken ? "false" : "true").utf8))
        },
        Operation("customers.verifiedDomain.add", .post, "/v1/customers/{customer_id}/verifieddomain") { call in
            let fields = try call.fields()
            let about = try fields.object("domain")
            guard let name = try fields.text("verifiedDomainName", limit: 253) ?? about?.text("name", limit: 253) else {
                throw BadInput("verifiedDomainName", .required)
            }
            guard name.isDomain else { throw BadInput("verifiedDomainName", .malformed, name) }
            let isFederated = try about?.federates() ?? false
            // How people sign in there has to be said before they are sent there.
            if isFederated {
                let settings = try fields.object("domainFederationSettings")
                _ = try fields.required("domainFederationSettings", settings).requiredText("issuerUri", limit: 500)
            }
            let made = try await call.service.addDomain(
                name,
                isFederated: isFederated,
                isDefault: try about?.flag("isDefault") ?? false,
                to: call.customer,
                call.context
            )
            return Reply.json(.created) { writer in
                writer.member("authenticationType", made.isFederated ? "federated" : "managed")
                writer.member("capability", "none")
                writer.member("isDefault", made.isDefault)
                writer.member("isInitial", false)
                writer.member("name", made.name)
                writer.member("status", "verified")
                writer.member("verificationMethod", "dns_record")
            }
        },
        // Only the published Swagger has it; it asks what `domains.head` asks.
        Operation("customers.verifiedDomain.head", .head, "/v1/customers/{customer_id}/verifieddomain") { call in
            let name = (call.exchange.query["domain"] ?? "").lowercased()
            let isTaken = try await call.service.isDomainTaken(name, for: call.customer, call.context)
            return Reply(name.isDomain && isTaken ? .ok : .notFound)
        },
        Operation("customers.customDomains.list", .get, "/v1/customers/{customer_id}/customDomains") { call in
            let names = try await call.service.domains(of: call.customer, call.context)
            return Page(names, of: call).reply(call) { $0.value($1) }
        },
    ]

    static let consents: [Operation] = [
        Operation(
            "customers.applicationConsents.create",
            .post,
            "/v1/customers/{customer_id}/applicationconsents",
            .userOnly
        ) { call in
            let fields = try call.fields()
            let application: ID<ApplicationConsent> = try fields.required("applicationId", fields.id("applicationId"))
            let grants = try fields.required("applicationGrants", fields.array("applicationGrants", limit: 50))
            guard !grants.isEmpty else { throw BadInput("applicationGrants", .required) }
            let consent = try await call.service.consent(
                to: application,
                named: fields.text("displayName", limit: 200),
                grants.map { item in
                    let grant = try Fields(item.value, path: item.path)
                    return ApplicationConsent.Grant(
                        enterpriseApplication: try grant.requiredText("enterpriseApplicationId", limit: 60),
                        scope: try grant.requiredText("scope", limit: 2000)
                    )
                },
                in: call.customer,
                call.context
            )
            return Reply.json(.created) { writer in
                writer.member("applicationId", consent.application)
                writer.member("displayName", consent.displayName)
                writer.array("applicationGrants", consent.grants) { writer, grant in
                    writer.object { writer in
                        writer.member("enterpriseApplicationId", grant.enterpriseApplication)
                        writer.member("scope", grant.scope)
                    }
                }
                attributes("ApplicationConsent", to: &writer)
            }
        },
        Operation(
            "customers.applicationConsents.delete",
            .delete,
            "/v1/customers/{customer_id}/applicationconsents/{application_id}",
            .userOnly
        ) { call in
            let application: ID<ApplicationConsent> = try call.id("application_id", .applicationConsent)
            try await call.service.withdrawConsent(to: application, in: call.customer, call.context)
            return Reply(.noContent)
        },
    ]
}

extension Fields {
    fileprivate func federates() throws -> Bool {
        guard let word = try text("authenticationType", limit: 40), !word.isEmpty else { return false }
        switch word.folded {
        case "managed": return false
        case "federated": return true
        default: throw BadInput(path(of: "authenticationType"), .unknown, word)
        }
    }
}
