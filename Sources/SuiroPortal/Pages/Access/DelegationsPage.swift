import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// A partner's relationships, or those that a customer was sent, newest first, with their state in words.
    func delegationsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let all = try await service.delegations(visit.context(visitor))
        let title = visit.say("portal.delegations.title")
        let isPartner = visitor.organization.kind.isPartner
        let content: HTML =
            all.isEmpty
            ? "<p>\(visit.say("portal.delegations.none"))</p>\n"
            : visit.leaves(all, labelled: "delegations") { table($0, isPartner: isPartner, visit) }
        return .page(
            Page(
                title: title,
                section: isPartner ? .access : .ownAccess,
                content: """
                    <h1 id="delegations">\(title)</h1>
                    \(visit.accessViews(.delegations, visitor))\(content)
                    """
            )
        )
    }

    private func table(_ views: ArraySlice<DelegationView>, isPartner: Bool, _ visit: Visit) -> HTML {
        let heads = [
            "portal.delegation.name", isPartner ? "portal.delegation.customer" : "portal.access.partner",
            "portal.requests.state", "portal.delegations.roles", "portal.delegation.end",
            "portal.delegations.extension",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(views) { view in
            let other = isPartner ? view.customer?.name : view.partner.name
            let isOn = view.relationship.autoExtendDays != nil
            return """
                <tr><th scope="row"><a href="\(Place.delegation(view.relationship.id))">\
                \(view.relationship.displayName)</a></th><td>\(other.map { "\($0)" as HTML } ?? visit.none)</td>\
                <td>\(visit.say("delegationStatus.\(view.status.rawValue)"))</td>\
                <td>\(visit.list(view.relationship.roles.map { visit.role($0.rawValue) }))</td>\
                <td class="nw">\(view.end.map(visit.day) ?? visit.none)</td>\
                <td>\(visit.say("delegation.extension.\(isOn ? "on" : "off")"))</td></tr>

                """
        }
        return visit.table(labelled: "delegations", heads, rows)
    }
}
