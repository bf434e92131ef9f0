import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    private static let pageSize = 50

    /// All of a partner's ways into its customers' tenants. A customer finds those into its own on its page.
    func accessReviewPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        guard visitor.organization.kind.isPartner else {
            return .seeOther(Place.access(of: visitor.organization.id.as(Customer.self)))
        }
        return .page(try await accessReview(visit, visitor, []))
    }

    /// Takes what was chosen, and leads to what came of it, row by row.
    func extendAccess(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let wish: ExtensionWish
        if form.has("within") {
            guard let days = Int(form.typed("within").halfWidth), (0...3650).contains(days) else {
                let mistake = Mistake(field: "within", text: visit.say("portal.accessAll.days.mistake"))
                return .page(try await accessReview(visit, visitor, [mistake]))
            }
            wish = .ending(within: days)
        } else {
            let ids = form.values("relationship").compactMap { ID<DelegatedAdminRelationship>($0) }
            guard !ids.isEmpty else {
                let mistake = Mistake(field: "access", text: visit.say("portal.accessAll.extend.mistake"))
                return .page(try await accessReview(visit, visitor, [mistake]))
            }
            wish = .these(ids)
        }
        let view = try await service.extend(wish, visit.context(visitor, form))
        return .seeOther(Place.extension(view.job.id))
    }

    private func accessReview(_ visit: Visit, _ visitor: Visitor, _ wrong: [Mistake]) async throws -> Page {
        let filter = AccessReviewFilter(visit)
        let position = AccessPosition(encoded: visit.exchange.query["after"])
        let context = visit.context(visitor)
        let found =
            filter.mistakes.isEmpty
            ? try await service.accessPaths(filter.question, after: position, limit: Self.pageSize, context) : nil
        let mistakes = filter.mistakes + wrong
        let title = visit.say("portal.accessAll.nav")
        let pages = visit.onward(Place.access, filter.address, next: found?.next, isFirst: position == nil)
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .access,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.summary(mistakes))<h1 id="access" tabindex="-1">\(title)</h1>
                <p class="lead">\(visit.say("portal.accessAll.lead"))</p>
                \(visit.accessViews(.list, visitor))\(form(filter, visit))\(table(found?.paths ?? [], visit, visitor))\(pages)\
                \(soon(mistakes, visit, visitor))\(visit.elsewhere(commands))
                """
        )
    }

    private func form(_ filter: AccessReviewFilter, _ visit: Visit) -> HTML {
        let every = Choice(
            value: "",
            label: visit.say("portal.accessAll.everyKind"),
            isChosen: filter.kind == nil
        )
        let kinds = AccessKind.allCases.map {
            Choice(value: $0.rawValue, label: visit.say("accessKind.\($0.rawValue)"), isChosen: $0 == filter.kind)
        }
        func number(_ name: String, _ key: String, _ value: String) -> HTML {
            visit.field(name, label: visit.say(key), value: value, mode: "numeric", mistakes: filter.mistakes)
        }
        return """
            <form class="filter noprint" action="\(Place.access)">\
            \(visit.select("kind", label: visit.say("portal.access.kind"), [every] + kinds))\
            \(visit.field(
                "customer", label: visit.say("portal.accessAll.customerId"), value: filter.customer,
                mistakes: filter.mistakes
            ))\(number("ending", "portal.accessAll.ending", filter.ending))\
            \(number("unused", "portal.accessAll.unused", filter.unused))\
            <button type="submit">\(visit.say("portal.filter"))</button></form>
            \(HTML.when(filter.mistakes.isEmpty, file(filter, visit)))
            """
    }

    private func table(_ paths: [AccessPath], _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard !paths.isEmpty else { return "<p>\(visit.say("portal.accessAll.none"))</p>\n" }
        let heads = [
            "portal.accessAll.customer", "portal.access.kind", "portal.access.roles", "portal.access.granted",
            "portal.access.until", "portal.access.used", "portal.accessAll.choose", "portal.access.end.column",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(paths) { path in
            let grant = path.row.grant
            let kind = visit.say("accessKind.\(grant.kind.rawValue)")
            let label = visit.say(
                "portal.accessAll.choose.one",
                ["kind": .text(kind), "company": .text(path.customerName)]
            )
            let roles: HTML = grant.roles.isEmpty ? visit.none : "\(visit.list(grant.roles.map(visit.role)))"
            let id = "\(grant.id)"
            let box: HTML =
                grant.kind == .gdap
                ? """
                <input type="checkbox" name="relationship" id="x-\(id)" value="\(id)">\
                <label class="vh" for="x-\(id)">\(label)</label>
                """ : visit.none
            return """
                <tr><th scope="row"><a href="\(Place.access(of: grant.customer))">\(path.customerName)</a></th>\
                <td>\(kind)</td>\
                <td>\(roles)</td>\
                <td>\(agreed(path.row, visit))</td><td class="nw">\(visit.day(grant.until))</td>\
                <td>\(lastUse(path.row, visit))</td><td>\(box)</td>\
                <td class="nw"><a href="\(Place.endAccess(grant.id, of: grant.customer))">\(visit.say("portal.access.end"))\
                <span class="vh"> \(path.customerName) \(kind)</span></a></td></tr>

                """
        }
        return """
            <form method="post" action="\(Place.extensions)">\(visit.proof(visitor))\
            \(visit.table(labelled: "access", heads, rows))<p class="hint">\(visit.say("portal.accessAll.extend.hint"))</p>
            <div class="row noprint"><button type="submit">\(visit.say("portal.accessAll.extend"))</button></div></form>

            """
    }

    /// The same rows as a file; a filter that was not understood has none.
    private func file(_ filter: AccessReviewFilter, _ visit: Visit) -> HTML {
        """
        <p class="noprint"><a href="\(Place.accessFile)?\(filter.address)">\(visit.say("portal.accessAll.csv"))</a></p>

        """
    }

    private func soon(_ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> HTML {
        """
        <h2>\(visit.say("portal.accessAll.extendEnding.title"))</h2>
        <form class="filter noprint" method="post" action="\(Place.extensions)">\(visit.proof(visitor))\
        \(visit.field(
            "within", label: visit.say("portal.accessAll.ending"), value: "60", mode: "numeric", mistakes: mistakes
        ))<button type="submit">\(visit.say("portal.accessAll.extendEnding"))</button></form>

        """
    }

    private var commands: [String] {
        [
            "suiro access list",
            "curl -H \"Authorization: Bearer $TOKEN\" \(service.environment.origin())/multichannel/v1/access",
        ]
    }

    /// When it was agreed to, by whom, and the way to the text.
    func agreed(_ row: GrantRow, _ visit: Visit) -> HTML {
        let basis =
            switch row.consent.basis {
            case .accepted: visit.say("portal.access.accepted", ["person": .text(row.consent.personName)])
            case .attestedByPartner: visit.say("portal.access.attested", ["person": .text(row.consent.personName)])
            case .observed: visit.say("portal.access.observed")
            }
        return """
            \(visit.day(row.consent.at))<br>\(basis)<br>\
            <a href="\(Place.accessTerms(row.grant.id, of: row.grant.customer))">\(visit.say("portal.access.terms"))</a>
            """
    }

    /// When it was last used; what never was says since when it could have been.
    func lastUse(_ row: GrantRow, _ visit: Visit) -> HTML {
        if let used = row.lastUsedAt { return visit.minute(used) }
        guard row.grant.isLive(at: visit.now), let since = row.grant.unusedSince(nil) else {
            return "\(visit.say("portal.access.unused"))"
        }
        return "\(visit.say("portal.access.unusedSince", ["date": .day(since)]))"
    }
}
