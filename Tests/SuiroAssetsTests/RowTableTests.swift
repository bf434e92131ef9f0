import SuiroAssets
import SuiroDomain
import Testing

/// Every shipped row against the table, to the millisecond.
@Suite struct RowTableTests {
    /// The founding document's day: every row of today's package that is younger begins on its own day.
    private static let seedDay = "2017-06-09"

    private static let books = Result {
        let june = PolicyBook(edition: 1, rows: try PolicyFiles.shipped("2017-06").rows)
        let day = try #require(Instant(seedDay))
        return (june: june, today: june.publishing(try PolicyFiles.shipped("2026"), effective: day))
    }

    private func answer(_ book: PolicyBook, _ row: PolicyRow, at instant: Instant) -> PolicyRow? {
        var subject = row.scope
        if subject[.cloud] == nil { subject[.cloud] = Cloud.public.rawValue }
        return book.row(row.key, for: subject, at: instant)
    }

    private func text(_ book: PolicyBook, _ row: PolicyRow, at instant: Instant) -> String? {
        answer(book, row, at: instant)?.value.text
    }

    private func row(_ id: String, in book: PolicyBook) throws -> PolicyRow {
        try #require(book.rows.first { $0.id.rawValue == id }, "there is no row \(id)")
    }

    @Test(arguments: [("2017-06", RowTable.june2017), ("2026", RowTable.today)])
    func `every row of a package says here what it decides, and nothing else does`(
        package: String,
        table: [RowTable]
    ) throws {
        let rows = try PolicyFiles.shipped(package).rows.map(\.id.rawValue)
        let known = table.map(\.id)
        #expect(rows.filter { !known.contains($0) } == [], "rows without a line in RowTable")
        #expect(known.filter { !rows.contains($0) } == [], "lines in RowTable without a row")
        #expect(Set(known).count == known.count)
    }

    @Test(arguments: RowTable.june2017)
    func `S-27 a row of June answers from its first millisecond on`(line: RowTable) throws {
        let (june, today) = try Self.books.get()
        let row = try row(line.id, in: june)
        #expect(text(june, row, at: row.from.adding(milliseconds: -1)) == line.before)
        #expect(text(june, row, at: row.from) == line.value)
        #expect(answer(june, row, at: row.from)?.id == row.id)
        if let end = row.until {
            #expect(answer(june, row, at: end.adding(milliseconds: -1))?.id == row.id)
            #expect(answer(june, row, at: end)?.id != row.id)
        }
        // Published over it or not, today's package does not reach back.
        #expect(text(today, row, at: row.from) == line.value)
    }

    @Test(arguments: RowTable.june2017)
    func `S-27 a row of June ends where today's begins, and not a millisecond earlier`(line: RowTable) throws {
        let (_, today) = try Self.books.get()
        try expectEnd(of: line, in: today)
    }

    @Test(arguments: RowTable.today)
    func `S-27 a row of today answers from its first millisecond on, once it is published`(line: RowTable) throws {
        let (june, today) = try Self.books.get()
        let row = try row(line.id, in: today)
        let eve = row.from.adding(milliseconds: -1)
        #expect(text(june, row, at: eve) == line.june)
        #expect(text(june, row, at: row.from) == line.june)
        #expect(text(today, row, at: eve) == line.before)
        #expect(text(today, row, at: row.from) == line.value)
        #expect(answer(today, row, at: row.from)?.id == row.id)
        try expectEnd(of: line, in: today)
    }

    @Test(arguments: RowTable.today)
    func `S-27 published late, a row of today begins on the day of publication`(line: RowTable) throws {
        let (june, today) = try Self.books.get()
        let row = try row(line.id, in: today)
        // A later row of the same package would answer by then.
        guard line.then == nil else { return }
        let day = max(row.from.adding(days: 1), try #require(Instant("2026-11-22")))
        let late = june.publishing(try PolicyFiles.shipped("2026"), effective: day)
        #expect(text(late, row, at: day.adding(milliseconds: -1)) == line.june)
        #expect(text(late, row, at: day) == line.value)
    }

    /// Both sides of the row's last instant; a row that has none says nothing about what comes then.
    private func expectEnd(of line: RowTable, in book: PolicyBook) throws {
        let row = try row(line.id, in: book)
        guard let end = row.until else {
            #expect(line.then == nil, "the row has no end")
            return
        }
        #expect(answer(book, row, at: end.adding(milliseconds: -1))?.id == row.id)
        #expect(text(book, row, at: end) ?? "—" == line.then)
        #expect(line.then != nil, "the row ends on \(end.day); the table has to say what is answered then")
    }
}
