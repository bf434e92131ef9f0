import FoundationEssentials
import SuiroDomain
import Testing

/// What is seen of one row: before it holds, while it holds, and when another has taken its place.
struct MovePolicyCase: Sendable {
    typealias Look = @Sendable (MoveSetting, inout Deliberation) throws -> String

    let row: String
    /// What is seen a millisecond before; where nothing is said here, nobody has written a rule yet.
    let before: String?
    let sees: String
    let then: String?
    let cloud: Cloud
    /// Where it takes more than the rules of 2017 to see it.
    let with: [String: PolicyValue]
    let look: Look

    init(
        _ row: String,
        before: String? = nil,
        sees: String,
        then: String? = nil,
        in cloud: Cloud = .public,
        with: [String: PolicyValue] = [:],
        _ look: @escaping Look
    ) {
        (self.row, self.before, self.sees, self.then, self.cloud) = (row, before, sees, then, cloud)
        (self.with, self.look) = (with, look)
    }
}

// What can be looked at.
extension MovePolicyCase {
    private static let billed: [String: PolicyValue] = ["usage.billingMove.partnerTypes": .words(["direct"])]
    private static let transfers: [String: PolicyValue] = ["license.switch.cspToCsp": .word("transfer")]

    /// What is in the way of the beginning, first things first.
    private static func way(_ preview: MovePreview) -> String {
        guard let blocker = preview.startBlockers.first else { return "free" }
        guard case .text(let key)? = blocker.arguments["key"] else { return blocker.reason.rawValue }
        return "\(blocker.reason.rawValue) \(key)"
    }

    private static func license(_ channel: Channel, _ setting: MoveSetting) throws -> Subscription {
        let term = Term(start: setting.at.adding(days: -100), end: setting.at.adding(days: 265), autoRenew: true)
        return try Sample.subscription(.license, channel, term: term, monthlyCost: Sample.money("6000"))
    }

