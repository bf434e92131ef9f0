import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let auditRecords: [Operation] = [
        Operation("audit.list", .get, "/v1/auditrecords") { call in try await AuditList.answer(call)
        },
        Operation("audit.list.plain", .get, "/auditactivity/v1/auditrecords") { call in
            try await AuditList.answer(call)
        },
        // Where the `AuditUri` of a webhook leads.
        Operation("audit.v1.get", .get, "/auditactivity/v1/auditrecords/{id}") { call in
            try await AuditList.one(call)
        },
        Operation("audit.get", .get, "/v1/auditrecords/{id}") { call in try await AuditList.one(call) },
        Operation("multichannel.audit.heads", .get, "/multichannel/v1/auditheads") { call in
            try await AuditFiles.heads(call)
        },
        Operation("multichannel.audit.export", .get, "/multichannel/v1/auditexport") { call in
            try await AuditFiles.export(call)
        },
    ]
}

private enum AuditList {
    /// What a continuation token carries.
    struct Question: PagedQuestion {
        var from: Instant?
        var to: Instant?
        var field: String?
        var value: String?
        var size: Int
        var after: EntryPosition?
    }

    static func answer(_ call: Call) async throws -> Reply {
        var question = try await call.continuation(Question.self) ?? first(call)
        let customer = question.field == "customerid" ? question.value.flatMap { ID<Customer>($0) } : nil
        var kept: [AuditRow] = []
        var more = true
        // Filters that the database does not know are applied page by page until the page is full.
        while kept.count <= question.size, more {
            let rows = try await call.service.audit(
                AuditQuery(
                    from: question.from,
                    to: question.to,
                    customer: customer,
                    position: question.after,
                    limit: question.size + 1
                ),
                call.context
            )
            more = rows.count > question.size
            kept += rows.filter { matches($0, question) }
            guard let last = rows.last, question.field == "companyname" || question.field == "resourcetype" else {
                break
            }
            question.after = EntryPosition(at: last.entry.at, id: last.entry.id)
        }
        let page = Array(kept.prefix(question.size))
        question.after = page.last.map { EntryPosition(at: $0.entry.at, id: $0.entry.id) }
        let token = kept.count > question.size ? try call.token(question) : nil
        return Page(page, of: call, token: token).reply(call) { writer, row in writeRecord(row, call, to: &writer) }
    }

    static func one(_ call: Call) async throws -> Reply {
        let row = try await call.service.auditRecord(call.text("id"), call.context)
        return Reply.json { writer in
            writeMembers(row, call, to: &writer)
            writer.member("resourceNewValue", resource(row))
            attributes("AuditRecord", to: &writer)
        }
    }

    private static func first(_ call: Call) throws -> Question {
        let filter = try FieldFilter(call)
        if let filter, !["companyname", "customerid", "resourcetype"].contains(filter.field) {
            throw BadInput("filter.Field", .unknown, filter.field)
        }
        if let filter, !["equals", "substring", "startswith"].contains(filter.operator) {
            throw BadInput("filter.Operator", .unknown, filter.operator)
        }
        return Question(
            from: try date("startDate", call),
            to: try date("endDate", call)?.adding(days: 1),
            field: filter?.field,
            value: filter?.value,
            size: try call.size(default: Question.largestPage, maximum: Question.largestPage),
            after: nil
        )
    }

    /// `2017-06-09`, `2026-9-2`, RFC 3339, or the `M/d/yyyy h:mm:ss tt` that .NET sends.
    private static func date(_ name: String, _ call: Call) throws -> Instant? {
        guard let text = call.exchange.query[name] else { return nil }
        if let instant = Instant(text) { return instant }
        let day = text.split(separator: " ").first.map(String.init) ?? ""
        let slashes = day.split(separator: "/").compactMap { Int($0) }
        let hyphens = day.split(separator: "-").compactMap { Int($0) }
        let parts = slashes.count == 3 ? [slashes[2], slashes[0], slashes[1]] : hyphens
        guard parts.count == 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
            (1...CivilTime.daysInMonth(parts[1], of: parts[0])).contains(parts[2])
        else { throw BadInput(name, .malformed, text) }
        return CivilTime(year: parts[0], month: parts[1], day: parts[2]).instant
    }

    private static func matches(_ row: AuditRow, _ question: Question) -> Bool {
        guard let value = question.value, !value.isEmpty else { return true }
        switch question.field {
        case "companyname": return (row.customerName ?? "").lowercased().contains(value.lowercased())
        case "resourcetype": return kind(row.entry.event).resource.folded == value.folded
        case "customerid": return ID<Customer>(value) != nil
        default: return true
        }
    }

