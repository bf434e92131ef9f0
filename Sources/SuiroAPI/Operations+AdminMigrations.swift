import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// From delegated administration to granular relationships, many customers at once (GD-23, GD-24).
extension Operation {
    private static let everywhere = "/multichannel/v1/access"

    static let adminMigrations: [Operation] = [
        Operation("multichannel.access.migrations.preview", .post, everywhere + "/migrationpreviews", .userOnly) {
            call in
            let preview = try await call.service.migrationPreview(
                call.migrationWish(),
                from: call.migrationPosition,
                limit: call.size(default: 500, maximum: 500),
                call.context
            )
            return Reply.json { writePreview(preview, call, to: &$0) }
        },
        Operation("multichannel.access.migrations.create", .post, everywhere + "/migrations", .userOnly) { call in
            let view = try await call.service.migrate(call.migrationWish(), call.context)
            return Reply.json(.accepted) { writeMigration(view, call, to: &$0) }
        },
        Operation("multichannel.access.migrations.get", .get, everywhere + "/migrations/{migration_id}", .userOnly) {
            call in
            let view = try await call.service.migration(
                call.id("migration_id", .delegation),
                from: call.migrationPosition,
                limit: call.size(default: 500, maximum: 500),
                call.context
            )
            return Reply.json { writeMigration(view, call, to: &$0) }
        },
    ]
}

extension Call {
    fileprivate var migrationPosition: Int {
        get throws { try exchange.query.whole("position", in: 0...10_000_000) ?? 0 }
    }

    fileprivate func migrationWish() throws -> MigrationWish {
        let fields = try fields()
        let groups = try (fields.array("groups", limit: 100) ?? []).map { item in
            let group = try Fields(item.value, path: item.path)
            let text = try group.requiredText("id", limit: 100)
            guard let id = ID<PartnerGroup>(text) else { throw BadInput(group.path(of: "id"), .malformed, text) }
            return (group: id, roles: try group.directoryRoles("roles"))
        }
        let everybody = try fields.flag("all") ?? false
        let customers = try fields.array("customerIds", limit: 25_000).map { items in
            try items.map { item -> ID<Customer> in
                guard case .string(let text) = item.value else { throw BadInput(item.path, .wrongType) }
                guard let id = ID<Customer>(text) else { throw BadInput(item.path, .malformed, text) }
                return id
            }
        }
        guard everybody != (customers != nil) else { throw BadInput("customerIds", .required) }
        return MigrationWish(
            customers: customers,
            groups: groups,
            roles: try fields.directoryRoles("roles"),
            days: try fields.whole("days", in: 1...36_500),
            isForced: try fields.flag("force") ?? false
        )
    }
}

extension Fields {
    /// Built-in roles by their names or their ids.
    fileprivate func directoryRoles(_ name: String) throws -> [DirectoryRole]? {
        try array(name, limit: 200)?.map { item in
            guard case .string(let text) = item.value else { throw BadInput(item.path, .wrongType) }
            guard let role = DirectoryRole(rawValue: text) ?? DirectoryRole(definition: text) else {
                throw BadInput(item.path, .unknown, text)
            }
            return role
        }
    }
}

private func writePlan(_ plan: MigrationPlan, to writer: inout JSONWriter) {
    writer.object("plan") { writer in
        writer.array("roles", plan.roles.map(\.rawValue))
        writer.member("days", plan.days)
        writer.member("force", plan.isForced)
        writer.array("groups", plan.groups) { writer, each in
            writer.object { writer in
                writer.member("id", each.group)
                writer.array("roles", each.roles.map(\.rawValue))
            }
        }
    }
}

private func writePreview(_ preview: MigrationPreview, _ call: Call, to writer: inout JSONWriter) {
    writer.member("total", preview.total)
    writer.member("policyEdition", preview.edition)
    // GD-25: nobody outside the customer's directory can see this beforehand.
    writer.member("notice", call.say("migration.conditionalAccess"))
    writePlan(preview.plan, to: &writer)
    writer.array("rows", preview.rows) { writer, row in
        writer.object { writer in
            writer.object("customer") { writer in
                writer.member("id", row.customer)
                writer.member("name", row.customerName)
            }
            writer.member("outcome", row.outcome.rawValue)
            writer.member("text", call.say("migrationReason.\(row.why.rawValue)"))
            writer.member("rule", row.why.ruleID.description)
            writer.member("policyRow", row.policyRow?.rawValue)
            writer.member("delegatedAdminEnds", row.ends)
            writer.array("unattended", row.unattended)
            writer.array("losses", row.losses) { writer, loss in
                writer.object { writer in
                    writer.object("person") { writer in
                        writer.member("id", loss.person)
                        writer.member("name", loss.name)
                    }
                    writer.array("loses", loss.loses)
                    writer.array("keeps", loss.keeps.map(\.rawValue))
                    writer.member("isAtOnce", loss.isAtOnce)
                }
            }
        }
    }
    writer.member("nextPosition", preview.next)
    attributes("MultichannelAccessMigrationPreview", to: &writer)
}

private func writeMigration(_ view: MigrationView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", view.job.id)
    writer.member("state", view.waiting == 0 ? "done" : "running")
    writer.member("created", view.job.createdAt)
    writer.member("total", view.job.total)
    writePlan(view.job.plan, to: &writer)
    writer.object("counts") { writer in
        writer.member("waiting", view.waiting)
        writer.member("migrated", view.counts[.migrated] ?? 0)
        writer.member("asked", view.counts[.asked] ?? 0)
        writer.member("skipped", view.counts[.skipped] ?? 0)
        writer.member("refused", view.counts[.refused] ?? 0)
        writer.member("completed", view.counts[.completed] ?? 0)
    }
    writer.array("rows", view.rows) { writer, each in
        writer.object { writer in
            let row = each.row
            writer.member("position", each.position)
            writer.object("customer") { writer in
                writer.member("id", row.customer)
                writer.member("name", row.customerName)
            }
            writer.member("outcome", row.outcome.rawValue)
            writer.member("text", row.why.map { call.say("migrationReason.\($0.rawValue)") })
            writer.member("rule", row.rule?.description)
            writer.member("policyRow", row.policyRow?.rawValue)
            writer.member("reason", row.reason?.rawValue)
            writer.member("delegatedAdminEnds", row.ends)
            if let relationship = row.relationship {
                writer.object("relationship") { writer in
                    writer.member("id", relationship)
                    writer.member("url", "\(call.service.environment.origin())/delegations/\(relationship)")
                }
            }
        }
    }
    writer.member("nextPosition", view.next)
    writer.member("uri", "/multichannel/v1/access/migrations/\(view.job.id)")
    attributes("MultichannelAccessMigration", to: &writer)
}
