import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// The policies that devices are set up by.
extension Operation {
    private static let policyPath = "/v1/customers/{customer_id}/policies"

    static let devicePolicies: [Operation] = [
        Operation("policies.list", .get, policyPath) { call in
            let found = try await call.service.configurationPolicies(of: call.customer, call.context)
            return Page(found, of: call).reply(call) { writer, one in
                writer.object { writePolicy(one.policy, devices: one.devices, to: &$0) }
            }
        },
        Operation("policies.create", .post, policyPath) { call in
            let made = try await call.service.createPolicy(
                ConfigurationPolicyWish(call.fields()),
                for: call.customer,
                call.context
            )
            return Reply.json(.created) { writePolicy(made, devices: 0, to: &$0) }
        },
        Operation("policies.get", .get, policyPath + "/{policy_id}") { call in
            let found = try await call.service.configurationPolicy(
                call.id("policy_id", .configurationPolicy),
                of: call.customer,
                call.context
            )
            return Reply.json { writePolicy(found.policy, devices: found.devices, to: &$0) }
        },
        Operation("policies.update", .put, policyPath + "/{policy_id}") { call in
            let id: ID<ConfigurationPolicy> = try call.id("policy_id", .configurationPolicy)
            _ = try await call.service.updatePolicy(
                id,
                to: ConfigurationPolicyWish(call.fields()),
                for: call.customer,
                call.context
            )
            let found = try await call.service.configurationPolicy(id, of: call.customer, call.context)
            return Reply.json { writePolicy(found.policy, devices: found.devices, to: &$0) }
        },
        Operation("policies.delete", .delete, policyPath + "/{policy_id}") { call in
            try await call.service.deletePolicy(
                call.id("policy_id", .configurationPolicy),
                of: call.customer,
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

extension ConfigurationPolicyWish {
    fileprivate init(_ fields: Fields) throws {
        let settings = try fields.array("policySettings", limit: 20) ?? []
        self.init(
            name: try fields.requiredText("name", limit: 200),
            description: try fields.text("description", limit: 1000),
            category: try fields.policyCategory("category") ?? .firstStart,
            settings: try settings.map { item in
                switch item.value {
                case .string(let word):
                    guard let setting = ConfigurationPolicy.Setting.allCases.first(where: { $0.fits(word) }) else {
                        throw BadInput(item.path, .unknown, word)
                    }
                    return setting
                case .number(let digits):
                    let all = ConfigurationPolicy.Setting.allCases
                    guard let number = Int(digits), all.indices.contains(number) else {
                        throw BadInput(item.path, .unknown, digits)
                    }
                    return all[number]
                case .null, .bool, .array, .object: throw BadInput(item.path, .wrongType)
                }
            }
        )
    }
}

extension ConfigurationPolicy.Setting {
    /// `RemoveOemPreinstalls`, `remove_oem_preinstalls`.
    fileprivate func fits(_ word: String) -> Bool { rawValue.folded == word.folded }
}

extension Fields {
    /// A category by its word, in either spelling, or by its number.
    func policyCategory(_ name: String) throws -> ConfigurationPolicy.Category? {
        if case .number(let digits)? = value(name) {
            let all = ConfigurationPolicy.Category.allCases
            guard let number = Int(digits), all.indices.contains(number) else {
                throw BadInput(path(of: name), .unknown, digits)
            }
            return all[number]
        }
        guard let word = try text(name, limit: 20), !word.isEmpty else { return nil }
        switch word.folded {
        case "none": return ConfigurationPolicy.Category.none
        case "oobe": return .firstStart
        default: throw BadInput(path(of: name), .unknown, word)
        }
    }
}

private func writePolicy(_ policy: ConfigurationPolicy, devices: Int, to writer: inout JSONWriter) {
    writer.member("id", policy.id)
    writer.member("name", policy.name)
    writer.member("category", policy.category.rawValue)
    writer.member("description", policy.description)
    writer.member("devicesAssignedCount", devices)
    writer.array("policySettings", policy.settings.map(\.rawValue))
    writer.member("createdDate", policy.createdAt)
    writer.member("lastModifiedDate", policy.changedAt)
    attributes("ConfigurationPolicy", to: &writer)
}