    /// The wire's words for an event: SDKs know these and no others.
    static func kind(_ event: String) -> (resource: String, operation: String) {
        switch event {
        case "customerCreated": ("customer", "add_customer")
        case "customerDeleted": ("customer", "delete_customer")
        case "relationshipRemoved": ("customer", "remove_partner_customer_relationship")
        case "relationshipRequestAccepted": ("partner_relationship", "create_partner_relationship")
        case "relationshipRequested", "relationshipRequestReminded", "relationshipRequestOpened",
            "relationshipRequestAcceptedWithProvider", "relationshipRequestDeclined", "relationshipRequestWithdrawn",
            "relationshipRequestSuperseded",
            "relationshipRequestExpired", "accessGranted", "accessEnded", "accessExpired", "supportObligationBegan",
            "leftoverFound", "leftoverResolved":
            ("partner_relationship", "undefined")
        case let name where DelegationEvent(rawValue: name) != nil || AssignmentEvent(rawValue: name) != nil:
            ("partner_relationship", "undefined")
        case "userCreated": ("customer_user", "create_customer_user")
        case "userUpdated", "directoryRoleGiven", "directoryRoleTaken": ("customer_user", "update_customer_user")
        case "userLicensesChanged": ("customer_user", "update_customer_user_licenses")
        case "userPasswordReset": ("customer_user", "reset_customer_user_password")
        case "userDeleted": ("customer_user", "delete_customer_user")
        case "userRestored": ("customer_user", "restore_customer_user")
        case let name where GroupEvent(rawValue: name) != nil: ("partner_relationship", "undefined")
        case "subscriptionRecorded", "subscriptionProvisioned", "termEndAlerted": ("subscription", "undefined")
        case "subscriptionChanged": ("subscription", "update_subscription")
        case "cartSaved", "cartOrdered": ("order", "undefined")
        case "qualificationRequested", "qualificationSet": ("customer", "update_customer_qualification")
        case "domainVerified": ("customer", "undefined")
        case "applicationConsented": ("application", "register_application")
        case "applicationConsentWithdrawn": ("application", "unregister_application")
        case "agreementAttested", "agreementSigned": ("agreement", "create_agreement")
        case "orderChanged": ("order", "update_order")
        case "subscriptionRegistered", "subscriptionActivated", "overageChanged": ("subscription", "undefined")
        case "subscriptionTransitioned": ("subscription", "upgrade_subscription")
        case "orderPlaced": ("order", "create_order")
        case "invoiceClosed": ("invoice", "undefined")
        case "entitlementCanceled", "entitlementReactivated", "productUpgraded": ("subscription", "undefined")
        // The Java SDK knows no word for the making of one, and fails on words that it does not know.
        case "moveRequested": ("transfer", "update_transfer")
        case "moveConsented", "moveConsentRetracted", "moveAgreed", "moveDeclined", "moveWithdrawn", "moveExpired",
            "moveReminded", "moveScheduled", "moveCutOver", "moveItemFailed", "moveStepDone", "moveNoted",
            "moveCompleted",
            "moveFinishedWithErrors":
            ("transfer", "update_transfer")
        default: ("undefined", "undefined")
        }
    }

    private static func writeRecord(_ row: AuditRow, _ call: Call, to writer: inout JSONWriter) {
        writer.object { writer in
            writeMembers(row, call, to: &writer)
            attributes("AuditRecord", to: &writer)
        }
    }

    private static func writeMembers(_ row: AuditRow, _ call: Call, to writer: inout JSONWriter) {
        let entry = row.entry
        let kind = kind(entry.event)
        writer.member("id", entry.id)
        writer.member("partnerId", entry.partner)
        writer.member("customerId", row.customer)
        writer.member("customerName", row.customerName)
        writer.member("userPrincipalName", entry.callerName)
        writer.member("applicationId", "suiro")
        writer.member("resourceType", kind.resource)
        writer.member("operationType", kind.operation)
        writer.member("event", entry.event)
        writer.member("eventText", call.say("event.\(entry.event)"))
        writer.member("originalCorrelationId", entry.correlation)
        writer.member("operationDate", entry.at)
        writer.member("operationStatus", entry.hasSucceeded ? "succeeded" : "failed")
        var data = entry.details.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        data.append(("event", entry.event))
        data.append(("subject", entry.subject))
        if let rule = entry.rule { data.append(("policyRow", rule)) }
        let way = [("accessPath", entry.reach), ("accessGrant", entry.path), ("clientId", entry.client)]
        for case (let key, let value?) in way { data.append((key, value)) }
        if let mode = entry.mode { data.append(("callerMode", mode)) }
        if let edition = entry.edition { data.append(("policyEdition", "\(edition)")) }
        writer.array("customizedData", data) { writer, pair in
            writer.object { writer in
                writer.member("key", pair.0)
                writer.member("value", pair.1)
            }
        }
    }

    /// What it happened to, as JSON within a text: webhook clients read it there.
    private static func resource(_ row: AuditRow) -> String {
        let bytes = JSONWriter.object { writer in
            writer.member("id", row.entry.subject)
            for (key, value) in row.entry.details.sorted(by: { $0.key < $1.key }) where key != "id" && key != "customer"
            {
                writer.member(key: key, value)
            }
            if let customer = row.customer {
                writer.object("customer") { writer in
                    writer.member("tenantId", customer)
                    writer.member("organizationDisplayName", row.customerName)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
