extension PolicyPackage {
    /// What is wrong with the package, as field paths and stable codes; empty when it may be drafted.
    package func faults() -> [InputFault] {
        var faults: [InputFault] = []
        for language in Language.allCases where (title[language] ?? "").isEmpty {
            faults.append(InputFault(field: "title.\(language.rawValue)", code: .required))
        }
        for (index, row) in rows.enumerated() {
            faults += row.faults(at: "rows[\(index)]")
            for other in rows[..<index] where other.id == row.id || other.collides(with: row) {
                faults.append(
                    InputFault(field: "rows[\(index)]", code: .conflictsWithAnotherRow, value: other.id.rawValue)
                )
            }
        }
        if rows.isEmpty { faults.append(InputFault(field: "rows", code: .required)) }
        return faults
    }

    /// What keeps the package from being announced: both languages have to say it, and no row may come to stand beside
    /// an equally specific one that already holds and that the package does not speak about (6.1).
    package func faults(over book: PolicyBook) -> [InputFault] {
        var faults = faults()
        for language in Language.allCases where (summary[language] ?? "").isEmpty {
            faults.append(InputFault(field: "summary.\(language.rawValue)", code: .required))
        }
        for language in Language.allCases where !advice.isEmpty && (advice[language] ?? "").isEmpty {
            faults.append(InputFault(field: "advice.\(language.rawValue)", code: .required))
        }
        let staying = book.rows.filter { row in
            row.emergency == nil && !rows.contains { $0.key == row.key && $0.scope == row.scope }
        }
        for (index, row) in rows.enumerated() {
            for other in staying where other.collides(with: row) {
                faults.append(
                    InputFault(field: "rows[\(index)]", code: .conflictsWithAnotherRow, value: other.id.rawValue)
                )
            }
        }
        return faults
    }
}

extension PolicyRow {
    /// Two rows that are equally specific and in force together could both answer: they are refused at the door.
    fileprivate func collides(with other: PolicyRow) -> Bool {
        key == other.key && scope.count == other.scope.count && scope.canMeet(other.scope)
            && from < (other.until ?? .latest) && other.from < (until ?? .latest)
    }

    fileprivate func faults(at path: String) -> [InputFault] {
        var faults: [InputFault] = []
        if let shape = PolicyVocabulary.shapes[key] {
            if !shape.takes(value) {
                faults.append(InputFault(field: "\(path).value", code: .wrongType, value: value.text))
            } else if !PolicyVocabulary.canRead(value, of: key) {
                faults.append(InputFault(field: "\(path).value", code: .malformed, value: value.text))
            }
        } else {
            faults.append(InputFault(field: "\(path).key", code: .unknown, value: key))
        }
        if case .number(let number) = value, number < 0 {
            faults.append(InputFault(field: "\(path).value", code: .outOfRange, value: "\(number)"))
        }
        if let until, until <= from { faults.append(InputFault(field: "\(path).until", code: .outOfRange)) }
        if rules.isEmpty { faults.append(InputFault(field: "\(path).rule", code: .required)) }
        if source.isEmpty { faults.append(InputFault(field: "\(path).source", code: .required)) }
        for (facet, word) in scope.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !facet.knows(word) {
            faults.append(InputFault(field: "\(path).scope.\(facet.rawValue)", code: .unknown, value: word))
        }
        return faults
    }
}

extension Circumstances {
    /// Whether there can be a subject that both scopes fit.
    package func canMeet(_ other: Circumstances) -> Bool {
        allSatisfy { facet, word in other[facet].map { $0 == word } ?? true }
    }
}

extension Facet {
    /// A word that nothing is ever asked about would never hold; where the words are not ours, every word may.
    fileprivate func knows(_ word: String) -> Bool {
        switch self {
        case .cloud: Cloud(rawValue: word) != nil
        case .channel: Channel(rawValue: word) != nil
        case .family: Family(rawValue: word) != nil
        case .partnerType: OrganizationKind(rawValue: word) != nil
        case .commerceEra: CommerceEra(rawValue: word) != nil
        case .offering: Offering(rawValue: word) != nil
        case .currency: Currency(word) != nil
        case .program, .region: !word.isEmpty
        }
    }
}
