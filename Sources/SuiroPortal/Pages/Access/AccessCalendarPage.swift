import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// What ends in the next three months, week by week.
    func accessCalendarPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let calendar = try await service.accessCalendar(from: nil, to: nil, visit.context(visitor))
        let title = visit.say("portal.accessCalendar.title")
        let weeks = Dictionary(grouping: calendar.entries) { entry in
            Int((entry.at.milliseconds - calendar.from.startOfDay.milliseconds) / (7 * 86_400_000))
        }
        let parts = HTML.each(weeks.keys.sorted()) { week in
            let entries = weeks[week] ?? []
            let id = "week-\(week)"
            let start = calendar.from.startOfDay.adding(days: 7 * week)
            let heading = visit.say(
                "portal.accessCalendar.week",
                ["date": .day(start), "count": .count(entries.count)]
            )
            return """
                <h2 id="\(id)">\(heading)</h2>
                \(visit.leaves(entries, labelled: id) { table($0, labelled: id, visit) })
                """
        }
        let isPartner = visitor.organization.kind.isPartner
        let lead = visit.say("portal.accessCalendar.lead", ["from": .day(calendar.from), "to": .day(calendar.to)])
        return .page(
            Page(
                title: title,
                section: isPartner ? .access : .ownAccess,
                content: """
                    <h1>\(title)</h1>
                    <p class="lead">\(lead)</p>
                    \(visit.accessViews(.calendar, visitor))\
                    <p class="noprint"><a href="\(Place.accessCalendarFile)">\(visit.say("portal.move.calendar"))</a></p>
                    \(HTML.when(weeks.isEmpty, "<p>\(visit.say("portal.accessCalendar.none"))</p>\n"))\(parts)
                    """
            )
        )
    }

    private func table(_ entries: ArraySlice<AccessCalendar.Entry>, labelled id: String, _ visit: Visit) -> HTML {
        let heads = [
            "portal.access.until", "portal.accessAll.customer", "portal.access.partner", "portal.access.kind",
            "portal.accessCalendar.what",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(entries) { entry in
            let grant = entry.path.row.grant
            let what =
                entry.isExtended
                ? visit.badge(visit.say("portal.accessCalendar.extended"), .plain)
                : visit.badge(visit.say("portal.accessCalendar.ends"), .warning)
            return """
                <tr><th scope="row" class="nw">\(visit.day(entry.at))</th>\
                <td><a href="\(Place.access(of: grant.customer))">\(entry.path.customerName)</a></td>\
                <td>\(entry.path.row.partnerName)</td><td>\(visit.say("accessKind.\(grant.kind.rawValue)"))</td>\
                <td>\(what)</td></tr>

                """
        }
        return visit.table(labelled: id, heads, rows)
    }
}
