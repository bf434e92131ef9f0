import HTTPTypes
import SuiroHTTP
import SuiroService

// Signing in with mail address and password, then with a code. Whatever is wrong is answered alike (K-15).
extension Portal {
    func passwordFields(_ mail: String, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        """
        \(visit.field(
            "mail", label: visit.say("portal.signIn.password.mail"), value: mail, type: "email",
            autocomplete: "username", mistakes: mistakes
        ))\(visit.field(
            "password", label: visit.say("portal.signIn.password.label"), type: "password",
            autocomplete: "current-password"
        ))
        """
    }

    func beginSignIn(_ visit: Visit, _ form: Form, _ next: String) async throws -> Answer {
        let mail = form.typed("mail").trimmed
        let outcome = try await service.beginSignIn(
            mail: mail,
            password: form.typed("password"),
            device: Cookie.value(Cookie.device, in: visit.exchange.headers[.cookie], isSecure: isSecure)
        )
        guard case .codeNeeded(let step) = outcome else {
            let mistake = Mistake(field: "mail", text: visit.say("portal.signIn.password.failed"))
            return .page(try await signInPage(visit, next: next, mistakes: [mistake], mail: mail))
        }
        return .seeOther(
            Place.signInCode(next: Place.isHere(next) ? next : Place.home),
            cookies: [Cookie.set(Cookie.step, to: step, for: 300, isSecure: isSecure)]
        )
    }

    func signInCodePage(_ visit: Visit) async throws -> Answer {
        let next = visit.exchange.query["next"] ?? Place.home
        guard Cookie.value(Cookie.step, in: visit.exchange.headers[.cookie], isSecure: isSecure) != nil else {
            return .seeOther(Place.signIn(next: Place.isHere(next) ? next : Place.home))
        }
        return .page(codePage(visit, next, []))
    }

    func finishSignIn(_ exchange: Exchange) async throws -> Reply {
        let form = try await Form(exchange)
        let visit = try await visit(exchange)
        return try await answering(visit) {
            guard isFromHere(exchange) else { throw PortalFault.foreignForm }
            try throttle.take(.signins, exchange.neighbourhood)
            let next = form.typed("next")
            guard let step = Cookie.value(Cookie.step, in: exchange.headers[.cookie], isSecure: isSecure) else {
                return .seeOther(Place.signIn(next: Place.isHere(next) ? next : Place.home))
            }
            let code = form.typed("code").halfWidth.filter { !$0.isWhitespace }
            guard
                case .signedIn(let person, let proof, let device) = try await service.finishSignIn(
                    step: step,
                    code: code
                )
            else {
                let mistake = Mistake(field: "code", text: visit.say("portal.signInCode.failed"))
                return .page(codePage(visit, next, [mistake]))
            }
            let cookies = [
                Cookie.clear(Cookie.step, isSecure: isSecure),
                Cookie.set(Cookie.device, to: device, for: 31_536_000, isSecure: isSecure),
            ]
            return try await enter(Proven(person, proof), next, visit, cookies: cookies)
        }
    }

    private func codePage(_ visit: Visit, _ next: String, _ mistakes: [Mistake]) -> Page {
        let title = visit.say("portal.signInCode.title")
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .forbidden,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.signInCode.lead"))</p>
                <form method="post" action="/sign-in/code">\
                <input type="hidden" name="next" value="\(Place.isHere(next) ? next : Place.home)">
                \(visit.field(
                    "code", label: visit.say("portal.signInCode.label"), hint: visit.say("portal.signInCode.hint"),
                    autocomplete: "one-time-code", mistakes: mistakes
                ))<div class="row">\
                <button class="p" type="submit">\(visit.say("portal.signInCode.button"))</button></div>
                </form>

                """
        )
    }
}
