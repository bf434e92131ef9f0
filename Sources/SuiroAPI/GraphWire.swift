import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// Resources of Graph as JSON, member by member. Graph writes `null` where it has no value yet.
enum GraphWire {
    static let relationshipMembers: Set<String> = [
        "id", "displayname", "duration", "customer", "accessdetails", "status", "autoextendduration", "createddatetime",
        "lastmodifieddatetime", "activateddatetime", "enddatetime", "indirectprovidertenantid",
        "ispartnerconsentpending",
    ]
    static let assignmentMembers: Set<String> = [
        "id", "status", "accesscontainer", "accessdetails", "createddatetime", "lastmodifieddatetime",
    ]
    static let requestMembers: Set<String> = ["id", "action", "status", "createddatetime", "lastmodifieddatetime"]
    static let operationMembers: Set<String> = [
        "id", "operationtype", "data", "status", "createddatetime", "lastmodifieddatetime",
    ]
    static let customerMembers: Set<String> = ["id", "tenantid", "displayname"]

    static func relationship(_ view: DelegationView) -> [JSONMember] {
        let relationship = view.relationship
        let proposal = relationship.proposal
        let type = proposal == nil ? "delegatedAdminRelationship" : "resellerDelegatedAdminRelationship"
        var members = head(type, etag(relationship))
        members += [
            text("id", relationship.wireID), text("displayName", relationship.displayName),
            text("duration", relationship.duration.text),
            JSONMember(name: "customer", value: customer(view)), accessDetails(relationship.roles),
            text("status", view.status.rawValue),
            text("autoExtendDuration", relationship.autoExtendDays.map { "P\($0)D" } ?? "PT0S"),
            instant("createdDateTime", relationship.createdAt),
            instant("lastModifiedDateTime", relationship.modifiedAt),
            instant("activatedDateTime", activated(view)), instant("endDateTime", view.end),
        ]
        if let proposal {
            members += [
                text("indirectProviderTenantId", "\(proposal.provider)"),
                JSONMember(name: "isPartnerConsentPending", value: .bool(proposal.isPending)),
            ]
        }
        return members
    }

    private static func activated(_ view: DelegationView) -> Instant? {
        switch view.status {
        case .created, .approvalPending, .approved, .activating, .rejected: nil
        case .active, .expiring, .expired, .terminationRequested, .terminating, .terminated:
            view.relationship.tenure?.activatedAt
        }
    }

    private static func customer(_ view: DelegationView) -> JSONValue {
        guard let customer = view.customer, let id = customer.id else { return .null }
        return .object([text("tenantId", "\(id)"), text("displayName", customer.name)])
    }

    static func assignment(_ assignment: AccessAssignment, at now: Instant) -> [JSONMember] {
        head("delegatedAdminAccessAssignment", etag("\(assignment.id)", assignment.revision)) + [
            text("id", "\(assignment.id)"), text("status", assignment.status(at: now).rawValue),
            JSONMember(
                name: "accessContainer",
                value: .object([
                    text("accessContainerId", assignment.group), text("accessContainerType", "securityGroup"),
                ])
            ),
            accessDetails(assignment.roles), instant("createdDateTime", assignment.createdAt),
            instant("lastModifiedDateTime", assignment.deletedAt ?? assignment.changedAt),
        ]
    }

    static func request(_ request: DelegationRequest, at now: Instant) -> [JSONMember] {
        head("delegatedAdminRelationshipRequest", etag("\(request.id)", 1)) + [
            text("id", "\(request.id)"), text("action", request.action.rawValue),
            text("status", request.status(at: now).rawValue), instant("createdDateTime", request.at),
            instant("lastModifiedDateTime", request.at),
        ]
    }

    static func operation(_ operation: DelegationOperation, at now: Instant) -> [JSONMember] {
        let data = JSONWriter.object { writer in
            writer.member("relationshipId", operation.relationship)
            writer.member("accessAssignmentId", operation.assignment)
        }
        return head("delegatedAdminRelationshipOperation", etag("\(operation.id)", 1)) + [
            text("id", "\(operation.id)"), text("operationType", operation.kind.rawValue),
            text("data", String(decoding: data, as: UTF8.self)),
            text("status", operation.status(at: now).rawValue), instant("createdDateTime", operation.at),
            instant("lastModifiedDateTime", operation.at),
        ]
    }

    static func customer(_ customer: PartyName) -> [JSONMember] {
        let id = customer.id?.description ?? ""
        return head("delegatedAdminCustomer", etag(id, 1)) + [
            text("id", id), text("tenantId", id), text("displayName", customer.name),
        ]
    }

    static func service(_ page: ServicePage) -> [JSONMember] {
        [
            text("@odata.type", "#microsoft.graph.delegatedAdminServiceManagementDetail"), text("id", page.id),
            text("serviceManagementUrl", page.url), text("serviceName", page.name),
        ]
    }

    static func etag(_ relationship: DelegatedAdminRelationship) -> String {
        etag("\(relationship.id)", relationship.revision)
    }

    static func etag(_ id: String, _ revision: Int) -> String { "W/\"\(SuiroAPI.etag(id, revision))\"" }

    private static func head(_ type: String, _ etag: String) -> [JSONMember] {
        [text("@odata.type", "#microsoft.graph.\(type)"), text("@odata.etag", etag)]
    }

