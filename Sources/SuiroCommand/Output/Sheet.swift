/// A list on its way out. `jsonl`, `csv` and `id` print page by page; a table and one JSON document wait for the end.
package struct Sheet {
    private let printer: Printer
    private let listing: Listing
    private let columns: [Column]
    private var waiting: [JSON] = []
    private var isEmpty = true

    package init(printer: Printer, listing: Listing) {
        self.printer = printer
        self.listing = listing
        columns = listing.columns(for: printer.format, named: printer.columns)
        if printer.format == .csv { printer.terminal.write(CSV.line(columns.map(\.key))) }
    }

    package mutating func add(_ items: [JSON]) {
        let terminal = printer.terminal
        isEmpty = isEmpty && items.isEmpty
        switch printer.format {
        case .jsonl: for item in items { terminal.write(item.compact + "\n") }
        case .csv: for item in items { terminal.write(CSV.line(columns.map { $0.raw(of: item) })) }
        case .id: for item in items { if let id = item.at(listing.id).text { terminal.write(id + "\n") } }
        case .json, .table, .wide: waiting += items
        }
    }

    package func finish() {
        switch printer.format {
        case .json: printer.terminal.write(JSON.array(waiting).pretty + "\n")
        case .table, .wide: if !isEmpty { printer.terminal.write(table) }
        case .jsonl, .csv, .id: break
        }
        if isEmpty { printer.say(listing.empty.key, listing.empty.arguments) }
    }

    private var table: String {
        let head = columns.map { $0.heading(printer.words) }
        let rows = waiting.map { item in
            columns.map { $0.shown(of: item, words: printer.words, moments: printer.moments) }
        }
        let whole = columns.indices.filter { columns[$0].path == listing.id }
        return printer.table.rows([head] + rows, whole: Set(whole))
    }
}
