import Foundation
import SuiroCommand
import Testing

@Suite struct RenderingTests {
    private static let customers = #"""
        {"totalCount":3,"items":[
        {"id":"11111111-0000-0000-0000-000000000001","companyProfile":{"tenantId":"t-1","domain":"mirai.example",
        "companyName":"株式会社みらい商事"},"relationshipToPartner":"reseller"},
        {"id":"11111111-0000-0000-0000-000000000002","companyProfile":{"domain":"kita.example",
        "companyName":"ｷﾀ \"North\", Ltd."},"relationshipToPartner":"advisor"},
        {"id":"11111111-0000-0000-0000-000000000003"}]}
        """#

    private func list(_ arguments: String..., isScreen: Bool = false, width: Int? = nil) async -> Rehearsal.Outcome {
        await Rehearsal(answer: { _ in .ok(Self.customers) })
            .run(["customer", "list"] + arguments, isScreen: isScreen, width: width)
    }

    @Test func `a table lines up in every script`() async {
        #expect(
            await list().out == """
                Name                Domain         Id                                    Relationship
                株式会社みらい商事  mirai.example  11111111-0000-0000-0000-000000000001  Reseller
                ｷﾀ "North", Ltd.    kita.example   11111111-0000-0000-0000-000000000002  Advisor
                                                   11111111-0000-0000-0000-000000000003

                """
        )
    }

    @Test func `Japanese heads and words line up too`() async {
        #expect(
            await list("--lang", "ja", "--columns", "domain,name,relationship").out == """
                ドメイン       名前                関係
                mirai.example  株式会社みらい商事  再販業者
                kita.example   ｷﾀ "North", Ltd.    アドバイザー


                """
        )
    }

    @Test func `a screen gets what fits, and ids whole`() async {
        let cut = await list(isScreen: true, width: 76).out
        #expect(cut.contains("11111111-0000-0000-0000-000000000001"))
        let widths = cut.split(separator: "\n").map { line in
            DisplayWidth().of(line.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: ""))
        }
        #expect(widths.allSatisfy { $0 <= 76 })
        #expect(cut.contains("株式会社み…"))
    }

    @Test func `a pipe gets everything, without colour`() async {
        let piped = await list(width: 20).out
        #expect(piped.contains("株式会社みらい商事"))
        #expect(!piped.contains("\u{1B}"))
        let screen = await list(isScreen: true).out
        #expect(screen.contains("\u{1B}[1mName"))
        let plain = await list("--no-color", isScreen: true).out
        #expect(!plain.contains("\u{1B}"))
    }

    @Test func `CSV follows RFC 4180 and keeps the API's values`() async {
        #expect(
            await list("-o", "csv").out
                == [
                    "name,domain,id,relationship,tenant",
                    "株式会社みらい商事,mirai.example,11111111-0000-0000-0000-000000000001,reseller,t-1",
                    #""ｷﾀ ""North"", Ltd.",kita.example,11111111-0000-0000-0000-000000000002,advisor,"#,
                    ",,11111111-0000-0000-0000-000000000003,,", "",
                ].joined(separator: "\r\n")
        )
        #expect(CSV.line(["a\r\nb", "c\nd", "e", ""]) == "\"a\r\nb\",\"c\nd\",e,\r\n")
    }

    @Test func `JSON is one document that keeps order, digits and unknown members`() async {
        let answer = #"{"items":[{"z":1.10,"a":{"neu":true},"id":"x","nothing":null,"list":[]}]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(answer) }).run("customer", "list", "-o", "json")
        #expect(
            outcome.out == """
                [
                  {
                    "z": 1.10,
                    "a": {
                      "neu": true
                    },
                    "id": "x",
                    "nothing": null,
                    "list": []
                  }
                ]

                """
        )
        #expect(outcome.err.isEmpty)
    }

    @Test func `jsonl is one line per item, id is one id per line`() async {
        #expect(await list("-o", "jsonl").out.split(separator: "\n").count == 3)
        #expect(
            await list("-o", "id").out == """
                11111111-0000-0000-0000-000000000001
                11111111-0000-0000-0000-000000000002
                11111111-0000-0000-0000-000000000003

                """
        )
    }

    @Test(arguments: OutputFormat.allCases)
    func `nothing to list is no error`(format: OutputFormat) async {
        let rehearsal = Rehearsal(answer: { _ in .ok(#"{"totalCount":0,"items":[]}"#) })
        let outcome = await rehearsal.run("customer", "list", "-o", format.rawValue)
        #expect(outcome.status == .ok)
        switch format {
        case .json: #expect(outcome.out == "[]\n")
        case .csv: #expect(outcome.out == "name,domain,id,relationship,tenant\r\n")
        case .table, .wide, .jsonl, .id: #expect(outcome.out.isEmpty)
        }
        #expect(outcome.err == (format.isJSON ? "" : "There are no customers to show.\n"))
    }

    @Test func `control characters in a name never reach the terminal`() async {
        let answer = #"{"items":[{"id":"x","companyProfile":{"companyName":"A\u001b[2J\u202eB\u0007\nC"}}]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(answer) }).run("customer", "list", "--columns", "name")
        #expect(outcome.out == "Name\nA\u{FFFD}[2J\u{FFFD}B\u{FFFD} C\n")
    }

    @Test(arguments: [
        (Language.english, "31 Mar 2027, 18:05 JST", "31 Mar 2027"),
        (.japanese, "2027/03/31 18:05 JST", "2027/03/31"),
    ])
    func `instants name their zone, dates have none`(language: Language, instant: String, day: String) throws {
        let moments = Moments(language, zone: try #require(TimeZone(identifier: "Asia/Tokyo")))
        #expect(moments.instant("2027-03-31T09:05:00Z") == instant)
        #expect(moments.instant("2027-03-31T09:05:00.1234567Z") == instant)
        #expect(moments.instant("2027-03-31T09:05:00") == instant)
        #expect(moments.day("2027-03-31") == day)
        #expect(moments.day("2027-03-30T15:00:00Z") == day)
        #expect(moments.day("some day") == "some day")
    }
}
