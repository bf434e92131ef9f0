import Foundation
import SuiroCommand
import Testing

@Suite struct RequestTests {
    @Test(arguments: [
        (["customer", "list"], "GET /v1/customers?size=500"),
        (
            ["customer", "list", "--filter", "みらい"],
            "GET /v1/customers?size=500&filter=%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22"
                + "%E3%81%BF%E3%82%89%E3%81%84%22%2C%22Operator%22%3A%22starts_with%22%7D"
        ),
        (["customer", "show", "a/../b?c"], "GET /v1/customers/a%2F..%2Fb%3Fc"),
        (["customer", "show", ".."], "GET /v1/customers/%2E%2E"),
        (["subscription", "list", "c"], "GET /multichannel/v1/customers/c/subscriptions"),
        (
            ["subscription", "why", "c", "s", "--at", "2027-04-01"],
            "GET /multichannel/v1/customers/c/subscriptions/s/options?at=2027-04-01"
        ),
        (
            ["subscription", "suspend", "c", "s", "--reason", "fraud"],
            #"PATCH /v1/customers/c/subscriptions/s {"status":"suspended","suspensionReasons":["fraud"]}"#
        ),
        (["subscription", "suspend", "c", "s"], #"PATCH /v1/customers/c/subscriptions/s {"status":"suspended"}"#),
        (["subscription", "resume", "c", "s"], #"PATCH /v1/customers/c/subscriptions/s {"status":"active"}"#),
        (["subscription", "cancel", "c", "s", "-y"], #"PATCH /v1/customers/c/subscriptions/s {"status":"deleted"}"#),
        (
            ["subscription", "set-quantity", "c", "s", "--to", "25"],
            #"PATCH /v1/customers/c/subscriptions/s {"quantity":25}"#
        ),
        (
            ["subscription", "cancel", "c", "s", "--dry-run"],
            "GET /multichannel/v1/customers/c/subscriptions/s/options"
        ),
        (["relationship", "list"], "GET /multichannel/v1/relationshiprequests"),
        (["relationship", "show", "r"], "GET /multichannel/v1/relationshiprequests/r"),
        (["relationship", "remind", "r"], "POST /multichannel/v1/relationshiprequests/r/reminder"),
        (["relationship", "withdraw", "r"], "POST /multichannel/v1/relationshiprequests/r/withdrawal"),
        (["relationship", "decline", "K7"], "POST /multichannel/v1/invitations/K7/refusal {}"),
        (
            ["relationship", "decline", "K7", "--reason", "No"],
            #"POST /multichannel/v1/invitations/K7/refusal {"reason":"No"}"#
        ),
        (["access", "list", "c"], "GET /multichannel/v1/customers/c/access"),
        (["access", "remove", "c", "a"], "DELETE /multichannel/v1/customers/c/access/a"),
        (["policy", "list", "--at", "2017-06-09"], "GET /multichannel/v1/policies?at=2017-06-09"),
        (["policy", "show", "license.switch"], "GET /multichannel/v1/policies/license.switch"),
        (["announcement", "list"], "GET /multichannel/v1/announcements"),
        (["announcement", "show", "n"], "GET /multichannel/v1/announcements/n"),
        (
            ["explain", "5C0B1F6E-0D7A-4C58-9B55-4F3A2E1D0C9B"],
            "GET /multichannel/v1/decisions/5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b"
        ),
        (["sandbox", "clock", "show"], "GET /sandbox/v1/clock"),
        (["sandbox", "clock", "set", "2017-06-09"], #"PUT /sandbox/v1/clock {"now":"2017-06-09T00:00:00Z"}"#),
        (["sandbox", "reset"], "POST /sandbox/v1/reset"),
        (["sandbox", "outbox"], "GET /sandbox/v1/outbox"),
        (["sandbox", "outbox", "--clear"], "DELETE /sandbox/v1/outbox"),
        (["sandbox", "snapshot", "save"], "POST /sandbox/v1/snapshots"),
        (["sandbox", "snapshot", "restore", "s"], "POST /sandbox/v1/snapshots/s/restoration"),
        (["sandbox", "fault", "--clear"], #"PUT /sandbox/v1/faults {"rules":[]}"#),
        (
            ["sandbox", "fault", "GET /v1/customers", "--status", "503", "--delay", "20", "--times", "1"],
            #"PUT /sandbox/v1/faults {"rules":[{"match":"GET /v1/customers","status":503,"delayMs":20,"times":1}]}"#
        ),
        (["api", "get", "/v1/customers", "-f", "size=2", "-f", "q=a b&c"], "GET /v1/customers?size=2&q=a%20b%26c"),
        (["api", "GET", "v1/x?y=1", "-f", "z=2"], "GET /v1/x?y=1&z=2"),
        (
            ["api", "POST", "/v1/x", "-f", "n=田中", "-f", "s[days]=90", "-f", "s[r][]=a", "-f", "s[r][]=b"],
            #"POST /v1/x {"n":"田中","s":{"days":90,"r":["a","b"]}}"#
        ),
        (
            ["api", "PATCH", "/v1/x", "-f", "a=true", "-f", "b=12.10", "-f", "c=007", "-f", "d=\"7\"", "-f", "e=[1]"],
            #"PATCH /v1/x {"a":true,"b":"12.10","c":"007","d":"7","e":[1]}"#
        ),
        (["api", "DELETE", "/v1/x"], "DELETE /v1/x"),
    ])
    func `a command line becomes this request`(arguments: [String], expected: String) async {
        let outcome = await Rehearsal(answer: { _ in .ok(#"{"items":[],"now":"2017-06-09T00:00:00Z"}"#) }).run(
            arguments
        )
        #expect(outcome.status == .ok)
        let call = outcome.calls.first
        let line = [call?.method, call?.target, call?.body == nil ? nil : call?.text].compactMap { $0 }
        #expect(line.joined(separator: " ") == expected)
        #expect(outcome.calls.count == 1)
    }

    @Test(arguments: [
        ("P31D", "P31D"), ("31d", "P31D"), ("2w", "P2W"), ("12h", "PT12H"), ("30m", "PT30M"), ("pt5s", "PT5S"),
    ])
    func `the clock advances by ISO durations and their short forms`(text: String, sent: String) async {
        let outcome = await Rehearsal(answer: { _ in .ok(#"{"now":"2017-07-10T00:00:00Z"}"#) })
            .run("sandbox", "clock", "advance", text)
        #expect(outcome.calls.first?.text == #"{"by":"\#(sent)"}"#)
        #expect(outcome.out == "Clock  10 Jul 2017, 09:00 JST\n")
    }

    @Test func `every write carries a fresh lower-case request id, and reads carry none`() async {
        let write = await Rehearsal().run("relationship", "remind", "r")
        #expect(write.calls.first?[header: "MS-RequestId"] == "00000000-0000-4000-8000-0000000000ab")
        let given = await Rehearsal().run(
            "relationship",
            "remind",
            "r",
            "--request-id",
            "5C0B1F6E-0D7A-4C58-9B55-4F3A2E1D0C9B"
        )
        #expect(given.calls.first?[header: "MS-RequestId"] == "5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b")
        let read = await Rehearsal().run("customer", "list")
        #expect(read.calls.first?[header: "MS-RequestId"] == nil)
    }

    @Test func `each surface gets its own token`() async {
        let sandbox = await Rehearsal().run("sandbox", "clock", "show")
        #expect(sandbox.calls.first?[header: "Authorization"] == "Bearer token-of-the-sandbox")
        let api = await Rehearsal().run("api", "GET", "/sandbox/v1/clock")
        #expect(api.calls.first?[header: "Authorization"] == "Bearer token-of-the-sandbox")
        let list = await Rehearsal().run("customer", "list")
        #expect(list.calls.first?[header: "Authorization"] == "Bearer token-of-misaki")
    }

    @Test func `a raw call can replace and remove headers and send a file`() async throws {
        let rehearsal = Rehearsal()
        let file = try rehearsal.file("rows.csv", "a,b\r\n")
        let outcome = await rehearsal.run(
            "api",
            "POST",
            "/multichannel/v1/customers/c/usage",
            "-f",
            "format=focus",
            "--input",
            file,
            "-H",
            "X-Locale: ja-JP",
            "-H",
            "Authorization:"
        )
        let call = try #require(outcome.calls.first)
        #expect(call.target == "/multichannel/v1/customers/c/usage?format=focus")
        #expect(call[header: "Content-Type"] == "text/csv")
        #expect(call[header: "Authorization"] == nil)
        #expect(call.headers.filter { $0.name == "X-Locale" }.map(\.value) == ["ja-JP"])
        #expect(call.text == "a,b\r\n")
        let piped = await Rehearsal(input: [#"{"now":1}"#]).run("api", "PUT", "/x", "--input", "-")
        #expect(piped.calls.first?.text == #"{"now":1}"#)
    }

    @Test func `a raw call never takes the token elsewhere`() async {
        let outcome = await Rehearsal().run("api", "GET", "https://elsewhere.example/v1/customers")
        #expect(outcome.status == .usage)
        #expect(outcome.calls.isEmpty)
        let same = await Rehearsal().run("api", "GET", "http://localhost:8080/v1/customers?size=1")
        #expect(same.calls.first?.target == "/v1/customers?size=1")
    }

    @Test func `what is not JSON comes out as it is`() async {
        let outcome = await Rehearsal(answer: { _ in .ok("openapi: 3.1.0\n") }).run("api", "GET", "/openapi.yaml")
        #expect(outcome.out == "openapi: 3.1.0\n")
    }

    @Test func `verbose shows the traffic and no secret`() async {
        let body = #"{"access_token":"abc123","tokens":{"app":"abc123"},"continuationToken":"next","id":"x"}"#
        let headers = [Header("MS-CorrelationId", "c-1")]
        let rehearsal = Rehearsal(answer: { call in call.target.contains("reminder") ? .ok(body, headers) : .ok("{}") })
        let outcome = await rehearsal.run("relationship", "remind", "x", "-v")
        #expect(outcome.err.contains("> POST http://127.0.0.1:8080/multichannel/v1/relationshiprequests/x/reminder\n"))
        #expect(outcome.err.contains("> Authorization: Bearer ***\n"))
        #expect(outcome.err.contains("< MS-CorrelationId: c-1\n"))
        #expect(outcome.err.contains(#""continuationToken":"next""#))
        #expect(!outcome.err.contains("abc123"))
        #expect(!outcome.err.contains("token-of-misaki"))
    }
}
