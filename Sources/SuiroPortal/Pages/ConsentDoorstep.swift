import SuiroDomain
import SuiroService

// What the page of an invitation says to people who cannot answer it: not signed in, of another organization, or
// without the right to decide.
extension Portal {
    /// Before sign-in: who asks, and nothing about whom or what for.
    func doorstep(_ code: String, _ visit: Visit) async throws -> Page {
        guard let face = try await service.invitationFace(code) else { throw Refusal.notFound(.invitation, code) }
        let title = visit.say("terms.title", ["partner": .text(face.partner.name)])
        return Page(
            title: title,
            isNarrow: true,
            content: """
                <h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.consent.doorstep"))</p>
                \(self.face(face.partner, code: face.code, visit))\
                <p><a class="btn p" href="\(Place.signIn(next: Place.invitation(face.code)))">\
                \(visit.say("portal.consent.signIn"))</a></p>
                \(unknown(visit))
                """
        )
    }

    /// What may be known of a partner before sign-in.
    func face(_ partner: Organization, code: String?, _ visit: Visit) -> HTML {
        var facts: [(String, HTML)] = [
            (visit.say("portal.consent.from"), "\(partner.name)"),
            (visit.say("portal.customers.country"), "\(partner.country)"),
            (visit.say("portal.customers.domain"), "\(partner.domain)"),
        ]
        if let code { facts.append((visit.say("portal.request.code"), "<span class=\"id\">\(code)</span>")) }
        return doubt(partner, visit) + visit.facts(facts)
    }

    /// A warning where a name may be meant to be taken for another's (I-07).
    func doubt(_ partner: Organization, _ visit: Visit) -> HTML {
        guard let doubt = OrganizationName(partner.name).doubt else { return .nothing }
        let name = ["name": Argument.text(partner.name)]
        let sentence =
            switch doubt {
            case .mixedScripts: visit.say("portal.name.mixedScripts", name)
            case .looksLatin: visit.say("portal.name.looksLatin", name)
            case .looksKatakana: visit.say("portal.name.looksKatakana", name)
            }
        return visit.note(sentence, .warning, "<p>\(visit.say("portal.name.compare"))</p>")
    }

    /// For whoever did not expect this.
    func unknown(_ visit: Visit) -> HTML {
        """
        <h2>\(visit.say("portal.consent.unexpected"))</h2>
        <p>\(visit.say("portal.consent.unexpected.text"))</p>

        """
    }

    /// Signed in, but not as somebody of the organization that was asked.
    func stranger(_ refusal: Refusal, _ code: String, _ visit: Visit, _ visitor: Visitor) async throws -> Page {
        guard let face = try await service.invitationFace(code) else { throw Refusal.notFound(.invitation, code) }
        let title = visit.say("terms.title", ["partner": .text(face.partner.name)])
        return Page(
            title: title,
            status: refusal.status,
            isNarrow: true,
            content: """
                <h1>\(title)</h1>
                <p class="lead">\(signedIn(visitor, visit))</p>
                \(refusal == .wrongTenant ? otherCustomer(refusal, visit) : otherPeople(visitor, visit))\
                \(self.face(face.partner, code: face.code, visit))\(again(code, visit))\(unknown(visit))
                """
        )
    }

    private func otherCustomer(_ refusal: Refusal, _ visit: Visit) -> HTML {
        visit.note(visit.sentence(refusal), .warning, "<p>\(visit.say("portal.consent.wrongTenant"))</p>")
    }

    /// Partners and the vendor cannot answer for a customer.
    func otherPeople(_ visitor: Visitor, _ visit: Visit) -> HTML {
        visit.note(
            visit.say("portal.consent.notCustomer"),
            .warning,
            "<p>\(visit.say("portal.consent.notCustomer.text"))</p>"
        )
    }

    private func again(_ code: String, _ visit: Visit) -> HTML {
        let place = Place.signIn(next: Place.invitation(code))
        return "<p>\(visit.button(visit.say("portal.consent.signInAgain"), to: place))</p>\n"
    }

    /// For people of the customer who may not decide: who can, and a text to pass on.
    func forwarding(_ view: InvitationView, _ visit: Visit) -> HTML {
        let names = HTML.each(view.deciders) { "<li>\($0)</li>" }
        let who: HTML =
            view.deciders.isEmpty
            ? "<p>\(visit.say("portal.consent.noDeciders"))</p>\n"
            : "<p>\(visit.say("portal.consent.deciders"))</p>\n<ul>\(names)</ul>\n"
        return visit.note(visit.sentence(.deciderRole(required: .globalAdmin)), .warning, who) + forward(view, visit)
    }

    /// A text for another administrator, with the link.
    func forward(_ view: InvitationView, _ visit: Visit) -> HTML {
        let link = "\(service.environment.origin())\(Place.invitation(view.request.code))"
        let text = visit.say(
            "portal.consent.forward.text",
            [
                "partner": .text(view.partner.name), "link": .text(link), "code": .text(view.request.code),
                "date": .day(view.request.expires),
            ]
        )
        return """
            <div class="field noprint"><label for="forward">\(visit.say("portal.consent.forward"))</label>\
            <textarea id="forward" readonly rows="8">
            \(text)</textarea></div>

            """
    }
}
