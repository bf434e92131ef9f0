import Foundation
import SuiroCommand
import Testing

@Suite struct EndingTests {
    @Test func `the numbers are the promised ones`() {
        #expect(Ending.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 64, 130])
    }

    @Test(arguments: [
        (500, "", Ending.failed), (503, "<html>", .failed), (302, "", .failed),
        (429, #"{"statusCode":429}"#, .failed),
        (400, #"{"code":"2000","description":"x"}"#, .failed), (403, #"{"code":"2032","rule":null}"#, .failed),
        (400, #"{"code":"800024","rule":"S-16"}"#, .refused), (403, #"{"reason":"NO_RELATIONSHIP"}"#, .refused),
        (409, #"{"rule":"S-26"}"#, .refused), (409, #"{"code":"3000"}"#, .conflict), (412, "", .conflict),
        (400, #"{"code":2055}"#, .conflict), (400, #"{"code":"2055","reason":"STALE"}"#, .conflict),
        (401, #"{"code":"400","reason":"TOKEN_EXPIRED"}"#, .signInNeeded), (404, "", .notFound),
        (404, #"{"reason":"NO_SUCH_ROUTE"}"#, .notFound),
    ])
    func `an error answer ends the run with its class`(status: Int, body: String, expected: Ending) async {
        let outcome = await Rehearsal(answer: { _ in .no(status, body) }).run("customer", "show", "x")
        #expect(outcome.status == expected)
        #expect(outcome.out.isEmpty)
        #expect(!outcome.err.isEmpty)
    }

    @Test func `no answer is a failure that says how to repeat a write safely`() async {
        let rehearsal = Rehearsal(answer: { _ in throw URLError(.cannotConnectToHost) })
        let read = await rehearsal.run("customer", "list")
        #expect(read.status == .failed)
        #expect(read.err == "No answer came from http://127.0.0.1:8080.\n")
        let write = await rehearsal.run("relationship", "remind", "x")
        #expect(write.err.contains("--request-id 00000000-0000-4000-8000-0000000000ab"))
    }

    @Test func `without a sign-in the run says how to get one`() async {
        let outcome = await Rehearsal(signedIn: false).run("customer", "list")
        #expect(outcome.status == .signInNeeded)
        #expect(outcome.err.contains("suiro login --url URL"))
        #expect(outcome.calls.isEmpty)
    }

    @Test(arguments: [
        ["customer", "lst"], ["customer", "show"], ["--ambiguous-width", "3", "whoami"],
        ["-o", "xml", "customer", "list"],
        ["sandbox", "fault"], ["sandbox", "clock", "advance", "soon"], ["policy", "list", "--at", "tomorrow"],
        ["api", "GET", "/v1/customers", "-f", "size"], ["customer", "list", "--url", "localhost"],
        ["relationship", "remind", "x", "--request-id", "7"],
    ])
    func `a mistake in the command line is 64`(arguments: [String]) async {
        let outcome = await Rehearsal().run(arguments)
        #expect(outcome.status == .usage)
        #expect(outcome.out.isEmpty)
        #expect(outcome.calls.isEmpty)
    }

    @Test func `waiting for an answer ends with 7 when the time is over`() async {
        let rehearsal = Rehearsal(answer: { _ in .ok(#"{"id":"r","state":"sent"}"#) })
        let outcome = await rehearsal.run("relationship", "show", "r", "--wait", "3")
        #expect(outcome.status == .waiting)
        #expect(outcome.calls.count == 4)
        let unhurried = await rehearsal.run("relationship", "show", "r")
        #expect(unhurried.status == .ok)
    }

    @Test func `help and version are data`() async {
        let help = await Rehearsal(signedIn: false).run("customer", "--help")
        #expect(help.status == .ok)
        #expect(help.out.contains("Customers / 顧客"))
        #expect(await Rehearsal(signedIn: false).run("--version").out == "suiro \(Version.current)\n")
        #expect(await Rehearsal(signedIn: false).run("version").out == "suiro \(Version.current)\n")
    }
}
