import Foundation
import SuiroCommand
import Testing

@Suite struct RelationshipTests {
    private static let invitation = #"""
        {"code":"K7QM","state":"opened","partner":{"id":"p","name":"東西クラウド株式会社"},"termsHash":"h-1",
        "scope":{"reseller":true,"delegatedAdmin":false,"roles":["helpdeskAgent"],"days":180}}
        """#

    private func approve(_ arguments: String..., input: [String]) async -> Rehearsal.Outcome {
        await Rehearsal(input: input, answer: { _ in .ok(Self.invitation) })
            .run(["relationship", "approve", "K7QM"] + arguments)
    }

    @Test func `approving shows the terms, asks, and agrees to exactly those terms`() async {
        let outcome = await approve("--lang", "ja", input: ["はい"])
        #expect(outcome.status == .ok)
        #expect(
            outcome.out
                == """
                パートナー            東西クラウド株式会社
                承認すると与えるもの  再販業者関係: パートナーが販売できるようになります。
                                      役割: ヘルプデスク エージェント
                                      有効日数: 180
                変わらないもの        すでに利用しているものの請求元
                                      サブスクリプションとその期間
                                      ほかのパートナーの権限

                """
        )
        #expect(outcome.err.hasPrefix("東西クラウド株式会社 の要求を承認しますか? [y/N] "))
        #expect(outcome.calls.map(\.method) == ["GET", "POST"])
        #expect(outcome.calls.last?.target == "/multichannel/v1/invitations/K7QM/acceptance")
        #expect(outcome.calls.last?.text == #"{"termsHash":"h-1"}"#)
    }

    @Test(arguments: [["n"], [""], [], ["yess"]])
    func `anything but a yes changes nothing`(input: [String]) async {
        let outcome = await approve(input: input)
        #expect(outcome.status == .cancelled)
        #expect(outcome.calls.map(\.method) == ["GET"])
    }

    @Test func `yes is not asked again, a dry run decides nothing`() async {
        let sure = await approve("--yes", "-o", "json", input: [])
        #expect(sure.calls.map(\.method) == ["GET", "POST"])
        #expect(sure.err.isEmpty)
        let dry = await approve("--dry-run", input: ["y"])
        #expect(dry.calls.map(\.method) == ["GET"])
        #expect(dry.status == .ok)
    }

    @Test func `the server's own sentences come first`() async {
        let invitation = #"{"partner":{"name":"P"},"grants":["May sell."],"unchanged":[{"text":"Your bill."}]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(invitation) }).run("relationship", "approve", "K", "--dry-run")
        #expect(
            outcome.out == """
                Partner          P
                Will be granted  May sell.
                Will not change  Your bill.

                """
        )
    }

    @Test func `a request carries what was asked for, and the draft goes to a file`() async throws {
        let answer =
            #"{"id":"r","code":"K7QM","url":"http://x/r/K7QM","draft":{"subject":"S","body":"B","eml":"X-Unsent: 1\r\n"}}"#
        let rehearsal = Rehearsal(answer: { _ in .ok(answer) })
        let file = try rehearsal.file("draft.eml", "")
        let outcome = await rehearsal.run(
            "relationship",
            "request",
            "--domain",
            "mirai.example",
            "--to",
            "i@mirai.example",
            "--name",
            "田中 一郎",
            "--for-language",
            "ja",
            "--role",
            "a",
            "--role",
            "b",
            "--days",
            "180",
            "--provider",
            "p",
            "--eml",
            file,
            "--print-link"
        )
        #expect(outcome.out == "http://x/r/K7QM\n")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "X-Unsent: 1\r\n")
        #expect(outcome.err.contains("suiro relationship withdraw r"))
        #expect(
            outcome.calls.first?.text == #"{"customerDomain":"mirai.example","recipient":{"name":"田中 一郎","#
                + #""email":"i@mirai.example"},"language":"ja","scope":{"reseller":true,"#
                + #""roles":["a","b"],"days":180},"indirectProviderId":"p"}"#
        )
    }

    @Test func `a dry run prints the request and sends nothing`() async {
        let outcome = await Rehearsal().run("relationship", "request", "--dry-run", "--lang", "ja")
        #expect(outcome.calls.isEmpty)
        #expect(
            JSON(text: outcome.out)?.compact
                == #"{"recipient":{},"language":"ja","scope":{"reseller":true,"roles":[]}}"#
        )
    }
}
