import SuiroDomain
import SuiroStore

extension Portal {
    /// Paths into a customer's organization. `mayEnd` says which of them the visitor may end; without it there is no
    /// such column.
    func accessTable(
        _ rows: [GrantRow],
        labelled id: String,
        _ visit: Visit,
        mayEnd: ((GrantRow) -> Bool)?,
        customer: ID<Customer>
    ) -> HTML {
        guard !rows.isEmpty else { return "<p>\(visit.say("portal.access.none"))</p>\n" }
        var heads = [
            "portal.access.partner", "portal.access.kind", "portal.access.roles", "portal.access.granted",
            "portal.access.until", "portal.access.used",
        ].map { Head(visit.say($0)) }
        if mayEnd != nil { heads.append(Head(visit.say("portal.access.end.column"))) }
        return visit.table(
            labelled: id,
            heads,
            HTML.each(rows) { row in
                "<tr>\(cells(row, visit))\(mayEnd.map { end(row, isOffered: $0(row), customer, visit) })</tr>\n"
            }
        )
    }

    private func cells(_ row: GrantRow, _ visit: Visit) -> HTML {
        let roles = row.grant.roles.isEmpty ? visit.none : "\(visit.list(row.grant.roles.map(visit.role)))"
        return """
            <th scope="row">\(row.partnerName)<br>\
            <span class="hint">\(visit.say("kind.\(row.partnerKind.rawValue)"))</span></th>\
            <td>\(visit.say("accessKind.\(row.grant.kind.rawValue)"))</td><td>\(roles)</td>\
            <td>\(agreed(row, visit))</td><td>\(until(row.grant, visit))</td>\
            <td>\(lastUse(row, visit))</td>
            """
    }

    private func until(_ grant: AccessGrant, _ visit: Visit) -> HTML {
        switch grant.end {
        case .none where grant.isLive(at: visit.now): visit.day(grant.until)
        case .none, .expired: "\(visit.day(grant.until)) \(visit.badge(visit.say("portal.access.over"), .plain))"
        case .revoked(let at, _): "\(visit.day(at)) \(visit.badge(visit.say("portal.access.revoked"), .plain))"
        case .replaced(let at): "\(visit.day(at)) \(visit.badge(visit.say("portal.access.replaced"), .plain))"
        }
    }

    private func end(_ row: GrantRow, isOffered: Bool, _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        guard isOffered else { return "<td>\(visit.none)</td>" }
        let kind = visit.say("accessKind.\(row.grant.kind.rawValue)")
        return """
            <td class="nw"><a href="\(Place.endAccess(row.grant.id, of: customer))">\(visit.say("portal.access.end"))\
            <span class="vh"> \(row.partnerName) \(kind)</span></a></td>
            """
    }
}
