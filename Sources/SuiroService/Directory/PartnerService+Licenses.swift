package import SuiroDomain
import SuiroStore

/// What shall be given to a user, and what taken.
package struct LicenseWish: Sendable {
    package struct Assignment: Sendable {
        package let product: String
        package let excludedPlans: [String]
        /// Where it stands in what was sent.
        package let path: String

        package init(product: String, excludedPlans: [String], path: String) {
            (self.product, self.excludedPlans, self.path) = (product, excludedPlans, path)
        }
    }

    package let assign: [Assignment]
    package let remove: [String]

    package init(assign: [Assignment], remove: [String]) {
        (self.assign, self.remove) = (assign, remove)
    }
}

/// A product of a user's, with the plans that were left out.
package struct UserLicense: Codable, Sendable {
    package let product: LicenseProduct
    package let excludedPlans: [String]
}

/// Plans that the user has by another product already.
package struct LicenseOverlap: Codable, Sendable {
    package let product: LicenseProduct
    package let plans: [String]
}

// Licences of a customer's users: what its subscriptions hold, and who has it (LIC-05 asks for the same seats).
extension PartnerService {
    package func subscribedSkus(
        of customer: ID<Customer>,
        in groups: Set<LicenseProduct.Group>,
        _ context: CallContext
    ) async throws -> [LicensePool] {
        try await read(context, .readLicenses, in: .customer(customer)) { tx in
            try pools(of: customer, tx).filter { groups.contains($0.product.group) }
        }
    }

    package func licenses(
        of id: ID<DirectoryUser>,
        in customer: ID<Customer>,
        groups: Set<LicenseProduct.Group>,
        _ context: CallContext
    ) async throws -> [UserLicense] {
        try await read(context, .readLicenses, in: .customer(customer)) { tx in
            let user = try activeUser(id, of: customer, tx)
            let pools = try pools(of: customer, tx)
            return try tx.licenses(of: user).compactMap { license in
                guard let pool = pools.first(where: { $0.product.id == license.product }),
                    groups.contains(pool.product.group)
                else { return nil }
                return UserLicense(product: pool.product, excludedPlans: license.excludedPlans)
            }
        }
    }

    /// Takes first, then gives: a unit that is taken in the same call can be given. All of it, or nothing.
    package func updateLicenses(
        of id: ID<DirectoryUser>,
        in customer: ID<Customer>,
        _ wish: LicenseWish,
        _ context: CallContext
    ) async throws -> [LicenseOverlap] {
        try await write(context, .changeLicenses, in: .customer(customer)) { tx, _ in
            let user = try activeUser(id, of: customer, tx)
            guard wish.assign.isEmpty || user.profile.usageLocation != nil else {
                throw Refusal.invalid([InputFault(field: "usageLocation", code: .required)])
            }
            var held = Set(try tx.licenses(of: user).map(\.product))
            for product in wish.remove {
                guard held.remove(product) != nil else {
                    throw Refusal.invalid([InputFault(field: "licensesToRemove", code: .unknown, value: product)])
                }
                try tx.unassign(product, from: user)
            }
            let pools = try pools(of: customer, tx)
            var left = Dictionary(pools.map { ($0.product.id, $0.available) }) { first, _ in first }
            for wanted in wish.assign {
                guard let product = pools.first(where: { $0.product.id == wanted.product })?.product else {
                    throw Refusal.invalid([
                        InputFault(field: "\(wanted.path).skuId", code: .unknown, value: wanted.product)
                    ])
                }
                let known = Set(product.plans.map(\.id))
                if let stranger = wanted.excludedPlans.first(where: { !known.contains($0) }) {
                    throw Refusal.invalid([
                        InputFault(field: "\(wanted.path).excludedPlans", code: .unknown, value: stranger)
                    ])
                }
                if held.insert(product.id).inserted {
                    guard let units = left[product.id], units > 0 else {
                        throw Refusal.directory(.noLicenseLeft(product: product.id))
                    }
                    left[product.id] = units - 1
                }
                let license = AssignedLicense(
                    user: id,
                    product: product.id,
                    excludedPlans: wanted.excludedPlans
                )
                try tx.assign(license, in: customer)
            }
            if !wish.assign.isEmpty || !wish.remove.isEmpty {
                let details = [
                    "assigned": wish.assign.map(\.product).joined(separator: ", "),
                    "removed": wish.remove.joined(separator: ", "),
                ].filter { !$0.value.isEmpty }
                try noteUser(.userLicensesChanged, user, tx, details)
            }
            return overlaps(of: wish, with: try tx.licenses(of: user), pools)
        }
    }

    private func overlaps(
        of wish: LicenseWish,
        with licenses: [AssignedLicense],
        _ pools: [LicensePool]
    ) -> [LicenseOverlap] {
        let products = Dictionary(pools.map { ($0.product.id, $0.product) }) { first, _ in first }
        func plans(_ license: AssignedLicense) -> [LicenseProduct.Plan] {
            (products[license.product]?.plans ?? []).filter { !license.excludedPlans.contains($0.id) }
        }
        return wish.assign.compactMap { wanted in
            guard let license = licenses.first(where: { $0.product == wanted.product }),
                let product = products[wanted.product]
            else { return nil }
            let others = Set(licenses.filter { $0.product != wanted.product }.flatMap(plans).map(\.id))
            let twice = plans(license).filter { others.contains($0.id) }.map(\.name)
            return twice.isEmpty ? nil : LicenseOverlap(product: product, plans: twice)
        }
    }

    /// What the customer's subscriptions hold, whoever sold them: users do not see sellers.
    private func pools(of customer: ID<Customer>, _ tx: Transaction) throws -> [LicensePool] {
        let units = try tx.assignedUnits(in: customer)
        var pools: [String: LicensePool] = [:]
        for subscription in try tx.subscriptions(of: customer) {
            guard let quantity = subscription.quantity, let product = try product(of: subscription, tx) else {
                continue
            }
            var pool = pools[product.id] ?? LicensePool(product: product, consumed: units[product.id] ?? 0)
            pool.add(quantity, of: subscription.status(at: tx.permit.intent.at))
            pools[product.id] = pool
        }
        return pools.values.sorted { ($0.product.name, $0.product.id) < ($1.product.name, $1.product.id) }
    }

    /// The product that users are licensed for by a subscription; `nil` where there is none, as with Azure or software.
    func product(of subscription: Subscription, _ tx: Transaction) throws -> LicenseProduct? {
        guard subscription.family == .license, let productID = subscription.productID else { return nil }
        switch subscription.course.offering {
        case .perpetualSoftware, .softwareSubscription: return nil
        default: break
        }
        let offer = try tx.offer(productID)
        let part = offer?.skuID ?? subscription.skuID ?? productID
        if let known = try tx.licenseProduct(part) { return known }
        return LicenseProduct(
            id: productID.lowercased(),
            partNumber: part,
            name: offer?.name ?? subscription.name,
            plans: []
        )
    }
}
