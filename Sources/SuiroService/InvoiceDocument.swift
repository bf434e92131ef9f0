import FoundationEssentials
import SuiroAssets
import SuiroDomain

/// An invoice or its receipt as people file it: A4, one table, both languages.
struct InvoiceDocument {
    private let invoice: Invoice
    private let lines: [InvoiceLine]
    private let payer: Organization
    private let isReceipt: Bool
    private static let rowsPerPage = 34

    init(_ invoice: Invoice, _ lines: [InvoiceLine], to payer: Organization, isReceipt: Bool) {
        (self.invoice, self.lines, self.payer, self.isReceipt) = (invoice, lines, payer, isReceipt)
    }

    func pdf(_ words: Words, _ language: Language) -> [UInt8] {
        let title = words.say(isReceipt ? "invoice.receiptTitle" : "invoice.title", language)
        var document = PDFDocument(title: "\(title) \(invoice.id)", language: language)
        let count = max(1, (lines.count + Self.rowsPerPage - 1) / Self.rowsPerPage)
        for page in 0..<count {
            var sheet = PDFPage()
            sheet.text(title, x: 50, y: 780, size: 20)
            head(&sheet, words, language)
            let top = 625
            sheet.text(words.say("invoice.customer", language), x: 50, y: top, size: 9)
            sheet.text(words.say("invoice.item", language), x: 190, y: top, size: 9)
            sheet.text(words.say("invoice.amount", language), right: 545, y: top, size: 9)
            sheet.rule(y: top - 5)
            var y = top - 19
            for line in lines.dropFirst(page * Self.rowsPerPage).prefix(Self.rowsPerPage) {
                row(line, y, &sheet, words, language)
                y -= 15
            }
            if page == count - 1 {
                sheet.rule(y: y + 8)
                sheet.text(words.say("invoice.tax", language), x: 350, y: y - 6, size: 10)
                sheet.text(Money.zero(invoice.total.currency).shown, right: 545, y: y - 6, size: 10)
                sheet.text(words.say("invoice.total", language), x: 350, y: y - 22, size: 12)
                sheet.text(invoice.total.shown, right: 545, y: y - 22, size: 12)
            }
            let pages: [String: Argument] = ["page": .count(page + 1), "pages": .count(count)]
            sheet.text(words.say("invoice.page", language, pages), right: 545, y: 30, size: 8)
            document.add(sheet)
        }
        return document.bytes
    }

    private func head(_ sheet: inout PDFPage, _ words: Words, _ language: Language) {
        var rows = [
            ("invoice.number", invoice.id), ("invoice.date", invoice.end.day),
            ("invoice.period", "\(invoice.month.day) – \(invoice.end.adding(days: -1).day)"),
            ("invoice.to", payer.name),
        ]
        if isReceipt { rows.insert(("invoice.receiptNumber", invoice.receipt), at: 0) }
        for (index, row) in rows.enumerated() {
            sheet.text(words.say(row.0, language), x: 50, y: 745 - index * 17, size: 10)
            sheet.text(row.1, x: 190, y: 745 - index * 17, size: 10)
        }
    }

    private func row(
        _ line: InvoiceLine,
        _ y: Int,
        _ sheet: inout PDFPage,
        _ words: Words,
        _ language: Language
    ) {
        sheet.text(String(line.customer.name.prefix(24)), x: 50, y: y, size: 9)
        let kind = words.say("invoice.kind.\(line.kind.rawValue)", language)
        let service = line.service == line.subscriptionName ? "" : " · \(line.service)"
        sheet.text(String("\(kind) \(line.subscriptionName)\(service)".prefix(50)), x: 190, y: y, size: 9)
        sheet.text(line.amount.shown, right: 545, y: y, size: 9)
    }
}

extension Invoice {
    /// The number of its receipt: there is one for each invoice.
    package var receipt: String { "T\(id)" }
}

extension Money {
    fileprivate var shown: String { "\(text) \(currency)" }
}
