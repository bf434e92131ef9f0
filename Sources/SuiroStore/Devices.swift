package import SuiroDomain

// Every look-up names the customer: what belongs to another is not there.
extension Transaction {
    package func configurationPolicies(of customer: ID<Customer>) throws -> [ConfigurationPolicy] {
        try session.all(
            "SELECT body FROM configuration_policy WHERE customer_id = \(customer) ORDER BY created_at, id"
        ) { cursor in (try cursor.next() as JSONText<ConfigurationPolicy>).value }
    }

    package func configurationPolicy(
        _ id: ID<ConfigurationPolicy>,
        of customer: ID<Customer>
    ) throws -> ConfigurationPolicy? {
        try session.first("SELECT body FROM configuration_policy WHERE id = \(id) AND customer_id = \(customer)") {
            cursor in (try cursor.next() as JSONText<ConfigurationPolicy>).value
        }
    }

    package func insert(_ policy: ConfigurationPolicy) throws {
        try session.run(
            """
            INSERT INTO configuration_policy (id, customer_id, created_at, body, revision)
            VALUES (\(policy.id), \(policy.customer), \(policy.createdAt), \(JSONText(policy)), \(policy.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ policy: ConfigurationPolicy) throws {
        let changed = try session.run(
            """
            UPDATE configuration_policy SET body = \(JSONText(policy)), revision = \(policy.revision)
            WHERE id = \(policy.id) AND revision = \(policy.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    package func delete(_ policy: ConfigurationPolicy) throws {
        try session.run("DELETE FROM configuration_policy WHERE id = \(policy.id)")
    }

    /// How many devices of a customer are set to each policy.
    package func devicesByPolicy(of customer: ID<Customer>) throws -> [ID<ConfigurationPolicy>: Int] {
        let counted: [(ID<ConfigurationPolicy>, Int)] = try session.all(
            """
            SELECT policy_id, COUNT(*) FROM device
            WHERE customer_id = \(customer) AND policy_id IS NOT NULL GROUP BY policy_id
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
        return Dictionary(uniqueKeysWithValues: counted)
    }

    /// The batches of a customer with the number of devices in each, the newest first.
    package func deviceBatches(of customer: ID<Customer>) throws -> [(batch: DeviceBatch, devices: Int)] {
        try session.all(
            """
            SELECT b.body, (SELECT COUNT(*) FROM device d WHERE d.customer_id = b.customer_id AND d.batch_id = b.id)
            FROM device_batch b WHERE b.customer_id = \(customer) ORDER BY b.created_at DESC, b.id
            """
        ) { cursor in ((try cursor.next() as JSONText<DeviceBatch>).value, try cursor.next()) }
    }

    package func deviceBatch(_ id: String, of customer: ID<Customer>) throws -> DeviceBatch? {
        try session.first("SELECT body FROM device_batch WHERE customer_id = \(customer) AND id = \(id)") { cursor in
            (try cursor.next() as JSONText<DeviceBatch>).value
        }
    }

    package func insert(_ batch: DeviceBatch) throws {
        try session.run(
            """
            INSERT INTO device_batch (customer_id, id, created_at, body)
            VALUES (\(batch.customer), \(batch.id), \(batch.createdAt), \(JSONText(batch)))
            """
        )
    }

    /// A page of a batch's devices after the one with this id, by id.
    package func devices(
        of batch: String,
        _ customer: ID<Customer>,
        after: ID<Device>?,
        limit: Int
    ) throws -> [Device] {
        var filter: SQL = "customer_id = \(customer) AND batch_id = \(batch)"
        if let after { filter = "\(filter) AND id > \(after)" }
        return try session.all("SELECT body FROM device WHERE \(filter) ORDER BY id LIMIT \(limit)") { cursor in
            (try cursor.next() as JSONText<Device>).value
        }
    }

    package func device(_ id: ID<Device>, of customer: ID<Customer>) throws -> Device? {
        try session.first("SELECT body FROM device WHERE id = \(id) AND customer_id = \(customer)") { cursor in
            (try cursor.next() as JSONText<Device>).value
        }
    }

    /// Which of these identities a customer's devices have.
    package func knownIdentities(_ identities: [String], of customer: ID<Customer>) throws -> Set<String> {
        var known: Set<String> = []
        for identity in identities {
            let found = try session.rows(
                "SELECT 1 FROM device WHERE customer_id = \(customer) AND identity = \(identity)"
            )
            if !found.isEmpty { known.insert(identity) }
        }
        return known
    }

    package func insert(_ device: Device) throws {
        try session.run(
            """
            INSERT INTO device (id, customer_id, batch_id, identity, policy_id, body)
            VALUES (\(device.id), \(device.customer), \(device.batch), \(device.draft.identity ?? "\(device.id)"),
                \(device.policies.values.first), \(JSONText(device)))
            """
        )
    }

    package func update(_ device: Device) throws {
        try session.run(
            """
            UPDATE device SET policy_id = \(device.policies.values.first), body = \(JSONText(device))
            WHERE id = \(device.id)
            """
        )
    }

    package func delete(_ device: Device) throws {
        try session.run("DELETE FROM device WHERE id = \(device.id)")
    }

    package func insert(_ job: DeviceJob) throws {
        try session.run(
            "INSERT INTO device_job (id, customer_id, body) VALUES (\(job.id), \(job.customer), \(JSONText(job)))"
        )
    }

    package func deviceJob(_ id: ID<DeviceJob>, of customer: ID<Customer>) throws -> DeviceJob? {
        try session.first("SELECT body FROM device_job WHERE id = \(id) AND customer_id = \(customer)") { cursor in
            (try cursor.next() as JSONText<DeviceJob>).value
        }
    }
}
