/// A piece of a page. What is written in the source is markup; every text that is spliced in is escaped.
///
///     let name: String = …
///     let cell: HTML = "<td>\(name)</td>"
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ html: HTML) { text += html.text }

        /// Nothing, when there is nothing.
        package mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }

        package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        /// Safe in an element and in a quoted attribute.
        package mutating func appendInterpolation(_ text: String) { self.text += text.escaped }
    }

    package static let nothing: HTML = ""

    package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
}

extension HTML {
    /// One piece for each element, one after the other.
    static func each<Elements: Sequence>(
        _ elements: Elements,
        _ piece: (Elements.Element) throws -> HTML
    ) rethrows -> HTML {
        try elements.map(piece).joined()
    }

    /// The piece, if the condition holds.
    static func when(_ condition: Bool, _ piece: @autoclosure () -> HTML) -> HTML { condition ? piece() : nothing }
}

extension Sequence<HTML> {
    func joined(by separator: HTML = "") -> HTML {
        reduce(nil as HTML?) { joined, piece in joined.map { "\($0)\(separator)\(piece)" } ?? piece } ?? .nothing
    }
}

extension String {
    fileprivate var escaped: String {
        // Marks of direction begin with one of the last two bytes.
        let special: Set<UInt8> = [38, 60, 62, 34, 39, 0xE2, 0xD8]
        guard utf8.contains(where: special.contains) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            // Whoever turns the direction of a text makes it read as another (I-07).
            case "\u{061C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
