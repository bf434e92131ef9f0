package import SuiroDomain

/// Lines as RFC 4180 writes them, for people's spreadsheets.
package enum CSVText {
    /// Japanese Excel takes a file without a byte-order mark for Shift JIS.
    package static func of(_ lines: [[String]], _ language: Language) -> String {
        let text = lines.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
        return language == .ja ? "\u{FEFF}" + text : text
    }

    /// A cell that no spreadsheet takes for a formula.
    private static func cell(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
