import HTTPTypes
import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// What ending one path takes away, before it does.
    func endAccessPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        try await endAccessPage(visit, visitor, [])
    }

    private func endAccessPage(_ visit: Visit, _ visitor: Visitor, _ mistakes: [Mistake]) async throws -> Answer {
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
        let loss =
            row.grant.kind == .gdap
            ? try await service.losses(ending: id.as(DelegatedAdminRelationship.self), visit.context(visitor)) : nil
        let title = visit.say("portal.endAccess.title", ["partner": .text(row.partnerName)])
        return .page(
            Page(
                title: title,
                status: mistakes.isEmpty ? .ok : .badRequest,
                hasProblem: !mistakes.isEmpty,
                crumbs: [Crumb(address: Place.access(of: customer), title: visit.say("portal.access.nav.own"))],
                content: """
                    \(visit.summary(mistakes))<h1>\(title)</h1>
                    \(visit.facts(facts(row, visit)))\(loss.map { losses($0, visit) })
                    <ul><li>\(visit.say("portal.endAccess.atOnce"))</li>\
                    <li>\(visit.say("portal.endAccess.subscriptions"))</li>\
                    <li>\(visit.say("portal.endAccess.duty"))</li>\
                    <li>\(visit.say("portal.endAccess.again"))</li></ul>
                    <form method="post" action="\(Place.endAccess(id, of: customer))">\(visit.proof(visitor))\
                    \(insisting(loss, mistakes, visit, visitor))\
                    <div class="row"><button class="d" type="submit">\(visit.say("portal.endAccess.button"))</button>\
                    \(visit.button(visit.say("portal.endAccess.keep"), to: Place.access(of: customer)))</div></form>

                    """
            )
        )
    }

    /// A partner that would leave its own sales to nobody says that it means to (GD-17); a customer is not held up.
    private func insisting(
        _ loss: AccessLoss?,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        guard let loss, !loss.unattended.isEmpty, visitor.organization.kind.isPartner else { return .nothing }
        let names: [String: Argument] = ["subscriptions": .text(visit.list(loss.unattended))]
        return visit.choices(
            "force",
            legend: visit.say("portal.delegation.last"),
            type: "checkbox",
            [
                Choice(
                    value: "yes",
                    label: visit.say("portal.endAccess.force"),
                    hint: visit.say("portal.endAccess.force.hint", names)
                )
            ],
            mistakes: mistakes
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
        do {
            let insists = form.typed("force") == "yes"
            _ = try await service.endAccess(id, in: customer, force: insists, visit.context(visitor, form))
        } catch Refusal.delegation(.lastPath) {
            let mistake = Mistake(field: "force", text: visit.say("portal.endAccess.force.mistake"))
            return try await endAccessPage(visit, visitor, [mistake])
        }
        return .seeOther(visit.done(.accessEnded, at: Place.access(of: customer)))
    }
}
