import Foundation
import SuiroCommand
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "-0.5e+10", #""""#, "[]", "{}", #"[1,"2",{"a":[null]}]"#, #"{"b":1,"a":2}"#, "\"日本\"",
    ])
    func `what is read is written back as it was`(text: String) {
        #expect(JSON(text: text)?.compact == text)
    }

    @Test(arguments: [
        "", " ", "01", "1.", "+1", "[1,]", "{a:1}", "\"\u{1}\"", "nul", "[1] 2", "{\"a\":1,}", "'a'", "\"\\x\"",
    ])
    func `what is not JSON is not read`(text: String) {
        #expect(JSON(text: text) == nil)
    }

    @Test func `escapes are understood`() {
        #expect(JSON(text: #""\u65e5\ud83d\ude00\n\/\ud83d""#) == .string("日😀\n/\u{FFFD}"))
        #expect(JSON.string("\u{1B}\"\\\n").compact == #""\u001b\"\\\n""#)
    }

    @Test func `a byte order mark is tolerated`() {
        #expect(JSON(Data([0xEF, 0xBB, 0xBF] + Array("{}".utf8))) == .object([]))
    }

    @Test func `depth is bounded`() {
        #expect(JSON(text: String(repeating: "[", count: 100_000)) == nil)
    }
}
