import HTTPTypes
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    private static let pageSize = 50

    /// What happened, newest first.
    func auditPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let filter = AuditFilter(visit, limit: Self.pageSize + 1)
        let context = visit.context(visitor)
        let found = filter.mistakes.isEmpty ? try await service.audit(filter.query, context) : []
        let rules = RuleLinks(try await service.policies(at: nil, context))
        let rows = found.prefix(Self.pageSize)
        let title = visit.say("portal.audit.title")
        let next = found.count > rows.count ? rows.last.map { EntryPosition(at: $0.entry.at, id: $0.entry.id) } : nil
        return .page(
            Page(
                title: title,
                status: filter.mistakes.isEmpty ? .ok : .badRequest,
                section: .audit,
                hasProblem: !filter.mistakes.isEmpty,
                content: """
                    \(visit.summary(filter.mistakes))<h1 id="audit">\(title)</h1>
                    \(form(filter, visit))\
                    \(rows.isEmpty ? "<p>\(visit.say("portal.audit.none"))</p>\n" : table(Array(rows), rules, visit))\
                    \(pages(filter, next, visit))\(visit.elsewhere(commands))
                    """
            )
        )
    }

    private func form(_ filter: AuditFilter, _ visit: Visit) -> HTML {
        """
        <form class="filter noprint" action="\(Place.audit)">\
        \(visit.field(
            "customer", label: visit.say("portal.audit.customer"), value: filter.customer, mistakes: filter.mistakes
        ))\(visit.field(
            "from", label: visit.say("portal.audit.from"), value: filter.from, type: type(filter, "from"),
            mistakes: filter.mistakes
        ))\(visit.field(
            "to", label: visit.say("portal.audit.to"), value: filter.to, type: type(filter, "to"),
            mistakes: filter.mistakes
        ))<button type="submit">\(visit.say("portal.filter"))</button></form>
        \(HTML.when(filter.mistakes.isEmpty, file(filter, visit)))
        """
    }

    private func file(_ filter: AuditFilter, _ visit: Visit) -> HTML {
        """
        <p class="noprint"><a href="/audit.csv?\(filter.address)">\(visit.say("portal.audit.csv"))</a></p>

        """
    }

    /// A date field shows nothing of a text that is no date; what was typed shall stay.
    private func type(_ filter: AuditFilter, _ name: String) -> String {
        filter.mistakes.contains { $0.field == name } ? "text" : "date"
    }

    private func table(_ rows: [AuditRow], _ rules: RuleLinks, _ visit: Visit) -> HTML {
        let heads = [
            "portal.audit.time", "portal.audit.event", "portal.audit.affected", "portal.audit.who",
            "portal.audit.result", "portal.audit.rule", "portal.reference",
        ].map { Head(visit.say($0)) }
        return visit.table(
            labelled: "audit",
            heads,
            HTML.each(rows) { row in
                let entry = row.entry
                let customer: HTML? = row.customer.map { id in
                    "<a href=\"\(Place.customer(id.as(Customer.self)))\">\(row.customerName ?? "\(id)")</a>"
                }
                return """
                    <tr><td class="nw">\(visit.minute(entry.at))</td><th scope="row">\(visit.eventName(entry))</th>\
                    <td>\(customer ?? visit.none)</td>\
                    <td>\(entry.callerName)<br><span class="hint">\(entry.tenantName)</span></td>\
                    <td>\(visit.result(entry))</td><td>\(rule(entry, rules, visit))</td>\
                    <td>\(visit.reference(entry.correlation))</td></tr>

                    """
            }
        )
    }

    private func rule(_ entry: Entry, _ rules: RuleLinks, _ visit: Visit) -> HTML {
        if let row = entry.rule, let address = rules.address(nil, PolicyRow.ID(rawValue: row)) {
            return "<a href=\"\(address)\">\(row)</a>"
        }
        return visit.text(entry.rule ?? entry.details["rule"])
    }

    private func pages(_ filter: AuditFilter, _ next: EntryPosition?, _ visit: Visit) -> HTML {
        guard filter.position != nil || next != nil else { return .nothing }
        let query = filter.address.isEmpty ? "" : filter.address + "&"
        let first: HTML = "<a href=\"\(Place.audit)?\(filter.address)\">\(visit.say("portal.pages.first"))</a>"
        let more: HTML? = next.map {
            "<a rel=\"next\" href=\"\(Place.audit)?\(query)before=\($0.encoded)\">\(visit.say("portal.pages.next"))</a>"
        }
        return """
            <nav class="pages noprint" aria-label="\(visit.say("portal.pages"))">\
            \(HTML.when(filter.position != nil, first)) \(more)</nav>

            """
    }

    private var commands: [String] {
        [
            "suiro audit tail",
            "curl -H \"Authorization: Bearer $TOKEN\" \(service.environment.origin())/v1/auditrecords",
        ]
    }
}

extension Visit {
    /// An event's name. An event of a later version shows the name it is stored under.
    func eventName(_ entry: Entry) -> String {
        words.has("event.\(entry.event)") ? say("event.\(entry.event)") : entry.event
    }

    func result(_ entry: Entry) -> HTML {
        guard !entry.hasSucceeded else { return badge(say("portal.audit.succeeded"), .good) }
        let reason = entry.details["reason"].flatMap { Reason(rawValue: $0) }
        return "\(badge(say("portal.audit.failed"), .bad)) \(reason.map { "<code>\($0.rawValue)</code>" as HTML })"
    }

    /// One event in one line.
    func event(_ row: AuditRow) -> HTML {
        let arguments: [String: Argument] = [
            "event": .text(eventName(row.entry)), "person": .text(row.entry.callerName),
            "organization": .text(row.entry.tenantName),
        ]
        let refused = HTML.when(!row.entry.hasSucceeded, " \(result(row.entry))")
        return "\(minute(row.entry.at)) \(say("portal.audit.line", arguments))\(refused)"
    }
}
