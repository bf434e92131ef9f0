import FoundationEssentials
package import SuiroDomain

/// What was wrong with a request's body or query, field by field.
package struct BadInput: Error, Equatable, Sendable {
    package let faults: [InputFault]

    package init(_ faults: [InputFault]) {
        self.faults = faults
    }

    package init(_ field: String, _ code: InputFault.Code, _ value: String? = nil) {
        faults = [InputFault(field: field, code: code, value: value.map { String($0.prefix(200)) })]
    }
}

/// A JSON object being read member by member. Names are found without regard to case, `null` is absence, unknown
/// members are ignored; every complaint names its field.
package struct Fields: Sendable {
    package let path: String
    package let members: [JSONMember]

    package init(_ value: JSONValue, path: String = "") throws {
        guard case .object(let members) = value else { throw BadInput(path, .wrongType) }
        (self.path, self.members) = (path, members)
    }

    /// The path of a member.
    package func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The member's value; `nil` when it is missing or `null`. Of two spellings the first counts.
    package func value(_ name: String) -> JSONValue? {
        let wanted = name.lowercased()
        guard let member = members.first(where: { $0.name.lowercased() == wanted && $0.value != .null }) else {
            return nil
        }
        return member.value
    }

    package func has(_ name: String) -> Bool { value(name) != nil }

    /// Text of at most `limit` bytes, trimmed; empty text is absence.
    package func text(_ name: String, limit: Int = 1000) throws -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text)?:
            let checked = try checked(text, path(of: name), limit: limit)
            return checked.isEmpty ? nil : checked
        default: throw BadInput(path(of: name), .wrongType)
        }
    }

    private func checked(_ text: String, _ path: String, limit: Int) throws -> String {
        let trimmed = text.trimmed
        guard trimmed.utf8.count <= limit, trimmed.unicodeScalars.count <= limit else {
            throw BadInput(path, .tooLong, text)
        }
        guard trimmed.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" || $0 == "\t" || $0 == "\r" }) else {
            throw BadInput(path, .malformed)
        }
        return trimmed
    }

    package func requiredText(_ name: String, limit: Int = 1000) throws -> String {
        guard let text = try text(name, limit: limit) else { throw BadInput(path(of: name), .required) }
        return text
    }

    /// The name of an organization: all of it visible (I-07).
    package func organizationName(_ name: String, limit: Int = 300) throws -> String? {
        guard let text = try text(name, limit: limit) else { return nil }
        guard OrganizationName(text).isVisible else { throw BadInput(path(of: name), .malformed) }
        return text
    }

    package func flag(_ name: String) throws -> Bool? {
        switch value(name) {
        case nil: return nil
        case .bool(let flag)?: return flag
        default: throw BadInput(path(of: name), .wrongType)
        }
    }

    /// A whole number in `range`. `5.0` and `1e3` are not whole numbers here: they would be somebody's mistake.
    package func whole(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        switch value(name) {
        case nil: return nil
        case .number(let digits)?:
            guard let number = Int(digits) else { throw BadInput(path(of: name), .wrongType, digits) }
            guard range.contains(number) else { throw BadInput(path(of: name), .outOfRange, digits) }
            return number
        default: throw BadInput(path(of: name), .wrongType)
        }
    }

    package func instant(_ name: String) throws -> Instant? {
        guard let text = try text(name) else { return nil }
        guard let instant = Instant(text) else { throw BadInput(path(of: name), .malformed, text) }
        return instant
    }

    package func id<Subject>(_ name: String) throws -> ID<Subject>? {
        guard let text = try text(name) else { return nil }
        guard let id = ID<Subject>(text) else { throw BadInput(path(of: name), .malformed, text) }
        return id
    }

    /// One of an enumeration's words, without regard to case, blanks and underscores.
    package func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ type: Word.Type = Word.self
    ) throws -> Word? {
        guard let text = try text(name) else { return nil }
        guard let word = Word.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
            throw BadInput(path(of: name), .unknown, text)
        }
        return word
    }

    package func required<Value>(_ name: String, _ value: Value?) throws -> Value {
        guard let value else { throw BadInput(path(of: name), .required) }
        return value
    }

    package func object(_ name: String) throws -> Fields? {
        try value(name).map { try Fields($0, path: path(of: name)) }
    }

    package func array(_ name: String, limit: Int = 1000) throws -> [(value: JSONValue, path: String)]? {
        switch value(name) {
        case nil: return nil
        case .array(let items)?:
            guard items.count <= limit else { throw BadInput(path(of: name), .tooLong) }
            return items.enumerated().map { ($0.element, "\(path(of: name))[\($0.offset)]") }
        default: throw BadInput(path(of: name), .wrongType)
        }
    }

    package func texts(_ name: String, limit: Int = 100) throws -> [String]? {
        try array(name, limit: limit)?.map { item in
            guard case .string(let text) = item.value else { throw BadInput(item.path, .wrongType) }
            return try checked(text, item.path, limit: 200)
        }
    }

    /// `{"amount":"12.34","currency":"JPY"}`; a plain number is taken as the amount when `currency` is given.
    package func money(_ name: String, currency: Currency? = nil) throws -> Money? {
        switch value(name) {
        case nil:
            return nil
        case .object?:
            guard let fields = try object(name) else { return nil }
            let code = try fields.requiredText("currency")
            guard let currency = Currency(code) else { throw BadInput(fields.path(of: "currency"), .unknown, code) }
            return try amount(fields.value("amount"), fields.path(of: "amount")).map { Money($0, currency) }
        case let value?:
            guard let currency else { throw BadInput(path(of: "currency"), .required) }
            return try amount(value, path(of: name)).map { Money($0, currency) }
        }
    }

    private func amount(_ value: JSONValue?, _ path: String) throws -> Decimal? {
        switch value {
        case nil, .null?: throw BadInput(path, .required)
        case .string(let text)?, .number(let text)?:
            guard let amount = Decimal(exactly: text) else { throw BadInput(path, .malformed, text) }
            return amount
        default: throw BadInput(path, .wrongType)
        }
    }
}

extension String {
    package var trimmed: String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: blank).reversed().drop(while: blank).reversed())
    }

    /// For comparing words that people spell differently: `one_time`, `OneTime`, `onetime`.
    package var folded: String { String(lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }) }
}
