import HTTPTypes
import SuiroDomain
import SuiroHTTP
import Testing

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws(JSONFault) -> JSONValue { try JSONReader.read(Array(text.utf8)) }

    @Test(arguments: [
        ("", JSONFault.Kind.empty), ("   ", .empty), ("{", .syntax), ("{\"a\":}", .syntax), ("[1,]", .syntax),
        ("{\"a\":1,}", .syntax), ("{'a':1}", .syntax), ("01", .trailing), ("1.", .syntax), (".5", .syntax),
        ("+1", .syntax), ("1e", .syntax), ("tru", .syntax), ("nul", .syntax), ("\"\\x\"", .syntax), ("1 2", .trailing),
        ("\"a\nb\"", .controlCharacter), ("\"\\u0000\"", .controlCharacter), ("\"\\ud800\"", .loneSurrogate),
        ("\"\\udc00\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate), ("NaN", .syntax),
        ("Infinity", .syntax),
    ])
    func `what is not JSON is refused`(text: String, kind: JSONFault.Kind) {
        #expect { try read(text) } throws: { ($0 as? JSONFault)?.kind == kind }
    }

    @Test func `nesting is refused past thirty-two levels, not crashed on`() throws {
        _ = try read(String(repeating: "[", count: 32) + String(repeating: "]", count: 32))
        #expect { try read(String(repeating: "[", count: 33)) } throws: { ($0 as? JSONFault)?.kind == .depth }
        #expect { try read(String(repeating: "[", count: 1000)) } throws: { ($0 as? JSONFault)?.kind == .depth }
        #expect { try read(String(repeating: "{\"a\":", count: 1000)) } throws: { ($0 as? JSONFault)?.kind == .depth }
    }

    @Test func `ten thousand members are read, one more is not`() throws {
        func list(_ count: Int) -> String { "[" + [String](repeating: "0", count: count).joined(separator: ",") + "]" }
        _ = try read(list(10_000))
        #expect { try read(list(10_001)) } throws: { ($0 as? JSONFault)?.kind == .tooMany }
    }

    @Test func `a text of 64 KiB is read, a longer one is not`() throws {
        _ = try read("\"\(String(repeating: "a", count: 65_536))\"")
        #expect { try read("\"\(String(repeating: "a", count: 65_537))\"") } throws: {
            ($0 as? JSONFault)?.kind == .tooLong
        }
    }

    @Test func `a member named twice is refused with its path, two spellings are not`() throws {
        #expect { try read("{\"x\":{\"a\":1,\"a\":2}}") } throws: {
            ($0 as? JSONFault) == JSONFault(kind: .duplicateMember, path: "x.a")
        }
        let fields = try Fields(read("{\"forceChange\":true,\"ForceChange\":false}"))
        #expect(try fields.flag("FORCECHANGE") == true)
    }

    @Test func `invalid UTF-8 is refused`() {
        #expect { try JSONReader.read([0x22, 0xFF, 0x22]) } throws: { ($0 as? JSONFault)?.kind == .notUTF8 }
    }

    @Test func `a byte-order mark is tolerated`() throws {
        #expect(try JSONReader.read([0xEF, 0xBB, 0xBF, 0x31]) == .number("1"))
    }

    @Test(arguments: ["1e300", "1.0", "99999999999999999999", "-", "1e2"])
    func `a number that is not whole is a complaint about its field, never a trap`(digits: String) throws {
        guard let value = try? read("{\"quantity\":\(digits)}") else { return }
        let fields = try Fields(value)
        #expect(throws: BadInput("quantity", .wrongType, digits)) { try fields.whole("quantity", in: 0...10) }
    }

    @Test(arguments: ["", "plain", "quote\" slash\\ tab\t line\n", "日本語 😀", "\u{1}"])
    func `what is written reads back`(text: String) throws {
        let bytes = JSONWriter.object { $0.member("text", text) }
        guard text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 9 || $0 == 10 }) else { return }
        #expect(try JSONReader.read(bytes) == .object([JSONMember(name: "text", value: .string(text))]))
    }
}

@Suite struct RouteTableTests {
    private func table() -> RouteTable {
        RouteTable(
            ["/v1/customers", "/v1/customers/{id}", "/v1/customers/relationshiprequests", "/v1/customers/{id}/orders"]
                .map { pattern in HTTPRoute(.get, pattern) { _ in Reply.text(.ok, pattern) } }
        )
    }

    private func pattern(_ path: String) -> String? {
        if case .found(let route, _) = table().match(.get, path) { route.pattern } else { nil }
    }

    @Test(arguments: [
        ("/v1/customers", "/v1/customers"), ("/V1/Customers/", "/v1/customers"), ("/v1//customers", "/v1/customers"),
        ("//v1/customers", "/v1/customers"),
        ("/v1/customers/RelationshipRequests", "/v1/customers/relationshiprequests"),
        ("/v1/customers/42", "/v1/customers/{id}"), ("/v1/customers/42/orders/", "/v1/customers/{id}/orders"),
    ])
    func `paths match without regard to case and doubled slashes, literals first`(path: String, expected: String) {
        #expect(pattern(path) == expected)
    }

    @Test func `another method is told apart from no path`() {
        guard case .otherMethods(let allowed) = table().match(.delete, "/v1/customers") else {
            Issue.record("not told apart")
            return
        }
        #expect(allowed == [.get])
        guard case .none = table().match(.get, "/v1/nothing") else {
            Issue.record("found what is not there")
            return
        }
    }
}
