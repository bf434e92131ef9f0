import Foundation
import SuiroCommand
import Testing

@Suite struct RefusalTests {
    private static let refusal = #"""
        {"code":"800024","description":"Office 365 E3 を他のパートナーに切り替えられません。","data":[],"source":"PartnerFD",
        "rule":"S-16","reason":"LICENSE_SWITCH_FORBIDDEN","policyEdition":"2017-06","next":[
        {"action":"replaceLicense","date":"2027-03-31","text":"満了後の購入を計画する"},
        {"action":"cancel","cost":{"amount":"184320","currency":"JPY"},"text":"先にキャンセルする"}]}
        """#
    private static let id = "5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b"

    private func refused(_ arguments: String...) async -> Rehearsal.Outcome {
        await Rehearsal(answer: { _ in .no(403, Self.refusal, [Header("ms-correlationid", Self.id)]) })
            .run(["relationship", "remind", "x"] + arguments)
    }

    @Test func `a refusal takes five lines in Japanese`() async {
        let outcome = await refused("--lang", "ja-JP")
        #expect(outcome.status == .refused)
        #expect(
            outcome.err == """
                何が      Office 365 E3 を他のパートナーに切り替えられません。
                なぜ      ライセンスベースのサブスクリプションは、期間の途中で CSP パートナー間を移せません。（規則 S-16、版 2017-06）
                いつから  2027/03/31 から
                次に      満了後の購入を計画する（2027/03/31 から） / 先にキャンセルする（¥184,320）
                番号      MS-CorrelationId 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b

                """
        )
        #expect(outcome.calls.first?[header: "X-Locale"] == "ja-JP")
    }

    @Test func `and five in English`() async {
        let body = #"{"description":"You cannot switch it.","rule":"S-16","reason":"LICENSE_SWITCH_FORBIDDEN"}"#
        let outcome = await Rehearsal(answer: { _ in .no(400, body, [Header("MS-CorrelationId", Self.id)]) })
            .run("relationship", "remind", "x")
        #expect(
            outcome.err == """
                What       You cannot switch it.
                Why        A license-based subscription cannot move to another CSP partner during its term. (rule S-16)
                From when  No date is set for a change.
                Next       Read the decision: suiro explain 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b
                Reference  MS-CorrelationId 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b

                """
        )
    }

    @Test(arguments: Language.allCases)
    func `a reason nobody has words for is still a sentence`(language: Language) async {
        let outcome = await Rehearsal(answer: { _ in .no(403, #"{"reason":"MOON_IS_FULL"}"#) })
            .run("customer", "show", "x", "--lang", language.rawValue)
        #expect(outcome.err.contains(language == .english ? "names the reason MOON" : "理由は MOON_IS_FULL です"))
        #expect(outcome.err.split(separator: "\n").count == 5)
    }

    @Test func `in JSON mode the only word is one object on standard error`() async throws {
        let outcome = await refused("-o", "json", "--lang", "ja")
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.split(separator: "\n").count == 1)
        let report = try #require(JSON(text: outcome.err))
        #expect(report["rule"] == "S-16")
        #expect(report["status"] == 403)
        #expect(report["exitCode"] == 3)
        #expect(report["correlationId"] == .string(Self.id))
        #expect(report["next"].elements.count == 2)
    }

    @Test(arguments: [
        (#"{"error":{"code":"Request_BadRequest","message":"Graph says no"}}"#, "Graph says no"),
        (#"{"error":"invalid_grant","error_description":"No such app"}"#, "No such app"),
        ("<html>", "The server answered with status 500."),
    ])
    func `errors of other shapes are read too`(body: String, sentence: String) async {
        let outcome = await Rehearsal(answer: { _ in .no(500, body) }).run("customer", "list")
        #expect(outcome.err.hasPrefix("What       \(sentence)\n"))
    }

    @Test func `a server that wants to rest says for how long`() async {
        let outcome = await Rehearsal(answer: { _ in .no(429, "", [Header("Retry-After", "12")]) }).run(
            "customer",
            "list"
        )
        #expect(outcome.err.contains("Ask again after 12 seconds."))
    }

    @Test func `one action that is not possible is explained in five lines`() async {
        let options = #"""
            {"classification":{"route":"refused","rule":"S-16"},"policyEdition":"2017-06","items":[
            {"action":"manage","verdict":"allowed"},
            {"action":"switchPartner","verdict":"refused","rule":"S-16","reason":"LICENSE_SWITCH_FORBIDDEN",
            "text":"期間の途中では切り替えられません。","availableFrom":"2027-03-31T15:00:00Z",
            "next":[{"text":"満了を待つ","date":"2027-04-01"}]}]}
            """#
        let rehearsal = Rehearsal(answer: { _ in .ok(options, [Header("MS-CorrelationId", Self.id)]) })
        let outcome = await rehearsal.run(
            "subscription",
            "why",
            "c",
            "s",
            "--action",
            "switchpartner",
            "--lang",
            "ja"
        )
        #expect(outcome.status == .ok)
        #expect(
            outcome.out == """
                何が      パートナーの切り替え: できません
                なぜ      期間の途中では切り替えられません。（規則 S-16、版 2017-06）
                いつから  2027/04/01 から
                次に      満了を待つ（2027/04/01 から）
                番号      MS-CorrelationId 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b

                """
        )
        let unknown = await rehearsal.run("subscription", "why", "c", "s", "--action", "fly")
        #expect(unknown.status == .notFound)
        #expect(unknown.err.contains("manage, switchPartner"))
    }
}
