import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// What ending one path takes away, before it does.
    func endAccessPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<AccessGrant> = try visit.id("accessId", .access)
        let access = try await service.access(in: customer, visit.context(visitor))
        guard let row = access.grants.first(where: { $0.grant.id == id }) else {
            throw Refusal.notFound(.access, "\(id)")
        }
        guard row.grant.isLive(at: access.now) else { throw Refusal.accessEnded }
        guard visitor.may(.endAccess, in: .customer(customer), at: visit.now) else {
            throw Refusal.accessDenied(missing: "role")
        }
        let title = visit.say("portal.endAccess.title", ["partner": .text(row.partnerName)])
        return .page(
            Page(
                title: title,
                crumbs: [Crumb(address: Place.access(of: customer), title: visit.say("portal.access.nav.own"))],
                content: """
                    <h1>\(title)</h1>
                    \(visit.facts(facts(row, visit)))
                    <ul><li>\(visit.say("portal.endAccess.atOnce"))</li>\
                    <li>\(visit.say("portal.endAccess.subscriptions"))</li>\
                    <li>\(visit.say("portal.endAccess.duty"))</li>\
                    <li>\(visit.say("portal.endAccess.again"))</li></ul>
                    <form method="post" action="\(Place.endAccess(id, of: customer))">\(visit.proof(visitor))\
                    <div class="row"><button class="d" type="submit">\(visit.say("portal.endAccess.button"))</button>\
                    \(visit.button(visit.say("portal.endAccess.keep"), to: Place.access(of: customer)))</div></form>

                    """
            )
        )
    }

    private func facts(_ row: GrantRow, _ visit: Visit) -> [(String, HTML)] {
        var facts: [(String, HTML)] = [
            (visit.say("portal.access.partner"), "\(row.partnerName)"),
            (visit.say("portal.access.kind"), "\(visit.say("accessKind.\(row.grant.kind.rawValue)"))"),
        ]
        if !row.grant.roles.isEmpty {
            facts.append((visit.say("portal.access.roles"), "\(visit.list(row.grant.roles.map(visit.role)))"))
        }
        facts.append((visit.say("portal.access.until"), visit.longDay(row.grant.until)))
        return facts
    }

    func endAccess(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<AccessGrant> = try visit.id("accessId", .access)
        _ = try await service.endAccess(id, in: customer, visit.context(visitor, form))
        return .seeOther(visit.done(.accessEnded, at: Place.access(of: customer)))
    }
}
