/// A JSON document as it was sent: numbers keep their text, members keep their order.
package indirect enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they came; nothing is turned into a binary fraction.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
}

package struct JSONMember: Equatable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
        (self.name, self.value) = (name, value)
    }
}

/// Why a text is not the JSON we accept, and where.
package struct JSONFault: Error, Equatable, Sendable {
    package enum Kind: String, Sendable {
        case empty, syntax, depth, tooMany, tooLong, duplicateMember, loneSurrogate, controlCharacter, notUTF8, trailing
    }

    package let kind: Kind
    /// A path such as `scope.roles[0]`; empty for the document itself.
    package let path: String

    package init(kind: Kind, path: String) {
        (self.kind, self.path) = (kind, path)
    }
}

/// Reads JSON strictly: one meaning or none.
///
/// Refused are nesting deeper than 32, more than 10,000 members and items, texts over 64 KiB, a member named twice in one spelling, lone surrogates, control characters,
/// trailing commas and anything after the value. Two spellings of one name that differ only in case are accepted,
/// because Microsoft's Java client sends them. A byte-order mark is tolerated.
package struct JSONReader {
    private static let deepest = 32
    private static let most = 10_000
    private static let longest = 65_536
    private var count = 0
    private let bytes: [UInt8]
    private var index = 0
    private var path: [String] = []

    package static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        return try reader.document()
    }

    /// Whether there is nothing to read: no bytes at all, or only the blanks that JSON knows.
    package static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { blank.contains($0) } }

    private static let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func document() throws(JSONFault) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        blanks()
        guard index < bytes.count else { throw fault(.empty) }
        let value = try self.value()
        blanks()
        guard index == bytes.count else { throw fault(.trailing) }
        return value
    }

    private func fault(_ kind: JSONFault.Kind) -> JSONFault {
        JSONFault(kind: kind, path: path.reduce("") { $1.hasPrefix("[") || $0.isEmpty ? $0 + $1 : $0 + "." + $1 })
    }

    private mutating func blanks() {
        while index < bytes.count, Self.blank.contains(bytes[index]) { index += 1 }
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        guard index < bytes.count else { throw fault(.syntax) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let letters = Array(text.utf8)
        guard bytes.count - index >= letters.count, Array(bytes[index..<index + letters.count]) == letters else {
            throw fault(.syntax)
        }
        index += letters.count
        return value
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        guard path.count < Self.deepest else { throw fault(.depth) }
        index += 1
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        blanks()
        if next(UInt8(ascii: "}")) { return .object([]) }
        while true {
            blanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw fault(.syntax) }
            try countOne()
            let name = try string()
            path.append(String(name.prefix(80)))
            // By bytes: two names that only look alike are two names.
            guard names.insert(Array(name.utf8)).inserted else { throw fault(.duplicateMember) }
            blanks()
            guard next(UInt8(ascii: ":")) else { throw fault(.syntax) }
            blanks()
            members.append(JSONMember(name: name, value: try value()))
            path.removeLast()
            blanks()
            if next(UInt8(ascii: "}")) { return .object(members) }
            guard next(UInt8(ascii: ",")) else { throw fault(.syntax) }
        }
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        guard path.count < Self.deepest else { throw fault(.depth) }
        index += 1
        var items: [JSONValue] = []
        blanks()
        if next(UInt8(ascii: "]")) { return .array([]) }
        while true {
            blanks()
            try countOne()
            path.append("[\(items.count)]")
            items.append(try value())
            path.removeLast()
            blanks()
            if next(UInt8(ascii: "]")) { return .array(items) }
            guard next(UInt8(ascii: ",")) else { throw fault(.syntax) }
        }
    }

    private mutating func countOne() throws(JSONFault) {
        count += 1
        guard count <= Self.most else { throw fault(.tooMany) }
    }

    private mutating func next(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// `-?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?`, at most 40 characters.
    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = index
        _ = next(UInt8(ascii: "-"))
        if !next(UInt8(ascii: "0")) {
            guard digits() > 0 else { throw fault(.syntax) }
        }
        if next(UInt8(ascii: ".")), digits() == 0 { throw fault(.syntax) }
        if next(UInt8(ascii: "e")) || next(UInt8(ascii: "E")) {
            _ = next(UInt8(ascii: "+")) || next(UInt8(ascii: "-"))
            guard digits() > 0 else { throw fault(.syntax) }
        }
        guard index - start <= 40 else { throw fault(.syntax) }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func string() throws(JSONFault) -> String {
        index += 1
        var text: [UInt8] = []
        while true {
            guard index < bytes.count else { throw fault(.syntax) }
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault(.notUTF8) }
                return string
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw fault(.controlCharacter)
            default:
                text.append(byte)
            }
            guard text.count <= Self.longest else { throw fault(.tooLong) }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard index < bytes.count else { throw fault(.syntax) }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try unicode())
        default: throw fault(.syntax)
        }
    }

    private mutating func unicode() throws(JSONFault) -> [UInt8] {
        var code = try hexadecimal()
        // Not in any text a person writes, and the databases refuse it.
        guard code != 0 else { throw fault(.controlCharacter) }
        if (0xD800..<0xDC00).contains(code) {
            guard next(UInt8(ascii: "\\")), next(UInt8(ascii: "u")) else { throw fault(.loneSurrogate) }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw fault(.loneSurrogate) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault(.loneSurrogate) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        guard bytes.count - index >= 4,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
            bytes[index] != UInt8(ascii: "+"), bytes[index] != UInt8(ascii: "-")
        else { throw fault(.syntax) }
        index += 4
        return value
    }
}
