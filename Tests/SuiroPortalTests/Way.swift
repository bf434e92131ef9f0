import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// How to get to each page.
struct Way {
    let world: World
    let browser: Browser

    init(_ world: World, _ browser: Browser) {
        (self.world, self.browser) = (world, browser)
    }

    func go(to page: Shown) async throws -> Reply {
        if let reply = try await MoveWay(world, browser).go(to: page) { return reply }
        if let reply = try await goIn(to: page) { return reply }
        return try await goElsewhere(to: page)
    }

    private func goElsewhere(to page: Shown) async throws -> Reply {
        switch page {
        case .signIn, .signInToken: try await browser.get("/sign-in?next=/requests")
        case .signOut: try await browser.get("/sign-out")
        case .sessions: try await browser.get("/sessions")
        case .home: try await pending { _ in "/" }
        case .homeCustomer, .homeVendor: try await browser.get("/")
        case .customers: try await browser.get("/customers")
        case .customersNone: try await browser.get("/customers?q=zzz")
        case .customer, .customerOwn: try await browser.get("/customers/\(world.customer)")
        case .subscription: try await browser.get(subscription(102))
        case .subscriptionAhead: try await browser.get(subscription(102) + "?at=2027-04-01")
        case .access, .accessOwn: try await browser.get("/customers/\(world.customer)/people-and-access")
        case .endAccess: try await endAccess()
        case .requests: try await pending { _ in "/requests" }
        case .newRequest: try await browser.get("/requests/new?customer=\(world.customer)")
        case .newRequestMistakes: try await mistakes()
        case .request: try await pending { "/requests/\($0.request.id)" }
        case .requestDraft: try await browser.get("/requests/\(world.pending(to: nil).request.id)")
        case .code: try await browser.get("/r")
        case .codeMistake: try await browser.get("/r?code=7Q2M")
        case .reusable, .reusableSignedIn:
            try await browser.get("/r?invType=ResellerRelationship&partnerId=\(world.tozai)")
        case .doorstep, .consent: try await pending { "/r/\($0.request.code)" }
        case .consentMistake: try await answer(nil)
        case .consentNotAdmin: try await toMirai()
        case .consentWrongTenant, .consentPartner: try await pending { "/r/\($0.request.code)" }
        case .checkAccept: try await answer("accept")
        case .checkDecline: try await answer("decline")
        case .ask: try await answer("ask")
        case .accepted: try await decide("accept", "acceptance")
        case .declined: try await decide("decline", "refusal")
        case .withdrawn: try await withdrawn()
        case .announcements: try await announced { _ in "/announcements" }
        case .announcementsFiltered: try await announced { _ in "/announcements?key=exclusivity&show=holds" }
        case .announcement, .announcementOwn, .announcementVendor:
            try await announced { "/announcements/\($0.announcement.id)" }
        case .announcementWithdrawn: try await withdrawnNews()
        case .announcementEmergency: try await emergencyNews()
        case .policies, .policiesOwner: try await rules(of: page)
        case .package, .packageShipped, .packageFaults, .newPackage, .newPackageMistakes, .impact, .publish,
            .publishMistake, .publishCheck, .withdrawPackage, .switches, .switchForm, .switchMistakes, .switchCheck:
            try await rules(of: page)
        case .policy: try await browser.get("/policies?key=license.switch.cspToCsp")
        case .webhooks: try await webhooks()
        case .webhooksNone: try await browser.get("/webhooks")
        case .webhookSecret: try await webhookSecret()
        case .audit: try await browser.get("/audit")
        case .auditMistake: try await browser.get("/audit?customer=mirai&from=yesterday")
        case .explanation: try await explained()
        case .explanationNone: try await browser.get("/audit/explain/\(world.tozai)")
        case .accessibility: try await browser.get("/accessibility")
        case .delegation, .delegationNotAdmin, .delegationOwn: try await browser.get(delegated())
        case .delegationMistake: try await answerDelegation(nil)
        case .delegationAccept: try await answerDelegation("accept")
        case .delegationDecline: try await answerDelegation("decline")
        case .delegationApproved: try await approveDelegation()
        case .accessAll, .accessAllMistake, .accessCalendar, .accessUnused, .accessTerms, .endDelegation,
            .extensionRows, .delegations, .delegationsOwn:
            try await review(page)
        case .refused: try await browser.get("/customers/\(world.hikari)")
        case .notFound: try await browser.get("/no/such/page")
        default: throw World.Missing.value("a way to \(page)")
        }
    }

    private func subscription(_ number: Int) -> String {
        "/customers/\(world.customer)/subscriptions/\(ID<Subscription>(number: number))"
    }

    private func pending(_ path: (RequestView) -> String) async throws -> Reply {
        try await browser.get(path(try await world.pending()))
    }

    private func endAccess() async throws -> Reply {
        let access = try await world.service.access(in: world.customer, Who.tanaka.context)
        guard let grant = access.grants.first?.grant else { throw World.Missing.value("a grant") }
        return try await browser.get("/customers/\(world.customer)/access/\(grant.id)/end")
    }

