import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

// Where somebody chooses a password and ties an authenticator app to it, once for each link (K-13).
extension Portal {
    func enrolPage(_ visit: Visit) async throws -> Answer {
        guard let view = try await service.enrolment(visit.exchange.parameters["code"] ?? "") else {
            return .page(noEnrolment(visit))
        }
        return .page(enrolPage(view, visit, []))
    }

    func enrol(_ exchange: Exchange) async throws -> Reply {
        let form = try await Form(exchange)
        let visit = try await visit(exchange)
        return try await answering(visit) {
            guard isFromHere(exchange) else { throw PortalFault.foreignForm }
            let link = exchange.parameters["code"] ?? ""
            guard let view = try await service.enrolment(link) else { return .page(noEnrolment(visit)) }
            let outcome = try await service.enrol(
                link,
                // The exact bytes: a blank at the end is a character like any other.
                password: form.typed("password"),
                timeCode: form.typed("code").halfWidth.filter { !$0.isWhitespace }
            )
            let mistake: Mistake
            switch outcome {
            case .enrolled(let codes): return .page(enrolled(codes, visit))
            case .noSuchLink, .mailTaken: return .page(noEnrolment(visit))
            case .wrongCode: mistake = Mistake(field: "code", text: visit.say("portal.enrol.wrongCode"))
            case .badPassword(let rule): mistake = Mistake(field: "password", text: sentence(rule, visit))
            }
            return .page(enrolPage(view, visit, [mistake]))
        }
    }

    private func sentence(_ rule: PasswordRule, _ visit: Visit) -> String {
        switch rule {
        case .tooShort: visit.say("portal.enrol.tooShort", ["count": .count(PasswordRule.shortest)])
        case .tooLong: visit.say("portal.enrol.tooLong", ["count": .count(PasswordRule.longest)])
        case .tooCommon: visit.say("portal.enrol.tooCommon")
        }
    }

    private func enrolPage(_ view: EnrolmentView, _ visit: Visit, _ mistakes: [Mistake]) -> Page {
        let title = visit.say("portal.enrol.title")
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say(
                    "portal.enrol.lead",
                    [
                        "person": .text(view.person.name), "mail": .text(view.person.mail),
                        "organization": .text(view.organization.name),
                    ]
                ))</p>
                <form method="post" action="\(visit.page)">
                \(visit.field(
                    "password", label: visit.say("portal.enrol.password"),
                    hint: visit.say("portal.enrol.password.hint", ["count": .count(PasswordRule.shortest)]),
                    type: "password", autocomplete: "new-password", mistakes: mistakes
                ))<h2>\(visit.say("portal.enrol.app"))</h2>
                <p>\(visit.say("portal.enrol.app.lead"))</p>
                \(visit.facts([
                    (visit.say("portal.enrol.secret"), "<code>\(grouped(view.secret))</code>"),
                    (
                        visit.say("portal.enrol.link"),
                        "<a href=\"\(view.address)\">\(visit.say("portal.enrol.link.text"))</a>"
                    ),
                ]))\(visit.field(
                    "code", label: visit.say("portal.enrol.code"), hint: visit.say("portal.enrol.code.hint"),
                    autocomplete: "one-time-code", mode: "numeric", mistakes: mistakes
                ))<div class="row">\
                <button class="p" type="submit">\(visit.say("portal.enrol.button"))</button></div>
                </form>

                """
        )
    }

    /// Four letters at a time, as people type them.
    private func grouped(_ secret: String) -> String {
        var (rest, groups) = (secret[...], [String]())
        while !rest.isEmpty {
            groups.append(String(rest.prefix(4)))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    private func enrolled(_ codes: [String], _ visit: Visit) -> Page {
        let title = visit.say("portal.enrolled.title")
        return Page(
            title: title,
            isNarrow: true,
            content: """
                <h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.enrolled.lead"))</p>
                <h2>\(visit.say("portal.enrolled.codes"))</h2>
                <ul>\(HTML.each(codes) { "<li><code>\($0)</code></li>" })</ul>
                <p>\(visit.button(visit.say("portal.enrolled.signIn"), to: Place.signIn(), isMain: true))</p>

                """
        )
    }

    private func noEnrolment(_ visit: Visit) -> Page {
        let title = visit.say("portal.enrol.gone")
        return Page(
            title: title,
            status: .notFound,
            isNarrow: true,
            hasProblem: true,
            content: """
                <h1>\(title)</h1>
                <p>\(visit.say("portal.enrol.gone.text"))</p>

                """
        )
    }
}
