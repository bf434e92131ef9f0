import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// A program asks to act for somebody: who asks, for what, for how long. Nothing is remembered; every time is asked.
extension Portal {
    func authorizePage(_ visit: Visit) async throws -> Answer {
        guard let (client, redirect) = try await asker(visit) else { return .page(noAsker(visit)) }
        do throws(AuthorizationQuery.Fault) {
            let query = try AuthorizationQuery(visit.exchange.query, isV2: visit.isV2)
            guard let visitor = visit.visitor, isFresh(visitor, query, visit) else {
                if query.isSilent { throw .loginRequired }
                return .seeOther(Place.signIn(next: visit.address))
            }
            guard visitor.organization.id == client.tenant, visitor.person.roles != [.app] else {
                return .page(noAsker(visit))
            }
            guard !query.isSilent else { throw .interactionRequired }
            return .page(question(client, query, redirect, visit, visitor))
        } catch {
            return answer(["error": error.rawValue], redirect, client, visit)
        }
    }

    func answerAuthorization(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        guard let (client, redirect) = try await asker(visit), visitor.organization.id == client.tenant,
            visitor.person.roles != [.app]
        else { return .page(noAsker(visit)) }
        let query: AuthorizationQuery
        do throws(AuthorizationQuery.Fault) {
            query = try AuthorizationQuery(visit.exchange.query, isV2: visit.isV2)
            guard isFresh(visitor, query, visit) else { return .seeOther(Place.signIn(next: visit.address)) }
            guard form.typed("decision") == "allow" else { throw .accessDenied }
        } catch {
            return answer(["error": error.rawValue], redirect, client, visit)
        }
        let code = try await service.authorize(
            client,
            query.wish,
            redirect: redirect,
            challenge: query.challenge,
            proof: visitor.session.proof,
            // Without the form's number: what is kept of a numbered request would be the code itself.
            visit.context(visitor)
        )
        return answer(["code": code], redirect, client, visit)
    }

    /// Who asks, and where the answer goes. Where either is not known, the browser is sent nowhere.
    private func asker(_ visit: Visit) async throws -> (Client, redirect: String)? {
        let query = visit.exchange.query
        guard let id = query["client_id"], let redirect = query["redirect_uri"],
            query.items.filter({ ["client_id", "redirect_uri"].contains($0.name) }).count == 2,
            let client = try await service.client(
                id,
                of: visit.exchange.parameters["tenant"] ?? "",
                redirecting: redirect
            )
        else { return nil }
        return (client, redirect)
    }

    private func isFresh(_ visitor: Visitor, _ query: AuthorizationQuery, _ visit: Visit) -> Bool {
        guard let age = query.maxAge else { return true }
        return visit.now <= visitor.session.proof.at.adding(seconds: age)
    }

    private func answer(
        _ members: KeyValuePairs<String, String>,
        _ redirect: String,
        _ client: Client,
        _ visit: Visit
    ) -> Answer {
        var all = members.map { ($0.key, $0.value) }
        if let state = visit.exchange.query["state"] { all.append(("state", state)) }
        all.append(("iss", signIn.issuer(client.tenant)))
        let text = all.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
        return .seeOther("\(redirect)\(redirect.contains("?") ? "&" : "?")\(text)")
    }

    private func question(
        _ client: Client,
        _ query: AuthorizationQuery,
        _ redirect: String,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.authorize.title", ["client": .text(client.name)])
        let length =
            query.wish.wantsRefresh
            ? visit.say("portal.authorize.days", ["count": .count(TokenFamily.days)])
            : visit.say("portal.authorize.hour")
        return Page(
            title: title,
            isNarrow: true,
            leadsTo: redirect.site,
            content: """
                <h1>\(title)</h1>
                <p class="lead">\(visit.say(
                    "portal.authorize.lead",
                    ["client": .text(client.name), "organization": .text(visitor.organization.name)]
                ))</p>
                \(visit.facts([
                    (visit.say("portal.authorize.as"), "\(visitor.person.name) (\(visitor.person.mail))"),
                    (visit.say("portal.authorize.what"), "\(visit.say("portal.authorize.everything"))"),
                    (visit.say("portal.authorize.howLong"), "\(length)"),
                    (visit.say("portal.authorize.where"), "<span class=\"id\">\(redirect)</span>"),
                ]))<p>\(visit.say("portal.authorize.warning"))</p>
                <form method="post" action="\(visit.address)">\(visit.proof(visitor))<div class="row">\
                <button class="p" type="submit" name="decision" value="allow">\
                \(visit.say("portal.authorize.allow"))</button>\
                <button type="submit" name="decision" value="deny">\(visit.say("portal.authorize.deny"))</button></div>
                </form>

                """
        )
    }

    private func noAsker(_ visit: Visit) -> Page {
        let title = visit.say("portal.authorize.refused")
        return Page(
            title: title,
            status: .badRequest,
            isNarrow: true,
            hasProblem: true,
            content: """
                <h1>\(title)</h1>
                <p>\(visit.say("portal.authorize.refused.text"))</p>

                """
        )
    }
}

extension Visit {
    fileprivate var isV2: Bool { exchange.path.lowercased().contains("/v2.0/") }
}

extension String {
    /// Scheme, host and port.
    fileprivate var site: String? { firstMatch(of: /^[a-z]+:\/\/[^\/?#]+/).map { String($0.output) } }
}
