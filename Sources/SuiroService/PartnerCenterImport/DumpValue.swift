/// A JSON value of a dump, or a cell of an export: numbers keep their text, members keep their order.
package indirect enum DumpValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([DumpValue])
    case object([DumpMember])
}

package struct DumpMember: Hashable, Sendable {
    package let name: String
    package let value: DumpValue

    package init(_ name: String, _ value: DumpValue) {
        (self.name, self.value) = (name, value)
    }
}

extension DumpValue {
    /// The member of that name, whatever the case of its letters; `nil` where it is missing or null.
    package subscript(name: String) -> DumpValue? {
        guard case .object(let members) = self else { return nil }
        let wanted = name.lowercased()
        return members.first { $0.name.lowercased() == wanted && $0.value != .null }?.value
    }

    func has(_ names: String...) -> Bool { names.allSatisfy { self[$0] != nil } }

    /// What stands there, as a list of complaints shows it.
    var shown: String {
        switch self {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let digits): digits
        case .text(let text): text
        case .list(let items): "[\(items.count)]"
        case .object: "{}"
        }
    }

    /// The value as JSON, with names as the wire spells them and without nulls.
    package var json: String {
        switch self {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let digits): digits
        case .text(let text): Self.quoted(text)
        case .list(let items): "[" + items.filter { $0 != .null }.map(\.json).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.filter { $0.value != .null }.map(\.json).joined(separator: ",") + "}"
        }
    }

    fileprivate static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}

extension DumpMember {
    fileprivate var json: String {
        DumpValue.quoted(name.asWireName) + ":" + value.json
    }
}

extension String {
    /// `OfferId` as the wire spells it: `offerId`.
    var asWireName: String { String(prefix(1)).lowercased() + String(dropFirst()) }
}
