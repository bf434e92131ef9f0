import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Typing a code by hand, for whoever does not click links in mails; or the page of a partner's reusable link.
    func codePage(_ visit: Visit) async throws -> Answer {
        if let text = visit.exchange.query["partnerId"] { return try await partnerPage(text, visit) }
        let typed = visit.exchange.query["code"] ?? ""
        if let code = InvitationCode(typed) { return .seeOther(Place.invitation(code.text)) }
        let mistakes =
            typed.isEmpty ? [] : [Mistake(field: "code", text: visit.say("portal.code.mistake"))]
        let title = visit.say("portal.code.title")
        return .page(
            Page(
                title: title,
                status: mistakes.isEmpty ? .ok : .badRequest,
                section: .code,
                isNarrow: true,
                hasProblem: !mistakes.isEmpty,
                content: """
                    \(visit.summary(mistakes))<h1>\(title)</h1>
                    <p class="lead">\(visit.say("portal.code.lead"))</p>
                    <form action="\(Place.code)">\(visit.field(
                        "code", label: visit.say("portal.code.label"), hint: visit.say("portal.code.hint"),
                        value: typed,
                        autocomplete: "off", mistakes: mistakes
                    ))<button class="p" type="submit">\(visit.say("portal.code.button"))</button></form>

                    """
            )
        )
    }

    /// The page behind a link that names only the partner (REL-04): it grants nothing, it lets an administrator ask to
    /// be asked.
    private func partnerPage(_ text: String, _ visit: Visit) async throws -> Answer {
        guard let id = ID<Partner>(text), let partner = try await service.partnerFace(id) else {
            throw Refusal.notFound(.organization, text)
        }
        let title = visit.say("portal.reusable.title", ["partner": .text(partner.name)])
        let place = Place.signIn(next: Place.reusableLink(id))
        let way: HTML
        switch visit.visitor {
        case nil:
            way = """
                <p>\(visit.button(visit.say("portal.consent.signIn"), to: place, isMain: true))</p>

                """
        case let visitor? where visitor.organization.kind == .customer:
            way = """
                <form method="post" action="\(Place.code)">\(visit.proof(visitor))\
                <input type="hidden" name="partner" value="\("\(id)")">\
                <button class="p" type="submit">\(visit.say("portal.reusable.button"))</button></form>

                """
        case let visitor?:
            way = otherPeople(visitor, visit)
        }
        return .page(
            Page(
                title: title,
                isNarrow: true,
                content: """
                    <h1>\(title)</h1>
                    <p class="lead">\(visit.say("portal.reusable.lead", ["partner": .text(partner.name)]))</p>
                    \(face(partner, code: nil, visit))\(way)\(unknown(visit))
                    """
            )
        )
    }

    func startInvitation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        guard let partner = ID<Partner>(form.typed("partner")) else {
            throw BadInput("partner", .malformed, form.typed("partner"))
        }
        let request = try await service.startInvitation(from: partner, visit.context(visitor, form))
        return .seeOther(Place.invitation(request.code))
    }
}
