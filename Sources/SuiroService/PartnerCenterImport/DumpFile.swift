/// One file of a dump: what it tells of, and what of it nobody can read.
package struct DumpFile: Sendable {
    package let path: String
    package private(set) var items: [DumpItem] = []
    package private(set) var leftOut: [LeftOut] = []

    /// Reads a file by its ending: `.csv` as an export, everything else as JSON. A file that breaks off, or is not what its
    /// ending says, is a fault and not half a file.
    package init(path: String, bytes: [UInt8]) throws(DumpFault) {
        self.path = path
        let text = try DumpText(bytes)
        if path.lowercased().hasSuffix(".csv") {
            try take(PortalSheet(text.bytes))
        } else {
            let documents: [(value: DumpValue, line: Int)]
            do throws(DumpFault) {
                documents = try DumpReader.read(text.bytes)
            } catch {
                throw DumpFault(error.kind, line: error.line, offset: error.offset.map { text.offset(of: $0) })
            }
            take(documents)
        }
    }

    private mutating func take(_ documents: [(value: DumpValue, line: Int)]) {
        var strangers: [String: Int] = [:]
        var number = 0
        for (document, line) in documents {
            for value in Self.items(in: document) {
                number += 1
                guard let kind = DumpKind(of: value, in: path) else {
                    strangers[DumpKind.objectType(of: value) ?? "", default: 0] += 1
                    continue
                }
                let place = documents.count > 1 ? "line \(line), item \(number)" : "item \(number)"
                add(kind, place, value)
            }
        }
        for (name, count) in strangers.sorted(by: { $0.key < $1.key }) {
            let shown = name.isEmpty ? "\(count) items" : "\(name), \(count) items"
            leave(out: name.isEmpty ? .notRecognised : .notTaken, shown)
        }
    }

    private mutating func take(_ sheet: PortalSheet) {
        for row in sheet.rows { add(row.kind, "line \(row.line)", row.value) }
        for (line, count) in sheet.shortRows {
            leftOut.append(
                LeftOut(
                    file: path,
                    place: "line \(line)",
                    kind: sheet.kind?.rawValue ?? "file",
                    field: "",
                    value: "\(count) cells",
                    reason: .malformed,
                    isWhole: true
                )
            )
        }
        if sheet.kind == nil { leave(out: .notRecognised, sheet.headings.joined(separator: ", ")) }
    }

    private mutating func add(_ kind: DumpKind, _ place: String, _ value: DumpValue) {
        let customer = kind == .customer ? nil : DumpCustomer.of(value, in: path)
        items.append(DumpItem(kind: kind, file: path, place: place, customer: customer, value: value))
    }

    private mutating func leave(out reason: LeftOut.Reason, _ value: String) {
        leftOut.append(
            LeftOut(file: path, place: "", kind: "file", field: "", value: value, reason: reason, isWhole: true)
        )
    }

    /// What a document holds: a bare list, a collection of the wire, the list that Windows PowerShell wraps, or one object.
    private static func items(in document: DumpValue) -> [DumpValue] {
        switch document {
        case .list(let items): return items.flatMap { Self.items(in: $0) }
        case .object:
            for name in ["items", "value"] {
                if case .list(let items)? = document[name] { return items.flatMap { Self.items(in: $0) } }
            }
            return [document]
        case .null: return []
        case .bool, .number, .text: return [document]
        }
    }
}
