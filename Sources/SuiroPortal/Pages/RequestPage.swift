import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// One request: its state, its link and code, the mail that carries it, and what can still be done.
    func requestPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await service.relationshipRequest(
            visit.id("id", .relationshipRequest),
            visit.context(visitor)
        )
        let request = view.request
        let name = request.recipientName ?? request.recipientMail ?? request.customerDomain ?? request.code
        let title = visit.say("portal.request.title", ["name": .text(name)])
        return .page(
            Page(
                title: title,
                section: .requests,
                crumbs: [Crumb(address: Place.requests, title: visit.say("portal.requests.title"))],
                content: """
                    \(visit.done)<h1>\(title)</h1>
                    \(visit.facts(facts(view, visit)))\(actions(view, visit, visitor))\
                    \(link(view, visit))\(draft(view, visit))\
                    \(visit.elsewhere(commands(request.id)))
                    """
            )
        )
    }

    private func facts(_ view: RequestView, _ visit: Visit) -> [(String, HTML)] {
        let request = view.request
        var facts: [(String, HTML)] = [
            (visit.say("portal.requests.state"), visit.state(view.state)),
            (visit.say("portal.request.code"), "<span class=\"id\">\(request.code)</span>"),
            (visit.say("portal.requestForm.mail"), visit.text(request.recipientMail)),
            (visit.say("portal.requestForm.domain"), visit.text(request.customerDomain)),
            (visit.say("portal.requests.created"), visit.minute(request.createdAt)),
            (visit.say("portal.requests.expires"), visit.longDay(request.expires)),
            (visit.say("portal.request.scope"), scope(request.scope, visit)),
        ]
        if let reason = request.declineReason { facts.append((visit.say("portal.request.declineReason"), "\(reason)")) }
        if let customer = request.customer, view.state == "accepted" {
            let text = visit.say("portal.request.toCustomer")
            facts.append((visit.say("portal.home.customer"), "<a href=\"\(Place.customer(customer))\">\(text)</a>"))
        }
        return facts
    }

    private func scope(_ scope: RequestedScope, _ visit: Visit) -> HTML {
        guard scope.delegatedAdmin else { return "\(visit.say("portal.request.scope.relationship"))" }
        let arguments: [String: Argument] = [
            "roles": .text(visit.list(scope.roles.map(visit.role))), "count": .count(scope.days),
        ]
        return "\(visit.say("portal.request.scope.access", arguments))"
    }

    private func actions(_ view: RequestView, _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard view.isOpen, visitor.may(.changeRelationshipRequest, at: visit.now) else { return .nothing }
        let place = Place.request(view.request.id)
        let remind = HTML.when(
            view.request.recipientMail != nil,
            """
            <form method="post" action="\(place)/reminder">\(visit.proof(visitor))\
            <button type="submit">\(visit.say("portal.request.remind"))</button></form>
            """
        )
        return """
            <div class="row noprint">\(remind)<form method="post" action="\(place)/withdrawal">\(visit.proof(visitor))\
            <button class="d" type="submit">\(visit.say("portal.request.withdraw"))</button></form></div>

            """
    }

    private func link(_ view: RequestView, _ visit: Visit) -> HTML {
        guard view.isOpen else { return .nothing }
        return """
            <h2>\(visit.say("portal.request.link"))</h2>
            <code class="chip">\(view.url)</code>
            <p>\(visit.say("portal.request.link.text"))</p>

            """
    }

    private func draft(_ view: RequestView, _ visit: Visit) -> HTML {
        let sent = view.request.recipientMail == nil ? "portal.request.draft.unsent" : "portal.request.draft.sent"
        let language = view.request.language.rawValue
        // A mail program passes some 2,000 characters on safely; Japanese needs nine for each, so the body stays out.
        let address = view.request.recipientMail ?? ""
        let mailto =
            "mailto:\(address.percentEncoded.replacing("%40", with: "@"))"
            + "?subject=\(view.draft.subject.percentEncoded)&body=\(view.url.percentEncoded)"
        return """
            <h2>\(visit.say("portal.request.draft"))</h2>
            <p>\(visit.say(sent))</p>
            <div class="field"><label for="subject">\(visit.say("portal.request.subject"))</label>\
            <input id="subject" type="text" readonly lang="\(language)" value="\(view.draft.subject)"></div>
            <div class="field"><label for="body">\(visit.say("portal.request.body"))</label>\
            <textarea id="body" readonly rows="20" lang="\(language)">
            \(view.draft.body)</textarea></div>
            <div class="row noprint">\
            \(visit.button(visit.say("portal.request.eml"), to: Place.request(view.request.id) + "/eml"))\
            \(visit.button(visit.say("portal.request.mailto"), to: mailto))</div>

            """
    }

    private func commands(_ id: ID<RelationshipRequest>) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/relationshiprequests/\(id)"
        return ["suiro relationship show \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }

    /// The mail as a file that mail programs open as a draft.
    func requestMail(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await service.relationshipRequest(
            visit.id("id", .relationshipRequest),
            visit.context(visitor)
        )
        return .file(Array(view.draft.eml.utf8), type: "message/rfc822", name: "suiro-\(view.request.code).eml")
    }

    func remind(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let view = try await service.remind(visit.id("id", .relationshipRequest), visit.context(visitor, form))
        return .seeOther(visit.done(.reminded, at: Place.request(view.request.id)))
    }

    func withdraw(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let view = try await service.withdraw(visit.id("id", .relationshipRequest), visit.context(visitor, form))
        return .seeOther(visit.done(.withdrawn, at: Place.request(view.request.id)))
    }
}
