import SuiroAssets

extension Portal {
    /// Which operations of the vendor's service this server answers, and where it differs.
    func compatibilityPage(_ visit: Visit) async throws -> Answer {
        let entries = try Compatibility.shipped.get().entries
        let areas = Set(entries.map(\.area)).sorted().enumerated()
        let title = visit.say("compatibility.title")
        return .page(
            Page(
                title: title,
                content: """
                    <h1>\(title)</h1>
                    <p>\(visit.say("compatibility.intro"))</p>
                    \(counts(entries, visit))\
                    \(HTML.each(areas) { index, area in
                        section("area\(index)", area, entries.filter { $0.area == area }, visit)
                    })
                    """
            )
        )
    }

    private func counts(_ entries: [Compatibility.Entry], _ visit: Visit) -> HTML {
        visit.facts(
            Compatibility.Support.allCases.map { support in
                (name(support, visit), "\(entries.count { $0.support == support })")
            }
        )
    }

    private func section(_ id: String, _ area: String, _ entries: [Compatibility.Entry], _ visit: Visit) -> HTML {
        let heads = [
            Head(visit.say("compatibility.operation")), Head(visit.say("compatibility.request")),
            Head(visit.say("compatibility.support")), Head(visit.say("compatibility.difference")),
        ]
        let rows = HTML.each(entries) { entry in
            """
            <tr><th scope="row">\(entry.id)</th><td><code>\(entry.method) \(entry.path)</code></td>\
            <td>\(name(entry.support, visit))</td><td>\(entry.difference[visit.language] ?? "")</td></tr>

            """
        }
        let heading = visit.say("compatibility.area.\(area)")
        return "<h2 id=\"\(id)\">\(heading)</h2>\n\(visit.table(labelled: id, heads, rows))"
    }

    private func name(_ support: Compatibility.Support, _ visit: Visit) -> String {
        switch support {
        case .full: visit.say("compatibility.support.full")
        case .partly: visit.say("compatibility.support.partly")
        case .declined: visit.say("compatibility.support.declined")
        case .missing: visit.say("compatibility.support.missing")
        }
    }
}
