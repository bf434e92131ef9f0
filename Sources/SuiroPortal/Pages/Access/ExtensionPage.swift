import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// What came of an extension of many, row by row, with the rule behind each.
    func extensionPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<ExtensionJob> = try visit.id("id", .delegation)
        let start = visit.exchange.query["from"].flatMap { Int($0) } ?? 0
        let view = try await service.extensions(id, from: max(0, start), limit: 50, visit.context(visitor))
        let title = visit.say("portal.extension.title")
        let state =
            view.waiting == 0
            ? visit.say(view.job.total == 0 ? "portal.extension.none" : "portal.extension.done")
            : visit.say("portal.extension.running", ["count": .count(view.waiting)])
        let counts: [(String, HTML)] = ExtensionOutcome.allCases.compactMap { outcome in
            guard let count = view.counts[outcome], count > 0 else { return nil }
            return (visit.say("extensionOutcome.\(outcome.rawValue)"), "\(count)")
        }
        let next: HTML? = view.next.map { position in
            "<a rel=\"next\" href=\"\(Place.extension(id))?from=\(position)\">\(visit.say("portal.pages.next"))</a>"
        }
        return .page(
            Page(
                title: title,
                section: .access,
                crumbs: [Crumb(address: Place.access, title: visit.say("portal.accessAll.nav"))],
                content: """
                    <h1 id="rows">\(title)</h1>
                    <p class="lead" role="status">\(state)</p>
                    \(HTML.when(!counts.isEmpty, visit.facts(counts)))\(table(view.rows, visit))\
                    \(next.map { "<nav class=\"pages\" aria-label=\"\(visit.say("portal.pages"))\">\($0)</nav>\n" as HTML })
                    """
            )
        )
    }

    private func table(_ rows: [ExtensionView.Row], _ visit: Visit) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        let heads = [
            "portal.delegation.name", "portal.accessAll.customer", "portal.extension.outcome", "portal.extension.why",
            "portal.audit.rule", "portal.delegation.end",
        ].map { Head(visit.say($0)) }
        let body = HTML.each(rows) { each in
            let row = each.row
            let tone: Tone =
                switch row.outcome {
                case .extended, .unchanged: .good
                case .drafted: .warning
                case .refused: .bad
                case .waiting: .plain
                }
            let draft: HTML? = row.draft.map {
                " <a href=\"\(Place.delegation($0))\">\(visit.say("portal.extension.draft"))</a>"
            }
            let why: HTML? = row.why.map { "\(visit.say("extensionReason.\($0.rawValue)"))" }
            return """
                <tr><th scope="row"><a href="\(Place.delegation(row.relationship))">\(row.name ?? "\(row.relationship)")\
                </a></th><td>\(row.customerName.map { "\($0)" as HTML } ?? visit.none)</td>\
                <td>\(visit.badge(visit.say("extensionOutcome.\(row.outcome.rawValue)"), tone))</td>\
                <td>\(why ?? visit.none)\(draft)</td>\
                <td>\(row.rule.map { "<span class=\"rule\">\($0.description)</span>" as HTML } ?? visit.none)</td>\
                <td class="nw">\(row.until.map(visit.day) ?? visit.none)</td></tr>

                """
        }
        return visit.table(labelled: "rows", heads, body)
    }
}
