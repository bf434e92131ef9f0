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
            try throttle.take(.signins, exchange.neighbourhood)
            let next = form.typed("next")
            if form.has("mail") { return try await beginSignIn(visit, form, next) }
            guard let proven = try await proven(form, visit) else {
                let hasPersonas = try await !signIn.personas().isEmpty
                let isToken = form.has("token") || !hasPersonas
                let mistake = Mistake(field: isToken ? "token" : "persona", text: visit.say("portal.signIn.failed"))
                return .page(try await signInPage(visit, next: next, mistakes: [mistake]))
            }
            return try await enter(proven, next, visit)
        }
    }

    /// A new session in the place of an older one, and back to where one was going.
    func enter(_ proven: Proven, _ next: String, _ visit: Visit, cookies: [String] = []) async throws -> Answer {
        if let older = Cookie.value(Cookie.session, in: visit.exchange.headers[.cookie], isSecure: isSecure) {
            try await service.endSession(older, as: .sessionEnded)
        }
        let session = try await service.beginSession(for: proven.person, proof: proven.proof)
        try await service.describeSession(
            session.cookie,
            device: Device(visit.exchange.headers[.userAgent]).name,
            // Personas prove nothing, and travel with the clock.
            isUnlimited: isSandbox,
            correlation: visit.correlation
        )
        try await markOpened(next, session.cookie, visit)
        return .seeOther(
            Place.isHere(next) ? next : Place.home,
            cookies: [
                Cookie.set(Cookie.session, to: session.cookie, isSecure: isSecure),
                // From here on the person's own language counts, until they switch.
                Cookie.clear(Cookie.language, isSecure: isSecure),
            ] + cookies
        )
    }

    private func proven(_ form: Form, _ visit: Visit) async throws -> Proven? {
        if let key = try form.text("persona") {
            // Whoever chooses to be somebody has proved everything that the sandbox asks for.
            return try await signIn.personas().first { $0.key == key }.map {
                Proven($0.id, SignInProof(amr: ["pwd", "mfa"], at: visit.now))
            }
        }
        guard let token = try form.text("token", limit: 20_000) else { return nil }
        return try await signIn.authenticate(token)
    }

    /// Whoever signed in to answer an invitation has opened it. Whether they may answer is said on its page.
    private func markOpened(_ next: String, _ cookie: String, _ visit: Visit) async throws {
        guard next.hasPrefix("/r/"), let code = InvitationCode(next.dropFirst(3).prefix { $0 != "?" }) else { return }
        guard let visitor = try await visitor(cookie) else { return }
        do {
            try await service.openInvitation(code.text, visit.context(visitor))
        } catch is Refusal {
            return
        }
    }

    func signInPage(_ visit: Visit, next: String?, mistakes: [Mistake], mail: String = "") async throws -> Page {
        // Applications have tokens, not pages.
        let personas = try await signIn.personas().filter { $0.roles != [.app] }
        let title = visit.say("portal.signIn.title")
        let next = next.flatMap { Place.isHere($0) ? $0 : nil } ?? Place.home
        let again: HTML = HTML.when(
            visit.exchange.query["again"] != nil,
            visit.note(visit.say("portal.signIn.again.title"), .info, "<p>\(visit.say("portal.signIn.again.text"))</p>")
        )
        let token: HTML = """
            <form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
            \(self.token(mistakes, visit))<div class="row">\
            <button type="submit">\(visit.say("portal.signIn.token.button"))</button></div>
            </form>

            """
        let persona: HTML = """
            <form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
            \(choices(personas, mistakes, visit))<div class="row">\
            <button class="p" type="submit">\(visit.say("portal.signIn.button"))</button></div>
            </form>
            <h2>\(visit.say("portal.signIn.unlisted"))</h2>

            """
        let password: HTML = """
            <form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
            \(passwordFields(mail, mistakes, visit))<div class="row">\
            <button class="p" type="submit">\(visit.say("portal.signIn.password.button"))</button></div>
            </form>
            <h2>\(visit.say("portal.signIn.token.heading"))</h2>

            """
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .forbidden,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(again)\(personas.isEmpty ? password : persona)\(token)
                """
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
