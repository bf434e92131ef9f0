import Foundation
import SuiroCommand
import Testing

@Suite struct SignInTests {
    private static let ready = #"""
        {"url":"http://127.0.0.1:9000","cloud":"public","pid":1,"sandboxToken":"st","clock":"2017-06-09T00:00:00Z",
        "personas":{"misaki":{"token":"tm","tenant":"t-1","user":"misaki@tozai.example","organization":"東西クラウド",
        "kind":"direct","roles":["adminAgent"]},"ken":{"token":"tk"}}}
        """#

    @Test func `a sign-in is kept privately and used by the next command`() async throws {
        let rehearsal = Rehearsal(signedIn: false)
        let login = await rehearsal.run("login", "--url", "http://127.0.0.1:8080/", "--token", "t1")
        #expect(login.status == .ok)
        let path = rehearsal.home + "/.config/suiro/config.json"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let next = await rehearsal.run("customer", "list")
        #expect(next.calls.first?[header: "Authorization"] == "Bearer t1")
        #expect(next.calls.first?.url.absoluteString == "http://127.0.0.1:8080/v1/customers?size=500")
        #expect(await rehearsal.run("logout").status == .ok)
        #expect(await rehearsal.run("customer", "list").status == .signInNeeded)
        #expect(await rehearsal.run("logout").err == "Nobody was signed in.\n")
    }

    @Test func `a kept token goes to no other server`() async {
        let rehearsal = Rehearsal(signedIn: false)
        _ = await rehearsal.run("login", "--url", "http://127.0.0.1:8080", "--token", "t1")
        let other = await rehearsal.run("customer", "list", "--url", "http://127.0.0.1:8081")
        #expect(other.status == .signInNeeded)
        #expect(other.calls.isEmpty)
    }

    @Test func `a token the server turns away is not kept`() async {
        let rehearsal = Rehearsal(signedIn: false, answer: { _ in .no(401, #"{"code":"400"}"#) })
        let login = await rehearsal.run("login", "--url", Rehearsal.url, "--token", "old")
        #expect(login.status == .signInNeeded)
        #expect(!FileManager.default.fileExists(atPath: rehearsal.home + "/.config/suiro/config.json"))
    }

    @Test func `the token can come from standard input, which keeps it out of the history`() async {
        let rehearsal = Rehearsal(signedIn: false, input: [" t2 "])
        let login = await rehearsal.run("login", "--url", Rehearsal.url)
        #expect(login.calls.first?[header: "Authorization"] == "Bearer t2")
    }

    @Test func `options come before variables`() async {
        let outcome = await Rehearsal().run("customer", "list", "--url", "http://127.0.0.1:1", "--token", "t9")
        #expect(outcome.calls.first?.url.port == 1)
        #expect(outcome.calls.first?[header: "Authorization"] == "Bearer t9")
    }

    @Test func `a persona of the ready file brings address and token`() async throws {
        let rehearsal = Rehearsal(signedIn: false)
        let file = try rehearsal.file("ready.json", Self.ready)
        let list = await rehearsal.run("customer", "list", "--ready-file", file, "--as", "misaki")
        #expect(list.calls.first?.url.absoluteString == "http://127.0.0.1:9000/v1/customers?size=500")
        #expect(list.calls.first?[header: "Authorization"] == "Bearer tm")
        let clock = await rehearsal.run("sandbox", "clock", "show", "--ready-file", file)
        #expect(clock.calls.first?[header: "Authorization"] == "Bearer st")
        let nobody = await rehearsal.run("customer", "list", "--ready-file", file)
        #expect(nobody.status == .signInNeeded)
        #expect(nobody.err.contains("misaki, ken"))
        let unknown = await rehearsal.run("customer", "list", "--ready-file", file, "--as", "bob")
        #expect(unknown.status == .usage)
        let elsewhere = await rehearsal.run(
            "customer",
            "list",
            "--ready-file",
            file,
            "--as",
            "ken",
            "--url",
            "http://elsewhere.example"
        )
        #expect(elsewhere.status == .usage)
        #expect(elsewhere.calls.isEmpty)
    }

    @Test func `being a persona lasts, also over a restart of the sandbox`() async throws {
        let rehearsal = Rehearsal(signedIn: false)
        let file = try rehearsal.file("ready.json", Self.ready)
        #expect(await rehearsal.run("sandbox", "as", "ken", "--ready-file", file).status == .ok)
        #expect(await rehearsal.run("customer", "list").calls.first?[header: "Authorization"] == "Bearer tk")
        _ = try rehearsal.file("ready.json", Self.ready.replacing("tk", with: "tk2"))
        #expect(await rehearsal.run("customer", "list").calls.first?[header: "Authorization"] == "Bearer tk2")
        #expect(await rehearsal.run("sandbox", "as", "misaki").status == .ok)
        #expect(await rehearsal.run("customer", "list").calls.first?[header: "Authorization"] == "Bearer tm")
    }

    @Test func `whoami tells persona, roles and address`() async throws {
        let rehearsal = Rehearsal(signedIn: false)
        let file = try rehearsal.file("ready.json", Self.ready)
        let outcome = await rehearsal.run("whoami", "--ready-file", file, "--as", "misaki", "--lang", "ja")
        #expect(
            outcome.out == """
                アドレス  http://127.0.0.1:9000
                ペルソナ  misaki
                ユーザー  misaki@tozai.example
                テナント  t-1
                組織      東西クラウド
                種類      直接パートナー
                役割      管理エージェント

                """
        )
    }

    @Test func `whoami reads a token's claims`() async {
        // {"tid":"t-7","upn":"a@b.example","roles":["auditor"],"exp":1500000000}
        let claims = "eyJ0aWQiOiJ0LTciLCJ1cG4iOiJhQGIuZXhhbXBsZSIsInJvbGVzIjpbImF1ZGl0b3IiXSwiZXhwIjoxNTAwMDAwMDAwfQ"
        let outcome = await Rehearsal(["SUIRO_TOKEN": "e30.\(claims).x"]).run("whoami", "-o", "json")
        #expect(
            JSON(text: outcome.out)?.compact == #"{"url":"http://127.0.0.1:8080","user":"a@b.example","tenant":"t-7","#
                + #""roles":["auditor"],"until":"2017-07-14T02:40:00Z"}"#
        )
    }
}
