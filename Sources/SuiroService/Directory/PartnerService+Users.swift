package import SuiroDomain
package import SuiroStore

/// What a caller wants of a user: `nil` leaves what is there.
package struct DirectoryUserChange: Sendable {
    package var principalName: String?
    package var firstName: String?
    package var lastName: String?
    package var displayName: String?
    package var usageLocation: String?
    package var immutableID: String?
    package var phoneNumber: String?
    package var setsPassword = false
    package var restores = false

    package init() {}

    /// Whether anything but the password is asked for.
    package var changesProfile: Bool {
        [principalName, firstName, lastName, displayName, usageLocation, immutableID, phoneNumber]
            .contains { $0 != nil }
    }

    fileprivate func applied(to profile: DirectoryProfile) -> DirectoryProfile {
        DirectoryProfile(
            principalName: principalName ?? profile.principalName,
            firstName: firstName ?? profile.firstName,
            lastName: lastName ?? profile.lastName,
            displayName: displayName ?? profile.displayName,
            usageLocation: usageLocation ?? profile.usageLocation,
            immutableID: immutableID ?? profile.immutableID,
            phoneNumber: phoneNumber ?? profile.phoneNumber
        )
    }
}

/// A page of a customer's users.
package struct DirectoryUserPage: Sendable {
    package let users: [DirectoryUser]
    package let next: DirectoryUserPosition?
}

// Users of a customer's directory. The partner gets here by delegated administration alone (GD-18): selling to a customer
// says nothing about its people.
extension PartnerService {
    package func users(
        of customer: ID<Customer>,
        isActive: Bool,
        order: DirectoryUserQuery.Order,
        descends: Bool,
        after position: DirectoryUserPosition?,
        limit: Int,
        _ context: CallContext
    ) async throws -> DirectoryUserPage {
        try await consult(context, .readUsers, in: .customer(customer)) { tx, deliberation in
            let query = DirectoryUserQuery(
                isActive: isActive,
                order: order,
                descends: descends,
                limit: limit,
                keptFrom: try keptFrom(&deliberation)
            )
            let page = try tx.directoryUsers(of: customer, query, after: position)
            return DirectoryUserPage(users: page.users, next: page.next)
        }
    }

