/// A set of rows that are announced and published together (SM-14).
package struct PolicyPackage: Equatable, Codable, Sendable {
    package let name: String
    package let title: [Language: String]
    package let summary: [Language: String]
    /// What its readers should do before it holds; may be left out.
    package let advice: [Language: String]
    package let rows: [PolicyRow]

    package init(
        name: String,
        title: [Language: String],
        summary: [Language: String],
        advice: [Language: String] = [:],
        rows: [PolicyRow]
    ) {
        (self.name, self.title, self.summary, self.advice, self.rows) = (name, title, summary, advice, rows)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        title = try container.decode([Language: String].self, forKey: .title)
        summary = try container.decode([Language: String].self, forKey: .summary)
        // Packages that were drafted before there was advice have none.
        advice = try container.decodeIfPresent([Language: String].self, forKey: .advice) ?? [:]
        rows = try container.decode([PolicyRow].self, forKey: .rows)
    }
}

extension PolicyBook {
    /// The next edition: none of the package's rows begins before it takes effect, and where it speaks about a key and
    /// scope, older rows end when its first row there begins. Emergencies outlast it: only their owner ends them.
    package func publishing(_ package: PolicyPackage, effective: Instant) -> PolicyBook {
        let added = package.rows.filter { effective < ($0.until ?? .latest) }.map { $0.starting(notBefore: effective) }
        var starts: [PolicyTopic: Instant] = [:]
        for row in added { starts[row.topic] = min(starts[row.topic] ?? row.from, row.from) }
        let kept = rows.compactMap { row in
            guard row.emergency == nil, let start = starts[row.topic] else { return row as PolicyRow? }
            return row.ending(at: start)
        }
        return PolicyBook(edition: edition + 1, rows: kept + added)
    }

    /// The next edition, as it would be had only these packages been published, in this order, on the first edition:
    /// what is left when one of them is withdrawn (SM-14). Emergencies stay as they are.
    package func republishing(_ publications: [(package: PolicyPackage, effective: Instant)], on first: PolicyBook)
        -> PolicyBook
    {
        let replayed = publications.reduce(first) { book, publication in
            book.publishing(publication.package, effective: publication.effective)
        }
        return PolicyBook(
            edition: edition + 1,
            rows: replayed.rows.filter { $0.emergency == nil } + rows.filter { $0.emergency != nil }
        )
    }
}

/// What a row speaks about: where a later package has a row on the same topic, the older one ends.
package struct PolicyTopic: Hashable, Sendable {
    package let key: String
    package let scope: Circumstances
}

extension PolicyRow {
    package var topic: PolicyTopic { PolicyTopic(key: key, scope: scope) }
}
