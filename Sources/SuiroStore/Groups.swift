package import SuiroDomain

// Every look-up names the tenant: a group of another partner is no group.
extension Transaction {
    package func groups(of tenant: ID<Tenant>) throws -> [PartnerGroup] {
        try session.all(
            "SELECT id, tenant_id, name, created_at, revision FROM partner_group WHERE tenant_id = \(tenant) ORDER BY id"
        ) { cursor in try PartnerGroup(&cursor) }
    }

    package func group(_ id: ID<PartnerGroup>, of tenant: ID<Tenant>) throws -> PartnerGroup? {
        try session.first(
            """
            SELECT id, tenant_id, name, created_at, revision FROM partner_group
            WHERE tenant_id = \(tenant) AND id = \(id)
            """
        ) { cursor in try PartnerGroup(&cursor) }
    }

    package func insert(_ group: PartnerGroup) throws {
        try session.run(
            """
            INSERT INTO partner_group (tenant_id, id, name, created_at, revision)
            VALUES (\(group.tenant), \(group.id), \(group.name), \(group.createdAt), \(group.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ group: PartnerGroup) throws {
        let changed = try session.run(
            """
            UPDATE partner_group SET name = \(group.name), revision = \(group.revision)
            WHERE tenant_id = \(group.tenant) AND id = \(group.id) AND revision = \(group.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    /// With everybody's membership of it.
    package func delete(_ group: PartnerGroup) throws {
        try session.run(
            "DELETE FROM partner_group_member WHERE tenant_id = \(group.tenant) AND group_id = \(group.id)"
        )
        try session.run("DELETE FROM partner_group WHERE tenant_id = \(group.tenant) AND id = \(group.id)")
    }

    package func members(of group: PartnerGroup) throws -> [Person] {
        try session.all(
            """
            SELECT \(Person.columns) FROM person
            WHERE tenant_id = \(group.tenant) AND id IN (SELECT m.person_id FROM partner_group_member m
                WHERE m.tenant_id = \(group.tenant) AND m.group_id = \(group.id))
            ORDER BY id
            """
        ) { cursor in try Person(&cursor) }
    }

    /// `false` when the person is a member already.
    package func add(_ person: Person, to group: PartnerGroup) throws -> Bool {
        try session.run(
            """
            INSERT INTO partner_group_member (tenant_id, group_id, person_id, added_at)
            VALUES (\(group.tenant), \(group.id), \(person.id), \(permit.intent.at))
            ON CONFLICT (tenant_id, person_id, group_id) DO NOTHING
            """
        ) == 1
    }

    /// `false` when the person is no member.
    package func remove(_ person: ID<Person>, from group: PartnerGroup) throws -> Bool {
        try session.run(
            """
            DELETE FROM partner_group_member
            WHERE tenant_id = \(group.tenant) AND group_id = \(group.id) AND person_id = \(person)
            """
        ) == 1
    }
}

extension PartnerGroup {
    fileprivate init(_ cursor: inout Cursor) throws {
        self.init(
            id: try cursor.next(),
            tenant: try cursor.next(),
            name: try cursor.next(),
            createdAt: try cursor.next(),
            revision: try cursor.next()
        )
    }
}
