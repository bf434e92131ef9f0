import FoundationEssentials
import HTTPTypes
import SuiroDomain
package import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let customers: [Operation] = [
        Operation("customers.list", .get, "/v1/customers") { call in try await CustomerList.answer(call) },
        Operation("customers.create", .post, "/v1/customers") { call in
            let view = try await call.service.createCustomer(try NewCustomer(call.fields()), call.context)
            return try Reply.json(.created) { try writeCustomer(view, to: &$0) }
        },
        Operation("customers.get", .get, "/v1/customers/{customer_id}") { call in
            let view = try await call.service.customer(call.id("customer_id", .customer), call.context)
            return try Reply.json { try writeCustomer(view, to: &$0) }
        },
        Operation("customers.patch", .patch, "/v1/customers/{customer_id}", .userOnly) { call in
            let relationship = try call.fields().requiredText("relationshipToPartner")
            guard relationship.folded == "none" else {
                throw BadInput("relationshipToPartner", .unknown, relationship)
            }
            let view = try await call.service.removeRelationship(with: call.id("customer_id", .customer), call.context)
            return try Reply.json { try writeCustomer(view, relationship: "none", to: &$0) }
        },
        Operation(
            "customers.companyProfile.get",
            .get,
            "/v1/customers/{customer_id}/profiles/company",
            .userOnly
        ) { call in
            let view = try await call.service.customer(call.id("customer_id", .customer), call.context)
            return Reply.json { writeCompanyMembers(view.organization, to: &$0) }
        },
        Operation("customers.billingProfile.get", .get, "/v1/customers/{customer_id}/profiles/billing") { call in
            let view = try await call.service.customer(call.id("customer_id", .customer), call.context)
            return Reply.json { writeBilling(view, to: &$0) }
        },
        Operation("customers.billingProfile.update", .put, "/v1/customers/{customer_id}/profiles/billing") { call in
            let fields = try call.fields()
            var writer = JSONWriter()
            writer.value(JSONValue.object(fields.members).withoutNulls)
            let view = try await call.service.updateBillingProfile(
                of: call.id("customer_id", .customer),
                to: String(decoding: writer.bytes, as: UTF8.self),
                seen: call.seenRevision(fields),
                call.context
            )
            return Reply.json { writeBilling(view, to: &$0) }
        },
        Operation("customers.delete", .delete, "/v1/customers/{customer_id}") { call in
            try await call.service.deleteCustomer(call.id("customer_id", .customer), call.context)
            return Reply(.noContent)
        },
    ]
}

private enum CustomerList {
    /// What a continuation token carries.
    struct Question: PagedQuestion {
        var field: String?
        var value: String?
        var size: Int
        var after: CustomerPosition?
    }

    static func answer(_ call: Call) async throws -> Reply {
        var question = try await call.continuation(Question.self) ?? first(call)
        let page = try await call.service.customers(
            filter(question),
            after: question.after,
            limit: question.size,
            call.context
        )
        question.after = page.next
        let token = page.next == nil ? nil : try call.token(question)
        return try Page(page.rows, of: call, token: token).reply(call) { writer, row in
            try writer.object { try writeCustomerMembers(row.organization, to: &$0) }
        }
    }

    private static func first(_ call: Call) throws -> Question {
        let filter = try FieldFilter(call)
        if let filter {
            guard ["companyname", "domain", "indirectreseller", "indirectcloudsolutionprovider"].contains(filter.field)
            else { throw BadInput("filter.Field", .unknown, filter.field) }
            guard filter.operator == "startswith" || filter.operator == "equals" else {
                throw BadInput("filter.Operator", .unknown, filter.operator)
            }
        }
        return Question(
            field: filter?.field,
            value: filter?.value,
            size: try call.size(default: Question.largestPage, maximum: Question.largestPage),
            after: nil
        )
    }

    private static func filter(_ question: Question) -> CustomerFilter {
        guard let field = question.field, let value = question.value, !value.isEmpty else { return .all }
        switch field {
        case "domain": return .domain(startsWith: value)
        case "indirectreseller", "indirectcloudsolutionprovider":
            return ID<Partner>(value).map { .reseller($0) } ?? .name(startsWith: "\u{10FFFF}")
        default: return .name(startsWith: value)
        }
    }
}

