package import SuiroDomain

extension Transaction {
    package func licenses(of user: DirectoryUser) throws -> [AssignedLicense] {
        try session.all(
            """
            SELECT user_id, product_id, excluded FROM user_license
            WHERE customer_id = \(user.customer) AND user_id = \(user.id) ORDER BY product_id
            """
        ) { cursor in
            let (user, product): (ID<DirectoryUser>, String) = (try cursor.next(), try cursor.next())
            let excluded: JSONText<[String]> = try cursor.next()
            return AssignedLicense(user: user, product: product, excludedPlans: excluded.value)
        }
    }

    /// How many users have each product, by its id.
    package func assignedUnits(in customer: ID<Customer>) throws -> [String: Int] {
        let counts: [(String, Int)] = try session.all(
            "SELECT product_id, COUNT(*) FROM user_license WHERE customer_id = \(customer) GROUP BY product_id"
        ) { cursor in (try cursor.next(), try cursor.next()) }
        return Dictionary(counts) { first, _ in first }
    }

    /// Gives the product, or changes what of it is left out.
    package func assign(_ license: AssignedLicense, in customer: ID<Customer>) throws {
        try session.run(
            """
            INSERT INTO user_license (customer_id, user_id, product_id, excluded, assigned_at)
            VALUES (\(customer), \(license.user), \(license.product), \(JSONText(license.excludedPlans)),
                \(permit.intent.at))
            ON CONFLICT (customer_id, user_id, product_id) DO UPDATE SET excluded = excluded.excluded
            """
        )
    }

    package func unassign(_ product: String, from user: DirectoryUser) throws {
        try session.run(
            """
            DELETE FROM user_license
            WHERE customer_id = \(user.customer) AND user_id = \(user.id) AND product_id = \(product)
            """
        )
    }

    /// Whoever has one product has another instead, with all of its parts; whoever has both keeps the other as it is.
    /// Returns how many they are.
    package func reassign(_ product: String, to other: String, in customer: ID<Customer>) throws -> Int {
        try session.run(
            """
            INSERT INTO user_license (customer_id, user_id, product_id, excluded, assigned_at)
            SELECT customer_id, user_id, CAST(\(other) AS TEXT), '[]', assigned_at FROM user_license
            WHERE customer_id = \(customer) AND product_id = \(product)
            ON CONFLICT (customer_id, user_id, product_id) DO NOTHING
            """
        )
        return try session.run(
            "DELETE FROM user_license WHERE customer_id = \(customer) AND product_id = \(product)"
        )
    }

    package func licenseProduct(_ partNumber: String) throws -> LicenseProduct? {
        try session.first(
            "SELECT id, part_number, name, plans FROM license_product WHERE part_number = \(partNumber.uppercased())"
        ) { cursor in
            let (id, part, name): (String, String, String) = (try cursor.next(), try cursor.next(), try cursor.next())
            let plans: JSONText<[LicenseProduct.Plan]> = try cursor.next()
            return LicenseProduct(id: id, partNumber: part, name: name, plans: plans.value)
        }
    }

    package func save(_ product: LicenseProduct) throws {
        try session.run(
            """
            INSERT INTO license_product (part_number, id, name, plans)
            VALUES (\(product.partNumber.uppercased()), \(product.id), \(product.name), \(JSONText(product.plans)))
            ON CONFLICT (part_number) DO UPDATE SET id = excluded.id, name = excluded.name, plans = excluded.plans
            """
        )
    }
}
