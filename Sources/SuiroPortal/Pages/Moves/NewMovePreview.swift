import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// An edition and an instant that a preview was computed for, to open it again as it was.
struct PreviewThen: Equatable {
    let edition: Int?
    let at: Instant?

    init?(_ query: Query) throws {
        edition = try query.whole("edition", in: 1...1_000_000)
        at = query["at"].flatMap { Instant($0) }
        if edition == nil, at == nil { return nil }
    }
}

// The third page of the wizard, what would happen; and the fourth, the question before anything is written.
extension Portal {
    func previewPage(
        _ preview: MovePreview,
        _ desk: MoveDesk,
        _ then: PreviewThen?,
        hasChanged: Bool = false,
        taken: ID<Move>?,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.newMove.preview.title", ["products": .text(visit.products(preview))])
        let changed = HTML.when(
            hasChanged,
            visit.note(visit.say("portal.newMove.changed"), .warning, role: " role=\"alert\"")
        )
        return Page(
            title: title,
            status: hasChanged ? .conflict : .ok,
            section: .moves,
            hasProblem: hasChanged,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                \(changed)<h1>\(title)</h1>
                \(visit.stages(.preview, desk.draft))\
                \(visit.note(
                    visit.say("portal.newMove.nothingYet"), .info, "<p>\(computed(preview, then, visit))</p>"
                ))\(visit.facts(facts(preview, visit)))\
                \(visit.blockers(of: preview, desk.rules, taken: taken))\
                \(visit.consequences(of: preview, desk.rules))\(visit.billing(of: preview))\
                \(needed(preview, visit, visitor))\(visit.plan(of: preview))\(visit.survivingAccess(of: preview))\
                \(forward(preview, desk, then, visit))\
                \(visit.elsewhere(commands(desk)))
                """
        )
    }

    private func computed(_ preview: MovePreview, _ then: PreviewThen?, _ visit: Visit) -> HTML {
        let text = visit.say(
            "portal.newMove.computed",
            ["edition": .text(preview.editionName), "time": .moment(preview.at)]
        )
        guard then != nil else { return "\(text)" }
        return "\(text) \(visit.say("portal.newMove.then"))"
    }

    private func facts(_ preview: MovePreview, _ visit: Visit) -> [(String, HTML)] {
        [
            (visit.say("portal.home.customer"), "\(preview.customer.name)"),
            (visit.say("portal.moves.kind"), "\(visit.kind(preview.procedure))"),
            (visit.say("moveParty.source"), "\(preview.source?.name ?? visit.say("move.noSource"))"),
            (visit.say("moveParty.target"), "\(preview.target.name)"),
            visit.cutover(of: preview),
        ]
    }

    /// Who has to agree. Whoever asks and may bind its organization agrees by asking.
    private func needed(_ preview: MovePreview, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let own = side(of: visitor, preview)
        let mayBind = visitor.may(
            .decideMove,
            in: preview.customer.id.map { .customer($0.as(Customer.self)) },
            at: visit.now
        )
        let items = HTML.each(preview.consents) { party in
            let state =
                party == own && mayBind
                ? visit.badge(visit.say("portal.move.consent.byAsking"), .info)
                : visit.badge(visit.say("portal.move.consent.notAsked"), .plain)
            return "<li>\(visit.party(party, of: preview)) \(state)</li>"
        }
        return """
            <h2>\(visit.say("portal.move.consents"))</h2>
            <ul>\(items)</ul>

            """
    }

    private func side(of visitor: Visitor, _ preview: MovePreview) -> MoveParty? {
        let own = visitor.organization.id
        if own == preview.customer.id { return .customer }
        if own == preview.target.id { return .target }
        return own == preview.source?.id ? .source : nil
    }

    /// On, back, and the same preview again another day.
    private func forward(_ preview: MovePreview, _ desk: MoveDesk, _ then: PreviewThen?, _ visit: Visit) -> HTML {
        let again =
            "\(desk.draft.address(.preview))&edition=\(preview.edition)&at=\(preview.at.description.percentEncoded)"
        let on: HTML =
            if then != nil {
                visit.button(visit.say("portal.newMove.today"), to: desk.draft.address(.preview), isMain: true)
            } else if preview.startBlockers.isEmpty {
                visit.button(visit.say("portal.newMove.ask"), to: desk.draft.address(.asking), isMain: true)
            } else {
                .nothing
            }
        return """
            <div class="row noprint">\(on)\
            \(visit.button(visit.say("portal.newMove.back"), to: desk.draft.address(.target)))</div>
            <p class="noprint">\(visit.say("portal.consent.print")) \
            <a href="\(again)">\(visit.say("portal.newMove.again"))</a></p>

            """
    }

    private func commands(_ desk: MoveDesk) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/customers/\(desk.customer.id)/movepreviews"
        let draft = desk.draft
        let words =
            draft.subscriptions.map { "\($0)" }
            + [
                draft.target.map { "--to \($0)" }, draft.kind.map { "--kind \($0.rawValue)" },
                draft.plan.map { $0 == .wait ? "--wait" : "--cancel-first" },
            ].compactMap(\.self)
        let ids = draft.subscriptions.map { "\"\($0)\"" }.joined(separator: ",")
        return [
            "suiro move plan \(desk.customer.id) \(words.joined(separator: " "))",
            "curl -H \"Authorization: Bearer $TOKEN\" -d '{\"subscriptionIds\":[\(ids)]}' \(path)",
        ]
    }

    /// The last look before others are asked.
    func askingPage(_ preview: MovePreview, _ desk: MoveDesk, _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = visit.say("portal.newMove.asking.title")
        return Page(
            title: title,
            section: .moves,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                <h1>\(title)</h1>
                \(visit.stages(.asking, desk.draft))\
                \(visit.facts(
                    [(visit.say("portal.moves.what"), "\(visit.products(preview))")] + facts(preview, visit)
                ))\(visit.blockers(of: preview, desk.rules))\(needed(preview, visit, visitor))\
                <ul><li>\(visit.say("portal.newMove.asking.mail"))</li>\
                <li>\(visit.say("portal.newMove.asking.nothing"))</li>\
                <li>\(visit.say("portal.newMove.asking.withdraw"))</li></ul>
                <form method="post" action="\(Place.newMove())">\(visit.proof(visitor))\(desk.draft.hidden())\
                <input type="hidden" name="seen" value="\(preview.gist)">\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.newMove.asking.button"))</button>\
                \(visit.button(visit.say("portal.newMove.back"), to: desk.draft.address(.preview)))</div></form>

                """
        )
    }
}
