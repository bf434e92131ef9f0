package import SuiroDomain
import SuiroStore

/// A group with the people in it.
package struct GroupView: Codable, Sendable {
    package let group: PartnerGroup
    package let members: [Person]
}

// A partner's security groups. Whoever is in one has, from the next request on, what customers let it do (GD-08).
extension PartnerService {
    package func groups(_ context: CallContext) async throws -> [PartnerGroup] {
        let tenant = try context.tenant
        return try await read(context, .readGroups, in: .tenant(tenant)) { tx in try tx.groups(of: tenant) }
    }

    package func group(_ id: ID<PartnerGroup>, _ context: CallContext) async throws -> GroupView {
        let tenant = try context.tenant
        return try await read(context, .readGroups, in: .tenant(tenant)) { tx in
            let group = try find(id, of: tenant, tx)
            return GroupView(group: group, members: try tx.members(of: group))
        }
    }

    /// Makes the group, or gives it another name. The id is the caller's: it is what assignments name.
    package func putGroup(
        _ id: ID<PartnerGroup>,
        named name: String,
        _ context: CallContext
    ) async throws -> GroupView {
        let tenant = try context.tenant
        return try await write(context, .changeGroups, in: .tenant(tenant)) { tx, deliberation in
            guard var group = try tx.group(id, of: tenant) else {
                let group = PartnerGroup(id: id, tenant: tenant, name: name, createdAt: deliberation.at)
                try tx.insert(group)
                try note(.groupCreated, group, tx)
                return GroupView(group: group, members: [])
            }
            if group.rename(to: name) {
                try tx.update(group)
                try note(.groupRenamed, group, tx)
            }
            return GroupView(group: group, members: try tx.members(of: group))
        }
    }

    /// Its members lose what they had by it; assignments that name it give nobody anything.
    package func deleteGroup(_ id: ID<PartnerGroup>, _ context: CallContext) async throws {
        let tenant = try context.tenant
        _ = try await write(context, .changeGroups, in: .tenant(tenant)) { tx, _ in
            let group = try find(id, of: tenant, tx)
            try tx.delete(group)
            try note(.groupDeleted, group, tx)
            return true
        }
    }

    package func addMember(
        _ person: ID<Person>,
        to id: ID<PartnerGroup>,
        _ context: CallContext
    ) async throws -> GroupView {
        let tenant = try context.tenant
        return try await write(context, .changeGroups, in: .tenant(tenant)) { tx, _ in
            let group = try find(id, of: tenant, tx)
            guard let member = try tx.person(person), member.tenant == tenant else {
                throw Refusal.notFound(.person, "\(person)")
            }
            if try tx.add(member, to: group) { try note(.groupMemberAdded, group, of: member.id, tx) }
            return GroupView(group: group, members: try tx.members(of: group))
        }
    }

    package func removeMember(
        _ person: ID<Person>,
        from id: ID<PartnerGroup>,
        _ context: CallContext
    ) async throws {
        let tenant = try context.tenant
        _ = try await write(context, .changeGroups, in: .tenant(tenant)) { tx, _ in
            let group = try find(id, of: tenant, tx)
            guard try tx.remove(person, from: group) else { throw Refusal.notFound(.person, "\(person)") }
            try note(.groupMemberRemoved, group, of: person, tx)
            return true
        }
    }

    private func find(_ id: ID<PartnerGroup>, of tenant: ID<Tenant>, _ tx: Transaction) throws -> PartnerGroup {
        guard let group = try tx.group(id, of: tenant) else { throw Refusal.notFound(.group, "\(id)") }
        return group
    }

    private func note(
        _ event: GroupEvent,
        _ group: PartnerGroup,
        of person: ID<Person>? = nil,
        _ tx: Transaction
    ) throws {
        var details = ["name": group.name]
        if let person { details["person"] = "\(person)" }
        try tx.record(.group(event, group.id), Remark(details: details))
    }
}
