import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    static func graphAssignments(_ version: String) -> [Operation] {
        let all = "delegatedAdminRelationships/{relationship_id}/accessAssignments"
        let one = all + "/{assignment_id}"
        return [
            graph("gdap.accessAssignments.list", .get, all, version) { call in
                let (found, now) = try await call.service.assignments(of: call.relationshipID(), call.context)
                return try await GraphCollection(
                    items: found.map { .object(GraphWire.assignment($0, at: now)) },
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/accessAssignments",
                    properties: GraphWire.assignmentMembers
                ).reply(call)
            },
            graph("gdap.accessAssignments.create", .post, all, version) { call in
                let fields = try call.fields()
                let container = try fields.required("accessContainer", fields.object("accessContainer"))
                let made = try await call.service.assignAccess(
                    of: call.relationshipID(),
                    to: group(container),
                    fields.required("accessDetails", fields.unifiedRoles()),
                    call.context
                )
                return entity(.created, made, at: made.createdAt, call)
            },
            graph("gdap.accessAssignments.get", .get, one, version) { call in
                let id: ID<AccessAssignment> = try call.id("assignment_id", .accessAssignment)
                let (found, now) = try await call.service.assignments(of: call.relationshipID(), call.context)
                guard let assignment = found.first(where: { $0.id == id }) else {
                    throw Refusal.notFound(.accessAssignment, "\(id)")
                }
                return entity(.ok, assignment, at: now, call)
            },
            graph("gdap.accessAssignments.update", .patch, one, version) { call in
                let seen = try call.ifMatch()
                let fields = try call.fields()
                let (assignment, operation) = try await call.service.reassignAccess(
                    call.id("assignment_id", .accessAssignment),
                    of: call.relationshipID(),
                    seen: seen,
                    fields.required("accessDetails", fields.unifiedRoles()),
                    call.context
                )
                if let operation { return try call.accepted(operation) }
                return entity(.ok, assignment, at: call.service.environment.now(), call)
            },
            graph("gdap.accessAssignments.delete", .delete, one, version) { call in
                try await call.service.unassignAccess(
                    call.id("assignment_id", .accessAssignment),
                    of: call.relationshipID(),
                    seen: call.ifMatch(),
                    force: call.insists(),
                    call.context
                )
                return Reply(.noContent)
            },
        ]
    }

    /// The group as the partner's directory names it. Graph knows no other container.
    private static func group(_ container: Fields) throws -> String {
        if let type = try container.text("accessContainerType", limit: 100), type.folded != "securitygroup" {
            throw BadInput(container.path(of: "accessContainerType"), .unknown, type)
        }
        let id = try container.requiredText("accessContainerId", limit: 100)
        guard let guid = ID<Tenant>(id) else {
            throw BadInput(container.path(of: "accessContainerId"), .malformed, id)
        }
        return "\(guid)"
    }

    private static func entity(
        _ status: HTTPResponse.Status,
        _ assignment: AccessAssignment,
        at now: Instant,
        _ call: Call
    ) -> Reply {
        call.graph(
            GraphWire.assignment(assignment, at: now),
            context: "\(relationshipsContext)('\(call.text("relationship_id"))')/accessAssignments/$entity",
            status: status
        )
    }

    static func graphCustomers(_ version: String) -> [Operation] {
        let all = "delegatedAdminCustomers"
        let one = all + "/{customer_id}"
        return [
            graph("gdap.customers.list", .get, all, version) { call in
                let customers = try await call.service.delegatedCustomers(call.context)
                return try await GraphCollection(
                    items: customers.map { .object(GraphWire.customer($0)) },
                    context: "tenantRelationships/delegatedAdminCustomers",
                    properties: GraphWire.customerMembers
                ).reply(call)
            },
            graph("gdap.customers.get", .get, one, version) { call in
                let id: ID<Tenant> = try call.id("customer_id", .customer)
                let customers = try await call.service.delegatedCustomers(call.context)
                guard let customer = customers.first(where: { $0.id == id }) else {
                    throw Refusal.notFound(.customer, "\(id)")
                }
                return call.graph(
                    GraphWire.customer(customer),
                    context: "tenantRelationships/delegatedAdminCustomers/$entity"
                )
            },
            graph("gdap.customers.serviceManagementDetails", .get, one + "/serviceManagementDetails", version) { call in
                let pages = try await call.service.servicePages(of: call.id("customer_id", .customer), call.context)
                let customer = call.text("customer_id")
                return try await GraphCollection(
                    items: pages.map { .object(GraphWire.service($0)) },
                    context: "tenantRelationships/delegatedAdminCustomers('\(customer)')/serviceManagementDetails",
                    properties: ["id", "servicemanagementurl", "servicename"]
                ).reply(call)
            },
        ]
    }
}
