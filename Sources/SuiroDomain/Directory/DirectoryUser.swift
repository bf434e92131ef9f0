/// A user in a customer's directory, as whoever administers the tenant sees it. Signing in to this server is a matter of
/// `Person`: a user that a partner makes gets no way in here.
package struct DirectoryUser: Hashable, Codable, Sendable {
    package let id: ID<DirectoryUser>
    package let customer: ID<Customer>
    package private(set) var profile: DirectoryProfile
    /// Since when it is deleted; it can be restored for as long as policy keeps it.
    package private(set) var deletedAt: Instant?
    package let createdAt: Instant
    package private(set) var revision: Int

    package init(
        id: ID<DirectoryUser>,
        customer: ID<Customer>,
        profile: DirectoryProfile,
        deletedAt: Instant? = nil,
        createdAt: Instant,
        revision: Int = 1
    ) {
        (self.id, self.customer, self.profile, self.deletedAt) = (id, customer, profile, deletedAt)
        (self.createdAt, self.revision) = (createdAt, revision)
    }

    package var isActive: Bool { deletedAt == nil }

    /// `false` when it says that already.
    package mutating func change(_ wanted: DirectoryProfile) -> Bool {
        guard wanted != profile else { return false }
        (profile, revision) = (wanted, revision + 1)
        return true
    }

    /// `false` when it is deleted already.
    package mutating func delete(at now: Instant) -> Bool {
        guard isActive else { return false }
        (deletedAt, revision) = (now, revision + 1)
        return true
    }

    /// `false` when it is active already.
    package mutating func restore() -> Bool {
        guard !isActive else { return false }
        (deletedAt, revision) = (nil, revision + 1)
        return true
    }
}

/// What is known of a user, beside its id.
package struct DirectoryProfile: Hashable, Codable, Sendable {
    package var principalName: String
    package var firstName: String?
    package var lastName: String?
    package var displayName: String
    /// ISO 3166 alpha-2; without one no licence can be assigned.
    package var usageLocation: String?
    package var immutableID: String?
    package var phoneNumber: String?

    package init(
        principalName: String,
        firstName: String? = nil,
        lastName: String? = nil,
        displayName: String,
        usageLocation: String? = nil,
        immutableID: String? = nil,
        phoneNumber: String? = nil
    ) {
        (self.principalName, self.firstName, self.lastName) = (principalName, firstName, lastName)
        (self.displayName, self.usageLocation) = (displayName, usageLocation)
        (self.immutableID, self.phoneNumber) = (immutableID, phoneNumber)
    }
}

/// What happened in a customer's directory; the raw value is its name in the event log.
package enum DirectoryEvent: String, Hashable, CaseIterable, Sendable {
    case userCreated, userUpdated, userPasswordReset, userDeleted, userRestored, userLicensesChanged,
        directoryRoleGiven, directoryRoleTaken
}

/// Why the directory does not do what was asked.
package enum DirectoryObstacle: Hashable, Sendable {
    case userNameTaken(String)
    /// Every unit of the product is assigned.
    case noLicenseLeft(product: String)
}
