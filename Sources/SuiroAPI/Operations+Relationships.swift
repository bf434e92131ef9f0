import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    static let relationships: [Operation] = [
        Operation("relationshiprequests.get", .get, "/v1/customers/relationshiprequests", .userOnly) { call in
            let url = try await call.service.reusableLink(call.context)
            return Reply.json { writer in
                writer.member("url", url)
                attributes("RelationshipRequest", to: &writer)
            }
        },
        Operation("customers.relationships.list", .get, "/v1/customers/{customer_id}/relationships", .userOnly) {
            call in
            let partners = try await call.service.partners(of: call.id("customer_id", .customer), call.context)
            return Page(partners, of: call).reply(call) { writer, partner in
                writePartner(partner, "is_indirect_cloud_solution_provider_of", to: &writer)
            }
        },
        Operation("relationships.list", .get, "/v1/relationships", .userOnly) { call in
            let type = call.exchange.query["relationship_type"]?.folded
            let known = ["isindirectresellerof", "isindirectcloudsolutionproviderof"]
            guard type.map(known.contains) ?? true else {
                throw BadInput("relationship_type", .unknown, call.exchange.query["relationship_type"])
            }
            let filter = try FieldFilter(call)
            let wanted = filter?.value.lowercased() ?? ""
            let partners = try await call.service.partnerRelationships(call.context)
                .filter { wanted.isEmpty || $0.name.lowercased().contains(wanted) }
            return Page(partners, of: call).reply(call) { writer, partner in
                let isProvider = partner.kind == .indirectProvider
                writePartner(
                    partner,
                    isProvider ? "is_indirect_reseller_of" : "is_indirect_cloud_solution_provider_of",
                    to: &writer
                )
            }
        },
    ]
}

private func writePartner(_ partner: Organization, _ type: String, to writer: inout JSONWriter) {
    writer.object { writer in
        writer.member("id", partner.id)
        writer.member("name", partner.name)
        writer.member("relationshipType", type)
        writer.member("mpnId", partner.mpnID)
        writer.member("location", partner.country)
        writer.member("state", "active")
        attributes("PartnerRelationship", to: &writer)
    }
}
