import FoundationEssentials
package import SuiroDomain

/// The one way an answer becomes JSON: straight into bytes, members without values left out, text escaped.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    /// The bytes of one object.
    package static func object(_ body: (inout JSONWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = JSONWriter()
        try writer.object(body)
        return writer.bytes
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        begin(UInt8(ascii: "{"))
        try body(&self)
        end(UInt8(ascii: "}"))
    }

    package mutating func array<Item>(_ items: some Sequence<Item>, _ body: (inout JSONWriter, Item) throws -> Void)
        rethrows
    {
        begin(UInt8(ascii: "["))
        for item in items { try body(&self, item) }
        end(UInt8(ascii: "]"))
    }

    // Members.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        value(text)
    }

    package mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        value(number)
    }

    package mutating func member(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        self.name(name)
        value(flag)
    }

    package mutating func member<Subject>(_ name: StaticString, _ id: ID<Subject>?) {
        member(name, id?.description)
    }

    package mutating func member(_ name: StaticString, _ instant: Instant?) {
        member(name, instant?.short)
    }

    package mutating func member(_ name: StaticString, _ money: Money?) {
        guard let money else { return }
        object(name) { writer in
            writer.member("amount", money.text)
            writer.member("currency", money.currency.description)
        }
    }

    package mutating func object(_ name: StaticString, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.name(name)
        try object(body)
    }

    package mutating func array<Item>(
        _ name: StaticString,
        _ items: some Sequence<Item>,
        _ body: (inout JSONWriter, Item) throws -> Void
    ) rethrows {
        self.name(name)
        try array(items, body)
    }

    package mutating func array(_ name: StaticString, _ items: some Sequence<String>) {
        array(name, items) { writer, item in writer.value(item) }
    }

    /// A member that is JSON already, such as a profile that is echoed as it was sent.
    package mutating func member(_ name: StaticString, json value: JSONValue) {
        self.name(name)
        self.value(value)
    }

    package mutating func member(_ member: JSONMember) {
        separate()
        string(member.name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        value(member.value)
    }

    /// An object under a name that is only known when it runs.
    package mutating func object(key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        try object(body)
    }

    package mutating func member(key: String, _ text: String) {
        separate()
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        value(text)
    }

    // Values.
    package mutating func value(_ text: String) {
        separate()
        string(text)
        needsComma = true
    }

    package mutating func value(_ number: Int) {
        separate()
        bytes.append(contentsOf: "\(number)".utf8)
        needsComma = true
    }

    package mutating func value(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        needsComma = true
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null:
            separate()
            bytes.append(contentsOf: "null".utf8)
            needsComma = true
        case .bool(let flag): self.value(flag)
        case .number(let digits):
            separate()
            bytes.append(contentsOf: digits.utf8)
            needsComma = true
        case .string(let text): self.value(text)
        case .array(let items): array(items) { writer, item in writer.value(item) }
        case .object(let members):
            object { writer in
                for member in members { writer.member(member) }
            }
        }
    }

    private mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func begin(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func end(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: bytes.append(contentsOf: "\\\"".utf8)
        case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
