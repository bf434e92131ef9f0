import SuiroCommand
import Testing

@Suite struct SubscriptionTests {
    private static let options = #"""
        {"policyEdition":"2026","items":[{"action":"cancel","verdict":"allowed","rule":"LC-10","reason":"OWN_SALE",
        "text":"Your organization sold it.","next":[{"action":"cancelInTime","date":"2027-03-31T10:00:00Z",
        "cost":{"amount":"24.00","currency":"USD"},"text":"Cancel in time."}]}]}
        """#

    private func cancel(_ arguments: String..., input: [String] = []) async -> Rehearsal.Outcome {
        await Rehearsal(input: input, answer: { call in .ok(call.method == "GET" ? Self.options : "{}") })
            .run(["subscription", "cancel", "c", "s1", "s2"] + arguments)
    }

    @Test func `a rehearsal tells the verdict, the deadline and the money, and changes nothing`() async {
        let outcome = await cancel("--dry-run")
        #expect(outcome.status == .ok)
        #expect(outcome.calls.map(\.method) == ["GET", "GET"])
        for told in ["s1", "s2", "Cancel: Allowed", "LC-10", "Cancel in time.", "24.00"] {
            #expect(outcome.out.contains(told), "\(told)")
        }
        #expect(outcome.err == "Nothing was changed.\n")
    }

    @Test(arguments: [["y"], ["n"], []])
    func `cancelling asks first, and each is cancelled by itself`(input: [String]) async {
        let outcome = await cancel(input: input)
        let isMeant = input == ["y"]
        #expect(outcome.status == (isMeant ? .ok : .cancelled))
        #expect(
            outcome.calls.map(\.target) == (isMeant ? ["s1", "s2"].map { "/v1/customers/c/subscriptions/\($0)" } : [])
        )
    }

    @Test func `what is refused ends it, with the reason and its exit code`() async {
        let refusal = #"{"code":900117,"description":"The time is over.","rule":"LC-10","reason":"CANCEL_WINDOW_OVER"}"#
        let outcome = await Rehearsal(answer: { _ in .no(400, refusal) })
            .run(["subscription", "cancel", "c", "s1", "s2", "--yes"])
        #expect(outcome.status == .refused)
        #expect(outcome.calls.count == 1)
        #expect(outcome.err.contains("The time is over."))
    }
}
