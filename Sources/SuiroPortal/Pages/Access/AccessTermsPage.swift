import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// The text as it was agreed to, in the language it was agreed to in, with the hash that the consent is bound to.
    func accessTermsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<AccessGrant> = try visit.id("accessId", .access)
        let (row, _) = try await service.accessPath(id, in: customer, visit.context(visitor))
        let consent = row.consent
        let title = visit.say("portal.accessTerms.title", ["partner": .text(row.partnerName)])
        let text: HTML =
            consent.terms.isEmpty
            ? "<p>\(visit.say("portal.accessTerms.none"))</p>\n"
            : """
            <div class="card plain" lang="\(consent.language.rawValue)">\
            \(HTML.each(consent.terms.split(separator: "\n")) { "<p>\(String($0))</p>\n" })</div>

            """
        let facts: [(String, HTML)] = [
            (visit.say("portal.access.partner"), "\(row.partnerName)"),
            (visit.say("portal.access.kind"), "\(visit.say("accessKind.\(row.grant.kind.rawValue)"))"),
            (visit.say("portal.access.granted"), "\(visit.minute(consent.at)) \(consent.personName)"),
            (visit.say("portal.accessTerms.language"), "\(visit.say("language.\(consent.language.rawValue)"))"),
            (visit.say("portal.accessTerms.hash"), "<code>\(consent.termsHash)</code>"),
        ]
        let isPartner = visitor.organization.kind.isPartner
        return .page(
            Page(
                title: title,
                section: isPartner ? .access : .ownAccess,
                crumbs: [
                    Crumb(address: Place.access(of: customer), title: visit.say("portal.access.nav.own"))
                ],
                content: "<h1>\(title)</h1>\n\(visit.facts(facts))\(text)"
            )
        )
    }
}
