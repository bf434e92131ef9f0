import FoundationEssentials
import SuiroAssets
import SuiroDomain
import Testing

/// Every name that the domain gives to something has its words.
@Suite struct DomainWordsTests {
    private static let words = Result { try Words.load() }
    private var words: Words { get throws { try Self.words.get() } }

    private static func names<Case: CaseIterable & RawRepresentable>(
        _ prefix: String,
        _: Case.Type
    ) -> [String] where Case.RawValue == String {
        Case.allCases.map { "\(prefix).\($0.rawValue)" }
    }

    private static let labels: [String] =
        names("action", SubscriptionAction.self) + names("verdict", Verdict.self) + names("channel", Channel.self)
        + ["channel.own", "channel.otherPartner", "channel.unknown"] + names("family", Family.self)
        + names("status", SubscriptionStatus.self) + names("route", Route.self)
        + ["draft", "sent", "opened"].map { "requestState.\($0)" }
        + names("requestState", RelationshipRequest.Ending.self) + names("accessKind", AccessKind.self)
        + names("kind", OrganizationKind.self) + names("role", Role.self) + names("adminRole", AdminRole.self)
        + names("adminRole", DirectoryRole.self) + names("delegationStatus", DelegationStatus.self)
        + names("deliveryState", DeliveryState.self)

    private static let sentences: [String] =
        names("reason", Reason.self) + names("next", NextStep.Action.self) + names("fault", InputFault.Code.self)
        + names("deliveryCause", DeliveryCause.self)
        + AdminRole.allCases.map { "adminRole.\($0.rawValue).can" }
        + DirectoryRole.allCases.map { "adminRole.\($0.rawValue).can" }

    private static let terms = [
        "title", "intro", "reseller", "admin", "adminRole", "provider", "notPossible.1", "notPossible.2",
        "notPossible.3",
        "unchanged.1", "unchanged.2", "unchanged.3", "unchanged.4", "withdraw", "support", "delegation.term",
        "delegation.extends", "delegation.ends", "delegation.groups",
    ].map { "terms.\($0)" }

    private static let mails =
        [
            "request", "reminder", "accepted", "declined", "withdrawn", "expired", "accessEnded", "announcement",
            "delegationApproved", "delegationRejected", "delegationTerminated", "delegationExpired",
            "delegationExtended", "delegationAutoExtend", "delegationReminder", "tokenReused",
        ]
        .flatMap { ["mail.\($0).subject", "mail.\($0).body"] }
        + ["termEndRunsOn", "termEndStops"].flatMap { ["mail.\($0).subject", "mail.\($0).body"] }
        + EndOfTerm.allCases.map { "termEndChoice.\($0.rawValue)" }
        + ["mail.request.salutation.person", "mail.request.salutation.company"]

    @Test(arguments: labels + sentences + terms + mails + EventSamples.all.map { "event.\($0.name)" })
    func `the catalogue has the words`(key: String) throws {
        let words = try words
        #expect(words.has(key))
        let japanese = Letters.withoutArguments(words.raw(key, in: .ja) ?? "")
        #expect(Letters.hasJapanese(japanese))
    }

    @Test(arguments: sentences)
    func `a sentence begins and ends as one`(key: String) throws {
        let words = try words
        let english = try #require(words.raw(key, in: .en))
        #expect(english.first?.isUppercase == true || english.hasPrefix("“%(") || english.hasPrefix("%("))
        #expect(english.last == ".")
        #expect(try #require(words.raw(key, in: .ja)).last == "。")
    }

    /// A reason may only use what is always there to fill it.
    @Test(arguments: Reason.allCases)
    func `a reason asks for no argument that may be missing`(reason: Reason) throws {
        let used = try words.arguments(of: "reason.\(reason.rawValue)", in: .en)
        let refused = RefusalSamples.all.filter { $0.reason == reason }.map { Set($0.arguments.keys) }
        let optional: Set<String> =
            switch reason {
            case .alreadyGranted, .permissionGranted: ["product", "seller", "until"]
            default: ["product", "seller"]
            }
        let available = refused.reduce(into: refused.first ?? optional) { $0.formIntersection($1) }
        #expect(used.isSubset(of: available), "\(used.subtracting(available))")
    }

    @Test(arguments: Language.allCases)
    func `an answer reads as a sentence with nothing left to fill`(language: Language) throws {
        let words = try words
        for refusal in RefusalSamples.all {
            let text = words.say("reason.\(refusal.reason.rawValue)", language, refusal.arguments)
            #expect(!text.contains("%("))
            #expect(!text.contains("⟦"))
            #expect(!text.contains("「」"))
            #expect(!text.contains("“”"))
        }
    }

    @Test func `X-01 Japanese has the rule the English way round`() throws {
        let text = try #require(try words.raw("reason.LICENSE_SWITCH_FORBIDDEN", in: .ja))
        #expect(text.contains("参加している別のパートナー"))
        #expect(!text.contains("参加していない"))
    }

    @Test(arguments: Language.allCases, ["mail.request.body", "mail.reminder.body"])
    func `REL-03 the link stands in the draft, once and on a line of its own`(language: Language, key: String) throws {
        let lines = try #require(try words.raw(key, in: language)).split(separator: "\n")
        #expect(lines.filter { $0.contains("%(link)") } == ["%(link)"])
        #expect(lines.contains { $0.contains("%(code)") })
        #expect(lines.contains { $0.contains("%(expires)") })
    }

    @Test func `a person is addressed with 様, an organization with 御中, and nobody with both`() throws {
        let person = try #require(try words.raw("mail.request.salutation.person", in: .ja))
        let company = try #require(try words.raw("mail.request.salutation.company", in: .ja))
        #expect(person.hasSuffix("%(recipient) 様"))
        #expect(company == "%(company) 御中")
        #expect(!person.contains("御中"))
    }

    @Test func `dates and counts are written as each language writes them`() throws {
        let words = try words
        let arguments: [String: Argument] = ["role": .text("x"), "until": .day(try #require(Instant("2027-03-31")))]
        #expect(words.say("reason.ALREADY_GRANTED", .en, arguments).contains("until Wed 31 Mar 2027."))
        #expect(words.say("reason.ALREADY_GRANTED", .ja, arguments).contains(" 2027年3月31日(水) まで"))
        #expect(words.say("reason.TOO_MANY_SUBSCRIPTIONS", .ja, ["limit": .count(1500)]).contains(" 1,500 件"))
    }
}
