/// Puts data on standard output in the form the user asked for, and words on standard error.
package struct Printer: Sendable {
    package let format: OutputFormat
    package let columns: [String]?
    package let words: Words
    package let moments: Moments
    package let table: Table
    package let terminal: Terminal
    package let isQuiet: Bool

    package init(_ options: GlobalOptions, otherwise usual: OutputFormat = .table, in surroundings: Surroundings) {
        let language = Language(option: options.lang, environment: surroundings.environment)
        let terminal = surroundings.terminal
        format = options.format ?? usual
        columns = options.columns.map { $0.split(separator: ",").map { String($0).trimmingSpaces } }
        words = Words(language)
        moments = Moments(language, zone: surroundings.zone(for: language))
        let isScreen = terminal.outIsScreen
        table = Table(
            width: DisplayWidth(ambiguous: options.ambiguousWidth),
            limit: isScreen && format == .table ? terminal.width : nil,
            paint: Paint(screen: isScreen, isOff: options.noColor, environment: surroundings.environment)
        )
        self.terminal = terminal
        isQuiet = options.quiet
    }

    /// A word to the person at the terminal. A program that reads JSON gets none.
    package func say(_ key: String, _ arguments: [String: String] = [:]) {
        guard !isQuiet, !format.isJSON else { return }
        terminal.err(words(key, arguments.mapValues(Table.clean)) + "\n")
    }

    /// A list that is here as a whole.
    package func list(_ items: [JSON], as listing: Listing) {
        var sheet = Sheet(printer: self, listing: listing)
        sheet.add(items)
        sheet.finish()
    }

    /// One thing: its members as labelled lines, the document itself in JSON, one row in CSV.
    package func record(_ item: JSON, as listing: Listing) {
        switch format {
        case .json: terminal.write(item.pretty + "\n")
        case .jsonl: terminal.write(item.compact + "\n")
        case .csv, .id: list([item], as: listing)
        case .table, .wide:
            let pairs = listing.columns(for: .wide, named: columns).compactMap { column -> (String, String)? in
                let value = column.shown(of: item, words: words, moments: moments)
                return value.isEmpty ? nil : (column.heading(words), value)
            }
            terminal.write(table.pairs(pairs))
        }
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
