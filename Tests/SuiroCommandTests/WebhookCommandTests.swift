import Foundation
import SuiroCommand
import Testing

@Suite struct WebhookCommandTests {
    private static let registration = #"""
        {"SubscriberId":"s-1","WebhookUrl":"https://hooks.example/","WebhookEvents":["invoice-ready","test-created"],
        "lastModifiedTimestamp":"2027-03-31T09:05:00Z"}
        """#

    @Test func `the first registration is made, and its secret shown with a word of warning`() async {
        let rehearsal = Rehearsal { call in
            if call.method == "GET" { return .no(404, #"{"code":1000,"reason":"NOT_FOUND"}"#) }
            return .ok(
                Self.registration.replacing("\"SubscriberId\"", with: #""signingSecret":"whsec_x","SubscriberId""#)
            )
        }
        let outcome = await rehearsal.run(
            "webhook",
            "register",
            "https://hooks.example/",
            "--event",
            "invoice-ready",
            "--event",
            "test-created"
        )
        #expect(outcome.status == .ok)
        #expect(outcome.calls.map(\.method) == ["GET", "POST"])
        #expect(outcome.calls.last?.target == "/webhooks/v1/registration")
        #expect(
            outcome.calls.last?.text
                == #"{"WebhookUrl":"https://hooks.example/","WebhookEvents":["invoice-ready","test-created"],"#
                + #""SignatureTokenToMsSignatureHeader":false,"RotateSigningSecret":false}"#
        )
        #expect(outcome.out.contains("whsec_x"))
        #expect(outcome.err.contains("it is not shown again"))
    }

    @Test func `a registration that is there is replaced, and without names every name is taken`() async {
        let rehearsal = Rehearsal { call in
            call.target.hasSuffix("/events") ? .ok(#"["a","b"]"#) : .ok(Self.registration)
        }
        let outcome = await rehearsal.run("webhook", "register", "https://hooks.example/", "--own-header")
        #expect(outcome.calls.map(\.method) == ["GET", "GET", "PUT"])
        #expect(outcome.calls.last?.text.contains(#""WebhookEvents":["a","b"]"#) == true)
        #expect(outcome.calls.last?.text.contains(#""SignatureTokenToMsSignatureHeader":true"#) == true)
        #expect(!outcome.err.contains("not shown again"))
    }

    @Test func `a dry run registers nothing`() async {
        let outcome = await Rehearsal().run("webhook", "register", "https://h.example/", "--event", "a", "--dry-run")
        #expect(outcome.calls.isEmpty)
        #expect(JSON(text: outcome.out)?["WebhookUrl"] == "https://h.example/")
    }

    @Test(arguments: [("200", Ending.ok), ("500", .failed), ("", .failed)])
    func `a test ends as the receiver answered`(code: String, ending: Ending) async {
        let results = #"[{"responseCode":"\#(code)","responseMessage":"m","dateTimeUtc":"2027-03-31T09:05:00Z"}]"#
        let rehearsal = Rehearsal { call in
            call.method == "POST" ? .ok(#"{"correlationId":"c-1"}"#) : .ok(#"{"status":"x","results":\#(results)}"#)
        }
        let outcome = await rehearsal.run("webhook", "test")
        #expect(outcome.status == ending)
        #expect(outcome.calls.last?.target == "/webhooks/v1/registration/validationEvents/c-1")
    }

    @Test func `a test that nobody has sent in time says so`() async {
        let rehearsal = Rehearsal { call in
            call.method == "POST" ? .ok(#"{"correlationId":"c-1"}"#) : .ok(#"{"status":"inProgress","results":[]}"#)
        }
        let outcome = await rehearsal.run("webhook", "test", "--wait", "3")
        #expect(outcome.status == .waiting)
        #expect(outcome.calls.count == 5)
    }

    @Test func `deliveries are listed with their cause`() async {
        let answer = #"""
            {"items":[{"id":"d-1","event":"invoice-ready","state":"failed","recordedAt":"2027-03-31T09:05:00Z",
            "attempts":10,"lastAttempt":{"status":503,"causeText":"Out of order."}}]}
            """#
        let outcome = await Rehearsal(answer: { _ in .ok(answer) })
            .run("webhook", "deliveries", "--state", "failed", "--event", "invoice-ready")
        #expect(
            outcome.calls.first?.target == "/multichannel/v1/webhooks/deliveries?state=failed&event=invoice-ready"
        )
        #expect(
            outcome.out == """
                At                      Event          State          Attempts  Status  Reason         Id
                31 Mar 2027, 18:05 JST  invoice-ready  Not delivered  10        503     Out of order.  d-1

                """
        )
    }

    @Test func `one is sent again by its id, everything by its state`() async {
        let one = await Rehearsal().run("webhook", "resend", "d/1")
        #expect(one.calls.map(\.target) == ["/multichannel/v1/webhooks/deliveries/d%2F1/resend"])
        let rehearsal = Rehearsal { call in
            call.method == "GET" ? .ok(#"{"items":[{"id":"d-1"},{"id":"d-2"}]}"#) : .ok("{}")
        }
        let all = await rehearsal.run("webhook", "resend", "--failed")
        #expect(
            all.calls.map(\.target) == [
                "/multichannel/v1/webhooks/deliveries?state=failed",
                "/multichannel/v1/webhooks/deliveries/d-1/resend", "/multichannel/v1/webhooks/deliveries/d-2/resend",
            ]
        )
        #expect(all.err == "Deliveries sent again: 2\n")
        #expect(await Rehearsal().run("webhook", "resend").status == .usage)
    }
}