    private static func accessDetails(_ roles: [DirectoryRole]) -> JSONMember {
        let roles = roles.map { JSONValue.object([text("roleDefinitionId", $0.definition)]) }
        return JSONMember(
            name: "accessDetails",
            value: .object([JSONMember(name: "unifiedRoles", value: .array(roles))])
        )
    }

    private static func text(_ name: String, _ text: String) -> JSONMember {
        JSONMember(name: name, value: .string(text))
    }

    private static func instant(_ name: String, _ instant: Instant?) -> JSONMember {
        JSONMember(name: name, value: instant.map { .string($0.description) } ?? .null)
    }
}

extension DelegatedAdminRelationship {
    /// Two GUIDs, as Graph has it: its own and its partner's.
    var wireID: String { "\(id)-\(partner)" }

    /// As Graph writes it, or its own GUID alone.
    static func id(onWire text: String) -> ID<DelegatedAdminRelationship>? {
        let isWhole = text.utf8.count == 73 && ID<Partner>(String(text.suffix(36))) != nil
        return ID<DelegatedAdminRelationship>(isWhole ? String(text.prefix(36)) : text)
    }
}

extension Call {
    /// The relationship in the path: as Graph writes it, or its own GUID alone.
    func relationshipID() throws -> ID<DelegatedAdminRelationship> {
        let text = text("relationship_id")
        guard let id = DelegatedAdminRelationship.id(onWire: text) else {
            throw Refusal.notFound(.delegation, String(text.prefix(80)))
        }
        return id
    }

    /// The revision that `If-Match` names, which Graph demands; `*` is any.
    func ifMatch() throws -> Int? {
        guard let header = exchange.headers[.ifMatch]?.trimmed, !header.isEmpty else {
            throw Fault.preconditionRequired
        }
        guard header != "*" else { return nil }
        let bare = header.hasPrefix("W/") ? header.dropFirst(2) : header[...]
        guard let bytes = String(bare.filter { $0 != "\"" }).base64Decoded, let value = try? JSONReader.read(bytes),
            let revision = try? Fields(value).whole("version", in: 0...Int.max)
        else { throw StoreError.stale }
        return revision
    }

    /// One resource, with its etag in the header as well.
    func graph(
        _ members: [JSONMember],
        context: String,
        status: HTTPResponse.Status = .ok,
        location: String? = nil
    ) -> Reply {
        var reply = Reply.json(status) { writer in
            writer.member("@odata.context", "\(graphRoot)/$metadata#\(context)")
            for member in members { writer.member(member) }
        }
        if let location { reply.headers[.location] = location }
        if case .string(let etag)? = members.first(where: { $0.name == "@odata.etag" })?.value {
            reply.headers[.eTag] = etag
        }
        return reply
    }

    /// 202: it is being carried out, and there is where to ask about it.
    func accepted(_ operation: DelegationOperation) throws -> Reply {
        var reply = Reply(.accepted)
        reply.headers[.location] = "\(try relationshipAddress())/operations/\(operation.id)"
        reply.headers[.retryAfter] = "10"
        return reply
    }

    func relationshipAddress() throws -> String {
        "\(graphRoot)/tenantRelationships/delegatedAdminRelationships/\(text("relationship_id"))"
    }

    /// Whether what would be left alone may be left alone: `?force=true`, or `force` in the body.
    func insists(_ fields: Fields? = nil) throws -> Bool {
        if let text = exchange.query["force"] {
            guard let flag = Bool(text.lowercased()) else { throw BadInput("force", .wrongType, text) }
            return flag
        }
        return try fields?.flag("force") ?? false
    }
}

extension Fields {
    /// `accessDetails.unifiedRoles[].roleDefinitionId`: built-in roles and no others (GD-21), each once.
    func unifiedRoles() throws -> [DirectoryRole]? {
        guard let details = try object("accessDetails") else { return nil }
        guard let items = try details.array("unifiedRoles", limit: 200), !items.isEmpty else {
            throw BadInput(details.path(of: "unifiedRoles"), .required)
        }
        var roles: [DirectoryRole] = []
        for item in items {
            let fields = try Fields(item.value, path: item.path)
            let id = try fields.requiredText("roleDefinitionId", limit: 100)
            guard let role = DirectoryRole(definition: id) else {
                throw BadInput(fields.path(of: "roleDefinitionId"), .unknown, id)
            }
            if !roles.contains(role) { roles.append(role) }
        }
        return roles
    }

    /// Days of `autoExtendDuration`; `P0D` and `PT0S` are none.
    func autoExtendDays() throws -> Int?? {
        guard let text = try text("autoExtendDuration", limit: 100) else { return nil }
        guard let duration = CalendarDuration(text), duration.months == 0, duration.seconds == 0 else {
            throw BadInput(path(of: "autoExtendDuration"), .malformed, text)
        }
        return .some(duration.days == 0 ? nil : duration.days)
    }

    func grantDuration() throws -> GrantDuration? {
        guard let text = try text("duration", limit: 100) else { return nil }
        guard let duration = GrantDuration(text) else { throw BadInput(path(of: "duration"), .malformed, text) }
        return duration
    }
}
