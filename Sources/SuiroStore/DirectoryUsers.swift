package import SuiroDomain

/// What a list of users is narrowed and ordered by.
package struct DirectoryUserQuery: Hashable, Sendable {
    package enum Order: String, CaseIterable, Codable, Sendable { case userPrincipalName, displayName }

    package var isActive: Bool
    package var order: Order
    package var descends: Bool
    package var limit: Int
    /// Users deleted before this are gone.
    package var keptFrom: Instant

    package init(isActive: Bool, order: Order, descends: Bool, limit: Int, keptFrom: Instant) {
        (self.isActive, self.order, self.descends) = (isActive, order, descends)
        (self.limit, self.keptFrom) = (limit, keptFrom)
    }
}

/// Where a page of users goes on: after this name and id.
package struct DirectoryUserPosition: Hashable, Codable, Sendable {
    package let key: String
    package let id: ID<DirectoryUser>
}

// Every look-up names the customer: a user of another tenant is no user.
extension Transaction {
    package func directoryUser(
        _ id: ID<DirectoryUser>,
        of customer: ID<Customer>,
        keptFrom: Instant
    ) throws -> DirectoryUser? {
        try session.first(
            """
            SELECT \(DirectoryUser.columns) FROM directory_user
            WHERE customer_id = \(customer) AND id = \(id) AND (deleted_at IS NULL OR deleted_at > \(keptFrom))
            """
        ) { cursor in try DirectoryUser(&cursor) }
    }

    package func hasDirectoryUser(named name: String, in customer: ID<Customer>) throws -> Bool {
        let count: Int? = try session.first(
            """
            SELECT COUNT(*) FROM directory_user
            WHERE customer_id = \(customer) AND principal_key = \(name.lowercased()) AND deleted_at IS NULL
            """
        ) { cursor in try cursor.next() }
        return (count ?? 0) > 0
    }

    package func directoryUsers(
        of customer: ID<Customer>,
        _ query: DirectoryUserQuery,
        after position: DirectoryUserPosition?
    ) throws -> (users: [DirectoryUser], next: DirectoryUserPosition?) {
        let key: SQL = query.order == .displayName ? "display_key" : "principal_key"
        let state: SQL = query.isActive ? "deleted_at IS NULL" : "deleted_at > \(query.keptFrom)"
        var rest: SQL = ""
        if let position {
            rest =
                query.descends
                ? "AND (\(key) < \(position.key) OR (\(key) = \(position.key) AND id > \(position.id)))"
                : "AND (\(key) > \(position.key) OR (\(key) = \(position.key) AND id > \(position.id)))"
        }
        let direction: SQL = query.descends ? "DESC" : "ASC"
        let found = try session.all(
            """
            SELECT \(DirectoryUser.columns) FROM directory_user WHERE customer_id = \(customer) AND \(state) \(rest)
            ORDER BY \(key) \(direction), id LIMIT \(query.limit + 1)
            """
        ) { cursor in try DirectoryUser(&cursor) }
        let users = Array(found.prefix(query.limit))
        guard found.count > query.limit, let last = users.last else { return (users, nil) }
        let text = query.order == .displayName ? last.profile.displayName : last.profile.principalName
        return (users, DirectoryUserPosition(key: text.lowercased(), id: last.id))
    }

    package func insert(_ user: DirectoryUser) throws {
        let profile = user.profile
        try session.run(
            """
            INSERT INTO directory_user (customer_id, id, principal_name, principal_key, first_name, last_name,
                display_name, display_key, usage_location, immutable_id, phone_number, deleted_at, created_at, revision)
            VALUES (\(user.customer), \(user.id), \(profile.principalName), \(profile.principalName.lowercased()),
                \(profile.firstName), \(profile.lastName), \(profile.displayName),
                \(profile.displayName.lowercased()), \(profile.usageLocation), \(profile.immutableID),
                \(profile.phoneNumber), \(user.deletedAt), \(user.createdAt), \(user.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ user: DirectoryUser) throws {
        let profile = user.profile
        let changed = try session.run(
            """
            UPDATE directory_user SET principal_name = \(profile.principalName),
                principal_key = \(profile.principalName.lowercased()), first_name = \(profile.firstName),
                last_name = \(profile.lastName), display_name = \(profile.displayName),
                display_key = \(profile.displayName.lowercased()), usage_location = \(profile.usageLocation),
                immutable_id = \(profile.immutableID), phone_number = \(profile.phoneNumber),
                deleted_at = \(user.deletedAt), revision = \(user.revision)
            WHERE customer_id = \(user.customer) AND id = \(user.id) AND revision = \(user.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}

// Who has which role in the customer's directory.
extension Transaction {
    package func directoryRoles(of user: DirectoryUser) throws -> [DirectoryRole] {
        try session.all(
            """
            SELECT role FROM directory_role_member WHERE customer_id = \(user.customer) AND user_id = \(user.id)
            ORDER BY role
            """
        ) { cursor in try cursor.next() }
    }

    /// By id; only users that are not deleted.
    package func members(
        of role: DirectoryRole,
        in customer: ID<Customer>,
        after position: ID<DirectoryUser>?,
        limit: Int
    ) throws -> (users: [DirectoryUser], next: ID<DirectoryUser>?) {
        let rest: SQL = position.map { "AND id > \($0)" } ?? ""
        let found = try session.all(
            """
            SELECT \(DirectoryUser.columns) FROM directory_user
            WHERE customer_id = \(customer) AND deleted_at IS NULL AND id IN (SELECT m.user_id
                FROM directory_role_member m WHERE m.customer_id = \(customer) AND m.role = \(role)) \(rest)
            ORDER BY id LIMIT \(limit + 1)
            """
        ) { cursor in try DirectoryUser(&cursor) }
        let users = Array(found.prefix(limit))
        return (users, found.count > limit ? users.last?.id : nil)
    }

    /// `false` when the user has it already.
    package func give(_ role: DirectoryRole, to user: DirectoryUser) throws -> Bool {
        try session.run(
            """
            INSERT INTO directory_role_member (customer_id, user_id, role, added_at)
            VALUES (\(user.customer), \(user.id), \(role), \(permit.intent.at))
            ON CONFLICT (customer_id, user_id, role) DO NOTHING
            """
        ) == 1
    }

    /// `false` when the user does not have it.
    package func take(_ role: DirectoryRole, from user: DirectoryUser) throws -> Bool {
        try session.run(
            """
            DELETE FROM directory_role_member
            WHERE customer_id = \(user.customer) AND user_id = \(user.id) AND role = \(role)
            """
        ) == 1
    }
}

extension DirectoryRole: SQLWord {}

extension DirectoryUser {
    fileprivate static let columns: SQL = """
        id, customer_id, principal_name, first_name, last_name, display_name, usage_location, immutable_id,
        phone_number, deleted_at, created_at, revision
        """

    fileprivate init(_ cursor: inout Cursor) throws {
        let (id, customer): (ID<DirectoryUser>, ID<Customer>) = (try cursor.next(), try cursor.next())
        let profile = DirectoryProfile(
            principalName: try cursor.next(),
            firstName: try cursor.next(),
            lastName: try cursor.next(),
            displayName: try cursor.next(),
            usageLocation: try cursor.next(),
            immutableID: try cursor.next(),
            phoneNumber: try cursor.next()
        )
        self.init(
            id: id,
            customer: customer,
            profile: profile,
            deletedAt: try cursor.next(),
            createdAt: try cursor.next(),
            revision: try cursor.next()
        )
    }
}
