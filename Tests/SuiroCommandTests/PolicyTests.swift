import Foundation
import SuiroCommand
import Testing

/// Changing a policy from the command line: checked, previewed, announced.
@Suite struct PolicyTests {
    private static let preview = #"""
        {"package":"2026","effective":"2027-01-01T00:00:00Z","earliest":"2026-11-22T00:00:00Z","recipients":12,
        "changes":[{"key":"resale.cspToCsp","scope":{"cloud":"public"},"effectiveFrom":"2027-01-01T00:00:00Z",
        "old":{"value":"forbidden"},"new":{"value":"allowed","rule":"S-26"}}]}
        """#

    private func publish(_ arguments: String..., input: [String] = []) async -> Rehearsal.Outcome {
        await Rehearsal(
            input: input,
            answer: { call in
                .ok(call.isRead ? Self.preview : #"{"package":"2026","announcement":{"id":"a-1"}}"#)
            }
        ).run(["policy", "publish", "d-1", "--effective", "2027-01-01"] + arguments)
    }

    @Test func `a dry run shows what would change and publishes nothing`() async {
        let outcome = await publish("--dry-run")
        #expect(outcome.status == .ok)
        #expect(outcome.calls.map(\.method) == ["GET"])
        #expect(outcome.calls.first?.target == "/multichannel/v1/policypackages/d-1/publication?effective=2027-01-01")
        #expect(outcome.out.contains("resale.cspToCsp") && outcome.out.contains("forbidden"))
        #expect(outcome.err.hasSuffix("Nothing was changed.\n"))
    }

    @Test func `publishing asks first, and tells how many are told`() async {
        let outcome = await publish(input: ["y"])
        #expect(outcome.err.contains("Publish 2026 and tell 12 administrators? [y/N] "))
        #expect(outcome.calls.map(\.method) == ["GET", "POST"])
        #expect(outcome.calls.last?.text == #"{"effective":"2027-01-01"}"#)
        #expect(outcome.err.contains("suiro announcement show a-1"))
    }

    @Test(arguments: [["n"], [], ["yess"]])
    func `anything but a yes publishes nothing`(input: [String]) async {
        let outcome = await Rehearsal(input: input, answer: { _ in .ok(Self.preview) })
            .run(["policy", "publish", "d-1"])
        #expect(outcome.status == .cancelled)
        #expect(outcome.calls.map(\.method) == ["GET"])
    }

    @Test func `yes is not asked again`() async {
        let outcome = await publish("--yes")
        #expect(outcome.calls.map(\.method) == ["POST"])
    }

    @Test func `a package is sent as it is written, a shipped one by its name`() async throws {
        let rehearsal = Rehearsal(answer: { _ in .ok(#"{"id":"d-1","package":"x","rows":1}"#) })
        let file = try rehearsal.file("x.yaml", "package: x\ntitle: { ja: テスト }\n")
        let typed = await rehearsal.run("policy", "draft", file)
        #expect(typed.calls.first?.text == "package: x\ntitle: { ja: テスト }\n")
        #expect(typed.calls.first?[header: "Content-Type"] == "application/yaml")
        #expect(typed.err.contains("suiro policy impact d-1"))
        let shipped = await rehearsal.run("policy", "draft", "2026")
        #expect(shipped.calls.first?.text == #"{"package":"2026"}"#)
        let nowhere = await rehearsal.run("policy", "draft", rehearsal.home + "/none.yaml")
        #expect(nowhere.status == .failed && nowhere.calls.isEmpty)
    }

    @Test func `checking names every mistake and says no by its exit code`() async {
        let answer =
            #"{"rows":1,"faults":[{"field":"rows[0].key","code":"unknown","text":"No such key."}],"changes":[]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(answer) }).run("policy", "check", "2026")
        #expect(outcome.status == .refused)
        #expect(outcome.calls.first?.target == "/multichannel/v1/policypackages/checks")
        #expect(
            outcome.out == """
                Field        Mistake
                rows[0].key  No such key.

