import SuiroDomain
import SuiroService

// What an indirect provider wrote for its reseller, on the page of the relationship (GD-28).
extension Portal {
    func proposalFacts(_ view: DelegationView, _ visit: Visit) -> [(String, HTML)] {
        guard let provider = view.provider, let proposal = view.relationship.proposal else { return [] }
        let consent =
            switch proposal.answer {
            case .pending: visit.say("portal.delegation.proposal.pending")
            case .given(let at, _): visit.say("portal.delegation.proposal.given", ["day": .day(at)])
            case .declined(let at, _): visit.say("portal.delegation.proposal.declined", ["day": .day(at)])
            }
        return [
            (visit.say("portal.delegation.proposal.by"), "\(provider.name)"),
            (visit.say("portal.delegation.proposal.consent"), "\(consent)"),
            (
                visit.say("portal.delegations.roles"),
                "\(visit.list(view.relationship.roles.map { visit.role($0.rawValue) }))"
            ),
        ]
    }

    /// The reseller's two answers; the provider waits for them.
    func proposalAnswer(_ view: DelegationView, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let relationship = view.relationship
        guard relationship.isPartnerConsentPending, relationship.phase == .created,
            relationship.partner.as(Tenant.self) == visitor.organization.id
        else { return .nothing }
        let place = Place.delegation(relationship.id)
        return """
            <h2 id="proposal">\(visit.say("portal.delegation.proposal.question"))</h2>
            <p>\(visit.say("portal.delegation.proposal.text"))</p>
            <div class="row noprint"><form method="post" action="\(place)/acceptance">\(visit.proof(visitor))\
            <button class="p" type="submit">\(visit.say("portal.delegation.proposal.accept"))</button></form>\
            <form method="post" action="\(place)/refusal">\(visit.proof(visitor))\
            <button type="submit">\(visit.say("portal.delegation.proposal.decline"))</button></form></div>

            """
    }
}
