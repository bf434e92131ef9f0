/// What a new device is set to before somebody uses it for the first time.
package struct ConfigurationPolicy: Hashable, Codable, Sendable {
    package enum Category: String, Hashable, Codable, CaseIterable, Sendable {
        case none
        /// The first start out of the box; the wire spells it like this.
        case firstStart = "o_o_b_e"
    }

    package enum Setting: String, Hashable, Codable, CaseIterable, Sendable {
        case none
        case removeOEMPreinstalls = "remove_oem_preinstalls"
        case userNotLocalAdministrator = "oobe_user_not_local_admin"
        case skipExpressSettings = "skip_express_settings"
        case skipOEMRegistration = "skip_oem_registration"
        case skipLicenseTerms = "skip_eula"
    }

    package let id: ID<ConfigurationPolicy>
    package let customer: ID<Customer>
    package var name: String
    package var description: String?
    package var category: Category
    package var settings: [Setting]
    package let createdAt: Instant
    package var changedAt: Instant
    package var revision: Int

    package init(
        id: ID<ConfigurationPolicy>,
        customer: ID<Customer>,
        name: String,
        description: String?,
        category: Category,
        settings: [Setting],
        at now: Instant
    ) {
        (self.id, self.customer, self.name, self.description) = (id, customer, name, description)
        (self.category, self.settings, self.createdAt, self.changedAt) = (category, settings, now, now)
        revision = 1
    }
}

/// What happens to devices and their policies.
package enum DeviceEvent: String, Hashable, CaseIterable, Sendable {
    case devicePolicySaved, devicePolicyDeleted, devicesUploaded, deviceChanged, deviceDeleted
}

/// What is in the way of a change to devices.
package enum DeviceObstacle: Hashable, Sendable {
    /// Devices are set to it.
    case policyInUse(name: String, devices: Int)
    case batchExists(name: String)

    package var reason: Reason {
        switch self {
        case .policyInUse: .devicePolicyInUse
        case .batchExists: .deviceBatchExists
        }
    }

    package var arguments: [String: Argument] {
        switch self {
        case .policyInUse(let name, let devices): ["name": .text(String(name.prefix(80))), "count": .count(devices)]
        case .batchExists(let name): ["name": .text(String(name.prefix(80)))]
        }
    }
}
