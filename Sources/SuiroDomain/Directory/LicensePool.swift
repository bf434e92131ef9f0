/// A product that is licensed to users, and the service plans in it.
package struct LicenseProduct: Hashable, Codable, Sendable {
    package struct Plan: Hashable, Codable, Sendable {
        package let id: String
        package let name: String
        package let displayName: String

        package init(id: String, name: String, displayName: String) {
            (self.id, self.name, self.displayName) = (id, name, displayName)
        }
    }

    /// The groups that the wire tells apart: what the tenant's own directory manages, and Minecraft.
    package enum Group: String, CaseIterable, Sendable { case group1, group2 }

    /// A GUID, lower case.
    package let id: String
    package let partNumber: String
    package let name: String
    package let plans: [Plan]

    package init(id: String, partNumber: String, name: String, plans: [Plan]) {
        (self.id, self.partNumber, self.name, self.plans) = (id, partNumber, name, plans)
    }

    package var group: Group { partNumber.uppercased().hasPrefix("MEE_") ? .group2 : .group1 }
}

/// A product that a user has been given.
package struct AssignedLicense: Hashable, Codable, Sendable {
    package let user: ID<DirectoryUser>
    package let product: String
    package let excludedPlans: [String]

    package init(user: ID<DirectoryUser>, product: String, excludedPlans: [String]) {
        (self.user, self.product, self.excludedPlans) = (user, product, excludedPlans)
    }
}

/// How many units of one product a tenant has, by what its subscriptions are, and how many are given to users.
package struct LicensePool: Hashable, Codable, Sendable {
    package let product: LicenseProduct
    package private(set) var active = 0
    package private(set) var warning = 0
    package private(set) var suspended = 0
    package let consumed: Int

    package init(product: LicenseProduct, consumed: Int) {
        (self.product, self.consumed) = (product, consumed)
    }

    package mutating func add(_ quantity: Int, of status: SubscriptionStatus) {
        switch status {
        case .active: active += quantity
        case .expired: warning += quantity
        case .suspended, .disabled: suspended += quantity
        case .deleted: break
        }
    }

    package var total: Int { active + warning + suspended }
    /// What can still be given: units that are in their grace period can, suspended ones cannot.
    package var available: Int { max(0, active + warning - consumed) }
}
