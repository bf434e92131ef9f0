import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// Where somebody is signed in (ASVS 7.5.2), and one way out of each.
    func sessionsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let sessions = try await service.sessions(of: visitor.person.id)
        let title = visit.say("portal.sessions.title")
        let heads = [
            Head(visit.say("portal.sessions.device")), Head(visit.say("portal.sessions.began")),
            Head(visit.say("portal.sessions.seen")), Head(visit.say("portal.sessions.end")),
        ]
        let others: HTML = """
            <form method="post" action="\(Place.sessions)">\(visit.proof(visitor))\
            <input type="hidden" name="others" value="1">\
            <button class="p" type="submit">\(visit.say("portal.sessions.endOthers"))</button></form>

            """
        return .page(
            Page(
                title: title,
                content: """
                    <h1 id="sessions">\(title)</h1>
                    <p class="lead">\(visit.say("portal.sessions.lead"))</p>
                    \(visit.table(labelled: "sessions", heads, HTML.each(sessions) { row($0, visit, visitor) }))
                    \(HTML.when(sessions.count > 1, others))
                    """
            )
        )
    }

    private func row(_ use: SessionUse, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let isThis = use.idHash == visitor.use.idHash
        let device = use.device.isEmpty ? visit.say("portal.sessions.unknown") : use.device
        let end: HTML = """
            <form method="post" action="\(Place.sessions)">\(visit.proof(visitor))\
            <input type="hidden" name="session" value="\(use.listed)">\
            <button type="submit">\(visit.say("portal.sessions.endThat"))</button></form>
            """
        let mark: HTML = visit.badge(visit.say("portal.sessions.this"), .info)
        return """
            <tr><th scope="row">\(device)</th><td>\(visit.minute(use.began))</td><td>\(visit.minute(use.seen))</td>\
            <td>\(isThis ? mark : end)</td></tr>

            """
    }

    /// Ends one of one's own sessions, or all but this one. The next request of whoever uses them is a stranger's.
    func endListedSessions(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let (this, listed, isOthers) = (visitor.use.idHash, form.typed("session"), form.has("others"))
        try await service.endSessions(of: visitor.person.id) { use in
            use.idHash != this && (isOthers || use.listed == listed)
        }
        return .seeOther(Place.sessions)
    }
}

extension SessionUse {
    /// What a list calls it: enough of the hash to tell a person's sessions apart.
    fileprivate var listed: String { String(idHash.prefix(16)) }
}
