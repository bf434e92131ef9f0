import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What meters counted, by when it was reported.
extension Operation {
    static let utilization: [Operation] = [
        Operation(
            "azure.utilizations",
            .get,
            "/v1/customers/{customer_id}/subscriptions/{subscription_id}/utilizations/azure"
        ) { call in
            // Who may not know of the subscription does not learn how to ask.
            try await call.service.findUsage(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            let question = try await call.continuation(Question.self) ?? Question(call)
            guard let interval = ChargeInterval(from: question.from, to: question.to) else {
                throw BadInput("end_time", .outOfRange, call.exchange.query["end_time"])
            }
            let details = try await call.service.utilization(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                reported: interval,
                call.context
            )
            let records = question.isDaily ? byDay(details, question.hasDetails) : details
            let shown = Array(records.dropFirst(max(0, question.offset)).prefix(question.size))
            var next: Stretch<UsageDetail>.Next?
            if max(0, question.offset) + shown.count < records.count {
                next = .token(try call.token(question.after(shown.count)), key: "seek_operation")
            }
            return Stretch(items: shown, next: next).reply(call) { writer, detail in
                write(detail, question.hasDetails, to: &writer)
            }
        }
    ]

    /// What a token carries: its calls repeat nothing.
    private struct Question: PagedQuestion {
        static var largestPage: Int { 1000 }
        var from: Instant
        var to: Instant
        var isDaily: Bool
        var hasDetails: Bool
        var size: Int
        var offset = 0

        init(_ call: Call) throws {
            from = try Self.time("start_time", call)
            to = try Self.time("end_time", call)
            let word = call.exchange.query["granularity"] ?? "daily"
            guard ["daily", "hourly"].contains(word.folded) else { throw BadInput("granularity", .unknown, word) }
            isDaily = word.folded == "daily"
            if isDaily {
                for (name, time) in [("start_time", from), ("end_time", to)] where time != time.startOfDay {
                    throw BadInput(name, .outOfRange, call.exchange.query[name])
                }
            }
            let flag = call.exchange.query["show_details"] ?? "true"
            guard ["true", "false"].contains(flag.lowercased()) else {
                throw BadInput("show_details", .wrongType, flag)
            }
            hasDetails = flag.lowercased() == "true"
            size = try call.size(default: Self.largestPage, maximum: Self.largestPage)
        }

        func after(_ count: Int) -> Question {
            var question = self
            question.offset = max(0, offset) + count
            return question
        }

        /// A `+` of an offset that a script has not escaped arrives as a blank.
        private static func time(_ name: String, _ call: Call) throws -> Instant {
            let text = try call.required(name)
            let mended = text.count > 19 ? text.prefix(19) + text.dropFirst(19).replacing(" ", with: "+") : text[...]
            guard let time = Instant(String(mended)) else { throw BadInput(name, .malformed, text) }
            return time
        }
    }

    /// Hours put together to days; resources too, where they are not asked for.
    private static func byDay(_ details: [UsageDetail], _ hasDetails: Bool) -> [UsageDetail] {
        let groups = Dictionary(grouping: details) { detail in
            let resource = hasDetails ? detail.resource?.uri ?? "" : ""
            return "\(detail.interval.from.day)|\(detail.service)|\(detail.meter.id)|\(detail.meter.region)|\(resource)"
        }
        return groups.sorted { $0.key < $1.key }.compactMap { _, details in
            guard let first = details.first, let from = details.map(\.interval.from.startOfDay).min(),
                let days = ChargeInterval.days(from: from, to: details.map(\.interval.to).max() ?? from)
            else { return nil }
            return UsageDetail(
                subscription: first.subscription,
                service: first.service,
                meter: first.meter,
                resource: hasDetails ? first.resource : nil,
                interval: days,
                quantity: details.reduce(0) { $0 + $1.quantity },
                cost: Money(details.reduce(0) { $0 + $1.cost.amount }, first.cost.currency),
                reported: first.reported
            )
        }
    }

    private static func write(_ detail: UsageDetail, _ hasDetails: Bool, to writer: inout JSONWriter) {
        writer.member("usageStartTime", detail.interval.from)
        writer.member("usageEndTime", detail.interval.to)
        writer.object("resource") { writer in
            writer.member("id", detail.meter.id)
            writer.member("name", detail.meter.name)
            writer.member("category", detail.service)
            writer.member("subcategory", detail.meter.subcategory)
            writer.member("region", detail.meter.region)
        }
        writer.member("quantity", number: detail.quantity)
        writer.member("unit", detail.meter.unit)
        writer.object("infoFields") { _ in }
        if hasDetails, let resource = detail.resource {
            writer.object("instanceData") { writer in
                writer.member("resourceUri", resource.uri)
                writer.member("location", detail.meter.region)
                writer.member("partNumber", "")
                writer.member("orderNumber", "")
                writer.object("tags") { _ in }
                writer.object("additionalInfo") { _ in }
            }
        }
        attributes("AzureUtilizationRecord", to: &writer)
    }
}