    package func user(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DirectoryUser {
        try await consult(context, .readUsers, in: .customer(customer)) { tx, deliberation in
            try directoryUser(id, of: customer, &deliberation, tx)
        }
    }

    package func createUser(
        _ profile: DirectoryProfile,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DirectoryUser {
        try await write(context, .changeUsers, in: .customer(customer)) { tx, deliberation in
            try checkFree(profile.principalName, in: customer, tx)
            let user = DirectoryUser(
                id: environment.newID(),
                customer: customer,
                profile: profile,
                createdAt: deliberation.at
            )
            try tx.insert(user)
            try noteUser(.userCreated, user, tx)
            return user
        }
    }

    /// Changes what is said of a user, restores one that was deleted, or sets a password; a password alone is a matter of
    /// helpdesks too (GD-27). The password itself is kept nowhere: nobody signs in here with it.
    package func changeUser(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        _ change: DirectoryUserChange,
        _ context: CallContext
    ) async throws -> DirectoryUser {
        let isPasswordAlone = change.setsPassword && !change.changesProfile && !change.restores
        let action: Action = isPasswordAlone ? .resetPassword : .changeUsers
        return try await write(context, action, in: .customer(customer)) { tx, deliberation in
            var user = try directoryUser(id, of: customer, &deliberation, tx)
            let wanted = change.applied(to: user.profile)
            let isRenamed = wanted.principalName.lowercased() != user.profile.principalName.lowercased()
            let comesBack = change.restores && !user.isActive
            guard user.isActive || comesBack else { throw Refusal.notFound(.user, "\(id)") }
            if isRenamed || comesBack { try checkFree(wanted.principalName, in: customer, tx) }
            if comesBack, user.restore() {
                try tx.update(user)
                try noteUser(.userRestored, user, tx)
            }
            if user.change(wanted) {
                try tx.update(user)
                try noteUser(.userUpdated, user, tx)
            }
            if change.setsPassword { try noteUser(.userPasswordReset, user, tx) }
            return user
        }
    }

    /// It can be restored for a while; its licences are free, and its roles gone, at once.
    package func deleteUser(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .changeUsers, in: .customer(customer)) { tx, deliberation in
            var user = try directoryUser(id, of: customer, &deliberation, tx)
            guard user.delete(at: deliberation.at) else { throw Refusal.notFound(.user, "\(id)") }
            for role in try tx.directoryRoles(of: user) { _ = try tx.take(role, from: user) }
            for license in try tx.licenses(of: user) { try tx.unassign(license.product, from: user) }
            try tx.update(user)
            try noteUser(.userDeleted, user, tx)
            return true
        }
    }

    func keptFrom(_ deliberation: inout Deliberation) throws -> Instant {
        deliberation.at.adding(days: -(try deliberation.decide(.userKeepingDays).value))
    }

    /// Deleted ones too, for as long as they are kept.
    func directoryUser(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DirectoryUser {
        guard let user = try tx.directoryUser(id, of: customer, keptFrom: try keptFrom(&deliberation)) else {
            throw Refusal.notFound(.user, "\(id)")
        }
        return user
    }

    func activeUser(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> DirectoryUser {
        guard let user = try tx.directoryUser(id, of: customer, keptFrom: tx.permit.intent.at), user.isActive else {
            throw Refusal.notFound(.user, "\(id)")
        }
        return user
    }

    private func checkFree(_ name: String, in customer: ID<Customer>, _ tx: Transaction) throws {
        guard try !tx.hasDirectoryUser(named: name, in: customer) else {
            throw Refusal.directory(.userNameTaken(name))
        }
    }

    /// The directory of a new tenant begins with its administrator.
    func found(_ admin: Person, in organization: Organization, _ tx: Transaction) throws {
        let user = DirectoryUser(
            id: admin.id.as(DirectoryUser.self),
            customer: organization.id.as(Customer.self),
            profile: DirectoryProfile(
                principalName: "admin@\(organization.domain)",
                displayName: admin.name,
                usageLocation: organization.country
            ),
            createdAt: tx.permit.intent.at
        )
        try tx.insert(user)
        _ = try tx.give(.globalAdministrator, to: user)
    }

    func noteUser(
        _ event: DirectoryEvent,
        _ user: DirectoryUser,
        _ tx: Transaction,
        _ more: [String: String] = [:]
    ) throws {
        let details = ["user": user.profile.principalName].merging(more) { first, _ in first }
        try tx.record(.directory(event, user.id), Remark(customer: user.customer, details: details))
    }
}

// Who has which role in the customer's own directory.
extension PartnerService {
    package func directoryRoles(
        of id: ID<DirectoryUser>,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [DirectoryRole] {
        try await read(context, .readUsers, in: .customer(customer)) { tx in
            try tx.directoryRoles(of: try activeUser(id, of: customer, tx))
        }
    }

    /// Every built-in role: a tenant has them all.
    package func directoryRoles(in customer: ID<Customer>, _ context: CallContext) async throws -> [DirectoryRole] {
        try await read(context, .readUsers, in: .customer(customer)) { _ in DirectoryRole.allCases }
    }

    package func members(
        of role: DirectoryRole,
        in customer: ID<Customer>,
        after position: ID<DirectoryUser>?,
        limit: Int,
        _ context: CallContext
    ) async throws -> (users: [DirectoryUser], next: ID<DirectoryUser>?) {
        try await read(context, .readUsers, in: .customer(customer)) { tx in
            try tx.members(of: role, in: customer, after: position, limit: limit)
        }
    }

    package func giveDirectoryRole(
        _ role: DirectoryRole,
        to id: ID<DirectoryUser>,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DirectoryUser {
        try await write(context, .changeDirectoryRoles, in: .customer(customer)) { tx, _ in
            let user = try activeUser(id, of: customer, tx)
            if try tx.give(role, to: user) { try noteUser(.directoryRoleGiven, user, tx, ["role": role.rawValue]) }
            return user
        }
    }

    package func takeDirectoryRole(
        _ role: DirectoryRole,
        from id: ID<DirectoryUser>,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .changeDirectoryRoles, in: .customer(customer)) { tx, _ in
            let user = try activeUser(id, of: customer, tx)
            guard try tx.take(role, from: user) else { throw Refusal.notFound(.user, "\(id)") }
            try noteUser(.directoryRoleTaken, user, tx, ["role": role.rawValue])
            return true
        }
    }
}
