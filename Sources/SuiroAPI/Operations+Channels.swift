import FoundationEssentials
import HTTPTypes
package import SuiroDomain
package import SuiroHTTP
import SuiroService
import SuiroStore

/// What Microsoft's API lacks: every channel's subscriptions in one view, and what may be done with each.
extension Operation {
    private static let base = "/multichannel/v1/customers/{customer_id}/subscriptions"

    static let channels: [Operation] = [
        Operation("multichannel.subscriptions.list", .get, base) { call in
            let views = try await call.service.subscriptions(of: call.id("customer_id", .customer), call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeChannelSubscription(view, to: &$0) }
            }
        },
        Operation("multichannel.subscriptions.create", .post, base) { call in
            let observed = try ObservedSubscription(call.fields())
            let view = try await call.service.record(observed, for: call.id("customer_id", .customer), call.context)
            return Reply.json(.created) { writeChannelSubscription(view, to: &$0) }
        },
        Operation("multichannel.subscriptions.get", .get, base + "/{subscription_id}") { call in
            let view = try await call.service.subscription(
                call.id("subscription_id", .subscription),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeChannelSubscription(view, to: &$0) }
        },
        Operation("multichannel.subscriptions.options", .get, base + "/{subscription_id}/options") { call in
            let view = try await call.service.options(
                for: call.id("subscription_id", .subscription),
                of: call.id("customer_id", .customer),
                at: call.at,
                call.context
            )
            return Reply.json { writeOptions(view, call, to: &$0) }
        },
    ]
}

extension Fields {
    /// S-31: a family is `license` or `usage`; anything else blocks with its own reason.
    package func family(_ name: String = "family") throws -> Family {
        let text = try text(name)
        switch text?.folded {
        case "license", "licensebased": return .license
        case "usage", "usagebased": return .usage
        default: throw Refusal.unknownFamily(text)
        }
    }

    /// `term{start,end,autoRenew}`; start before end.
    package func term(_ name: String = "term") throws -> Term? {
        guard let fields = try object(name) else { return nil }
        let start = try fields.required("start", fields.instant("start"))
        let end = try fields.required("end", fields.instant("end"))
        guard let term = Term(start: start, end: end, autoRenew: try fields.flag("autoRenew") ?? false) else {
            throw BadInput(fields.path(of: "end"), .outOfRange, end.short)
        }
        return term
    }
}

extension ObservedSubscription {
    fileprivate init(_ fields: Fields) throws {
        let family = try fields.family()
        let channel: Channel? = try fields.word("channel")
        if channel == .csp { throw BadInput("channel", .outOfRange, "csp") }
        let currency = try fields.text("currency").map { code in
            guard let currency = Currency(code.uppercased()) else { throw BadInput("currency", .unknown, code) }
            return currency
        }
        let cost = fields.has("monthlyCost") ? "monthlyCost" : "cost"
        self.init(
            name: try fields.requiredText("name", limit: 300),
            productID: try fields.text("productId", limit: 100),
            skuID: try fields.text("skuId", limit: 100),
            family: family,
            channel: channel,
            sellerName: try fields.object("seller")?.text("name", limit: 300),
            quantity: try fields.whole("quantity", in: 0...10_000_000),
            term: try fields.term(),
            monthlyCost: try fields.money(cost, currency: currency),
            aliases: try fields.texts("aliases") ?? []
        )
    }
}

func writeParty(_ name: StaticString, _ party: Party?, to writer: inout JSONWriter) {
    guard let party else { return }
    writer.object(name) { writer in
        writer.member("kind", party.kind.rawValue)
        writer.member("id", party.id)
        writer.member("name", party.name.isEmpty ? nil : party.name)
    }
}

