package import SuiroDomain
import SuiroStore

/// A policy as it arrives.
package struct ConfigurationPolicyWish: Sendable {
    package let name: String
    package let description: String?
    package let category: ConfigurationPolicy.Category
    package let settings: [ConfigurationPolicy.Setting]

    package init(
        name: String,
        description: String?,
        category: ConfigurationPolicy.Category,
        settings: [ConfigurationPolicy.Setting]
    ) {
        (self.name, self.description, self.category, self.settings) = (name, description, category, settings)
    }
}

/// The policies a device is to be set to.
package struct DevicePolicyWish: Sendable {
    package let device: ID<Device>
    package let policies: [ConfigurationPolicy.Category: ID<ConfigurationPolicy>]

    package init(device: ID<Device>, policies: [ConfigurationPolicy.Category: ID<ConfigurationPolicy>]) {
        (self.device, self.policies) = (device, policies)
    }
}

// Batches and their devices. What becomes of each device is known in the same transaction, and kept as a job.
extension PartnerService {
    /// The customer's batches with the number of devices in each, the newest first.
    package func deviceBatches(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [(batch: DeviceBatch, devices: Int)] {
        try await read(context, .readSales, in: .customer(customer)) { tx in try tx.deviceBatches(of: customer) }
    }

    /// A page of a batch's devices. One more than the limit where there are more.
    package func devices(
        of batch: String,
        _ customer: ID<Customer>,
        after: ID<Device>?,
        limit: Int,
        _ context: CallContext
    ) async throws -> [Device] {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            guard try tx.deviceBatch(batch, of: customer) != nil else {
                throw Refusal.notFound(.deviceBatch, String(batch.prefix(80)))
            }
            return try tx.devices(of: batch, customer, after: after, limit: limit + 1)
        }
    }

    /// Hands in devices: into a batch of that name that is made for them, or into one that is there. They are read only
    /// after the caller has been looked at.
    package func upload(
        _ drafts: @escaping @Sendable () throws -> [DeviceDraft],
        into name: String,
        isNew: Bool,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DeviceJob {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "live principal") }
            let (drafts, now) = (try drafts(), deliberation.at)
            let held = try tx.deviceBatch(name, of: customer)
            if isNew {
                guard held == nil else { throw Refusal.device(.batchExists(name: name)) }
                try tx.insert(
                    DeviceBatch(id: name, customer: customer, createdBy: principal.personName, at: now)
                )
            } else if held == nil {
                throw Refusal.notFound(.deviceBatch, String(name.prefix(80)))
            }
            let upload = DeviceUpload(
                drafts,
                into: name,
                of: customer,
                known: try tx.knownIdentities(drafts.compactMap(\.identity), of: customer),
                at: now,
                newID: { environment.newID() }
            )
            for device in upload.taken { try tx.insert(device) }
            return try keep(upload.rows, of: customer, .devicesUploaded, name, tx)
        }
    }

    /// Sets one device of a batch to other policies.
    package func change(
        _ wish: DevicePolicyWish,
        in batch: String,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Device {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            var device = try find(wish.device, in: batch, of: customer, tx)
            guard try areKnown(wish.policies, of: customer, tx) else {
                throw Refusal.invalid([InputFault(field: "policies", code: .unknown)])
            }
            device.policies = wish.policies
            try tx.update(device)
            try tx.record(.device(.deviceChanged, of: "\(device.id)"), Remark(customer: customer))
            return device
        }
    }

    package func deleteDevice(
        _ id: ID<Device>,
        in batch: String,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let device = try find(id, in: batch, of: customer, tx)
            try tx.delete(device)
            try tx.record(.device(.deviceDeleted, of: "\(device.id)"), Remark(customer: customer))
            return true
        }
    }

    /// Sets many devices to policies; what fails for one is told of it alone.
    package func changePolicies(
        _ wishes: [DevicePolicyWish],
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DeviceJob {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let rows = try wishes.map { wish in
                var device = try tx.device(wish.device, of: customer)
                var fault: DeviceJob.Fault?
                if device == nil { fault = .deviceUnknown }
                if try !areKnown(wish.policies, of: customer, tx) { fault = fault ?? .policyUnknown }
                if fault == nil, device != nil {
                    device?.policies = wish.policies
                    if let device { try tx.update(device) }
                }
                return DeviceJob.Row(
                    device: wish.device,
                    serialNumber: device?.draft.serialNumber,
                    productKey: device?.draft.productKey,
                    fault: fault
                )
            }
            return try keep(rows, of: customer, .deviceChanged, nil, tx)
        }
    }

    package func deviceJob(
        _ id: ID<DeviceJob>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> DeviceJob {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            guard let job = try tx.deviceJob(id, of: customer) else { throw Refusal.notFound(.deviceJob, "\(id)") }
            return job
        }
    }

    private func keep(
        _ rows: [DeviceJob.Row],
        of customer: ID<Customer>,
        _ event: DeviceEvent,
        _ batch: String?,
        _ tx: Transaction
    ) throws -> DeviceJob {
        let job = DeviceJob(id: environment.newID(), customer: customer, at: tx.permit.intent.at, rows: rows)
        try tx.insert(job)
        let failed = rows.count { $0.fault != nil }
        try tx.record(
            .device(event, of: batch ?? "\(job.id)"),
            Remark(customer: customer, details: ["devices": "\(rows.count)", "failed": "\(failed)"])
        )
        return job
    }

    private func find(
        _ id: ID<Device>,
        in batch: String,
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> Device {
        guard let device = try tx.device(id, of: customer), device.batch == batch else {
            throw Refusal.notFound(.device, "\(id)")
        }
        return device
    }

    private func areKnown(
        _ policies: [ConfigurationPolicy.Category: ID<ConfigurationPolicy>],
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> Bool {
        try policies.allSatisfy { category, id in
            try tx.configurationPolicy(id, of: customer)?.category == category
        }
    }
}
