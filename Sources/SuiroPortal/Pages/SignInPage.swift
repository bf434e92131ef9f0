import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Choosing a persona, or giving a token; then back to where one came from.
    func signInPage(_ visit: Visit) async throws -> Answer {
        .page(try await signInPage(visit, next: visit.exchange.query["next"], mistakes: []))
    }

    /// Begins a session. The form is not tied to one, so it must come from this site.
    func beginSession(_ exchange: Exchange) async throws -> Reply {
        let form = try await Form(exchange)
        let visit = try await visit(exchange)
        return try await answering(visit) {
            guard isFromHere(exchange) else { throw PortalFault.foreignForm }
            let next = form.typed("next")
            guard let person = try await person(form) else {
                let hasPersonas = try await !signIn.personas().isEmpty
                let isToken = form.has("token") || !hasPersonas
                let mistake = Mistake(field: isToken ? "token" : "persona", text: visit.say("portal.signIn.failed"))
                return .page(try await signInPage(visit, next: next, mistakes: [mistake]))
            }
            if let older = Cookie.value(Cookie.session, in: exchange.headers[.cookie]) {
                try await service.endSession(older)
            }
            let session = try await service.beginSession(for: person)
            try await markOpened(next, session.cookie, visit)
            return .seeOther(
                Place.isHere(next) ? next : Place.home,
                cookies: [
                    Cookie.set(Cookie.session, to: session.cookie, isSecure: isSecure),
                    // From here on the person's own language counts, until they switch.
                    Cookie.clear(Cookie.language, isSecure: isSecure),
                ]
            )
        }
    }

    private func person(_ form: Form) async throws -> ID<Person>? {
        if let key = try form.text("persona") {
            return try await signIn.personas().first { $0.key == key }?.id
        }
        guard let token = try form.text("token", limit: 20_000) else { return nil }
        return try await signIn.authenticate(token)
    }

    /// Whoever signed in to answer an invitation has opened it. Whether they may answer is said on its page.
    private func markOpened(_ next: String, _ cookie: String, _ visit: Visit) async throws {
        guard next.hasPrefix("/r/"), let code = InvitationCode(next.dropFirst(3).prefix { $0 != "?" }) else { return }
        let exchange = Exchange(method: .get, uri: next, headers: [.cookie: "\(Cookie.session)=\(cookie)"])
        guard let visitor = try await self.visit(exchange).visitor else { return }
        do {
            try await service.openInvitation(code.text, visit.context(visitor))
        } catch is Refusal {
            return
        }
    }

    private func signInPage(_ visit: Visit, next: String?, mistakes: [Mistake]) async throws -> Page {
        // Applications have tokens, not pages.
        let personas = try await signIn.personas().filter { $0.roles != [.app] }
        let title = visit.say("portal.signIn.title")
        let next = next.flatMap { Place.isHere($0) ? $0 : nil } ?? Place.home
        let token: HTML = """
            <form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
            \(self.token(mistakes, visit))<div class="row">\
            <button\(HTML.when(personas.isEmpty, " class=\"p\"")) type="submit">\(visit.say("portal.signIn.token.button"))</button></div>
            </form>

            """
        let persona: HTML = """
            <form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
            \(choices(personas, mistakes, visit))<div class="row">\
            <button class="p" type="submit">\(visit.say("portal.signIn.button"))</button></div>
            </form>
            <h2>\(visit.say("portal.signIn.unlisted"))</h2>

            """
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .forbidden,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: "\(visit.summary(mistakes))<h1>\(title)</h1>\n\(HTML.when(!personas.isEmpty, persona))\(token)"
        )
    }

    private func choices(_ personas: [Persona], _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        let options = personas.map { persona in
            let roles = visit.list(persona.roles.map { visit.say("role.\($0.rawValue)") })
            return Choice(
                value: persona.key,
                label: persona.name,
                hint: visit.say(
                    "portal.signIn.persona",
                    [
                        "organization": .text(persona.organization), "roles": .text(roles),
                        "kind": .text(visit.say("kind.\(persona.kind.rawValue)")),
                    ]
                )
            )
        }
        return """
            <p class="lead">\(visit.say("portal.signIn.lead"))</p>
            \(visit.choices("persona", legend: visit.say("portal.signIn.legend"), options, mistakes: mistakes))
            """
    }

    private func token(_ mistakes: [Mistake], _ visit: Visit) -> HTML {
        let mistake = mistakes.first { $0.field == "token" }
        let described: HTML = mistake == nil ? "token-hint" : "token-hint token-error"
        return """
            <div class="field\(HTML.when(mistake != nil, " field-error"))">\
            <label for="token">\(visit.say("portal.signIn.token"))</label>\
            <p class="hint" id="token-hint">\(visit.say("portal.signIn.token.hint"))</p>\
            \(mistake.map { "<p class=\"msg\" id=\"token-error\">\($0.text)</p>" as HTML })\
            <textarea id="token" name="token" rows="6" autocomplete="off" spellcheck="false" \
            aria-describedby="\(described)"\(HTML.when(mistake != nil, " aria-invalid=\"true\""))></textarea></div>

            """
    }
}
