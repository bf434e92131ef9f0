import SuiroDomain
import SuiroHTTP

/// A `$filter`: comparisons, `and`, `or`, `not`, brackets, `in`, `startswith`, `endswith` and `contains`, over members
/// as they are on the wire. What it cannot read is refused, never guessed.
indirect enum ODataFilter {
    case and(ODataFilter, ODataFilter)
    case or(ODataFilter, ODataFilter)
    case not(ODataFilter)
    case compare(path: [String], Comparison, JSONValue)
    case among(path: [String], [JSONValue])
    case text(Match, path: [String], String)

    enum Comparison: String { case eq, ne, gt, ge, lt, le }
    enum Match: String { case startswith, endswith, contains }

    /// `properties` are the members that may be asked about; another name is a mistake.
    init(_ text: String, properties: Set<String>) throws {
        var reader = try ODataReader(text, properties: properties)
        self = try reader.either()
        try reader.end()
    }

    func matches(_ item: JSONValue) -> Bool {
        switch self {
        case .and(let left, let right): left.matches(item) && right.matches(item)
        case .or(let left, let right): left.matches(item) || right.matches(item)
        case .not(let inner): !inner.matches(item)
        case .compare(let path, let comparison, let wanted):
            Self.holds(comparison, item.at(path), wanted)
        case .among(let path, let values): values.contains { Self.holds(.eq, item.at(path), $0) }
        case .text(let match, let path, let wanted):
            Self.holds(match, item.at(path), wanted)
        }
    }

    private static func holds(_ match: Match, _ value: JSONValue, _ wanted: String) -> Bool {
        guard case .string(let found) = value else { return false }
        let (text, wanted) = (found.lowercased(), wanted.lowercased())
        return switch match {
        case .startswith: text.hasPrefix(wanted)
        case .endswith: text.hasSuffix(wanted)
        case .contains: wanted.isEmpty || text.contains(wanted)
        }
    }

    private static func holds(_ comparison: Comparison, _ value: JSONValue, _ wanted: JSONValue) -> Bool {
        let order = value.order(beside: wanted)
        return switch comparison {
        case .eq: order == 0
        case .ne: order != 0
        case .gt: order.map { $0 > 0 } ?? false
        case .ge: order.map { $0 >= 0 } ?? false
        case .lt: order.map { $0 < 0 } ?? false
        case .le: order.map { $0 <= 0 } ?? false
        }
    }
}

extension JSONValue {
    /// The member behind a path such as `customer/tenantId`; `null` where there is none.
    func at(_ path: [String]) -> JSONValue {
        guard let first = path.first else { return self }
        guard case .object(let members) = self,
            let member = members.first(where: { $0.name.lowercased() == first.lowercased() })
        else { return .null }
        return member.value.at(Array(path.dropFirst()))
    }

    /// Before, equal or after; `nil` when the two cannot be compared. Texts count without regard to case, and as instants
    /// where both are.
    func order(beside other: JSONValue) -> Int? {
        switch (self, other) {
        case (.null, .null): return 0
        case (.string(let left), .string(let right)):
            if let first = Instant(left), let second = Instant(right) {
                return first == second ? 0 : first < second ? -1 : 1
            }
            let (small, other) = (left.lowercased(), right.lowercased())
            return small == other ? 0 : small < other ? -1 : 1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : left ? 1 : -1
        case (.number(let left), .number(let right)):
            guard let first = Double(left), let second = Double(right) else { return nil }
            return first == second ? 0 : first < second ? -1 : 1
        default: return nil
        }
    }
}

/// Reads the text of a filter from left to right.
private struct ODataReader {
    private enum Token: Equatable { case word(String), text(String), open, close, comma }

    private static let deepest = 50
    private let tokens: [Token]
    private let properties: Set<String>
    private let source: String
    private var index = 0
    private var depth = 0

    init(_ text: String, properties: Set<String>) throws {
        (source, self.properties) = (text, properties)
        tokens = try Self.tokens(text)
    }

    mutating func either() throws -> ODataFilter {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw fault }
        var left = try both()
        while take("or") { left = .or(left, try both()) }
        return left
    }

    func end() throws {
        guard index == tokens.count else { throw fault }
    }

    private mutating func both() throws -> ODataFilter {
        var left = try single()
        while take("and") { left = .and(left, try single()) }
        return left
    }

    private mutating func single() throws -> ODataFilter {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw fault }
        if take("not") { return .not(try single()) }
        if take(.open) {
            let inner = try either()
            try expect(.close)
            return inner
        }
        guard case .word(let word)? = next() else { throw fault }
        if let match = ODataFilter.Match(rawValue: word.lowercased()), take(.open) {
            guard case .word(let name)? = next() else { throw fault }
            try expect(.comma)
            guard case .text(let wanted)? = next() else { throw fault }
            try expect(.close)
            return .text(match, path: try path(name), wanted)
        }
        let path = try path(word)
        if take("in") {
            try expect(.open)
            var values = [try literal()]
            while take(.comma) { values.append(try literal()) }
            try expect(.close)
            return .among(path: path, values)
        }
        guard case .word(let name)? = next(), let comparison = ODataFilter.Comparison(rawValue: name.lowercased())
        else { throw fault }
        return .compare(path: path, comparison, try literal())
    }

    private mutating func literal() throws -> JSONValue {
        switch next() {
        case .text(let text)?: return .string(text)
        case .word("null")?: return .null
        case .word("true")?: return .bool(true)
        case .word("false")?: return .bool(false)
        case .word(let word)?:
            if word.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-") }), Int(word) != nil { return .number(word) }
            return .string(word)
        case .open?, .close?, .comma?, nil: throw fault
        }
    }

    private func path(_ name: String) throws -> [String] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard let first = parts.first, properties.contains(first) else {
            throw BadInput("$filter", .unknown, name)
        }
        return parts
    }

    private var fault: BadInput { BadInput("$filter", .malformed, source) }

    private mutating func next() -> Token? {
        guard index < tokens.count else { return nil }
        index += 1
        return tokens[index - 1]
    }

    private mutating func take(_ word: String) -> Bool {
        guard index < tokens.count, case .word(let found) = tokens[index], found.lowercased() == word else {
            return false
        }
        index += 1
        return true
    }

    private mutating func take(_ token: Token) -> Bool {
        guard index < tokens.count, tokens[index] == token else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ token: Token) throws {
        guard take(token) else { throw fault }
    }

    private static func tokens(_ text: String) throws -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            switch first {
            case " ", "\t": rest.removeFirst()
            case "(":
                tokens.append(.open)
                rest.removeFirst()
            case ")":
                tokens.append(.close)
                rest.removeFirst()
            case ",":
                tokens.append(.comma)
                rest.removeFirst()
            case "'":
                rest.removeFirst()
                tokens.append(.text(try quoted(&rest, text)))
            default:
                let word = rest.prefix { !" \t(),'".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            }
            guard tokens.count <= 500 else { throw BadInput("$filter", .tooLong) }
        }
        return tokens
    }

    /// Up to the closing quote; two quotes stand for one.
    private static func quoted(_ rest: inout Substring, _ whole: String) throws -> String {
        var text = ""
        while let next = rest.popFirst() {
            guard next == "'" else {
                text.append(next)
                continue
            }
            guard rest.first == "'" else { return text }
            rest.removeFirst()
            text.append("'")
        }
        throw BadInput("$filter", .malformed, whole)
    }
}
