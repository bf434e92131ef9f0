import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// All ways into tenants at once: of a partner into its customers', of partners into a customer's.
extension Operation {
    private static let everywhere = "/multichannel/v1/access"

    static let accessReview: [Operation] = [
        Operation("multichannel.access.all", .get, everywhere) { call in
            let question = try await call.continuation(AccessPage.self) ?? AccessPage(call)
            let found = try await call.service.accessPaths(
                question.asked(),
                after: question.after,
                limit: question.size,
                call.context
            )
            let token = try call.token(question, going: found.next)
            return Page(found.paths, of: call, token: token).reply(call) { writer, path in
                writer.object { writePath(path, at: found.now, call, to: &$0) }
            }
        },
        Operation("multichannel.access.calendar", .get, everywhere + "/calendar") { call in
            let calendar = try await call.service.accessCalendar(
                from: call.instant("from"),
                to: call.instant("to"),
                call.context
            )
            return Page(calendar.entries, of: call).reply(
                call,
                beside: { writer in
                    writer.member("from", calendar.from)
                    writer.member("to", calendar.to)
                },
                { writer, entry in
                    writer.object { writer in
                        writer.member("at", entry.at)
                        writer.member("isExtended", entry.isExtended)
                        writer.object("access") { writePath(entry.path, at: calendar.now, call, to: &$0) }
                    }
                }
            )
        },
        Operation("multichannel.access.unused", .get, everywhere + "/unused") { call in
            let question = try await call.continuation(AccessPage.self) ?? AccessPage(call)
            let report = try await call.service.unusedRights(
                for: question.unusedFor,
                customer: question.customer,
                after: question.after,
                limit: question.size,
                call.context
            )
            let token = try call.token(question, going: report.next)
            return Page(report.rights, of: call, token: token).reply(
                call,
                beside: { writer in
                    writer.member("day", report.day)
                    writer.member("days", report.days)
                },
                { writer, right in
                    writer.object { writer in
                        writer.member("finding", right.finding.rawValue)
                        writer.member("findingText", call.say("unusedRight.\(right.finding.rawValue)"))
                        writer.member("unusedSince", right.unusedSince)
                        writer.array("unassignedRoles", right.unassigned.map(\.rawValue))
                        writer.object("access") { writePath(right.path, at: report.day, call, to: &$0) }
                    }
                }
            )
        },
        Operation("multichannel.access.extensions.create", .post, everywhere + "/extensions", .userOnly) { call in
            let view = try await call.service.extend(call.extensionWish(), call.context)
            return Reply.json(.accepted) { writeExtension(view, call, to: &$0) }
        },
        Operation("multichannel.access.extensions.get", .get, everywhere + "/extensions/{extension_id}", .userOnly) {
            call in
            let view = try await call.service.extensions(
                call.id("extension_id", .delegation),
                from: call.exchange.query.whole("position", in: 0...10_000_000) ?? 0,
                limit: call.size(default: 500, maximum: 500),
                call.context
            )
            return Reply.json { writeExtension(view, call, to: &$0) }
        },
    ]
}

/// What a continuation token carries.
private struct AccessPage: PagedQuestion {
    var kind: AccessKind?
    var customer: ID<Customer>?
    var endingWithin: Int?
    var unusedFor: Int?
    var size: Int
    var after: AccessPosition?

    init(_ call: Call) throws {
        let query = call.exchange.query
        if let text = query["kind"] {
            guard let kind = AccessKind.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
                throw BadInput("kind", .unknown, text)
            }
            self.kind = kind
        }
        if let text = query["customerId"] {
            guard let id = ID<Customer>(text) else { throw BadInput("customerId", .malformed, text) }
            customer = id
        }
        endingWithin = try query.whole("endingWithin", in: 0...3650)
        unusedFor = try query.whole("unusedFor", in: 0...3650)
        size = try call.size(default: 100, maximum: Self.largestPage)
    }

    func asked() throws -> AccessQuestion {
        for days in [endingWithin, unusedFor].compactMap(\.self) where !(0...3650).contains(days) {
            throw BadInput("MS-ContinuationToken", .malformed)
        }
        return AccessQuestion(kind: kind, customer: customer, endingWithin: endingWithin, unusedFor: unusedFor)
    }

    func going(on position: AccessPosition) -> AccessPage {
        var next = self
        next.after = position
        return next
    }
}

extension Call {
    fileprivate func token(_ question: AccessPage, going position: AccessPosition?) throws -> String? {
        guard let position else { return nil }
        return try token(question.going(on: position))
    }

    fileprivate func instant(_ name: String) throws -> Instant? {
        guard let text = exchange.query[name] else { return nil }
        guard let instant = Instant(text) else { throw BadInput(name, .malformed, text) }
        return instant
    }

    fileprivate func extensionWish() throws -> ExtensionWish {
        let fields = try fields()
        let days = try fields.whole("endingWithin", in: 0...3650)
        if let items = try fields.array("ids", limit: 25_000) {
            return .these(
                try items.map { item in
                    guard case .string(let text) = item.value else { throw BadInput(item.path, .wrongType) }
                    guard let id = DelegatedAdminRelationship.id(onWire: text) else {
                        throw BadInput(item.path, .malformed, text)
                    }
                    return id
                }
            )
        }
        return .ending(within: try fields.required("ids", days))
    }
}

private func writePath(_ path: AccessPath, at now: Instant, _ call: Call, to writer: inout JSONWriter) {
    writer.object("customer") { writer in
        writer.member("id", path.row.grant.customer)
        writer.member("name", path.customerName)
    }
    writeGrant(path.row, at: now, call, to: &writer)
}

private func writeExtension(_ view: ExtensionView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", view.job.id)
    writer.member("state", view.waiting == 0 ? "done" : "running")
    writer.member("created", view.job.createdAt)
    writer.member("total", view.job.total)
    writer.object("counts") { writer in
        writer.member("waiting", view.waiting)
        writer.member("extended", view.counts[.extended] ?? 0)
        writer.member("unchanged", view.counts[.unchanged] ?? 0)
        writer.member("drafted", view.counts[.drafted] ?? 0)
        writer.member("refused", view.counts[.refused] ?? 0)
    }
    writer.array("rows", view.rows) { writer, each in
        writer.object { writer in
            let row = each.row
            writer.member("position", each.position)
            writer.member("id", row.relationship)
            writer.member("name", row.name)
            if let customer = row.customer {
                writer.object("customer") { writer in
                    writer.member("id", customer)
                    writer.member("name", row.customerName)
                }
            }
            writer.member("outcome", row.outcome.rawValue)
            writer.member("text", row.why.map { call.say("extensionReason.\($0.rawValue)") })
            writer.member("rule", row.rule?.description)
            writer.member("policyRow", row.policyRow?.rawValue)
            writer.member("reason", row.reason?.rawValue)
            writer.member("until", row.until)
            if let draft = row.draft {
                writer.object("draft") { writer in
                    writer.member("id", draft)
                    writer.member("url", "\(call.service.environment.origin())/delegations/\(draft)")
                }
            }
        }
    }
    writer.member("nextPosition", view.next)
    writer.member("uri", "/multichannel/v1/access/extensions/\(view.job.id)")
    attributes("MultichannelAccessExtension", to: &writer)
}
