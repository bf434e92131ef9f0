/// A JSON document as it came: members keep their order and numbers keep their digits.
///
/// The client shows what the server said. A member that is absent, or has another type than expected, reads as
/// nothing, so that an answer which grew or shrank still prints.
package enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: JSON
    }
}

extension JSON {
    /// The member of that name; `null` when there is none.
    package subscript(name: String) -> JSON {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// The value at a dotted path such as `companyProfile.domain`.
    package func at(_ path: String) -> JSON {
        path.split(separator: ".").reduce(self) { $0[String($1)] }
    }

    /// The text of a scalar; `nil` for nothing, an empty string, and anything that has parts.
    package var text: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let digits): digits
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    package var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    package var isObject: Bool {
        guard case .object = self else { return false }
        return true
    }

    package var isArray: Bool {
        guard case .array = self else { return false }
        return true
    }

    package var isNull: Bool { self == .null }

    /// The same object with one member set, in place if it is there, at the end if not.
    package func setting(_ name: String, to value: JSON) -> JSON {
        var members = members
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    /// The same object without some members.
    package func removing(_ names: String...) -> JSON {
        .object(members.filter { !names.contains($0.name) })
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