extension NewCustomer {
    init(_ fields: Fields) throws {
        let company = try fields.required("companyProfile", fields.object("companyProfile"))
        let billing = try fields.required("billingProfile", fields.object("billingProfile"))
        let domain = try company.requiredText("domain", limit: 253).lowercased()
        guard domain.isDomain else { throw BadInput("companyProfile.domain", .malformed, domain) }
        let address = try billing.object("defaultAddress")
        let country = try (address?.text("country") ?? "US").uppercased()
        guard country.isCountry else { throw BadInput("billingProfile.defaultAddress.country", .malformed, country) }
        // Both are read, so that what is wrong with either is said.
        let names = [try company.organizationName("companyName"), try billing.organizationName("companyName")]
        guard let name = names.compactMap(\.self).first else { throw BadInput("billingProfile.companyName", .required) }
        let locales = [try billing.text("language"), try billing.text("culture")]
        let locale = locales.compactMap(\.self).first ?? "en"
        var writer = JSONWriter()
        writer.value(fields.value("billingProfile")?.withoutNulls ?? .object([]))
        self.init(
            name: name,
            domain: domain,
            country: country,
            language: locale.hasPrefix("ja") ? .ja : .en,
            mail: try billing.text("email"),
            billing: String(decoding: writer.bytes, as: UTF8.self)
        )
    }
}

extension JSONValue {
    /// The same without `null`, which .NET would fail on in an answer, and with one member for each name: Java sends
    /// some in two spellings, of which the first counts.
    package var withoutNulls: JSONValue {
        switch self {
        case .object(let members):
            var names: Set<String> = []
            return .object(
                members.filter { $0.value != .null && names.insert($0.name.lowercased()).inserted }
                    .map { JSONMember(name: $0.name.camelCased, value: $0.value.withoutNulls) }
            )
        case .array(let items): return .array(items.filter { $0 != .null }.map(\.withoutNulls))
        case .null, .bool, .number, .string: return self
        }
    }
}

extension String {
    fileprivate var camelCased: String { prefix(1).lowercased() + dropFirst() }
}

private func writeCustomerMembers(
    _ organization: Organization,
    relationship: String = "reseller",
    to writer: inout JSONWriter
) throws {
    let id = "\(organization.id)"
    writer.member("id", id)
    writer.object("companyProfile") { writeCompanyMembers(organization, to: &$0) }
    writer.member("relationshipToPartner", relationship)
    writer.object("links") { link("self", "/customers/\(id)", to: &$0) }
    attributes("Customer", to: &writer)
}

private func writeCompanyMembers(_ organization: Organization, to writer: inout JSONWriter) {
    writer.member("tenantId", organization.id)
    writer.member("domain", organization.domain)
    writer.member("companyName", organization.name)
    writer.object("links") { link("self", "/customers/\(organization.id)/profiles/company", to: &$0) }
    attributes("CustomerCompanyProfile", to: &writer)
}

private func writeCustomer(
    _ view: CustomerView,
    relationship: String = "reseller",
    to writer: inout JSONWriter
) throws {
    let id = "\(view.organization.id)"
    writer.member("commerceId", id)
    writer.object("billingProfile") { writer in writeBilling(view, to: &writer) }
    writer.member("allowDelegatedAccess", view.hasDelegatedAdmin)
    if let credentials = view.credentials {
        writer.object("userCredentials") { writer in
            writer.member("userName", credentials[0])
            writer.member("password", credentials[1])
        }
    }
    try writeCustomerMembers(view.organization, relationship: relationship, to: &writer)
}

private func writeBilling(_ view: CustomerView, to writer: inout JSONWriter) {
    let id = "\(view.organization.id)"
    writer.member("id", id)
    if let body = view.billing?.body, case .object(let members)? = try? JSONReader.read(Array(body.utf8)) {
        let ours: Set<String> = ["id", "links", "attributes"]
        for member in members where !ours.contains(member.name.lowercased()) { writer.member(member) }
    } else {
        writer.member("companyName", view.organization.name)
        writer.member("culture", view.organization.language.locale)
        writer.member("language", view.organization.language.rawValue)
        writer.object("defaultAddress") { $0.member("country", view.organization.country) }
    }
    writer.object("links") { link("self", "/customers/\(id)/profiles/billing", to: &$0) }
    attributes("CustomerBillingProfile", etag: etag(id, view.billing?.revision ?? 0), to: &writer)
}
