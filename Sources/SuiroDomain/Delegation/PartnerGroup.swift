/// A security group of a partner: what the roles of a relationship are given to (GD-08).
package struct PartnerGroup: Hashable, Codable, Sendable {
    package let id: ID<PartnerGroup>
    package let tenant: ID<Tenant>
    package private(set) var name: String
    package let createdAt: Instant
    package private(set) var revision: Int

    package init(id: ID<PartnerGroup>, tenant: ID<Tenant>, name: String, createdAt: Instant, revision: Int = 1) {
        (self.id, self.tenant, self.name) = (id, tenant, name)
        (self.createdAt, self.revision) = (createdAt, revision)
    }

    /// `false` when that is its name already.
    package mutating func rename(to wanted: String) -> Bool {
        guard wanted != name else { return false }
        (name, revision) = (wanted, revision + 1)
        return true
    }
}

/// What happened to a group; the raw value is its name in the event log.
package enum GroupEvent: String, Hashable, CaseIterable, Sendable {
    case groupCreated, groupRenamed, groupDeleted, groupMemberAdded, groupMemberRemoved
}
