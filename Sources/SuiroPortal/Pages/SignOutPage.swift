import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    func signOutPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let title = visit.say("portal.signOut.title")
        return .page(
            Page(
                title: title,
                content: """
                    <h1>\(title)</h1>
                    <p class="lead">\(visit.say("portal.signOut.elsewhere")) \
                    <a href="\(Place.sessions)">\(visit.say("portal.sessions.title"))</a></p>
                    <form method="post" action="\(Place.signOut)">\(visit.proof(visitor))\
                    <button class="p" type="submit">\(visit.say("portal.signOut.button"))</button></form>

                    """
            )
        )
    }

    /// Ends the session on the server; the cookie alone would prove nothing afterwards.
    func endSession(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        if let cookie = Cookie.value(Cookie.session, in: visit.exchange.headers[.cookie], isSecure: isSecure) {
            try await service.endSession(cookie, as: .signedOut)
        }
        return .forgetting(Place.signIn(), cookies: [Cookie.clear(Cookie.session, isSecure: isSecure)])
    }
}
