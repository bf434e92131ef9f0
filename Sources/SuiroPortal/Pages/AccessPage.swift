import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// Every partner, every path, and who still owes support.
    func accessPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<Customer> = try visit.id("id", .customer)
        let context = visit.context(visitor)
        let organization = try await service.customer(id, context).organization
        let access = try await service.access(in: id, context)
        let live = access.grants.filter { $0.grant.isLive(at: access.now) }
        let past = access.grants.filter { !$0.grant.isLive(at: access.now) }
        let leftovers = try await leftovers(in: id, visit, visitor)
        let mayEnd = visitor.may(.endAccess, in: .customer(id), at: visit.now)
        let isPartner = visitor.organization.kind.isPartner
        let title = visit.say("portal.access.title", ["customer": .text(organization.name)])
        return .page(
            Page(
                title: title,
                section: isPartner ? .customers : .ownAccess,
                crumbs: isPartner ? [Crumb(address: Place.customer(id), title: organization.name)] : [],
                content: """
                    \(visit.done)<h1>\(title)</h1>
                    <p class="lead">\(visit.say(isPartner ? "portal.access.lead.partner" : "portal.access.lead"))</p>
                    \(HTML.when(!isPartner, visit.accessViews(.list, visitor)))\
                    <h2 id="live">\(visit.say("portal.access.live", ["count": .count(live.count)]))</h2>
                    \(accessTable(live, labelled: "live", visit, mayEnd: { _ in mayEnd }, customer: id))\
                    \(leftovers)\(duties(access, visit))\(ended(past, id, visit))\
                    \(visit.elsewhere(commands(id)))
                    """
            )
        )
    }

    private func duties(_ access: AccessView, _ visit: Visit) -> HTML {
        let names = Dictionary(access.grants.map { ($0.grant.partner, $0.partnerName) }) { first, _ in first }
        let open = access.obligations.filter { $0.ended == nil && names[$0.partner] != nil }
        guard !open.isEmpty else { return .nothing }
        let items = HTML.each(open) { duty in
            let arguments: [String: Argument] = [
                "partner": .text(names[duty.partner] ?? ""), "date": .day(duty.since),
            ]
            return "<li>\(visit.say("portal.access.duty", arguments))</li>"
        }
        return """
            <h2>\(visit.say("portal.access.duties"))</h2>
            <ul>\(items)</ul>

            """
    }

    private func ended(_ rows: [GrantRow], _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        return """
            <h2 id="past">\(visit.say("portal.access.past"))</h2>
            \(accessTable(rows, labelled: "past", visit, mayEnd: nil, customer: customer))
            """
    }

    private func commands(_ id: ID<Customer>) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/customers/\(id)/access"
        return ["suiro access list \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }
}
