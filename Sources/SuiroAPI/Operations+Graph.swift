import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Granular delegated administration as Microsoft Graph serves it, under `v1.0` and `beta` alike.
extension Operation {
    static let graph: [Operation] = ["v1.0", "beta"].flatMap { version in
        graphRelationships(version) + graphRequests(version) + graphAssignments(version) + graphCustomers(version)
    }

    static let relationshipsContext = "tenantRelationships/delegatedAdminRelationships"

    /// An operation of one version; those of `beta` bear its name.
    static func graph(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ version: String,
        _ answer: @escaping @Sendable (Call) async throws -> Reply
    ) -> Operation {
        Operation(
            version == "beta" ? "\(id).beta" : id,
            method,
            "/\(version)/tenantRelationships/\(path)",
            .userOnly,
            answer: answer
        )
    }

    private static func graphRelationships(_ version: String) -> [Operation] {
        let all = "delegatedAdminRelationships"
        let one = all + "/{relationship_id}"
        return [
            graph("gdap.relationships.list", .get, all, version) { call in
                let views = try await call.service.delegations(call.context)
                return try await GraphCollection(
                    items: views.map { .object(GraphWire.relationship($0)) },
                    context: relationshipsContext,
                    properties: GraphWire.relationshipMembers
                ).reply(call)
            },
            graph("gdap.relationships.create", .post, all, version) { call in
                let fields = try call.fields()
                let view = try await call.service.createDelegation(
                    DelegationDraft(fields),
                    for: reseller(fields),
                    call.context
                )
                return call.graph(
                    GraphWire.relationship(view),
                    context: "\(relationshipsContext)/$entity",
                    status: .created,
                    location: "\(call.graphRoot)/\(relationshipsContext)/\(view.relationship.wireID)"
                )
            },
            graph("gdap.relationships.get", .get, one, version) { call in
                let view = try await call.service.delegation(call.relationshipID(), call.context)
                return call.graph(GraphWire.relationship(view), context: "\(relationshipsContext)/$entity")
            },
            graph("gdap.relationships.update", .patch, one, version) { call in
                let seen = try call.ifMatch()
                let fields = try call.fields()
                let (view, operation) = try await call.service.updateDelegation(
                    call.relationshipID(),
                    seen: seen,
                    call.context
                ) { draft in try draft.edited(by: fields) }
                if let operation { return try call.accepted(operation) }
                return call.graph(GraphWire.relationship(view), context: "\(relationshipsContext)/$entity")
            },
            graph("gdap.relationships.delete", .delete, one, version) { call in
                try await call.service.deleteDelegation(call.relationshipID(), seen: call.ifMatch(), call.context)
                return Reply(.noContent)
            },
        ]
    }

    private static func graphRequests(_ version: String) -> [Operation] {
        let requests = "delegatedAdminRelationships/{relationship_id}/requests"
        let operations = "delegatedAdminRelationships/{relationship_id}/operations"
        return [
            graph("gdap.requests.list", .get, requests, version) { call in
                let (requests, now) = try await call.service.requests(of: call.relationshipID(), call.context)
                return try await GraphCollection(
                    items: requests.map { .object(GraphWire.request($0, at: now)) },
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/requests",
                    properties: GraphWire.requestMembers
                ).reply(call)
            },
            graph("gdap.requests.create", .post, requests, version) { call in
                let outcome = try await ask(call)
                return call.graph(
                    GraphWire.request(outcome.request, at: outcome.request.at),
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/requests/$entity",
                    status: .created,
                    location: "\(try call.relationshipAddress())/requests/\(outcome.request.id)"
                )
            },
            graph("gdap.requests.get", .get, requests + "/{request_id}", version) { call in
                let id: ID<DelegationRequest> = try call.id("request_id", .delegationRequest)
                let (requests, now) = try await call.service.requests(of: call.relationshipID(), call.context)
                guard let request = requests.first(where: { $0.id == id }) else {
                    throw Refusal.notFound(.delegationRequest, "\(id)")
                }
                return call.graph(
                    GraphWire.request(request, at: now),
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/requests/$entity"
                )
            },
            graph("gdap.operations.list", .get, operations, version) { call in
                let (operations, now) = try await call.service.operations(of: call.relationshipID(), call.context)
                return try await GraphCollection(
                    items: operations.map { .object(GraphWire.operation($0, at: now)) },
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/operations",
                    properties: GraphWire.operationMembers
                ).reply(call)
            },
            graph("gdap.operations.get", .get, operations + "/{operation_id}", version) { call in
                let id: ID<DelegationOperation> = try call.id("operation_id", .delegationOperation)
                let (operations, now) = try await call.service.operations(of: call.relationshipID(), call.context)
                guard let operation = operations.first(where: { $0.id == id }) else {
                    throw Refusal.notFound(.delegationOperation, "\(id)")
                }
                return call.graph(
                    GraphWire.operation(operation, at: now),
                    context: "\(relationshipsContext)('\(call.text("relationship_id"))')/operations/$entity"
                )
            },
        ]
    }

