import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Partner Center's service requests: a partner's own, and those it files in a customer's matter.
extension Operation {
    private static let base = "/v1/servicerequests"
    private static let ofCustomer = "/v1/customers/{customer_id}/servicerequests"

    static let serviceRequests: [Operation] = [
        Operation("serviceRequests.list", .get, base, .userOnly) { call in try await list(call, for: nil) },
        Operation("serviceRequests.supportTopics", .get, base + "/supporttopics", .userOnly) { call in
            try await call.service.checkReadsServiceRequests(call.context)
            return Page(SupportTopic.all, of: call).reply(call) { writer, topic in
                writer.object { writer in
                    writer.member("name", topicName(topic.code, call))
                    writer.member("description", topicName(topic.code, call))
                    writer.member("id", topic.code.rawValue)
                    attributes("SupportTopic", to: &writer)
                }
            }
        },
        Operation("serviceRequests.create", .post, base + "/{agent_locale}", .userOnly) { call in
            let request = try await call.service.openServiceRequest(try draft(call), call.context)
            return Reply.json(.created) { write(request, call, to: &$0) }
        },
        Operation("serviceRequests.get", .get, base + "/{service_request_id}", .userOnly) { call in
            let request = try await call.service.serviceRequest(number(call), for: nil, call.context)
            return Reply.json { write(request, call, to: &$0) }
        },
        Operation("serviceRequests.update", .patch, base + "/{service_request_id}", .userOnly) { call in
            let request = try await call.service.changeServiceRequest(
                number(call),
                for: nil,
                try change(call),
                call.context
            )
            return Reply.json { write(request, call, to: &$0) }
        },
        Operation("customers.serviceRequests.list", .get, ofCustomer, .userOnly) { call in
            try await list(call, for: call.id("customer_id", .customer))
        },
        Operation("customers.serviceRequests.get", .get, ofCustomer + "/{service_request_id}", .userOnly) { call in
            let request = try await call.service.serviceRequest(
                number(call),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { write(request, call, to: &$0) }
        },
        Operation("customers.serviceRequests.update", .patch, ofCustomer + "/{service_request_id}", .userOnly) { call in
            let request = try await call.service.changeServiceRequest(
                number(call),
                for: call.id("customer_id", .customer),
                try change(call),
                call.context
            )
            return Reply.json { write(request, call, to: &$0) }
        },
    ]

    // MARK: What comes in

    private static func list(_ call: Call, for customer: ID<Customer>?) async throws -> Reply {
        let offset = try call.exchange.query.whole("offset", in: 0...1_000_000) ?? 0
        let size = try call.size(default: 100, maximum: 1000)
        let query = ServiceRequestQuery(status: try status(call), offset: offset, limit: size)
        let found = try await call.service.serviceRequests(query, for: customer, call.context)
        let page = Page(Array(found.prefix(size)), of: call)
        return page.reply(call, nextOffset: found.count > size ? offset + size : nil) { writer, request in
            writer.object { write(request, call, to: &$0) }
        }
    }

    /// `status=` or a filter on Status; `none` filters nothing, as the SDKs' unset value.
    private static func status(_ call: Call) throws -> ServiceRequest.Status? {
        let filter = try FieldFilter(call)
        if let filter, filter.field != "status" { throw BadInput("filter.Field", .unknown, filter.field) }
        if let filter, filter.operator != "equals" { throw BadInput("filter.Operator", .unknown, filter.operator) }
        guard let word = filter?.value ?? call.exchange.query["status"], !word.isEmpty else { return nil }
        return try spoken(word, "status", statuses)
    }

    private static func number(_ call: Call) throws -> ServiceRequestNumber {
        let text = call.text("service_request_id")
        guard let number = ServiceRequestNumber(text) else {
            throw Refusal.notFound(.serviceRequest, String(text.prefix(80)))
        }
        return number
    }

    private static func draft(_ call: Call) throws -> ServiceRequest.Draft {
        // The language of the engineers, such as `en-US`: the SDKs put it into the path.
        let locale = call.text("agent_locale")
        guard (2...12).contains(locale.utf8.count), locale.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") })
        else { throw BadInput("agent_locale", .malformed, locale) }
        let fields = try call.fields()
        let title = try fields.requiredText("title", limit: 250)
        let description = try fields.requiredText("description", limit: 4000)
        guard let severity = try word(fields, "severity", severities) else { throw BadInput("severity", .required) }
        let organization: ID<Tenant>? = try fields.object("organization")?.id("id")
        let isOwn = try organization == nil || organization == call.context.tenant
        return ServiceRequest.Draft(
            customer: isOwn ? nil : organization?.as(Customer.self),
            topic: try topic(fields),
            title: title,
            description: description,
            severity: severity,
            product: try product(fields),
            country: try fields.text("countryCode", limit: 2)?.uppercased()
        )
    }

    private static func topic(_ fields: Fields) throws -> SupportTopic.Code {
        let text = try fields.requiredText("supportTopicId", limit: 20)
        guard let number = Int(text), let topic = SupportTopic.named(SupportTopic.Code(rawValue: number)) else {
            throw BadInput("supportTopicId", .unknown, text)
        }
        return topic.code
    }

    private static func product(_ fields: Fields) throws -> ServiceRequest.Product? {
        let (id, name) = (try fields.text("productId", limit: 100), try fields.text("productName", limit: 300))
        return id == nil && name == nil ? nil : ServiceRequest.Product(id: id, name: name)
    }

    private static func change(_ call: Call) throws -> ServiceRequest.Change {
        let fields = try call.fields()
        var change = ServiceRequest.Change()
        change.title = try fields.text("title", limit: 250)
        change.description = try fields.text("description", limit: 4000)
        change.severity = try word(fields, "severity", severities)
        change.status = try word(fields, "status", statuses)
        change.note = try fields.object("newNote")?.text("text", limit: 4000)
        return change
    }

    /// In the order of the SDKs' numbers; the first is "not set".
    private static let severities: [(String, ServiceRequest.Severity?)] = [
        ("unknown", nil), ("critical", .critical), ("moderate", .moderate), ("minimal", .minimal),
    ]
    private static let statuses: [(String, ServiceRequest.Status?)] = [
        ("none", nil), ("open", .open), ("closed", .closed), ("attentionneeded", .attentionNeeded),
    ]

    /// An enumeration by name or by number; the SDKs' value for "not set" is none.
    private static func word<Word>(
        _ fields: Fields,
        _ name: String,
        _ words: [(String, Word?)]
    ) throws -> Word? {
        if case .number(let digits)? = fields.value(name) { return try spoken(digits, name, words) }
        return try fields.text(name).flatMap { try spoken($0, name, words) }
    }

    private static func spoken<Word>(_ text: String, _ name: String, _ words: [(String, Word?)]) throws -> Word? {
        if let number = Int(text), words.indices.contains(number) { return words[number].1 }
        guard let found = words.first(where: { $0.0 == text.folded }) else { throw BadInput(name, .unknown, text) }
        return found.1
    }

    // MARK: What goes out

    private static func topicName(_ topic: SupportTopic.Code, _ call: Call) -> String {
        call.say("supportTopic.\(topic.rawValue)")
    }

    private static func write(_ request: ServiceRequest, _ call: Call, to writer: inout JSONWriter) {
        writer.member("id", request.number.description)
        writer.member("title", request.title)
        writer.member("description", request.description)
        writer.member("severity", request.severity.rawValue)
        writer.member("supportTopicId", "\(request.topic.rawValue)")
        writer.member("supportTopicName", topicName(request.topic, call))
        writer.member("status", request.status.rawValue)
        writer.object("organization") { writer in
            writer.member("id", request.customer.map { "\($0)" } ?? "\(request.partner)")
        }
        writer.object("primaryContact") { write(request.contact, to: &$0) }
        writer.object("lastUpdatedBy") { write(request.lastUpdatedBy, to: &$0) }
        writer.member("productName", request.product?.name)
        writer.member("productId", request.product?.id)
        writer.member("createdDate", request.createdAt)
        writer.member("lastModifiedDate", request.modifiedAt)
        // The SDKs read a date that is not set as this one, and fail on none.
        if let closed = request.closedAt {
            writer.member("lastClosedDate", closed)
        } else {
            writer.member("lastClosedDate", "0001-01-01T00:00:00")
        }
        writer.array("notes", request.notes) { writer, note in
            writer.object { writer in
                writer.member("createdByName", note.author)
                writer.member("createdDate", note.at)
                writer.member("text", note.text)
            }
        }
        writer.member("countryCode", request.country)
        writer.array("fileLinks", EmptyCollection<String>())
        attributes("ServiceRequest", to: &writer)
    }

    private static func write(_ contact: ServiceRequest.Contact, to writer: inout JSONWriter) {
        writer.object("organization") { writer in
            writer.member("id", contact.organization)
            writer.member("name", contact.organizationName)
        }
        writer.member("contactId", contact.id)
        writer.member("firstName", contact.firstName)
        writer.member("lastName", contact.lastName)
        writer.member("email", contact.mail)
        writer.member("phoneNumber", contact.phone)
    }
}
