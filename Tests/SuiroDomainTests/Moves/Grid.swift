import Testing

/// A table as people write it: names of columns in the first line, a name and its cells in every other; blanks between.
struct Grid: Sendable {
    private let columns: [String]
    private let cells: [String: [String]]

    init(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }.filter { !$0.isEmpty }
        columns = Array(lines[0].dropFirst())
        cells = Dictionary(uniqueKeysWithValues: lines.dropFirst().map { ($0[0], Array($0.dropFirst())) })
        for (row, values) in cells { precondition(values.count == columns.count, "row \(row)") }
    }

    var rows: Set<String> { Set(cells.keys) }

    func cell(_ row: String, _ column: String) throws -> String {
        let values = try #require(cells[row], "row \(row)")
        let index = try #require(columns.firstIndex(of: column), "column \(column)")
        return values[index]
    }
}
