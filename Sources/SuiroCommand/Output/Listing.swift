/// The table a command chose for what it lists.
package struct Listing: Equatable, Sendable {
    package let columns: [Column]
    /// Where the identifier is, which `-o id` prints.
    package let id: String
    /// What is said when there is nothing to list.
    package let empty: Phrase

    package init(_ columns: [Column], id: String = "id", empty: Phrase = Phrase("empty.list")) {
        self.columns = columns
        self.id = id
        self.empty = empty
    }

    /// The columns of one form. Names given with `--columns` win; one that this listing does not know is taken as the
    /// path of a JSON member.
    package func columns(for format: OutputFormat, named names: [String]?) -> [Column] {
        if let names {
            return names.map { name in columns.first { $0.key == name } ?? Column(name) }
        }
        return format == .table ? columns.filter { !$0.isWide } : columns
    }

    /// A listing for items nobody chose columns for: every scalar member the first of them has.
    package static func generic(for items: [JSON]) -> Listing {
        let scalars = (items.first?.members ?? []).filter { $0.value.text != nil }
        return Listing(scalars.map { Column($0.name) })
    }
}
