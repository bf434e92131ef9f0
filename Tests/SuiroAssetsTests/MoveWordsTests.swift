import Foundation
import SuiroAssets
import SuiroDomain
import Testing

/// Every name that a move gives to something has its words, and every mail about it reads as one.
@Suite struct MoveWordsTests {
    private static let words = Result { try Words.load() }
    private var words: Words { get throws { try Self.words.get() } }

    private static func names<Case: CaseIterable & RawRepresentable>(
        _ prefix: String,
        _: Case.Type
    ) -> [String] where Case.RawValue == String {
        Case.allCases.map { "\(prefix).\($0.rawValue)" }
    }

    private static let labels: [String] =
        names("moveKind", MoveKind.self) + names("licensePlan", LicensePlan.self) + names("switchForm", SwitchForm.self)
        + names("moveState", MoveState.self) + names("moveParty", StepActor.self) + names("moveStep", MoveStep.self)
        + ["moveStep.consents", "moveStep.none", "move.noSource", "move.noReason"]
        + names("stepState", StepView.State.self) + names("itemCause", MovedItem.Cause.self)
        + ["consentState.pending", "consentState.approved", "consentState.declined"]
        + ["itemOutcome.pending", "itemOutcome.moved", "itemOutcome.failed"]
        + names("leftoverKind", LeftoverKind.self) + names("leftoverDecision", LeftoverDecision.self)
        + ["leftoverState.open", "leftoverState.removed", "leftoverState.signedOff"]
        + names("serviceVerdict", ServiceVerdict.self) + names("mobilityFlag", ServiceMobility.Flag.self)
        + names("cancelScope", CancelScope.self) + names("recreationDetail", RecreationDetail.self)
        + names("lateReported", LateReported.self)

    private static let sentences: [String] =
        names("consequence", Consequence.Code.self) + MoveStep.allCases.map { "moveStep.\($0.rawValue).help" }
        + LeftoverKind.allCases.map { "leftoverKind.\($0.rawValue).help" }

    @Test(arguments: labels + sentences)
    func `the catalogue has the words`(key: String) throws {
        let words = try words
        #expect(words.has(key))
        #expect(Letters.hasJapanese(Letters.withoutArguments(words.raw(key, in: .ja) ?? "")))
    }

    @Test(arguments: sentences)
    func `a sentence begins and ends as one`(key: String) throws {
        let words = try words
        let english = try #require(words.raw(key, in: .en))
        #expect(english.first?.isUppercase == true || english.hasPrefix("“%("))
        #expect(english.last == ".")
        #expect(try #require(words.raw(key, in: .ja)).last == "。")
    }

    @Test(arguments: MoveParty.allCases)
    func `a party is named as the one who does its steps`(party: MoveParty) {
        #expect(party.rawValue == StepActor(party).rawValue)
    }

    @Test(arguments: Consequence.Code.allCases, Language.allCases)
    func `a consequence reads as a sentence with nothing left to fill`(
        code: Consequence.Code,
        language: Language
    ) throws {
        let words = try words
        let key = "consequence.\(code.rawValue)"
        let arguments = ConsequenceSamples.arguments(code)
        #expect(words.arguments(of: key, in: language).isSubset(of: arguments.keys))
        #expect(!words.say(key, language, arguments).contains("⟦"))
    }

    @Test(arguments: Language.allCases)
    func `OP-13 what keeps one subscription from changing hands is said of it by name`(language: Language) throws {
        let text = try words.say("reason.\(Reason.notActive.rawValue)", language, ["product": .text("Office 365 E3")])
        #expect(text.contains("Office 365 E3"))
        #expect(!text.contains("%("))
    }

    // What the service fills in (MoveLetters, CalendarFile).
    private static let arguments: [String: Argument] = [
        "recipient": .text("田中 一郎"), "company": .text("みらい商事"), "source": .words("move.noSource"),
        "target": .text("東西クラウド"), "kind": .words("moveKind.switchPartner"), "subscriptions": .text("Azure"),
        "expires": .day(.latest), "cutover": .day(.latest), "state": .words("moveState.handover"),
        "step": .words("moveStep.none"), "reason": .words("move.noReason"),
        "link": .text("https://x.example/switches/1"),
    ]

    private static func mailsSent() throws -> Set<String> {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/SuiroService")
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return Set(
            try names.filter { $0.hasSuffix(".swift") }.flatMap { name in
                String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
                    .matches(of: /tellParties\(of: [a-z]+, "([A-Za-z]+)"/).map { String($0.output.1) }
            }
        )
    }

    @Test(arguments: Language.allCases)
    func `OP-06 every mail about a move is whole, and its link stands once and on a line of its own`(
        language: Language
    ) throws {
        let words = try words
        let sent = try Self.mailsSent()
        #expect(sent.count >= 14)
        for kind in sent.sorted() {
            for part in ["subject", "body"] {
                let key = "mail.\(kind).\(part)"
                #expect(words.has(key), "\(key)")
                #expect(words.arguments(of: key, in: language).isSubset(of: Self.arguments.keys), "\(key)")
                #expect(!words.say(key, language, Self.arguments).contains("⟦"), "\(key)")
            }
            let body = words.raw("mail.\(kind).body", in: language) ?? ""
            let lines = body.split(separator: "\n")
            #expect(lines.filter { $0.contains("%(link)") } == ["%(link)"], "\(kind)")
            #expect(!(words.raw("mail.\(kind).subject", in: language) ?? "\n").contains("\n"), "\(kind)")
            #expect(language == .en || lines.prefix(2).contains("%(recipient) 様"), "\(kind)")
        }
    }

    @Test(arguments: Language.allCases)
    func `whoever is asked for an answer is told by when, and that nothing has changed`(language: Language) throws {
        let words = try words
        let unchanged = language == .en ? "Nothing has changed yet" : "まだ何も変わっていません"
        for kind in ["moveRequested", "moveReminder"] {
            let body = try #require(words.raw("mail.\(kind).body", in: language))
            #expect(body.contains("%(expires)"))
            #expect(body.contains(unchanged))
        }
    }

    @Test(arguments: ["mail.moveDeclined.body", "mail.moveWithdrawn.body"], Language.allCases)
    func `TR-06 an ending that somebody chose comes with its reason`(key: String, language: Language) throws {
        #expect(try words.arguments(of: key, in: language).contains("reason"))
    }

    @Test(arguments: ["calendar.answer", "calendar.step", "calendar.cutOver"], Language.allCases)
    func `a date of a move fits into one line of a calendar`(key: String, language: Language) throws {
        let words = try words
        #expect(words.has(key))
        #expect(words.arguments(of: key, in: language).isSubset(of: ["company", "target", "kind", "step"]))
        let text = words.say(key, language, Self.arguments)
        #expect(!text.contains("\n"))
        #expect(!text.contains("⟦"))
    }
}
