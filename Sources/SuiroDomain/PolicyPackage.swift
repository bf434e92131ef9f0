/// A set of rows that are announced and published together (SM-14).
package struct PolicyPackage: Equatable, Codable, Sendable {
    package let name: String
    package let title: [Language: String]
    package let summary: [Language: String]
    package let rows: [PolicyRow]

    package init(name: String, title: [Language: String], summary: [Language: String], rows: [PolicyRow]) {
        (self.name, self.title, self.summary, self.rows) = (name, title, summary, rows)
    }

    /// What is wrong with the package, as field paths and stable codes; empty when it may be published.
    package func faults() -> [InputFault] {
        var faults: [InputFault] = []
        for language in Language.allCases where (title[language] ?? "").isEmpty {
            faults.append(InputFault(field: "title.\(language.rawValue)", code: .required))
        }
        for (index, row) in rows.enumerated() {
            faults += row.faults(at: "rows[\(index)]")
            for other in rows[..<index] where other.collides(with: row) {
                faults.append(
                    InputFault(field: "rows[\(index)]", code: .conflictsWithAnotherRow, value: other.id.rawValue)
                )
            }
        }
        if rows.isEmpty { faults.append(InputFault(field: "rows", code: .required)) }
        return faults
    }
}

extension PolicyRow {
    /// Two rows that are equally specific and in force together could both answer: they are refused at the door.
    func collides(with other: PolicyRow) -> Bool {
        id == other.id
            || (key == other.key && scope == other.scope && from < (other.until ?? .latest)
                && other.from < (until ?? .latest))
    }

    func faults(at path: String) -> [InputFault] {
        var faults: [InputFault] = []
        switch (PolicyVocabulary.shapes[key], value) {
        case (nil, _): faults.append(InputFault(field: "\(path).key", code: .unknown, value: key))
        case (.flag, .flag), (.number, .number), (.word, .word), (.words, .words), (.words, .word): break
        default: faults.append(InputFault(field: "\(path).value", code: .wrongType, value: value.text))
        }
        if let until, until <= from { faults.append(InputFault(field: "\(path).until", code: .outOfRange)) }
        if rules.isEmpty { faults.append(InputFault(field: "\(path).rule", code: .required)) }
        if case .number(let number) = value, number < 0 {
            faults.append(InputFault(field: "\(path).value", code: .outOfRange, value: "\(number)"))
        }
        return faults
    }
}

extension PolicyBook {
    /// The next edition: none of the package's rows begins before it takes effect, and where it speaks about a key and
    /// scope, older rows end when its first row there begins.
    package func publishing(_ package: PolicyPackage, effective: Instant) -> PolicyBook {
        let added = package.rows.filter { effective < ($0.until ?? .latest) }.map { $0.starting(notBefore: effective) }
        var starts: [Topic: Instant] = [:]
        for row in added {
            let topic = Topic(key: row.key, scope: row.scope)
            starts[topic] = min(starts[topic] ?? row.from, row.from)
        }
        let kept = rows.compactMap { row in
            starts[Topic(key: row.key, scope: row.scope)].map(row.ending(at:)) ?? row
        }
        return PolicyBook(edition: edition + 1, rows: kept + added)
    }

    private struct Topic: Hashable {
        let key: String
        let scope: Circumstances
    }
}