func writeChannelSubscription(_ view: SubscriptionView, to writer: inout JSONWriter) {
    let subscription = view.subscription
    writer.member("id", subscription.id)
    writer.member("customerId", subscription.customer)
    writer.member("name", subscription.name)
    writer.member("productId", subscription.productID)
    writer.member("skuId", subscription.skuID)
    writer.member("family", subscription.family?.rawValue)
    writer.member("channel", subscription.channel?.rawValue)
    writeParty("seller", subscription.seller, to: &writer)
    writer.member("source", subscription.source.rawValue)
    writeParty("billOwner", subscription.billOwner, to: &writer)
    writeParty("partnerOfRecord", subscription.partnerOfRecord, to: &writer)
    writeParty("supportContact", subscription.supportContact, to: &writer)
    writer.member("quantity", subscription.quantity)
    writer.member("status", view.status.rawValue)
    if let term = view.lifecycle?.period ?? subscription.term {
        writer.object("term") { writer in
            writer.member("start", term.start)
            writer.member("end", term.end)
            writer.member("autoRenew", term.autoRenew)
        }
    }
    writer.array("aliases", subscription.aliases)
    if subscription.monthlyCost != nil || !view.costs.isEmpty {
        writer.object("cost") { writeCost(subscription.monthlyCost, view.costs, to: &$0) }
    }
    writer.member("dependsOn", subscription.dependsOn)
    if let state = view.lifecycle { writer.object("lifecycle") { writeLifecycle(state, of: view, to: &$0) } }
    attributes("MultichannelSubscription", etag: etag("\(subscription.id)", subscription.revision), to: &writer)
}

/// Where it stands: since when and until when, who gets in, what it costs.
private func writeLifecycle(_ state: LifecycleState, of view: SubscriptionView, to writer: inout JSONWriter) {
    let course = view.subscription.course
    writer.member("since", state.since)
    writer.member("until", state.until)
    writer.member("access", state.access.rawValue)
    writer.member("isBilled", state.isBilled)
    writer.member("isExtended", state.isExtended)
    writer.member("offering", course.offering.rawValue)
    writer.member("suspendedFor", state.status == .suspended ? course.suspendedFor?.rawValue : nil)
    writer.member("endOfTerm", course.endOfTerm?.rawValue)
    writer.member("cancelUntil", view.cancelUntil)
    writer.member("rule", state.rule.description)
}

/// The monthly cost, and where costs were imported, each month by service; exact.
private func writeCost(_ monthly: Money?, _ costs: [Cost], to writer: inout JSONWriter) {
    writer.member("monthly", monthly)
    guard !costs.isEmpty else { return }
    let months = Dictionary(grouping: costs) { "\($0.start) \($0.end) \($0.currency)" }.values
        .sorted { $0[0].start < $1[0].start }
    writer.array("months", months) { writer, lines in
        writer.object { writer in
            writer.member("start", lines[0].start)
            writer.member("end", lines[0].end)
            writer.member("total", Money(lines.reduce(0) { $0 + $1.billed }, lines[0].currency))
            writer.member("effectiveTotal", Money(lines.reduce(0) { $0 + $1.effective }, lines[0].currency))
            writer.array("services", lines) { writer, line in
                writer.object { writer in
                    writer.member("service", line.service)
                    writer.member("cost", Money(line.billed, line.currency))
                    writer.member("effectiveCost", Money(line.effective, line.currency))
                }
            }
        }
    }
}

private func writeOptions(_ view: OptionsView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("subscriptionId", view.subscription.id)
    writer.member("at", view.at)
    writer.object("classification") { writer in
        writer.member("route", view.classification.route.rawValue)
        writer.member("rule", view.classification.rule.description)
        writer.member("text", call.say("route.\(view.classification.route.rawValue)"))
    }
    writer.member("policyEdition", view.editionName)
    writer.array("items", view.options) { writer, option in
        writer.object { writer in
            writer.member("action", option.action.rawValue)
            writer.member("name", call.say("action.\(option.action.rawValue)"))
            writer.member("verdict", option.verdict.rawValue)
            writer.member("rule", option.rule.description)
            writer.member("policyRow", option.policyRow?.rawValue)
            writer.member("reason", option.reason.rawValue)
            writer.member("text", call.say("reason.\(option.reason.rawValue)", option.arguments))
            writer.member("availableFrom", option.availableFrom)
            writer.array("next", option.next) { writer, step in write(step, call.words, call.language, to: &writer) }
        }
    }
}
