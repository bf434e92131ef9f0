extension JSON {
    /// The document on one line.
    package var compact: String {
        var out = ""
        write(into: &out, indent: nil)
        return out
    }

    /// The document with two spaces per level, as `jq` prints it.
    package var pretty: String {
        var out = ""
        write(into: &out, indent: 0)
        return out
    }

    private func write(into out: inout String, indent: Int?) {
        switch self {
        case .null: out += "null"
        case .bool(let flag): out += flag ? "true" : "false"
        case .number(let digits): out += digits
        case .string(let text): Self.quote(text, into: &out)
        case .array(let elements):
            Self.writeParts(elements, between: ("[", "]"), into: &out, indent: indent) { element, out, inner in
                element.write(into: &out, indent: inner)
            }
        case .object(let members):
            Self.writeParts(members, between: ("{", "}"), into: &out, indent: indent) { member, out, inner in
                Self.quote(member.name, into: &out)
                out += inner == nil ? ":" : ": "
                member.value.write(into: &out, indent: inner)
            }
        }
    }

    private static func writeParts<Part>(
        _ parts: [Part],
        between brackets: (String, String),
        into out: inout String,
        indent: Int?,
        write: (Part, inout String, Int?) -> Void
    ) {
        out += brackets.0
        let inner = indent.map { $0 + 1 }
        for (index, part) in parts.enumerated() {
            if index > 0 { out += "," }
            breakLine(into: &out, indent: inner)
            write(part, &out, inner)
        }
        if !parts.isEmpty { breakLine(into: &out, indent: indent) }
        out += brackets.1
    }

    private static func breakLine(into out: inout String, indent: Int?) {
        guard let indent else { return }
        out += "\n" + String(repeating: "  ", count: indent)
    }

    private static func quote(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
