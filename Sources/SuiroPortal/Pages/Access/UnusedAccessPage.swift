import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// Rights that were granted and that nobody uses. It recommends; it takes nothing away.
    func unusedAccessPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let position = AccessPosition(encoded: visit.exchange.query["after"])
        let report = try await service.unusedRights(for: nil, after: position, limit: 50, visit.context(visitor))
        let title = visit.say("portal.unused.title")
        let lead = visit.say("portal.unused.lead", ["date": .day(report.day), "count": .count(report.days)])
        let isPartner = visitor.organization.kind.isPartner
        return .page(
            Page(
                title: title,
                section: isPartner ? .access : .ownAccess,
                content: """
                    <h1 id="unused">\(title)</h1>
                    <p class="lead">\(lead)</p>
                    \(visit.accessViews(.unused, visitor))\
                    <p class="noprint"><a href="\(Place.unusedFile)">\(visit.say("portal.accessAll.csv"))</a></p>
                    \(table(report.rights, visit, visitor))\
                    \(visit.onward(Place.unusedAccess, "", next: report.next, isFirst: position == nil))
                    """
            )
        )
    }

    private func table(_ rights: [UnusedRight], _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard !rights.isEmpty else { return "<p>\(visit.say("portal.unused.none"))</p>\n" }
        let heads = [
            "portal.accessAll.customer", "portal.access.partner", "portal.access.kind", "portal.unused.finding",
            "portal.unused.since", "portal.unused.roles", "portal.access.end.column",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(rights) { right in
            let grant = right.path.row.grant
            let kind = visit.say("accessKind.\(grant.kind.rawValue)")
            let roles = visit.list(right.unassigned.map { visit.role($0.rawValue) })
            let end: HTML = """
                <a href="\(Place.endAccess(grant.id, of: grant.customer))">\(visit.say("portal.access.end"))\
                <span class="vh"> \(right.path.customerName) \(kind)</span></a>
                """
            let mayEnd = visitor.may(.endAccess, in: .customer(grant.customer), at: visit.now)
            return """
                <tr><th scope="row"><a href="\(Place.access(of: grant.customer))">\(right.path.customerName)</a></th>\
                <td>\(right.path.row.partnerName)</td><td>\(kind)</td>\
                <td>\(visit.say("unusedRight.\(right.finding.rawValue)"))</td>\
                <td class="nw">\(visit.day(right.unusedSince))</td>\
                <td>\(right.unassigned.isEmpty ? visit.none : "\(roles)")</td>\
                <td class="nw">\(mayEnd ? end : visit.none)</td></tr>

                """
        }
        return visit.table(labelled: "unused", heads, rows)
    }
}