    private static let switching: Look = { setting, rules in
        way(try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner).preview(&rules))
    }

    private static let switchingLicense: Look = { setting, rules in
        let preview = try setting.scene([license(.csp, setting)]).preview(&rules)
        return preview.startBlockers.isEmpty ? preview.kind.rawValue : way(preview)
    }

    private static let exits: Look = { setting, rules in
        try LicensePlan.allCases.filter { plan in
            try setting.scene([license(.direct, setting)], .replaceLicense, plan: plan).preview(&rules)
                .startBlockers.isEmpty
        }
        .map(\.rawValue).joined(separator: " ")
    }

    private static func refund(_ channel: Channel) -> Look {
        { setting, rules in
            let scene = try setting.scene([license(channel, setting)], .replaceLicense, plan: .cancelFirst)
            return try scene.preview(&rules).atRisk.contains { $0.code == .noRefund } ? "nothing" : "a part"
        }
    }

    /// What a partner is paid back that cancels its own sale ten days after it began.
    private static func credit(_ offering: Offering) -> Look {
        { setting, rules in
            let start = setting.at.adding(days: -10)
            var sale = try Sample.subscription(
                .license,
                .csp,
                soldByAsker: true,
                term: Term(start: start, end: start.adding(months: 12), autoRenew: true),
                monthlyCost: Sample.money("3100")
            )
            sale.course.offering = offering
            let option = try Sample.situation(sale).options(&rules).1.first { $0.action == .cancel }
            let cost = try #require(option?.step(.receiveCredit)?.cost)
            return cost == (try Sample.money("3100")) ? "all" : cost.amount == 0 ? "nothing" : "a part"
        }
    }

    private static let form: Look = { setting, rules in
        let preview = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner).preview(&rules)
        return try #require(preview.procedure.form).rawValue
    }

    private static let opener: Look = { setting, rules in
        let preview = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner).preview(&rules)
        return try #require(preview.steps.first { $0.step == .openRequest }).who.rawValue
    }

    private static func consents(_ family: Family, _ channel: Channel, _ kind: MoveKind) -> Look {
        { setting, rules in
            let held = family == .license ? try license(channel, setting) : try Sample.subscription(family, channel)
            let scene = try setting.scene([held], kind)
            return try scene.preview(&rules).consents.map(\.rawValue).joined(separator: " ")
        }
    }

    /// Who, besides whoever began it, can call off a move that waits.
    private static let cancellers: Look = { setting, rules in
        var scene = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner)
        scene.initiator = .source
        try scene.request()
        var may: [String] = []
        for party in [MoveParty.customer, .target] {
            var one = scene
            do {
                _ = try one.take(.withdraw(party), nil, &rules)
                may.append(party.rawValue)
            } catch Refusal.notYourMove {
            }
        }
        return may.joined(separator: " ")
    }

    private static let items: Look = { setting, rules in
        let many = try (100..<126).map { number in
            let one = try Sample.subscription(.usage, .csp)
            return Subscription(
                id: Sample.id(UInt8(number)),
                customer: one.customer,
                name: one.name,
                family: one.family,
                channel: one.channel,
                source: one.source,
                seller: one.seller,
                billOwner: one.billOwner,
                createdAt: one.createdAt
            )
        }
        return way(try setting.scene(many, .switchPartner).preview(&rules))
    }

    private static func cutover(_ family: Family, _ kind: MoveKind) -> Look {
        { setting, rules in
            let held = family == .license ? try license(.csp, setting) : try Sample.subscription(family, .csp)
            let wished = setting.at.adding(seconds: 3600)
            let cutover = try setting.scene([held], kind, cutover: wished).preview(&rules).cutover
            if cutover == wished { return "at once" }
            return cutover == wished.startOfDay.adding(days: 1) ? "the next day" : "\(cutover)"
        }
    }

    private static let market: Look = { setting, rules in
        var scene = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner)
        scene.target.country = "DE"
        return way(try scene.preview(&rules))
    }

    private static let reservations: Look = { setting, rules in
        let preview = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner).preview(&rules)
        return preview.stays.contains { $0.code == .reservations } ? "stay" : "move"
    }

    private static let dataKeeping: Look = { setting, rules in
        let scene = try setting.scene([license(.direct, setting)], .replaceLicense, plan: .cancelFirst)
        let loss = try #require(scene.preview(&rules).atRisk.first { $0.code == .dataDeleted })
        return "\(try #require(loss.until).days(since: setting.at)) days"
    }

    private static let watching: Look = { setting, rules in
        let line = MoveLine(name: .recreatingWhole, initiator: .target)
        var scene = try setting.agreed(.recreatingWhole)
        let watch = try #require(line.steps.firstIndex { $0.step == .watchUsage })
        for index in 0..<watch { try line.goOn(&scene, index) }
        do {
            return "\(try scene.take(.step(.watchUsage, .target), nil, &rules))"
        } catch Refusal.tooEarly(let end) {
            return "\(end.days(since: setting.at)) days"
        }
    }

    private static let stepDays: Look = { setting, rules in
        let move = try #require(setting.agreed(.byForm).move)
        let next = try move.stepViews(at: setting.at, &rules).first { $0.state == .ready }
        return "\(try #require(next?.due).days(since: setting.at)) days"
    }

    /// At what time of the day on which everybody has agreed the provider's answer is due.
    private static let answer: Look = { setting, rules in
        let line = MoveLine(name: .byForm, initiator: .target)
        var scene = try setting.agreed(.byForm)
        for index in line.first..<3 { try line.goOn(&scene, index) }
        let next = try #require(scene.move).stepViews(at: setting.at, &rules).first { $0.state == .ready }
        let due = try #require(next?.due)
        #expect(next?.step == .confirmVerification && due.day == setting.at.day)
        return String(due.description.dropFirst(11).prefix(5))
    }

    private static let canceller: Look = { setting, rules in
        let preview = try setting.scene([Sample.subscription(.usage, .ea)], .recreate).preview(&rules)
        return try #require(preview.steps.first { $0.step == .cancelOld }).who.rawValue
    }

    /// To whom the bill of an Enterprise Agreement's usage can go by itself.
    private static let billTakers: Look = { setting, rules in
        var may: [String] = []
        for kind in OrganizationKind.allCases where kind.isPartner {
            var scene = try setting.scene([Sample.subscription(.usage, .ea)], .switchPartner)
            scene.target.kind = kind
            switch way(try scene.preview(&rules)) {
            case "free": may.append(kind.rawValue)
            case Reason.notSoldByPartner.rawValue: break
            case let other: return other
            }
        }
        return may.isEmpty ? "nobody" : may.joined(separator: " ")
    }

    private static let scopes: Look = { setting, rules in
        let line = MoveLine(name: .recreatingWhole, initiator: .target)
        var scene = try setting.agreed(.recreatingWhole)
        let choice = try #require(line.steps.firstIndex { $0.step == .chooseCancelScope })
        for index in 0..<choice { try line.goOn(&scene, index) }
        var offered: [String] = []
        for scope in CancelScope.allCases {
            var (one, input) = (scene, StepInput())
            input.scope = scope
            do {
                _ = try one.take(.step(.chooseCancelScope, .customer), input, &rules)
                offered.append(scope.rawValue)
            } catch Refusal.invalid {
            }
        }
        return offered.joined(separator: " ")
    }

    private static func lateUsage(_ channel: Channel) -> Look {
        { setting, rules in
            let scene = try setting.scene([Sample.subscription(.usage, channel)], .switchPartner)
            let late = try #require(scene.preview(&rules).atRisk.first { $0.code == .lateUsage })
            guard case .words(let key)? = late.arguments["mode"] else { return "nothing" }
            return String(key.dropFirst("lateReported.".count))
        }
    }

    private static let expiry: Look = { setting, rules in
        "\(try Move.deadlines(from: setting.at, &rules).expires.days(since: setting.at)) days"
    }

    private static let reminders: Look = { setting, rules in
        try Move.deadlines(from: setting.at, &rules).reminderDays.map(String.init).joined(separator: " ")
    }

    private static let sellers: Look = { setting, rules in
        var may: [String] = []
        for kind in OrganizationKind.allCases where kind.isPartner {
            var scene = try setting.scene([Sample.subscription(.usage, .csp)], .switchPartner)
            scene.target.kind = kind
            switch way(try scene.preview(&rules)) {
            case "free": may.append(kind.rawValue)
            case Reason.partnerCannotTransact.rawValue: break
            case let other: return other
            }
        }
        return may.joined(separator: " ")
    }

    /// Every row of the packages that a move reads, by its id.
    static let all: [MovePolicyCase] = [
        MovePolicyCase("moves-public", sees: "free", switching),
        MovePolicyCase("moves-usgov", sees: "free", in: .usgov, switching),
        MovePolicyCase("moves-germany", sees: "free", in: .germany, switching),
        MovePolicyCase("license-switch", sees: "LICENSE_SWITCH_FORBIDDEN", then: "transferLicense", switchingLicense),
        MovePolicyCase(
            "license-transfer",
            before: "LICENSE_SWITCH_FORBIDDEN",
            sees: "transferLicense",
            switchingLicense
        ),
        MovePolicyCase("license-exits", sees: "wait cancelFirst", exits),
        MovePolicyCase("license-refund", sees: "nothing", refund(.direct)),
        MovePolicyCase("license-refund-csp", sees: "a part", then: "nothing", refund(.csp)),
        MovePolicyCase("license-refund-csp-2022", before: "a part", sees: "nothing", refund(.csp)),
        MovePolicyCase(
            "license-refund-new",
            before: "a part",
            sees: "a part",
            with: ["commerce.newFrom": .word("2016-01-01")],
            credit(.onlineService)
        ),
        MovePolicyCase("license-refund-legacy", before: "a part", sees: "a part", credit(.onlineService)),
        MovePolicyCase(
            "license-refund-perpetual",
            before: "a part",
            sees: "all",
            with: ["commerce.newFrom": .word("2016-01-01")],
            credit(.perpetualSoftware)
        ),
        MovePolicyCase(
            "license-refund-marketplace-monthly",
            before: "a part",
            sees: "all",
            with: ["commerce.newFrom": .word("2016-01-01")],
            credit(.marketplaceMonthly)
        ),
        MovePolicyCase(
            "license-refund-marketplace-yearly",
            before: "a part",
            sees: "all",
            with: ["commerce.newFrom": .word("2016-01-01")],
            credit(.marketplaceYearly)
        ),
        MovePolicyCase("usage-switch", sees: "free", switching),
        MovePolicyCase("switch-form", sees: "manual", then: "selfService", form),
        MovePolicyCase("switch-form-2026", before: "manual", sees: "selfService", form),
        MovePolicyCase("switch-initiator", sees: "source", then: "target", opener),
        MovePolicyCase("switch-initiator-2026", before: "source", sees: "target", opener),
        MovePolicyCase(
            "switch-signatures",
            sees: "customer source target",
            consents(.usage, .csp, .switchPartner)
        ),
        MovePolicyCase("switch-provider-hours", sees: "17:00", answer),
        MovePolicyCase("move-cooling", before: "at once", sees: "24 hours", waiting(seats: 1000)),
        MovePolicyCase("move-large-seats", before: "at once", sees: "24 hours", waiting(seats: 1000)),
        MovePolicyCase(
            "move-large-cost",
            before: "at once",
            sees: "24 hours",
            waiting(cost: dollars(10_000))
        ),
        MovePolicyCase("move-large-cost-jpy", before: "at once", sees: "24 hours", waiting(cost: yen(1_500_000))),
        MovePolicyCase("usage-cancel-scope", sees: "services whole", scopes),
        MovePolicyCase("usage-late-reported", sees: "byUse", lateUsage(.csp)),
        MovePolicyCase("usage-late-reported-ea", before: "byUse", sees: "byReport", with: billed, lateUsage(.ea)),
        MovePolicyCase("usage-cancel-by", sees: "customer", canceller),
        MovePolicyCase("billing-move-partners", sees: "nobody", then: "direct indirectProvider", billTakers),
        MovePolicyCase("billing-move-partners-2026", before: "nobody", sees: "direct indirectProvider", billTakers),
        MovePolicyCase("billing-move-consents", sees: "customer target", consents(.usage, .ea, .switchPartner)),
        MovePolicyCase(
            "license-replace-consents",
            sees: "customer target",
            consents(.license, .direct, .replaceLicense)
        ),
        MovePolicyCase("usage-recreate-consents", sees: "customer target", consents(.usage, .ea, .recreate)),
        MovePolicyCase(
            "license-transfer-consents",
            sees: "customer source target",
            with: transfers,
            consents(.license, .csp, .transferLicense)
        ),
        MovePolicyCase("transfer-who-cancels", sees: "customer target", then: "target", cancellers),
        MovePolicyCase("transfer-who-cancels-2026", before: "customer target", sees: "target", cancellers),
        MovePolicyCase("transfer-expiry", sees: "30 days", then: "30 days", expiry),
        MovePolicyCase("transfer-expiry-2026", before: "30 days", sees: "30 days", expiry),
        MovePolicyCase("transfer-reminders", sees: "3 10 20 27", reminders),
        MovePolicyCase("transfer-items", sees: "free", then: "TOO_MANY_ITEMS", items),
        MovePolicyCase("transfer-items-2026", before: "free", sees: "TOO_MANY_ITEMS", items),
        MovePolicyCase("transfer-cutover-usage", sees: "at once", cutover(.usage, .switchPartner)),
        MovePolicyCase(
            "transfer-cutover-license",
            sees: "the next day",
            with: transfers,
            cutover(.license, .transferLicense)
        ),
        MovePolicyCase("transfer-market", sees: "free", then: "OTHER_MARKET", market),
        MovePolicyCase("transfer-market-2026", before: "free", sees: "OTHER_MARKET", market),
        MovePolicyCase("transfer-reservations", sees: "stay", then: "move", reservations),
        MovePolicyCase("transfer-reservations-2026", before: "stay", sees: "move", reservations),
        MovePolicyCase("transacting-partners", sees: "direct indirectProvider", sellers),
        MovePolicyCase("license-data-keeping", sees: "30 days", then: "0 days", dataKeeping),
        MovePolicyCase("license-data-keeping-2026", before: "30 days", sees: "0 days", dataKeeping),
        MovePolicyCase("usage-watch", sees: "7 days", watching),
        MovePolicyCase("move-step-days", sees: "7 days", stepDays),
    ]
}
