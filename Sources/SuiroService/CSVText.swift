package import SuiroDomain

/// Lines as RFC 4180 writes them, for people's spreadsheets.
package enum CSVText {
    /// Japanese Excel takes a file without a byte-order mark for Shift JIS.
    package static func of(_ lines: [[String]], _ language: Language) -> String {
        let text = lines.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
        return language == .ja ? "\u{FEFF}" + text : text
    }

    /// One line without a byte-order mark, for files that are written piece by piece.
    package static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// A cell that no spreadsheet takes for a formula, not even one that reads full-width signs (N-07). Scalars are
    /// looked at, not characters: a sign with an accent on it is still that sign to a spreadsheet.
    package static func cell(_ text: String) -> String {
        let formulas = "=+-@\t\r\n\0＝＋－＠".unicodeScalars
        let opens = text.unicodeScalars.first.map { formulas.contains($0) } ?? false
        let safe = (opens ? "'" : "") + text
        let special = ",\"\r\n\u{85}\u{2028}\u{2029}".unicodeScalars
        guard safe.unicodeScalars.contains(where: { special.contains($0) }) else { return safe }
        var quoted = "\"".unicodeScalars
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