                """
        )
        let good = #"{"package":"2026","rows":1,"faults":[],"changes":[]}"#
        let fine = await Rehearsal(answer: { _ in .ok(good) }).run("policy", "check", "2026", "--lang", "ja")
        #expect(fine.status == .ok)
        #expect(fine.err.hasSuffix("パッケージ 2026 に誤りはありません。\n"))
    }

    @Test func `a draft's dry run is a check`() async {
        let good = #"{"package":"2026","rows":1,"faults":[],"changes":[]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(good) }).run("policy", "draft", "2026", "--dry-run")
        #expect(outcome.calls.map(\.target) == ["/multichannel/v1/policypackages/checks"])
    }

    @Test func `the impact is a table for people and CSV for their spreadsheets`() async {
        let answer = #"""
            {"affectedCustomers":1,"affectedSubscriptions":1,"examined":7,"items":[{"customer":"みらい","customerId":"c",
            "subscription":"Exchange","subscriptionId":"s","partner":"Tozai","partnerId":"p","action":"manage",
            "from":"2027-01-01T00:00:00Z","before":{"verdict":"allowed","text":"May."},
            "after":{"verdict":"refused","reason":"CHANNEL_NOT_ELIGIBLE","text":"May not."}}]}
            """#
        let rehearsal = Rehearsal(answer: { _ in .ok(answer) })
        let people = await rehearsal.run("policy", "impact", "2026")
        #expect(people.out.contains("みらい    Exchange      Tozai    Manage  Allowed  Not allowed"))
        #expect(people.err == "Affected customers: 1, subscriptions: 1, of 7 looked at\n")
        let sheet = await rehearsal.run("policy", "impact", "2026", "-o", "csv")
        #expect(
            sheet.out.contains("みらい,Exchange,Tozai,manage,allowed,refused,2027-01-01T00:00:00Z,CHANNEL_NOT_ELIGIBLE")
        )
    }

    @Test func `two days differ where their values do`() async {
        let outcome = await Rehearsal(answer: { call in
            let later = call.target.hasSuffix("2027-01-01")
            let value = later ? "transfer" : "forbidden"
            let more = later ? "" : #",{"key":"gone","value":true,"scope":{},"effectiveTo":"2020-01-01T00:00:00Z"}"#
            return .ok(
                #"{"items":[{"key":"same","value":1,"scope":{}},{"key":"license.switch","scope":{},"#
                    + #""value":"\#(value)","effectiveFrom":"2024-07-01T00:00:00Z"}\#(more)]}"#
            )
        }).run("policy", "diff", "2017-06-09", "2027-01-01", "--columns", "key,old,new")
        #expect(
            outcome.out
                == """
                Policy          Old        New
                gone            true
                license.switch  forbidden  transfer

                """.replacing("Policy", with: "Key   ")
        )
    }

    @Test func `a kill switch wants a reason in both languages and a yes`() async {
        let silent = await Rehearsal().run("policy", "kill", "moves.enabled", "--reason-en", "Seats are lost", "--yes")
        #expect(silent.status == .usage && silent.calls.isEmpty)
        let arguments = ["policy", "kill", "moves.enabled", "--reason-en", "Seats are lost", "--reason-ja", "席が失われるため"]
        let answer = #"{"package":"emergency","announcement":{"id":"a-1"}}"#
        let unsure = await Rehearsal(input: ["n"], answer: { _ in .ok(answer) }).run(arguments)
        #expect(unsure.status == .cancelled && unsure.calls.isEmpty)
        let sure = await Rehearsal(input: ["y"], answer: { _ in .ok(answer) }).run(arguments)
        #expect(
            sure.calls.first?.text
                == #"{"key":"moves.enabled","value":false,"reason":{"en":"Seats are lost","ja":"席が失われるため"}}"#
        )
        let on = await Rehearsal(answer: { _ in .ok(answer) }).run(arguments + ["--on", "--yes"])
        #expect(on.calls.first?.text.contains(#""value":true"#) == true)
    }

    @Test func `a kill switch's dry run shows how it stands`() async {
        let answer =
            #"{"items":[{"key":"moves.enabled","value":true,"isEmergency":false,"since":"2016-11-01T00:00:00Z"}]}"#
        let rehearsal = Rehearsal(answer: { _ in .ok(answer) })
        let known = await rehearsal.run("policy", "kill", "moves.enabled", "--dry-run")
        #expect(known.calls.map(\.method) == ["GET"])
        #expect(known.out.contains("moves.enabled"))
        let unknown = await rehearsal.run("policy", "kill", "resale.cspToCsp", "--dry-run")
        #expect(unknown.status == .notFound)
    }

    @Test func `a withdrawal asks, or only shows`() async {
        let rehearsal = Rehearsal(
            input: ["y"],
            answer: { _ in .ok(#"{"id":"d-1","title":"T","announcement":{"id":"a"}}"#) }
        )
        let dry = await rehearsal.run("policy", "withdraw", "d-1", "--dry-run")
        #expect(dry.calls.map(\.method) == ["GET"])
        let done = await rehearsal.run("policy", "withdraw", "d-1")
        #expect(done.calls.map(\.target).last == "/multichannel/v1/policypackages/d-1/withdrawal")
    }
}
