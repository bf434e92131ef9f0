import SuiroDomain
import SuiroService
import Testing

/// What a file of a dump is taken for, in whatever way a script has written it.
@Suite struct DumpFileTests {
    private static let id = "c3f1d2a4-9b58-4b06-8e2e-5b7e1f0a6d31"

    private func kinds(_ text: String, _ path: String = "dump.json") throws -> [DumpKind] {
        try DumpFile(path: path, bytes: Array(text.utf8)).items.map(\.kind)
    }

    @Test func `a bare list, a collection, what Windows PowerShell wraps, one object and lines of JSON are read alike`()
        throws
    {
        let user = #"{"id":"2f6e9b01-c4d7-4a83-9051-e8b3d7f6a21c","userPrincipalName":"ida@birch.example"}"#
        let wrapped = [
            user, "[\(user)]", #"{"totalCount":1,"items":[\#(user)],"attributes":{"objectType":"Collection"}}"#,
            #"{"value":[\#(user)],"Count":1}"#, "\u{FEFF}\(user)\n",
        ]
        for text in wrapped { #expect(try kinds(text) == [.user], "\(text)") }
        let lines = try DumpFile(path: "users.jsonl", bytes: Array("\(user)\n\n[\(user)]\n".utf8))
        #expect(lines.items.map(\.place) == ["line 1, item 1", "line 3, item 2"])
    }

    @Test func `what a file says of itself comes before its members, and these before its name`() throws {
        #expect(try kinds(#"[{"attributes":{"objectType":"Subscription"}}]"#, "orders.json") == [.subscription])
        #expect(try kinds(#"[{"Id":"1","OfferId":"2","Quantity":3}]"#, "orders.json") == [.subscription])
        #expect(try kinds(#"[{"id":"1"}]"#, "x/orders-2.json") == [.order])
        #expect(try kinds(#"[{"CompanyProfile":{},"Id":"1"}]"#) == [.customer])
        #expect(try kinds(#"[{"templateId":"1","primaryContact":{}}]"#) == [.agreement])
        let strange = try DumpFile(
            path: "a.json",
            bytes: Array(#"[{"a":1},{"attributes":{"objectType":"Invoice"}}]"#.utf8)
        )
        #expect(strange.items.isEmpty && strange.leftOut.map(\.reason) == [.notRecognised, .notTaken])
        #expect(strange.leftOut[1].value == "Invoice, 1 items")
    }

    @Test func `the customer is the one of the member, or of the address, or of the file, or of the folder`() throws {
        let other = "0fb2c9e7-6a13-4d7c-a5f4-91e8d3b27c60"
        func customer(_ more: String, _ path: String) throws -> DumpCustomer? {
            let text = #"[{"id":"1","offerId":"2"\#(more)}]"#
            return try DumpFile(path: path, bytes: Array(text.utf8)).items[0].customer
        }
        let one = ID<Customer>(Self.id).map(DumpCustomer.id)
        let two = ID<Customer>(other).map(DumpCustomer.id)
        let link = #","links":{"self":{"uri":"/v1/customers/\#(other)/subscriptions/1"}}"#
        #expect(try customer("", "subscriptions.json") == nil)
        #expect(try customer("", "customers/\(Self.id)/subscriptions.json") == one)
        #expect(try customer("", "subscriptions-\(Self.id.uppercased()).json") == one)
        #expect(try customer(link, "customers/\(Self.id)/subscriptions.json") == two)
        #expect(try customer(#","CustomerId":"\#(Self.id)""# + link, "s.json") == one)
        #expect(try customer("", "birch.example/subscriptions.json") == .domain("birch.example"))
        #expect(
            try customer(#","customerId":"birch""#, "s.json") == .malformed(field: "customerId", value: "birch")
        )
    }

    @Test func `UTF-16 is read, as Windows PowerShell writes it`() throws {
        let text = #"[{"id":"1","userPrincipalName":"花子@birch.example"}]"#
        let little = Array(text.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = Array(text.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let files: [[UInt8]] = [[0xFF, 0xFE] + little, little, [0xFE, 0xFF] + big]
        for bytes in files {
            let items = try DumpFile(path: "u.json", bytes: bytes).items
            #expect(items.first?.value["UserPrincipalName"] == .text("花子@birch.example"))
        }
        #expect(throws: DumpFault.self) { try DumpFile(path: "u.json", bytes: [0xFF, 0xFE] + little.dropLast()) }
    }

    @Test(arguments: [
        ("[{\"a\":1}", DumpFault.Kind.syntax, 1, 8), ("{\n\"a\":\nnul}", .syntax, 3, 7), ("", .empty, 1, 0),
        (" \n", .empty, 2, 2), ("{\"a\":1,\"a\":2}", .duplicateMember, 1, 7),
        ("{\"a\":\"\u{1}\"}", .controlCharacter, 1, 6),
        ("{\"a\":\"\\ud800\"}", .loneSurrogate, 1, 12), ("Access denied", .syntax, 1, 0), ("\"text\"", .syntax, 1, 0),
    ])
    func `what is not JSON is told with line and byte`(text: String, kind: DumpFault.Kind, line: Int, offset: Int)
        throws
    {
        let fault = try #require(throws: DumpFault.self) { try DumpFile(path: "a.json", bytes: Array(text.utf8)) }
        #expect(fault == DumpFault(kind, line: line, offset: offset))
    }

    @Test func `nesting without end is a fault and no crash`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: DumpFault.self) { try DumpFile(path: "a.json", bytes: Array(deep.utf8)) }
    }

    @Test(arguments: [
        "Microsoft ID,Company name,Primary domain name,Relationship,Tags\n",
        "Customer tenant ID,Company name,Primary domain name,Relationship type,Tags\n",
        "Microsoft ID,会社名,プライマリ ドメイン名,関係,タグ\n",
    ])
    func `the portal's list of customers is known by its headings, in English and Japanese`(header: String) throws {
        let text = "\u{FEFF}" + header + "\(Self.id),\"Birch, Ltd.\",birch.example,Cloud Reseller,\n\(Self.id),B"
        let file = try DumpFile(path: "Customers.csv", bytes: Array(text.utf8))
        #expect(file.items.map(\.kind) == [.customer] && file.items[0].place == "line 2")
        #expect(file.items[0].value["name"] == .text("Birch, Ltd."))
        #expect(file.leftOut.map(\.place) == ["line 3"] && file.leftOut[0].reason == .malformed)
    }

    @Test func `a list with the names of the API is known by them, and one with none of them is not`() throws {
        let text = "#TYPE Subscription\r\nSubscriptionId,CustomerId,OfferId,Quantity\r\n1,\(Self.id),2,5\r\n"
        let file = try DumpFile(path: "s.csv", bytes: Array(text.utf8))
        #expect(file.items.map(\.kind) == [.subscription] && file.items[0].value["id"] == .text("1"))
        let strange = try DumpFile(path: "s.csv", bytes: Array("a,b\n1,2\n".utf8))
        #expect(strange.items.isEmpty && strange.leftOut.map(\.reason) == [.notRecognised])
        let fault = try #require(throws: DumpFault.self) {
            try DumpFile(path: "s.csv", bytes: Array("offerId\n\"cut".utf8))
        }
        #expect(fault == DumpFault(.quoting, line: 2))
    }

    @Test func `a billing profile is kept as JSON, with names as the wire spells them`() {
        let value = DumpValue.object([
            DumpMember("CompanyName", .text("B \"1\"\u{1}\n")), DumpMember("Email", .null),
            DumpMember("defaultAddress", .object([DumpMember("Lines", .list([.number("1.50"), .bool(true)]))])),
        ])
        #expect(
            value.json == #"{"companyName":"B \"1\"\u0001\n","defaultAddress":{"lines":[1.50,true]}}"#
        )
    }
}
