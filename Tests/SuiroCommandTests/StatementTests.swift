import SuiroCommand
import Testing

@Suite struct StatementTests {
    private static let statements = #"""
        {"totalCount":2,"items":[
        {"payer":{"kind":"partner","id":"p-1","name":"東西クラウド"},"currency":"JPY",
        "total":{"amount":"1184","currency":"JPY"},"lateReported":{"amount":"0","currency":"JPY"},"lines":[
        {"subscriptionId":"s-1","subscriptionName":"みらい 本番","service":"Storage","kind":"usage","bucket":"regular",
        "from":"2026-09-01T00:00:00Z","to":"2026-09-16T06:00:00Z","amount":{"amount":"1184","currency":"JPY"},
        "exactAmount":{"amount":"1184.4","currency":"JPY"}}]},
        {"payer":{"kind":"partner","id":"p-2","name":"Harbor"},"currency":"JPY",
        "total":{"amount":"-20","currency":"JPY"},"lateReported":{"amount":"-20","currency":"JPY"},"lines":[
        {"subscriptionId":"s-1","subscriptionName":"みらい 本番","service":"Backup","kind":"usage",
        "bucket":"lateReported","from":"2026-09-01T00:00:00Z","to":"2026-09-02T00:00:00Z",
        "amount":{"amount":"-20","currency":"JPY"},"exactAmount":{"amount":"-20","currency":"JPY"}}]}]}
        """#

    private func show(_ arguments: String...) async -> Rehearsal.Outcome {
        await Rehearsal(answer: { _ in .ok(Self.statements) })
            .run(["statement", "show", "c-1", "--month", "2026-09"] + arguments)
    }

    @Test func `the lines of every payer stand in one table, and each payer's sum below`() async {
        let outcome = await show("--lang", "en")
        #expect(outcome.calls.map(\.target) == ["/multichannel/v1/customers/c-1/statements?month=2026-09"])
        #expect(
            outcome.out == """
                Payer         Subscription  Service  Kind   Reported            From        Until                   Amount
                東西クラウド  みらい 本番   Storage  Usage  In time             1 Sep 2026  16 Sep 2026, 15:00 JST  ¥1,184
                Harbor        みらい 本番   Backup   Usage  After the cut-over  1 Sep 2026  2 Sep 2026              -¥20

                """
        )
        #expect(outcome.err.hasPrefix("東西クラウド owes ¥1,184. Of this, ¥0 was reported after a cut-over.\n"))
    }

    @Test func `in Japanese too`() async {
        let outcome = await show("--lang", "ja", "--columns", "payer,bucket,amount")
        #expect(
            outcome.out == """
                支払者        報告        金額
                東西クラウド  通常        ¥1,184
                Harbor        切り替え後  -¥20

                """
        )
        #expect(outcome.err.hasSuffix("Harbor の支払額は -¥20 です。このうち -¥20 は切り替え後に報告されました。\n"))
    }

    @Test func `a spreadsheet gets amounts as the server wrote them`() async {
        let outcome = await show("-o", "csv", "--columns", "payerId,service,usedFrom,usedUntil,exactAmount")
        #expect(
            outcome.out == """
                payerId,service,usedFrom,usedUntil,exactAmount\r
                p-1,Storage,2026-09-01T00:00:00Z,2026-09-16T06:00:00Z,1184.4\r
                p-2,Backup,2026-09-01T00:00:00Z,2026-09-02T00:00:00Z,-20\r

                """
        )
    }

    @Test func `a program gets the answer itself`() async {
        let outcome = await show("-o", "json")
        #expect(outcome.out.hasPrefix("{\n  \"totalCount\": 2,"))
        #expect(outcome.err.isEmpty)
    }

    @Test func `a month must be named`() async {
        let outcome = await Rehearsal().run("statement", "show", "c-1")
        #expect(outcome.status == .usage)
        #expect(outcome.calls.isEmpty)
    }
}
