import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// What holds now for every key; of one key or one rule every row: value, scope, dates, source.
    func policiesPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let all =
            if let key = visit.exchange.query["key"] { try await service.policies(key, at: nil, context) } else {
                try await service.policies(at: nil, context)
            }
        let rule = visit.exchange.query["rule"].map { RuleID($0) }
        let rows = rule.map { rule in all.filter { $0.row.rules.contains(rule) } } ?? all
        let isNarrowed = visit.exchange.query["key"] != nil || rule != nil
        let title = visit.say("portal.policies.title")
        let edition = all.first?.editionName ?? "—"
        let back: HTML = "<p><a href=\"\(Place.policies)\">\(visit.say("portal.policies.all"))</a></p>\n"
        let top = if isNarrowed { back } else { try await packageList(visit, visitor) }
        let keys = Dictionary(grouping: rows, by: \.row.key).sorted { $0.key < $1.key }
        let tables = isNarrowed ? HTML.each(keys) { table($0.key, $0.value, visit) } : index(keys, visit)
        return .page(
            Page(
                title: title,
                section: .policies,
                content: """
                    <h1>\(title)</h1>
                    <p class="lead">\(visit.say("portal.policies.lead", ["edition": .text(edition)]))</p>
                    \(top)\
                    \(HTML.when(rows.isEmpty, "<p>\(visit.say("portal.policies.none"))</p>\n"))\(tables)\
                    \(visit.elsewhere(commands(visit.exchange.query["key"])))
                    """
            )
        )
    }

    /// Every key, with what it decides and what is in force.
    private func index(_ keys: [(key: String, value: [PolicyRowView])], _ visit: Visit) -> HTML {
        let heads = ["portal.policies.key", "portal.policies.inForce", "portal.policies.rule"].map {
            Head(visit.say($0))
        }
        let rows = HTML.each(keys) { key, views in
            let inForce = views.filter(\.isInForce).map { value($0.row, visit) }.joined(by: "<br>")
            let rules = Set(views.flatMap(\.row.rules).map(\.description)).sorted().map { RuleID($0) }
            return """
                <tr><th scope="row">\(visit.policyKey(key))</th>\
                <td>\(inForce == .nothing ? visit.none : inForce)</td><td>\(visit.rules(rules))</td></tr>

                """
        }
        return """
            <h2 id="keys">\(visit.say("portal.policies.keys"))</h2>
            \(visit.table(labelled: "keys", heads, rows))
            """
    }

    private func value(_ row: PolicyRow, _ visit: Visit) -> HTML {
        let emergency: HTML = " \(visit.badge(visit.say("portal.switches.emergency"), .warning))"
        let place: HTML = " <span class=\"hint\">\(visit.place(row.scope))</span>"
        return """
            <code>\(row.value.text)</code>\(HTML.when(row.emergency != nil, emergency))\
            \(HTML.when(!row.scope.isEmpty, place))
            """
    }

    private func table(_ key: String, _ rows: [PolicyRowView], _ visit: Visit) -> HTML {
        let heads = [
            "portal.policies.value", "portal.policies.scope", "portal.policies.inForce", "portal.policies.from",
            "portal.policies.until", "portal.policies.rule", "portal.policies.source", "portal.policies.confidence",
        ].map { Head(visit.say($0)) }
        let id = "key-\(key)"
        return """
            <h2 id="\(id)"><a href="\(Place.policies(key: key))">\(key)</a></h2>
            \(visit.table(labelled: id, heads, HTML.each(rows) { row($0, visit) }))
            """
    }

    private func row(_ view: PolicyRowView, _ visit: Visit) -> HTML {
        let row = view.row
        let scope = row.scope.map { "\($0.key.rawValue): \($0.value)" }.sorted()
        let inForce =
            view.isInForce
            ? visit.badge(visit.say("portal.policies.inForce.yes"), .good)
            : visit.badge(visit.say("portal.policies.inForce.no"), .plain)
        let confidence =
            switch row.confidence {
            case .documented: visit.say("portal.policies.confidence.documented")
            case .thirdParty: visit.say("portal.policies.confidence.thirdParty")
            case .inferred: visit.say("portal.policies.confidence.inferred")
            case .contradicted: visit.say("portal.policies.confidence.contradicted")
            }
        let rules = row.rules.map { "<span class=\"rule\">\($0.description)</span>" as HTML }.joined(by: " ")
        return """
            <tr id="\(row.id.rawValue)"><th scope="row"><code>\(row.value.text)</code></th>\
            <td>\(scope.isEmpty ? visit.say("portal.policies.everywhere") : visit.list(scope))</td><td>\(inForce)</td>\
            <td class="nw">\(visit.day(row.from))</td><td class="nw">\(row.until.map(visit.day) ?? visit.none)</td>\
            <td>\(rules)</td><td>\(row.emergency.map { visit.emergency($0) } ?? "\(row.source)")</td>\
            <td>\(confidence)</td></tr>

            """
    }

    private func commands(_ key: String?) -> [String] {
        let origin = service.environment.origin()
        return [
            key.map { "suiro policy show \($0)" } ?? "suiro policy list",
            "curl -H \"Authorization: Bearer $TOKEN\" \(origin)/multichannel/v1/policies\(key.map { "/\($0)" } ?? "")",
        ]
    }
}

extension Visit {
    /// Instead of a source: that the policy owner had to act, and why.
    fileprivate func emergency(_ reason: [Language: String]) -> HTML {
        "\(badge(say("portal.switches.emergency"), .warning)) \(reason[language] ?? "")"
    }
}