    private func mistakes() async throws -> Reply {
        try await browser.get("/requests/new")
        return try await browser.post(
            "/requests/new",
            [
                "mail": "ａｏｉ hikari.example", "name": "Aoi", "domain": "hikari", "language": "en",
                "kind": "access", "days": "many",
            ]
        )
    }

    private func toMirai() async throws -> Reply {
        let wish = RelationshipWish(
            customerDomain: "mirai-shoji.example",
            customer: nil,
            recipientName: nil,
            recipientMail: "info@mirai-shoji.example",
            language: .ja,
            delegatedAdmin: nil,
            roles: [],
            days: nil
        )
        let view = try await world.service.requestRelationship(wish, Who.hanako.context)
        return try await browser.get("/r/\(view.request.code)")
    }

    private func answer(_ answer: String?) async throws -> Reply {
        let code = try await world.pending().request.code
        try await browser.get("/r/\(code)")
        let fields: KeyValuePairs<String, String> = answer.map { ["answer": $0] } ?? [:]
        return try await browser.post("/r/\(code)", fields)
    }

    private func decide(_ word: String, _ below: String) async throws -> Reply {
        let code = try await world.pending().request.code
        try await browser.get("/r/\(code)")
        try await browser.post("/r/\(code)", ["answer": word])
        return try await browser.follow(try await browser.post("/r/\(code)/\(below)", ["reason": "Not this year"]))
    }

    private func withdrawn() async throws -> Reply {
        let request = try await world.pending().request
        _ = try await world.service.withdraw(request.id, Who.hanako.context)
        return try await browser.get("/r/\(request.code)")
    }

    private func draft(_ name: String = "2026") async throws -> PackageView {
        try await world.service.draftPackage(world.service.shippedPackage(name), Who.sofia.context)
    }

    private func publish() async throws -> (package: PackageView, announcement: Announcement) {
        let draft = try await draft()
        let day = world.now.adding(days: 30)
        let made = try await world.service.publishPackage(draft.id, effective: day, Who.sofia.context)
        return (draft, made.announcement)
    }

    private func announced(
        _ path: ((package: PackageView, announcement: Announcement)) -> String
    ) async throws -> Reply {
        try await browser.get(path(try await publish()))
    }

    private func withdrawnNews() async throws -> Reply {
        let made = try await publish()
        _ = try await world.service.withdrawPackage(made.package.id, Who.sofia.context)
        return try await browser.get("/announcements/\(made.announcement.id)")
    }

    private func emergencyNews() async throws -> Reply {
        let made = try await world.service.setSwitch(
            "multichannel.enabled",
            to: false,
            because: [.en: "Grants ended too early.", .ja: "アクセスが予定より早く終わる障害のためです。"],
            Who.sofia.context
        )
        return try await browser.get("/announcements/\(made.announcement.id)")
    }

    /// Pages of those who answer for the rules.
    private func rules(of page: Shown) async throws -> Reply {
        let switchPage = "/policies/switches/moves.enabled"
        switch page {
        case .packageShipped: return try await browser.get("/policies/packages/2017-06")
        case .package: return try await browser.get("/policies/packages/\(draft().id)")
        case .packageFaults:
            let text = try world.service.shippedPackage("2026").replacing(
                /summary:\n  en: [^:]+  ja:/,
                with: "summary:\n  ja:"
            )
            let draft = try await world.service.draftPackage(text, Who.sofia.context)
            return try await browser.get("/policies/packages/\(draft.id)")
        case .newPackage: return try await browser.get("/policies/packages/new")
        case .newPackageMistakes:
            try await browser.get("/policies/packages/new")
            return try await browser.post("/policies/packages/new", ["text": "package: x\nrows: [{ key: no.such }]"])
        case .impact: return try await browser.get("/policies/packages/\(draft().id)/impact?effective=2026-12-24")
        case .publish: return try await browser.get("/policies/packages/\(draft().id)/publish")
        case .publishMistake:
            return try await browser.get("/policies/packages/\(draft().id)/publish?effective=2026-11-21")
        case .publishCheck:
            return try await browser.get("/policies/packages/\(draft().id)/publish?effective=2026-12-24")
        case .withdrawPackage: return try await browser.get("/policies/packages/\(publish().package.id)/withdraw")
        case .switches:
            _ = try await emergencyNews()
            return try await browser.get("/policies/switches")
        case .switchForm: return try await browser.get(switchPage)
        case .switchMistakes, .switchCheck:
            try await browser.get(switchPage)
            let form = ["value": "false", "reason-en": "Seats are lost.", "reason-ja": "シートが失われるためです。"]
            let fields = page == .switchCheck ? form : ["value": "", "reason-en": "Seats are lost."]
            let hidden = browser.hidden(in: switchPage + "/check")
            return try await browser.submit(
                switchPage + "/check",
                hidden + fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
            )
        default:
            if page == .policiesOwner { _ = try await publish() }
            return try await browser.get("/policies")
        }
    }

    /// The number of the page of options, under which its rules were kept.
    private func explained() async throws -> Reply {
        let reply = try await browser.get(subscription(104))
        return try await browser.get("/audit/explain/\(reply.correlation)")
    }
}
