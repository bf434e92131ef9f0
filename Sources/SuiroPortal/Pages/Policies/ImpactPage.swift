import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Whose outcomes a package would change, before it does.
    func impactPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let view = try await service.package(visit.exchange.parameters["id"] ?? "", context)
        let asked = EffectiveDay(visit)
        // Of a day that is none there is nothing to compute, and no address that would lead on from here.
        let impact =
            asked.mistakes.isEmpty
            ? try await service.impact(of: view.id, effective: asked.instant, context) : nil
        let name: [String: Argument] = ["name": .text(view.package.title[visit.language] ?? view.package.name)]
        return .page(
            Page(
                title: visit.say("portal.impact.of", name),
                status: asked.mistakes.isEmpty ? .ok : .badRequest,
                section: .policies,
                hasProblem: !asked.mistakes.isEmpty,
                crumbs: crumbs(view, visit),
                content: """
                    \(visit.summary(asked.mistakes))<h1>\(visit.say("portal.impact.of", name))</h1>
                    \(impact.map { lead($0, visit) })<form class="filter noprint" action="\(Place.impact(view.id))">\(field(asked, visit))\
                    <button type="submit">\(visit.say("portal.impact.compute"))</button></form>
                    \(impact.map { sums($0, visit) + list($0, view, asked, visit, visitor) })\
                    \(visit.elsewhere(commands(view.id)))
                    """
            )
        )
    }

    private func lead(_ impact: Impact, _ visit: Visit) -> HTML {
        "<p class=\"lead\">\(visit.say("portal.impact.lead", ["date": .day(impact.effective)]))</p>\n"
    }

    /// The list for spreadsheets.
    func impactFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let asked = EffectiveDay(visit)
        guard asked.mistakes.isEmpty else { throw BadInput("effective", .malformed, asked.text) }
        let id = visit.exchange.parameters["id"] ?? ""
        let impact = try await service.impact(of: id, effective: asked.instant, visit.context(visitor))
        return visit.file(impact, name: "impact.csv")
    }

    func crumbs(_ view: PackageView, _ visit: Visit) -> [Crumb] {
        [
            Crumb(address: Place.policies, title: visit.say("portal.policies.title")),
            Crumb(address: Place.package(view.id), title: view.package.title[visit.language] ?? view.package.name),
        ]
    }

    func field(_ asked: EffectiveDay, _ visit: Visit) -> HTML {
        visit.field(
            "effective",
            label: visit.say("portal.announcements.effective"),
            value: asked.text,
            type: asked.mistakes.isEmpty ? "date" : "text",
            mistakes: asked.mistakes
        )
    }

    /// How much was looked at, and how much of it changes.
    func sums(_ impact: Impact, _ visit: Visit) -> HTML {
        let facts: [(String, HTML)] = [
            (visit.say("portal.impact.customers"), "\(impact.customers)"),
            (visit.say("portal.impact.subscriptions"), "\(impact.subscriptions)"),
            (visit.say("portal.impact.examined"), "\(impact.examined)"),
        ]
        let partly: HTML = "<p>\(visit.say("portal.impact.partly"))</p>\n"
        return visit.facts(facts) + HTML.when(!impact.isComplete, partly)
    }

    private func list(
        _ impact: Impact,
        _ view: PackageView,
        _ asked: EffectiveDay,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        guard !impact.rows.isEmpty else { return "<p>\(visit.say("portal.impact.none"))</p>\n" }
        let file = Place.impactFile(view.id) + (asked.text.isEmpty ? "" : "?effective=\(asked.text.percentEncoded)")
        return """
            <h2 id="counts">\(visit.say("portal.impact.counts"))</h2>
            \(visit.countTable(impact, labelled: "counts"))\
            <h2 id="affected">\(visit.say("portal.impact.list", ["count": .count(impact.turns.count)]))</h2>
            <p class="noprint"><a href="\(file)">\(visit.say("portal.audit.csv"))</a></p>
            \(visit.impactTable(impact, labelled: "affected", names: ImpactNames(visitor.organization.kind)))
            """
    }

    private func commands(_ id: String) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/policypackages/\(id)/impact?format=csv"
        return ["suiro policy impact \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \"\(path)\""]
    }
}

/// The day a package shall hold from, as somebody typed it.
struct EffectiveDay {
    let text: String
    let instant: Instant?
    let mistakes: [Mistake]

    init(_ visit: Visit) {
        self.init(visit.exchange.query["effective"] ?? "", visit)
    }

    init(_ typed: String, _ visit: Visit) {
        text = typed.trimmed.halfWidth.replacing("/", with: "-")
        instant = Instant(text)
        mistakes =
            text.isEmpty || instant != nil
            ? [] : [Mistake(field: "effective", text: visit.say("portal.date.mistake"))]
    }
}

extension Visit {
    func file(_ impact: Impact, name: String) -> Answer {
        .file(Array(impact.file(words, language).utf8), type: "text/csv; charset=utf-8", name: name)
    }
}
