package import SuiroDomain
import SuiroStore

// The policies that a customer's devices are set up by.
extension PartnerService {
    /// The customer's policies with the number of devices set to each, the oldest first.
    package func configurationPolicies(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [(policy: ConfigurationPolicy, devices: Int)] {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let counted = try tx.devicesByPolicy(of: customer)
            return try tx.configurationPolicies(of: customer).map { ($0, counted[$0.id] ?? 0) }
        }
    }

    package func configurationPolicy(
        _ id: ID<ConfigurationPolicy>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> (policy: ConfigurationPolicy, devices: Int) {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            (try find(id, of: customer, tx), try tx.devicesByPolicy(of: customer)[id] ?? 0)
        }
    }

    package func createPolicy(
        _ wish: ConfigurationPolicyWish,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> ConfigurationPolicy {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let policy = ConfigurationPolicy(
                id: environment.newID(),
                customer: customer,
                name: wish.name,
                description: wish.description,
                category: wish.category,
                settings: wish.settings,
                at: deliberation.at
            )
            try tx.insert(policy)
            try record(.devicePolicySaved, policy, tx)
            return policy
        }
    }

    package func updatePolicy(
        _ id: ID<ConfigurationPolicy>,
        to wish: ConfigurationPolicyWish,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> ConfigurationPolicy {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            var policy = try find(id, of: customer, tx)
            if policy.category != wish.category { try checkUnused(policy, tx) }
            (policy.name, policy.description) = (wish.name, wish.description)
            (policy.category, policy.settings) = (wish.category, wish.settings)
            policy.changedAt = deliberation.at
            policy.revision += 1
            try tx.update(policy)
            try record(.devicePolicySaved, policy, tx)
            return policy
        }
    }

    /// Deletes a policy that no device is set to.
    package func deletePolicy(
        _ id: ID<ConfigurationPolicy>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let policy = try find(id, of: customer, tx)
            try checkUnused(policy, tx)
            try tx.delete(policy)
            try record(.devicePolicyDeleted, policy, tx)
            return true
        }
    }

    private func checkUnused(_ policy: ConfigurationPolicy, _ tx: Transaction) throws {
        let devices = try tx.devicesByPolicy(of: policy.customer)[policy.id] ?? 0
        guard devices == 0 else { throw Refusal.device(.policyInUse(name: policy.name, devices: devices)) }
    }

    private func record(_ event: DeviceEvent, _ policy: ConfigurationPolicy, _ tx: Transaction) throws {
        try tx.record(
            .device(event, of: "\(policy.id)"),
            Remark(customer: policy.customer, details: ["name": policy.name])
        )
    }

    private func find(
        _ id: ID<ConfigurationPolicy>,
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> ConfigurationPolicy {
        guard let policy = try tx.configurationPolicy(id, of: customer) else {
            throw Refusal.notFound(.configurationPolicy, "\(id)")
        }
        return policy
    }
}
