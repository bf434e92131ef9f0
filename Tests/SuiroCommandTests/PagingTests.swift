import Foundation
import SuiroCommand
import Testing

@Suite struct PagingTests {
    @Test func `a continuation token asks the same path again`() async {
        let rehearsal = Rehearsal(answer: { call in
            switch call[header: "MS-ContinuationToken"] {
            case nil:
                .ok(
                    #"""
                    {"totalCount":1,"items":[{"id":"a"}],"links":{"next":{"uri":"/customers?size=500&seekOperation=Next",
                    "headers":[{"key":"MS-ContinuationToken","value":"t1"}]}}}
                    """#
                )
            case "t1": .ok(#"{"totalCount":1,"items":[{"id":"b"}],"continuationToken":"t2"}"#)
            default: .ok(#"{"totalCount":1,"items":[{"id":"c"}]}"#)
            }
        })
        let outcome = await rehearsal.run("customer", "list", "-o", "id")
        #expect(outcome.out == "a\nb\nc\n")
        #expect(
            outcome.calls.map(\.target) == [
                "/v1/customers?size=500", "/v1/customers?size=500&seekOperation=Next",
                "/v1/customers?size=500&seekOperation=Next",
            ]
        )
    }

    @Test func `a link without a token is followed, below the API's version`() async {
        let rehearsal = Rehearsal(answer: { call in
            call.target == "/v1/invoices"
                ? .ok(#"{"totalCount":2,"items":[1],"links":{"next":{"uri":"/invoices?offset=1"}}}"#)
                : .ok(#"{"totalCount":2,"items":[2]}"#)
        })
        let outcome = await rehearsal.run("api", "GET", "/v1/invoices", "--paginate")
        #expect(outcome.calls.map(\.target) == ["/v1/invoices", "/v1/invoices?offset=1"])
        #expect(JSON(text: outcome.out)?.compact == #"{"totalCount":2,"items":[1,2]}"#)
    }

    @Test func `Graph's links are followed on this server only`() async {
        let path = "/v1.0/tenantRelationships/delegatedAdminRelationships"
        let rehearsal = Rehearsal(answer: { call in
            switch call.target {
            case path:
                .ok(#"{"value":[{"id":"a"}],"@odata.nextLink":"\#(Rehearsal.url)\#(path)?$skipToken=2"}"#)
            default: .ok(#"{"value":[{"id":"b"}],"@odata.nextLink":"https://elsewhere.example/x"}"#)
            }
        })
        let outcome = await rehearsal.run("api", "GET", path, "--paginate")
        #expect(outcome.status == .failed)
        #expect(outcome.calls.map(\.target) == [path, path + "?$skipToken=2"])
        #expect(outcome.err.contains("elsewhere.example"))
    }

    @Test func `a server that turns in circles is stopped`() async {
        let rehearsal = Rehearsal(answer: { _ in .ok(#"{"items":[{"id":"a"}],"continuationToken":"same"}"#) })
        let outcome = await rehearsal.run("customer", "list", "-o", "id")
        #expect(outcome.status == .failed)
        #expect(outcome.calls.count == 2)
    }

    @Test func `the audit trail is read to its end and told newest last`() async {
        let rehearsal = Rehearsal(answer: { call in
            switch (call.target.hasPrefix("/sandbox"), call[header: "MS-ContinuationToken"]) {
            case (true, _): .ok(#"{"now":"2017-06-09T12:00:00Z"}"#)
            case (_, nil):
                .ok(
                    #"""
                    {"items":[{"id":"3","customerId":"C1","operationDate":"2017-06-03T00:00:00Z"},
                    {"id":"x","customerId":"c2","operationDate":"2017-06-04T00:00:00Z"}],"continuationToken":"t"}
                    """#
                )
            default:
                .ok(
                    #"""
                    {"items":[{"id":"2","customerId":"c1","operationDate":"2017-06-02T00:00:00Z"},
                    {"id":"1","customerId":"c1","operationDate":"2017-06-01T00:00:00Z"}]}
                    """#
                )
            }
        })
        let outcome = await rehearsal.run("audit", "tail", "--customer", "c1", "--count", "2", "-o", "id")
        #expect(outcome.out == "2\n3\n")
        #expect(outcome.calls[1].target.hasPrefix("/v1/auditrecords?startDate=2017-05-10&filter="))
    }

    @Test func `a rule is explained by the rows that name it`() async {
        let rows =
            #"{"items":[{"row":"r1","rule":"S-16"},{"row":"r2","rule":"S-161"},{"row":"r3","rule":"s-1, S-16"}]}"#
        let outcome = await Rehearsal(answer: { _ in .ok(rows) }).run("explain", "S-16", "-o", "id")
        #expect(outcome.out == "r1\nr3\n")
        let nothing = await Rehearsal(answer: { _ in .ok(rows) }).run("explain", "Z-99")
        #expect(nothing.status == .notFound)
    }
}
