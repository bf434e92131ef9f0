import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let policies: [Operation] = [
        Operation("multichannel.policies.list", .get, "/multichannel/v1/policies") { call in
            let rows = try await call.service.policies(at: call.at, call.context)
            return Page(rows, of: call).reply(call) { writer, row in writer.object { writeRow(row, to: &$0) } }
        },
        Operation("multichannel.policies.get", .get, "/multichannel/v1/policies/{key}") { call in
            let rows = try await call.service.policies(call.text("key"), at: call.at, call.context)
            return Page(rows, of: call).reply(call) { writer, row in writer.object { writeRow(row, to: &$0) } }
        },
        Operation("multichannel.policypackages.create", .post, "/multichannel/v1/policypackages", .userOnly) { call in
            guard let yaml = String(validating: call.body, as: UTF8.self) else { throw BadInput("body", .malformed) }
            let draft = try await call.service.draftPackage(yaml, call.context)
            return Reply.json(.created) { writeDraft(draft, call, to: &$0) }
        },
        Operation(
            "multichannel.policypackages.shipped",
            .get,
            "/multichannel/v1/policypackages/shipped/{name}"
        ) { call in
            Reply.text(.ok, try call.service.shippedPackage(call.text("name")), type: "application/yaml")
        },
        Operation(
            "multichannel.policypackages.impact",
            .get,
            "/multichannel/v1/policypackages/{package_id}/impact",
            .userOnly
        ) { call in
            let effective = try call.exchange.query["effective"].map { text in
                guard let instant = Instant(text) else { throw BadInput("effective", .malformed, text) }
                return instant
            }
            let impact = try await call.service.impact(of: call.text("package_id"), effective: effective, call.context)
            return Page(impact.rows, of: call).reply(call) { writer, row in
                writer.object { writeImpact(row, call, to: &$0) }
            }
        },
        Operation(
            "multichannel.policypackages.publish",
            .post,
            "/multichannel/v1/policypackages/{package_id}/publication",
            .userOnly
        ) { call in
            let effective = try call.optionalFields().instant("effective")
            let publication = try await call.service.publishPackage(
                call.text("package_id"),
                effective: effective,
                call.context
            )
            return Reply.json(.created) { writer in
                writer.member("package", publication.package)
                writer.member("policyEdition", publication.editionName)
                writer.object("announcement") { writeAnnouncement(publication.announcement, call, to: &$0) }
            }
        },
        Operation("multichannel.announcements.list", .get, "/multichannel/v1/announcements") { call in
            let announcements = try await call.service.announcements(call.context)
            return Page(announcements, of: call).reply(call) { writer, item in
                writer.object { writeAnnouncement(item, call, to: &$0) }
            }
        },
        Operation("multichannel.announcements.get", .get, "/multichannel/v1/announcements/{announcement_id}") { call in
            let found = try await call.service.announcement(call.id("announcement_id", .announcement), call.context)
            return Reply.json { writeAnnouncement(found, call, to: &$0) }
        },
        Operation("multichannel.decisions.get", .get, "/multichannel/v1/decisions/{correlation_id}") { call in
            guard let correlation = UUID(uuidString: call.text("correlation_id")) else {
                throw Refusal.notFound(.decision, String(call.text("correlation_id").prefix(80)))
            }
            let rows = try await call.service.decisions(correlation, call.context)
            return Reply.json { writer in
                writer.member("correlationId", correlation.uuidString.lowercased())
                writer.member("operation", rows.first?.operation)
                writer.member("outcome", rows.last?.outcome)
                writer.member("totalCount", rows.count)
                writer.array("items", rows) { writer, row in writer.object { writeDecision(row, to: &$0) } }
            }
        },
    ]
}

private func writeValue(_ name: StaticString, _ value: PolicyValue?, to writer: inout JSONWriter) {
    switch value {
    case nil: break
    case .flag(let flag)?: writer.member(name, flag)
    case .number(let number)?: writer.member(name, number)
    case .word(let word)?: writer.member(name, word)
    case .words(let words)?: writer.array(name, words)
    }
}

private func writeRow(_ view: PolicyRowView, to writer: inout JSONWriter) {
    let row = view.row
    writer.member("key", row.key)
    writer.member("row", row.id.rawValue)
    writeValue("value", row.value, to: &writer)
    writer.object("scope") { writer in
        for (facet, value) in row.scope.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.member(key: facet.rawValue, value)
        }
    }
    writer.member("effectiveFrom", row.from)
    writer.member("effectiveTo", row.until)
    writer.member("inForce", view.isInForce)
    writer.member("rule", row.rules.map(\.description).joined(separator: ", "))
    writer.member("source", row.source)
    writer.member("confidence", row.confidence.rawValue)
    writer.member("owner", row.owner)
    writer.member("reviewBy", row.reviewBy)
    writer.member("package", row.package)
    writer.member("edition", view.editionName)
}

private func writeDraft(_ draft: PackageDraft, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", draft.id)
    writer.member("package", draft.package.name)
    writer.member("title", draft.package.title[call.language])
    writer.member("state", draft.publishedEdition == nil ? "draft" : "published")
    writer.member("rows", draft.package.rows.count)
    writer.member("drafted", draft.draftedAt)
}

private func writeImpact(_ row: ImpactRow, _ call: Call, to writer: inout JSONWriter) {
    writer.member("customerId", row.customer)
    writer.member("customer", row.customerName)
    writer.member("subscriptionId", row.subscription)
    writer.member("subscription", row.subscriptionName)
    writer.member("partnerId", row.partner)
    writer.member("partner", row.partnerName)
    writer.member("action", row.action.rawValue)
    writer.object("before") { writer in
        writer.member("verdict", row.before.rawValue)
        writer.member("reason", row.beforeReason.rawValue)
    }
    writer.object("after") { writer in
        writer.member("verdict", row.after.rawValue)
        writer.member("reason", row.afterReason.rawValue)
    }
}

private func writeAnnouncement(_ announcement: Announcement, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", announcement.id)
    writer.member("title", announcement.title[call.language])
    writer.member("text", announcement.summary[call.language])
    writer.array("keys", announcement.keys)
    writer.member("publishedAt", announcement.announcedAt)
    writer.member("effectiveFrom", announcement.effective)
    writer.array("channels", announcement.channels)
    writer.member("edition", "\(announcement.edition)")
}

private func writeDecision(_ row: DecisionRow, to writer: inout JSONWriter) {
    writer.member("operation", row.operation)
    writer.member("outcome", row.outcome)
    writer.member("key", row.read.key)
    writer.member("row", row.read.row?.rawValue)
    writer.member("rule", row.read.rule?.description)
    writeValue("value", row.read.value, to: &writer)
    writer.object("inputs") { writer in
        for (name, value) in row.read.inputs.sorted(by: { $0.key < $1.key }) { writer.member(key: name, value) }
    }
    writer.member("verdict", row.read.verdict)
    writer.member("edition", "\(row.read.edition)")
    writer.member("at", row.read.at)
}