    /// The reseller for which a provider writes (GD-28); Graph's type says that there is one.
    private static func reseller(_ fields: Fields) throws -> ID<Partner>? {
        let reseller: ID<Partner>? = try fields.object("partner")?.id("tenantId")
        let type = try fields.text("@odata.type", limit: 200)
        if reseller == nil, type?.hasSuffix(".resellerDelegatedAdminRelationship") == true {
            throw BadInput("partner.tenantId", .required)
        }
        return reseller
    }

    /// What is asked of a relationship: the partner sends and ends it, the customer's administrator approves, rejects and
    /// ends it, and a reseller approves or rejects what its provider wrote for it.
    private static func ask(_ call: Call) async throws -> DelegationOutcome {
        let fields = try call.fields()
        let action = try fields.required("action", fields.word("action", DelegationRequest.Action.self))
        let id = try call.relationshipID()
        switch action {
        case .lockForApproval: return try await call.service.sendDelegation(id, call.context)
        case .approve:
            try call.requireFreshSignIn()
            let hash = try fields.text("termsHash", limit: 100)
            return try await call.service.approveDelegation(id, termsHash: hash, call.context)
        case .reject:
            let reason = try fields.text("reason", limit: 1000)
            return try await call.service.rejectDelegation(id, reason: reason, call.context)
        case .terminate:
            return try await call.service.terminateDelegation(id, force: call.insists(fields), call.context)
        }
    }
}

extension DelegationDraft {
    fileprivate init(_ fields: Fields) throws {
        var faults: [InputFault] = []
        for name in ["displayName", "duration", "accessDetails"] where !fields.has(name) {
            faults.append(InputFault(field: fields.path(of: name), code: .required))
        }
        guard faults.isEmpty else { throw BadInput(faults) }
        self.init(
            customer: try fields.object("customer")?.id("tenantId"),
            customerName: try fields.object("customer")?.text("displayName"),
            displayName: try fields.requiredText("displayName"),
            duration: try fields.required("duration", fields.grantDuration()),
            roles: try fields.required("accessDetails", fields.unifiedRoles()),
            autoExtendDays: try fields.autoExtendDays() ?? nil
        )
    }

    /// Only what was sent changes.
    fileprivate func edited(by fields: Fields) throws -> DelegationDraft {
        var draft = self
        if let customer = try fields.object("customer") {
            draft.customer = try customer.id("tenantId")
            draft.customerName = try customer.text("displayName")
        }
        if let name = try fields.text("displayName") { draft.displayName = name }
        if let duration = try fields.grantDuration() { draft.duration = duration }
        if let roles = try fields.unifiedRoles() { draft.roles = roles }
        if let days = try fields.autoExtendDays() { draft.autoExtendDays = days }
        return draft
    }
}
