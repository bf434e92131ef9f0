import SuiroDomain
import SuiroHTTP

/// Which rows of a long table a page shows. The address says it under the table's own name: `?rows=2`.
struct Leaf {
    static let size = 20

    let number: Int
    let count: Int

    /// A number that is none, or beyond the last page, leads to the nearest one there is.
    init(_ asked: String?, count: Int) {
        self.count = count
        number = min(max(asked.flatMap { Int($0.halfWidth) } ?? 1, 1), max(1, (count + Self.size - 1) / Self.size))
    }

    var isWhole: Bool { count <= Self.size }
    var isLast: Bool { number * Self.size >= count }
    var range: Range<Int> { (number - 1) * Self.size..<min(number * Self.size, count) }
}

extension Visit {
    /// A table that may be long, a page of it at a time, so that the document stays small and every row can be reached.
    func leaves<Row>(_ rows: [Row], labelled id: String, _ table: (ArraySlice<Row>) -> HTML) -> HTML {
        let leaf = Leaf(exchange.query[id], count: rows.count)
        guard !leaf.isWhole else { return table(rows[...]) }
        let shown = say(
            "portal.pages.rows",
            [
                "first": .count(leaf.range.lowerBound + 1), "last": .count(leaf.range.upperBound),
                "count": .count(leaf.count),
            ]
        )
        let first: HTML = "<a href=\"\(address(of: id, 1))\">\(say("portal.pages.first"))</a>"
        let next: HTML = """
            <a rel="next" href="\(address(of: id, leaf.number + 1))">\(say("portal.pages.next"))</a>
            """
        return """
            <p class="hint">\(shown)</p>
            \(table(rows[leaf.range]))\
            <nav class="pages noprint" aria-labelledby="\(id)">\
            \(HTML.when(leaf.number > 1, first)) \(HTML.when(!leaf.isLast, next))</nav>

            """
    }

    /// A table that is folded away until somebody asks for it, here or by the address.
    func folded<Row>(
        _ rows: [Row],
        _ summary: String,
        labelled id: String,
        _ table: (ArraySlice<Row>) -> HTML
    ) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        return """
            <details class="fold"\(HTML.when(exchange.query[id] != nil, " open"))><summary id="\(id)">\(summary)</summary>
            \(leaves(rows, labelled: id, table))</details>

            """
    }

    /// The page with other rows of one table. What has been done is not said again.
    private func address(of id: String, _ number: Int) -> String {
        let rest = query(without: id, "done", "ref")
        return "\(page)?\(rest.isEmpty ? "" : rest + "&")\(id)=\(number)#\(id)"
    }
}
