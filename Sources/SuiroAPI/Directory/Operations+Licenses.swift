import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Licences: what a customer's subscriptions hold, and which users have them.
extension Operation {
    private static let base = "/v1/customers/{customer_id}"

    static let licenses: [Operation] = [
        Operation("subscribedSkus.list", .get, base + "/subscribedskus", .userOnly) { call in
            let pools = try await call.service.subscribedSkus(
                of: call.id("customer_id", .customer),
                in: call.licenseGroups(),
                call.context
            )
            return Page(pools, of: call).reply(call) { writer, pool in writePool(pool, to: &writer) }
        },
        Operation("users.licenses.list", .get, base + "/users/{user_id}/licenses", .userOnly) { call in
            let licenses = try await call.service.licenses(
                of: call.id("user_id", .user),
                in: call.id("customer_id", .customer),
                groups: call.licenseGroups(),
                call.context
            )
            return Page(licenses, of: call).reply(call) { writer, license in
                writer.object { writer in
                    writer.array("servicePlans", license.product.plans) { writer, plan in
                        let isLeftOut = license.excludedPlans.contains(plan.id)
                        writePlan(plan, status: isLeftOut ? "Disabled" : "Success", to: &writer)
                    }
                    writeProduct(license.product, to: &writer)
                    attributes("License", to: &writer)
                }
            }
        },
        Operation("users.licenseUpdates.create", .post, base + "/users/{user_id}/licenseupdates", .userOnly) { call in
            let wish = try LicenseWish(try call.fields())
            let overlaps = try await call.service.updateLicenses(
                of: call.id("user_id", .user),
                in: call.id("customer_id", .customer),
                wish,
                call.context
            )
            return Reply.json(.created) { write(wish, overlaps, call, to: &$0) }
        },
    ]
}

extension Call {
    /// A key that may come several times; without it the wire means the first group.
    fileprivate func licenseGroups() throws -> Set<LicenseProduct.Group> {
        let texts = exchange.query.items.filter { $0.name == "licensegroupids" && !$0.value.isEmpty }.map(\.value)
        guard !texts.isEmpty else { return [.group1] }
        return Set(
            try texts.map { text in
                guard let group = LicenseProduct.Group(rawValue: text.folded) else {
                    throw BadInput("licenseGroupIds", .unknown, text)
                }
                return group
            }
        )
    }
}

extension LicenseWish {
    fileprivate init(_ fields: Fields) throws {
        let assign = try (fields.array("licensesToAssign", limit: 100) ?? []).map { item in
            let wanted = try Fields(item.value, path: item.path)
            let id: ID<Product> = try wanted.required("skuId", wanted.id("skuId"))
            let excluded = try wanted.texts("excludedPlans") ?? []
            return Assignment(product: "\(id)", excludedPlans: excluded.map { $0.lowercased() }, path: item.path)
        }
        let remove = try fields.texts("licensesToRemove") ?? []
        guard !assign.isEmpty || !remove.isEmpty else { throw BadInput("licensesToAssign", .required) }
        self.init(assign: assign, remove: remove.map { $0.lowercased() })
    }
}

private func write(_ wish: LicenseWish, _ overlaps: [LicenseOverlap], _ call: Call, to writer: inout JSONWriter) {
    writer.array("licensesToAssign", wish.assign) { writer, assignment in
        writer.object { writer in
            writer.array("excludedPlans", assignment.excludedPlans)
            writer.member("skuId", assignment.product)
        }
    }
    writer.array("licensesToRemove", wish.remove)
    writer.array("licenseWarnings", overlaps) { writer, overlap in
        writer.object { writer in
            writer.member("code", "PlanAlreadyAssigned")
            writer.member("message", call.say("license.overlap", ["product": .text(overlap.product.name)]))
            writer.array("servicePlans", overlap.plans)
        }
    }
    attributes("LicenseUpdate", to: &writer)
}

private func writePool(_ pool: LicensePool, to writer: inout JSONWriter) {
    writer.object { writer in
        writer.member("availableUnits", pool.available)
        writer.member("activeUnits", pool.active)
        writer.member("consumedUnits", pool.consumed)
        writer.member("suspendedUnits", pool.suspended)
        writer.member("totalUnits", pool.total)
        writer.member("warningUnits", pool.warning)
        writeProduct(pool.product, to: &writer)
        writer.array("servicePlans", pool.product.plans) { writer, plan in
            writePlan(plan, status: "Success", to: &writer)
        }
        writer.member("capabilityStatus", pool.active > 0 ? "Enabled" : pool.warning > 0 ? "Warning" : "Suspended")
        attributes("SubscribedSku", to: &writer)
    }
}

private func writeProduct(_ product: LicenseProduct, to writer: inout JSONWriter) {
    writer.object("productSku") { writer in
        writer.member("id", product.id)
        writer.member("name", product.name)
        writer.member("skuPartNumber", product.partNumber)
        writer.member("targetType", "User")
        writer.member("licenseGroupId", product.group.rawValue)
    }
}

private func writePlan(_ plan: LicenseProduct.Plan, status: String, to writer: inout JSONWriter) {
    writer.object { writer in
        writer.member("displayName", plan.displayName)
        writer.member("serviceName", plan.name)
        writer.member("id", plan.id)
        writer.member("capabilityStatus", status)
        writer.member("targetType", "User")
    }
}
