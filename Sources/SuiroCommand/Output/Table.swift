/// Text in columns that line up in every script.
package struct Table: Sendable {
    package let width: DisplayWidth
    /// Cells per line; `nil` where nothing may be cut.
    package let limit: Int?
    package let paint: Paint

    package init(width: DisplayWidth = DisplayWidth(), limit: Int? = nil, paint: Paint = Paint(isOn: false)) {
        self.width = width
        self.limit = limit
        self.paint = paint
    }

    private static let gap = "  "
    /// A column is never cut below this, so that what is left of it can still be told apart.
    private static let narrowest = 8

    /// The first row is the head. A column listed in `whole` is never cut.
    package func rows(_ rows: [[String]], whole: Set<Int> = []) -> String {
        let clean = rows.map { $0.map(Self.clean) }
        let widths = fitted(natural(clean), whole: whole)
        var out = ""
        for (index, row) in clean.enumerated() {
            let cells = zip(row, widths).map { width.pad(width.fit($0, to: $1), to: $1) }
            let line = Self.trimmed(cells.joined(separator: Self.gap))
            out += (index == 0 ? paint.bold(line) : line) + "\n"
        }
        return out
    }

    /// Labels on the left, values on the right; a value of several lines stays in its column.
    package func pairs(_ pairs: [(label: String, value: String)]) -> String {
        let label = pairs.map { width.of($0.label) }.max() ?? 0
        var out = ""
        for pair in pairs {
            let lines = pair.value.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                let head = width.pad(index == 0 ? pair.label : "", to: label)
                out += Self.trimmed(paint.bold(head) + Self.gap + Self.clean(String(line))) + "\n"
            }
        }
        return out
    }

    private func natural(_ rows: [[String]]) -> [Int] {
        let count = rows.map(\.count).max() ?? 0
        return (0..<count).map { column in
            rows.map { column < $0.count ? width.of($0[column]) : 0 }.max() ?? 0
        }
    }

    /// Takes cells from the widest column until the line fits, or nothing more can be taken.
    private func fitted(_ widths: [Int], whole: Set<Int>) -> [Int] {
        guard let limit else { return widths }
        var widths = widths
        var excess = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - limit
        while excess > 0 {
            let candidates = widths.indices.filter { !whole.contains($0) && widths[$0] > Self.narrowest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    /// Names come from strangers: a control character among them could move the cursor, set colours or turn the
    /// direction of the text, so none reaches the terminal.
    package static func clean(_ text: String) -> String {
        let bidi: Set<Unicode.Scalar> = [
            "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
        ]
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t": out.append(" ")
            case _ where scalar.properties.generalCategory == .control || bidi.contains(scalar): out.append("\u{FFFD}")
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
