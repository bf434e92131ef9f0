import SuiroDomain
import SuiroHTTP

/// A token's header or payload, read so that it has one meaning (K-14): an object and nothing around it, no member
/// twice in any case, names compared byte by byte, nothing deeper than 8, at most 8 KiB.
struct ClaimSet {
    /// 2000-01-01 to the end of 9999, in seconds; anything else is no time of ours, and no arithmetic is tried on it.
    static let seconds = 946_684_800...253_402_300_799
    private static let deepest = 8

    private let members: [JSONMember]

    init(_ bytes: [UInt8]) throws(TokenFault) {
        guard bytes.count <= 8192, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"),
            let value = try? JSONReader.read(bytes), case .object(let members) = value,
            Self.depth(value) <= Self.deepest
        else { throw .malformed }
        var names: Set<[UInt8]> = []
        for member in members {
            guard names.insert(Array(member.name.lowercased().utf8)).inserted else { throw .malformed }
        }
        self.members = members
    }

    /// Whether every member is one of `names`.
    func hasOnly(_ names: [String]) -> Bool {
        members.allSatisfy { member in names.contains { $0.utf8.elementsEqual(member.name.utf8) } }
    }

    func has(_ name: String) -> Bool { value(name) != nil }

    func text(_ name: String) throws(TokenFault) -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text): return text
        default: throw .malformed
        }
    }

    func id<Subject>(_ name: String) throws(TokenFault) -> ID<Subject> {
        guard let text = try text(name), let id = ID<Subject>(text) else { throw .malformed }
        return id
    }

    func texts(_ name: String) throws(TokenFault) -> [String] {
        guard let value = value(name) else { return [] }
        guard case .array(let items) = value else { throw .malformed }
        var texts: [String] = []
        for item in items {
            guard case .string(let text) = item else { throw .malformed }
            texts.append(text)
        }
        return texts
    }

    /// Whether the claim is, or as a list has, one of `values`.
    func says(_ name: String, oneOf values: Set<String>) throws(TokenFault) -> Bool {
        let said = if case .string(let text)? = value(name) { [text] } else { try texts(name) }
        return said.contains { text in values.contains { $0.utf8.elementsEqual(text.utf8) } }
    }

    /// An instant in whole seconds, written with digits alone.
    func instant(_ name: String) throws(TokenFault) -> Instant {
        guard case .number(let digits)? = value(name), digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(digits), Self.seconds.contains(number)
        else { throw .malformed }
        return Instant(milliseconds: Int64(number) * 1000)
    }

    private func value(_ name: String) -> JSONValue? {
        members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    private static func depth(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .number, .string: 0
        case .array(let items): 1 + (items.map(depth).max() ?? 0)
        case .object(let members): 1 + (members.map { depth($0.value) }.max() ?? 0)
        }
    }
}

extension String? {
    /// Equal byte by byte: two texts that only look alike are two texts (F9).
    func isExactly(_ text: String) -> Bool { self?.utf8.elementsEqual(text.utf8) ?? false }
}
