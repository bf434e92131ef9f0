import Foundation
import SuiroCommand
import Testing

@Suite struct MoveTests {
    private static let move = #"""
        {"id":"9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b","kind":"switchPartner","state":"awaitingConsent",
        "customer":{"name":"株式会社みらい商事"},"source":{"name":"北星システム"},"target":{"name":"東西クラウド"},
        "termsHash":"h-1","policyEdition":"2017-06","moves":[{"name":"Compute","subscriptionId":"s-1",
        "monthlyCost":{"amount":"31000","currency":"JPY"}}],
        "billing":[{"payee":{"name":"北星システム"},"from":"2027-03-01T00:00:00Z","to":"2027-03-16T00:00:00Z",
        "amount":{"amount":"15000","currency":"JPY"},"subscriptionId":"s-1"}],
        "consents":[{"party":"customer","state":"pending"}],
        "steps":[{"id":"openRequest","name":"Open the request","state":"ready","who":"source"}],
        "stays":[{"code":"priceTerms","text":"Prices stay with the partner.","rule":"TR-12"}],"atRisk":[],
        "blockers":[]}
        """#

    private func run(_ arguments: String..., input: [String] = []) async -> Rehearsal.Outcome {
        await Rehearsal(input: input, answer: { _ in .ok(Self.move) }).run(arguments)
    }

    @Test func `a plan asks for a preview and changes nothing`() async {
        let outcome = await run(
            "move",
            "plan",
            "c-1",
            "s-1",
            "--to",
            "p-1",
            "--cancel-first",
            "--cutover",
            "2027-03-16"
        )
        #expect(outcome.status == .ok)
        #expect(outcome.calls.map(\.target) == ["/multichannel/v1/customers/c-1/movepreviews"])
        #expect(
            outcome.calls.first?.text
                == #"{"subscriptionIds":["s-1"],"toPartner":"p-1","plan":"cancelFirst","cutover":"2027-03-16T00:00:00Z"}"#
        )
        for text in ["Compute", "北星システム", "Open the request", "Prices stay with the partner."] {
            #expect(outcome.out.contains(text))
        }
    }

    @Test func `a request without a dry run asks everybody, with one it asks nobody`() async {
        let real = await run("switch", "request", "c-1", "s-1")
        #expect(real.calls.map(\.target) == ["/multichannel/v1/customers/c-1/moves"])
        let dry = await run("move", "request", "c-1", "s-1", "--dry-run")
        #expect(dry.calls.map(\.target) == ["/multichannel/v1/customers/c-1/movepreviews"])
    }

    @Test func `two plans at once are a mistake`() async {
        let outcome = await run("move", "plan", "c-1", "s-1", "--wait", "--cancel-first")
        #expect(outcome.status == .usage)
        #expect(outcome.calls.isEmpty)
    }

    @Test func `agreeing shows the terms, asks, and names exactly those terms`() async {
        let outcome = await run("move", "approve", "m-1", input: ["y"])
        #expect(outcome.calls.map(\.method) == ["GET", "POST"])
        #expect(outcome.calls.last?.text == #"{"decision":"approve","termsHash":"h-1"}"#)
        let no = await run("move", "approve", "m-1", input: ["n"])
        #expect(no.status == .cancelled)
        #expect(no.calls.map(\.method) == ["GET"])
    }

    @Test func `a step carries its evidence`() async {
        let outcome = await run(
            "move",
            "done",
            "enterDetails",
            "m-1",
            "-f",
            "details[regions]=japaneast",
            "--note",
            "as agreed"
        )
        #expect(outcome.calls.last?.target == "/multichannel/v1/moves/m-1/steps/enterDetails")
        #expect(
            outcome.calls.last?.text == #"{"evidence":{"details":{"regions":"japaneast"},"note":"as agreed"}}"#
        )
    }

    @Test func `a move speaks Japanese when it is asked to`() async {
        let outcome = await run("move", "status", "m-1", "--lang", "ja")
        #expect(outcome.out.contains("同意待ち") && outcome.out.contains("パートナーの切り替え"))
    }

    @Test func `leftovers are removed or may stay`() async {
        let removed = await run("move", "resolve", "c-1", "l-1")
        #expect(removed.calls.last?.text == #"{"decision":"remove"}"#)
        let kept = await run("move", "resolve", "c-1", "l-1", "--keep", "--reason", "Until June")
        #expect(kept.calls.last?.text == #"{"decision":"signOff","reason":"Until June"}"#)
    }
}
