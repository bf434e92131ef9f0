import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// From the answer to the decision: choose, check, decide.
extension Portal {
    private static let longestReason = 1000

    /// Takes the answer and shows it once more. Nothing is decided yet; that somebody has opened it is noted.
    func answerInvitation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let code = try code(visit)
        let context = visit.context(visitor)
        let view = try await service.invitation(code, context)
        guard view.isOpen, view.mayDecide else { return .page(consent(view, [], visit, visitor)) }
        try await service.openInvitation(code, context)
        let hash = form.typed("termsHash")
        switch form.typed("answer") {
        case "accept": return .page(check(view, hash, visit, visitor))
        case "decline": return .page(decline(view, "", [], visit, visitor))
        case "ask": return .page(ask(view, visit))
        default:
            let mistake = Mistake(field: "answer", text: visit.say("portal.consent.answer.mistake"))
            return .page(consent(view, [mistake], visit, visitor))
        }
    }

    /// What will be decided, before it is.
    private func check(_ view: InvitationView, _ hash: String, _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = visit.say("portal.check.accept.title")
        let place = Place.invitation(view.request.code)
        return Page(
            title: title,
            isNarrow: true,
            crumbs: [Crumb(address: place, title: view.terms.title)],
            content: """
                <h1>\(title)</h1>
                \(visit.facts(facts(view, visit)))\
                <h2>\(visit.say("portal.consent.grants"))</h2>
                <ul>\(HTML.each(view.terms.grants) { "<li>\($0)</li>" })</ul>
                <p>\(visit.say("portal.check.accept.text"))</p>
                <form method="post" action="\(place)/acceptance">\(visit.proof(visitor))\
                <input type="hidden" name="termsHash" value="\(hash)">\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.check.accept.button"))</button>\
                <a class="btn" href="\(place)">\(visit.say("portal.check.back"))</a></div></form>

                """
        )
    }

    private func decline(
        _ view: InvitationView,
        _ reason: String,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.check.decline.title")
        let place = Place.invitation(view.request.code)
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: place, title: view.terms.title)],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.facts(facts(view, visit)))\
                <p>\(visit.say("portal.check.decline.text"))</p>
                <form method="post" action="\(place)/refusal">\(visit.proof(visitor))\
                \(visit.field(
                    "reason", label: visit.say("portal.check.decline.reason"),
                    hint: visit.say("portal.check.decline.reason.hint"), value: reason, autocomplete: "off",
                    mistakes: mistakes, isOptional: true
                ))<div class="row"><button class="p" type="submit">\(visit.say("portal.check.decline.button"))</button>\
                <a class="btn" href="\(place)">\(visit.say("portal.check.back"))</a></div></form>

                """
        )
    }

    /// Nothing happens here: whom to ask, and a text to pass on.
    private func ask(_ view: InvitationView, _ visit: Visit) -> Page {
        let title = visit.say("portal.ask.title")
        let place = Place.invitation(view.request.code)
        return Page(
            title: title,
            isNarrow: true,
            crumbs: [Crumb(address: place, title: view.terms.title)],
            content: """
                <h1>\(title)</h1>
                <p>\(visit.say("portal.ask.text", ["partner": .text(view.partner.name)]))</p>
                \(visit.facts(facts(view, visit)))\(forward(view, visit))\
                <p><a class="btn" href="\(place)">\(visit.say("portal.check.back"))</a></p>

                """
        )
    }

    func acceptInvitation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let code = try code(visit)
        return try await deciding(code, visit) {
            try await service.acceptInvitation(code, termsHash: form.typed("termsHash"), visit.context(visitor, form))
        }
    }

    func declineInvitation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let code = try code(visit)
        let typed = form.typed("reason")
        guard typed.trimmed.unicodeScalars.count <= Self.longestReason else {
            let view = try await service.invitation(code, visit.context(visitor))
            let text = visit.say("portal.check.decline.reason.mistake", ["count": .count(Self.longestReason)])
            return .page(decline(view, typed, [Mistake(field: "reason", text: text)], visit, visitor))
        }
        let reason = try form.text("reason", limit: Self.longestReason)
        return try await deciding(code, visit) {
            try await service.declineInvitation(code, reason: reason, visit.context(visitor, form))
        }
    }

    /// Leads to what came of it; also when somebody else was faster, whose decision then stands there.
    private func deciding(
        _ code: String,
        _ visit: Visit,
        _ decide: () async throws -> InvitationOutcome
    ) async throws -> Answer {
        do {
            _ = try await decide()
            return .seeOther(visit.done(.answered, at: Place.invitation(code)))
        } catch Refusal.invitationClosed {
            return .seeOther(Place.invitation(code))
        }
    }
}
