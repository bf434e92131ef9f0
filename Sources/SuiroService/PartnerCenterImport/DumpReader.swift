/// Reads JSON as scripts dump it: one document, or several one after another, each with the line it begins on. Each has
/// one meaning or none: what is not JSON is a fault with its place, and nothing is guessed.
package struct DumpReader {
    private static let deepest = 64
    private static let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    package static func read(_ bytes: [UInt8]) throws(DumpFault) -> [(value: DumpValue, line: Int)] {
        var reader = DumpReader(bytes: bytes)
        return try reader.documents()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func documents() throws(DumpFault) -> [(value: DumpValue, line: Int)] {
        var found: [(value: DumpValue, line: Int)] = []
        var (line, counted) = (1, 0)
        blanks()
        while index < bytes.count {
            line += bytes[counted..<index].count(where: { $0 == 0x0A })
            counted = index
            let value = try self.value()
            switch value {
            case .object, .list: found.append((value, line))
            // A bare word is no dump: a message of an error, or a page of HTML cut off.
            case .null, .bool, .number, .text: throw fault(.syntax, at: counted)
            }
            blanks()
        }
        guard !found.isEmpty else { throw fault(.empty) }
        return found
    }

    private func fault(_ kind: DumpFault.Kind, at place: Int? = nil) -> DumpFault {
        let place = place ?? index
        return DumpFault(kind, line: 1 + bytes[..<place].count(where: { $0 == 0x0A }), offset: place)
    }

    private mutating func blanks() {
        while index < bytes.count, Self.blank.contains(bytes[index]) { index += 1 }
    }

    private mutating func next(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(DumpFault) -> DumpValue {
        guard index < bytes.count else { throw fault(.syntax) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: String, _ value: DumpValue) throws(DumpFault) -> DumpValue {
        guard bytes[index...].starts(with: text.utf8) else { throw fault(.syntax) }
        index += text.utf8.count
        return value
    }

    private mutating func object() throws(DumpFault) -> DumpValue {
        guard depth < Self.deepest else { throw fault(.depth) }
        depth += 1
        index += 1
        var members: [DumpMember] = []
        var names: Set<String> = []
        blanks()
        if !next(UInt8(ascii: "}")) {
            repeat {
                blanks()
                let place = index
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw fault(.syntax) }
                let name = try string()
                guard names.insert(name).inserted else { throw fault(.duplicateMember, at: place) }
                blanks()
                guard next(UInt8(ascii: ":")) else { throw fault(.syntax) }
                blanks()
                members.append(DumpMember(name, try value()))
                blanks()
            } while next(UInt8(ascii: ","))
            guard next(UInt8(ascii: "}")) else { throw fault(.syntax) }
        }
        depth -= 1
        return .object(members)
    }

    private mutating func list() throws(DumpFault) -> DumpValue {
        guard depth < Self.deepest else { throw fault(.depth) }
        depth += 1
        index += 1
        var items: [DumpValue] = []
        blanks()
        if !next(UInt8(ascii: "]")) {
            repeat {
                blanks()
                items.append(try value())
                blanks()
            } while next(UInt8(ascii: ","))
            guard next(UInt8(ascii: "]")) else { throw fault(.syntax) }
        }
        depth -= 1
        return .list(items)
    }

    private mutating func number() throws(DumpFault) -> DumpValue {
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
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func string() throws(DumpFault) -> String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while true {
            guard index < bytes.count else { throw fault(.syntax) }
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let string = String(validating: text, as: UTF8.self) else { throw fault(.notUTF8, at: start) }
                return string
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<0x20: throw fault(.controlCharacter)
            default:
                index += 1
                text.append(byte)
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(DumpFault) {
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
        default: throw fault(.syntax, at: index - 2)
        }
    }

    private mutating func unicode() throws(DumpFault) -> [UInt8] {
        var code = try hexadecimal()
        // Databases end a text there.
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

    private mutating func hexadecimal() throws(DumpFault) -> UInt32 {
        guard bytes.count - index >= 4, bytes[index..<index + 4].allSatisfy({ Self.isHexadecimal($0) }),
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault(.syntax) }
        index += 4
        return value
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...70, 97...102: true
        default: false
        }
    }
}
