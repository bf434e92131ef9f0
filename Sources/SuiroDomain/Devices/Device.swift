/// A device as it is handed in, before it is known.
package struct DeviceDraft: Hashable, Codable, Sendable {
    package let serialNumber: String?
    package let productKey: String?
    package let hardwareHash: String?
    package let model: String?
    package let manufacturer: String?

    package init(
        serialNumber: String?,
        productKey: String?,
        hardwareHash: String?,
        model: String?,
        manufacturer: String?
    ) {
        (self.serialNumber, self.productKey, self.hardwareHash) = (serialNumber, productKey, hardwareHash)
        (self.model, self.manufacturer) = (model, manufacturer)
    }

    /// By what the device is told from every other: its hash, its product key, or its number together with who made it
    /// and what it is. `nil` where none of them is whole.
    package var identity: String? {
        if let hardwareHash { return "hash:\(hardwareHash)" }
        if let productKey { return "key:\(productKey.lowercased())" }
        guard let serialNumber, let model, let manufacturer else { return nil }
        return "serial:\(manufacturer.lowercased())/\(model.lowercased())/\(serialNumber.lowercased())"
    }
}

/// A device of a customer that is set up by a policy.
package struct Device: Hashable, Codable, Sendable {
    package let id: ID<Device>
    package let customer: ID<Customer>
    package let batch: String
    package let draft: DeviceDraft
    package var policies: [ConfigurationPolicy.Category: ID<ConfigurationPolicy>]
    package let uploadedAt: Instant

    package init(id: ID<Device>, customer: ID<Customer>, batch: String, draft: DeviceDraft, at now: Instant) {
        (self.id, self.customer, self.batch, self.draft) = (id, customer, batch, draft)
        (policies, uploadedAt) = ([:], now)
    }
}

/// Devices that were handed in under one name, which the partner gave them.
package struct DeviceBatch: Hashable, Codable, Sendable {
    package let id: String
    package let customer: ID<Customer>
    /// Who made it, by name.
    package let createdBy: String
    package let createdAt: Instant

    package init(id: String, customer: ID<Customer>, createdBy: String, at now: Instant) {
        (self.id, self.customer, self.createdBy, self.createdAt) = (id, customer, createdBy, now)
    }
}

/// What became of each device of one request.
package struct DeviceJob: Hashable, Codable, Sendable {
    /// Why a device was not taken, or not changed.
    package enum Fault: String, Hashable, Codable, CaseIterable, Sendable {
        case identityMissing = "IdentityMissing"
        case alreadyRegistered = "AlreadyRegistered"
        case listedTwice = "ListedTwice"
        case deviceUnknown = "DeviceUnknown"
        case policyUnknown = "PolicyUnknown"
    }

    package struct Row: Hashable, Codable, Sendable {
        package let device: ID<Device>?
        package let serialNumber: String?
        package let productKey: String?
        package let fault: Fault?

        package init(device: ID<Device>?, serialNumber: String?, productKey: String?, fault: Fault?) {
            (self.device, self.serialNumber, self.productKey, self.fault) = (device, serialNumber, productKey, fault)
        }
    }

    package let id: ID<DeviceJob>
    package let customer: ID<Customer>
    package let at: Instant
    package let rows: [Row]

    package init(id: ID<DeviceJob>, customer: ID<Customer>, at now: Instant, rows: [Row]) {
        (self.id, self.customer, self.at, self.rows) = (id, customer, now, rows)
    }

    package var hasFaults: Bool { rows.contains { $0.fault != nil } }
}

/// Devices that are handed in together: which of them are taken.
package struct DeviceUpload: Sendable {
    package private(set) var taken: [Device] = []
    package private(set) var rows: [DeviceJob.Row] = []

    /// Takes every draft that can be told from the others and from those that are `known` by their identities; `newID`
    /// names them.
    package init(
        _ drafts: [DeviceDraft],
        into batch: String,
        of customer: ID<Customer>,
        known: Set<String>,
        at now: Instant,
        newID: () -> ID<Device>
    ) {
        var seen: Set<String> = []
        for draft in drafts {
            var fault: DeviceJob.Fault?
            if let identity = draft.identity {
                if known.contains(identity) { fault = .alreadyRegistered }
                if !seen.insert(identity).inserted { fault = .listedTwice }
            } else {
                fault = .identityMissing
            }
            var device: Device?
            if fault == nil {
                let made = Device(id: newID(), customer: customer, batch: batch, draft: draft, at: now)
                taken.append(made)
                device = made
            }
            rows.append(
                DeviceJob.Row(
                    device: device?.id,
                    serialNumber: draft.serialNumber,
                    productKey: draft.productKey,
                    fault: fault
                )
            )
        }
    }
}
