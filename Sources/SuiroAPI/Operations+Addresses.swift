import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Addresses, the rules of countries for them, and where a customer's services are administered.
extension Operation {
    static let addresses: [Operation] = [
        Operation("validations.address", .post, "/v1/validations/address") { call in
            let fields = try call.fields()
            let country = try fields.requiredText("country", limit: 2)
            guard country.uppercased().isCountry else { throw BadInput("country", .malformed, country) }
            let address = PostalAddress(
                line: try fields.text("addressLine1", limit: 200),
                city: try fields.text("city", limit: 200),
                state: try fields.text("state", limit: 100),
                postalCode: try fields.text("postalCode", limit: 40)
            )
            let rules: CountryRules
            do {
                rules = try await call.service.countryRules(country, call.context)
            } catch Refusal.notFound(.country, _) {
                throw BadInput("country", .unknown, country)
            }
            let original = JSONValue.object(fields.members).withoutNulls
            return Reply.json { writer in
                writer.member("originalAddress", json: original)
                switch address.verdict(by: rules) {
                case .verified:
                    writer.array("suggestedAddresses", EmptyCollection<String>())
                    writer.member("status", "Verified")
                case .better(let better):
                    writer.array("suggestedAddresses", [better]) { writer, better in
                        writer.object { writeAddress(better, country.uppercased(), to: &$0) }
                    }
                    writer.member("status", "InteractionRequired")
                    writer.member("validationMessage", call.say("addressVerdict.better"))
                case .wrong(let fault):
                    writer.array("suggestedAddresses", EmptyCollection<String>())
                    writer.member("status", "None")
                    writer.member("validationMessage", call.say("addressVerdict.\(fault.rawValue)"))
                }
            }
        },
        Operation("countryvalidationrules.get", .get, "/v1/countryvalidationrules/{isocode}") { call in
            let rules = try await call.service.countryRules(call.text("isocode"), call.context)
            return Reply.json { writeRules(rules, to: &$0) }
        },
        Operation(
            "customers.managedServices.list",
            .get,
            "/v1/customers/{customer_id}/managedservices",
            .userOnly
        ) { call in
            let customer = try call.customer
            let services = try await call.service.managedServices(of: customer, call.context)
            return Page(services, of: call).reply(call) { writer, service in
                writer.object { writer in
                    writer.member("id", service.rawValue)
                    writer.member("name", service.name)
                    writer.member("groupName", service.group)
                    writer.object("links") { writer in
                        link("adminService", "\(service.portal)?tenant=\(customer)", to: &writer)
                        link("serviceHealth", "/customers/\(customer)/serviceincidents/office", to: &writer)
                        link("serviceTicket", "/customers/\(customer)/servicerequests", to: &writer)
                    }
                    attributes("ManagedService", to: &writer)
                }
            }
        },
    ]
}

private func writeAddress(_ address: PostalAddress, _ country: String, to writer: inout JSONWriter) {
    writer.member("country", country)
    writer.member("city", address.city)
    writer.member("state", address.state)
    writer.member("addressLine1", address.line)
    writer.member("postalCode", address.postalCode)
}

private func writeRules(_ rules: CountryRules, to writer: inout JSONWriter) {
    writer.member("iso2Code", rules.country)
    writer.member("defaultCulture", rules.cultures.first ?? "en-US")
    writer.member("isStateRequired", rules.needsState)
    writer.array("supportedStatesList", rules.states.map(\.code))
    writer.array("supportedLanguagesList", rules.languages)
    writer.array("supportedCulturesList", rules.cultures)
    writer.member("isPostalCodeRequired", rules.needsPostalCode)
    writer.member("postalCodeRegex", rules.postalCode)
    writer.member("isCityRequired", rules.needsCity)
    // Nothing here reckons taxes.
    writer.member("isVatIdSupported", false)
    writer.member("phoneNumberRegex", "^[0-9 ()+.-]{4,20}$")
    writer.member("isTaxIdSupported", false)
    writer.member("isTaxIdOptional", true)
    writer.array("countryCallingCodesList", rules.callingCodes)
    attributes("CountryValidationRules", to: &writer)
}
