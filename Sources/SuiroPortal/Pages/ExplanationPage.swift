import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// Every rule that was read for one request, in order, and what came of it: why was I refused.
    func explanationPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let text = visit.exchange.parameters["id"] ?? ""
        guard let id = UUID(uuidString: text) else { throw Refusal.notFound(.decision, text) }
        let context = visit.context(visitor)
        let events = try await events(id, visit, visitor)
        var rows: [DecisionRow] = []
        do {
            rows = try await service.decisions(id, context)
        } catch Refusal.notFound {
            // Not every refusal rests on a policy row: a missing role or relationship is said by the event alone.
        }
        let title = visit.say("portal.explain.title")
        // The refusal itself stands last; it is the answer, not one of the rules.
        let end = rows.last { $0.read.key == "outcome" }
        rows.removeAll { $0.read.key == "outcome" }
        var facts: [(String, HTML)] = [
            (visit.say("portal.reference"), "<span class=\"id\">\(text.lowercased())</span>")
        ]
        if let end {
            facts.append((visit.say("portal.explain.verdict"), "<code>\(end.read.verdict)</code>"))
            if let rule = end.read.rule { facts.append((visit.say("portal.explain.rule"), "\(rule.description)")) }
        }
        let nothing = rows.isEmpty && events.isEmpty && end == nil
        return .page(
            Page(
                title: title,
                status: nothing ? .notFound : .ok,
                section: .audit,
                crumbs: [Crumb(address: Place.audit, title: visit.say("portal.audit.title"))],
                content: """
                    <h1>\(title)</h1>
                    \(visit.facts(facts))\
                    \(HTML.when(nothing, "<p>\(visit.say("portal.explain.nothing"))</p>\n"))\
                    \(happened(events, visit))\(decisions(rows, visit))\
                    \(visit.elsewhere(commands(text.lowercased())))
                    """
            )
        )
    }

    private func events(_ id: UUID, _ visit: Visit, _ visitor: Visitor) async throws -> [AuditRow] {
        guard visitor.may(.readAudit, at: visit.now) else { return [] }
        return try await service.audit(AuditQuery(limit: 1000, correlation: id), visit.context(visitor))
    }

    private func happened(_ events: [AuditRow], _ visit: Visit) -> HTML {
        guard !events.isEmpty else { return .nothing }
        let items = HTML.each(events) { row in
            let reason = row.entry.details["reason"].flatMap { Reason(rawValue: $0) }
            return "<li>\(visit.event(row))\(HTML.when(reason != nil, " \(visit.result(row.entry))"))</li>"
        }
        return """
            <h2>\(visit.say("portal.explain.happened"))</h2>
            <ul class="events">\(items)</ul>

            """
    }

    private func decisions(_ rows: [DecisionRow], _ visit: Visit) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        let heads = [
            "portal.explain.key", "portal.explain.value", "portal.explain.rule", "portal.explain.inputs",
            "portal.explain.edition", "portal.explain.at", "portal.explain.verdict",
        ].map { Head(visit.say($0)) }
        let body = HTML.each(rows) { row in
            let read = row.read
            let inputs = read.inputs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            return """
                <tr><th scope="row"><a href="\(Place.policies(key: read.key, row: read.row))">\(read.key)</a></th>\
                <td>\(visit.text(read.value?.text))</td><td>\(visit.text(read.rule?.description))</td>\
                <td>\(visit.list(inputs))</td><td class="n">\(read.edition)</td>\
                <td class="nw">\(visit.minute(read.at))</td>\
                <td>\(verdict(row, visit))</td></tr>

                """
        }
        return """
            <h2 id="rules">\(visit.say("portal.explain.rules", ["count": .count(rows.count)]))</h2>
            \(visit.table(labelled: "rules", heads, body))
            """
    }

    /// `switchPartner: LICENSE_SWITCH_FORBIDDEN`, or what came of the whole request.
    private func verdict(_ row: DecisionRow, _ visit: Visit) -> HTML {
        row.read.verdict == "read" ? "<code>\(row.outcome)</code>" : "<code>\(row.read.verdict)</code>"
    }

    private func commands(_ id: String) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/decisions/\(id)"
        return ["suiro explain \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }
}
