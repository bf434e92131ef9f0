import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// The packages, for those who answer for the rules; nothing for everybody else.
    func packageList(_ visit: Visit, _ visitor: Visitor) async throws -> HTML {
        guard visitor.may(.readPackages, at: visit.now) else { return .nothing }
        let views = try await service.packages(visit.context(visitor))
        let heads = [
            "portal.packages.name", "portal.packages.stage", "portal.packages.rows", "portal.packages.drafted",
            "portal.announcements.effective",
        ].map { Head(visit.say($0)) }
        let buttons: HTML = """
            \(visit.button(visit.say("portal.newPackage.title"), to: Place.newPackage))\
            \(visit.button(visit.say("portal.switches.title"), to: Place.switches))
            """
        let rows = HTML.each(views) { view in
            """
            <tr><th scope="row"><a href="\(Place.package(view.id))">\(view.package.title[visit.language] ?? "")</a>\
            <br><code>\(view.package.name)</code></th><td>\(visit.stage(view.stage))</td>\
            <td class="n">\(view.package.rows.count)</td>\
            <td class="nw">\(view.draftedAt.map(visit.day) ?? visit.none)</td>\
            <td class="nw">\(view.effective.map(visit.day) ?? visit.none)</td></tr>

            """
        }
        return """
            <h2 id="packages">\(visit.say("portal.packages.title"))</h2>
            \(visit.table(labelled: "packages", heads, rows))\
            \(HTML.when(visitor.may(.draftPolicy, at: visit.now), "<div class=\"row noprint\">\(buttons)</div>\n"))
            """
    }

    /// One package: what it says, what that would change, and what can be done with it.
    func packagePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let view = try await service.package(visit.exchange.parameters["id"] ?? "", context)
        let isAhead = view.stage == .draft || view.stage == .shipped
        let mayPreview = isAhead && visitor.may(.readImpact, at: visit.now)
        let changes =
            mayPreview ? try await service.previewPublication(of: view.id, effective: nil, context).changes : nil
        let title = view.package.title[visit.language] ?? view.package.name
        return .page(
            Page(
                title: visit.say("portal.package.title", ["name": .text(title)]),
                section: .policies,
                crumbs: [Crumb(address: Place.policies, title: visit.say("portal.policies.title"))],
                content: """
                    \(visit.done)<h1>\(title)</h1>
                    <p>\(visit.stage(view.stage))</p>
                    \(visit.facts(facts(view, visit)))\(faults(view, visit))\(actions(view, visit, visitor))\
                    <h2>\(visit.say("portal.package.announcement"))</h2>
                    \(texts(view.package.title, view.package.summary, view.package.advice, visit))\
                    \(changes.map { wouldChange($0, visit) })\
                    <h2 id="rows">\(visit.say("portal.package.rows", ["count": .count(view.package.rows.count)]))</h2>
                    \(visit.rowTable(view.package.rows, labelled: "rows"))\
                    \(visit.elsewhere(commands(view.id)))
                    """
            )
        )
    }

    private func facts(_ view: PackageView, _ visit: Visit) -> [(String, HTML)] {
        var facts: [(String, HTML)] = [(visit.say("portal.packages.name"), "<code>\(view.package.name)</code>")]
        if let day = view.draftedAt { facts.append((visit.say("portal.packages.drafted"), visit.longDay(day))) }
        if let day = view.effective { facts.append((visit.say("portal.announcements.effective"), visit.longDay(day))) }
        if let name = view.editionName { facts.append((visit.say("portal.announcements.edition"), "\(name)")) }
        if let id = view.announcement {
            let link: HTML = "<a href=\"\(Place.announcement(id))\">\(visit.say("portal.package.toAnnouncement"))</a>"
            facts.append((visit.say("portal.package.announcement"), link))
        }
        return facts
    }

    private func faults(_ view: PackageView, _ visit: Visit) -> HTML {
        guard !view.faults.isEmpty else { return .nothing }
        let items = HTML.each(view.faults) { "<li>\(visit.sentence($0))</li>" }
        return visit.note(visit.say("portal.package.faults"), .bad, "<ul>\(items)</ul>")
    }

    private func wouldChange(_ changes: [PolicyChange], _ visit: Visit) -> HTML {
        """
        <h2 id="changes">\(visit.say("portal.package.changes", ["count": .count(changes.count)]))</h2>
        \(visit.changeTable(changes, labelled: "changes"))
        """
    }

    /// What readers will read, in each language beside its name.
    func texts(
        _ title: [Language: String],
        _ summary: [Language: String],
        _ advice: [Language: String],
        _ visit: Visit
    ) -> HTML {
        HTML.each(Language.allCases) { language in
            let tag = language.rawValue
            return """
                <div class="card"><h3>\(language.name(visit))</h3>
                <div lang="\(tag)"><p><strong>\(title[language] ?? "")</strong></p><p>\(summary[language] ?? "")</p>\
                \(advice[language].map { "<p>\($0)</p>" as HTML })</div></div>

                """
        }
    }

    private func actions(_ view: PackageView, _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard visitor.may(.draftPolicy, at: visit.now) else { return .nothing }
        let impact = visit.button(visit.say("portal.impact.title"), to: Place.impact(view.id))
        let steps: HTML =
            switch view.stage {
            case .shipped:
                """
                \(impact)<form method="post" action="\(Place.newPackage)">\(visit.proof(visitor))\
                <input type="hidden" name="package" value="\(view.id)">\
                <button class="p" type="submit">\(visit.say("portal.package.draft"))</button></form>
                """
            case .draft where view.faults.isEmpty:
                "\(impact)\(visit.button(visit.say("portal.publish.title"), to: Place.publish(view.id), isMain: true))"
            case .draft: impact
            case .announced: visit.button(visit.say("portal.withdrawPackage.button"), to: Place.withdraw(view.id))
            case .effective, .superseded, .withdrawn: .nothing
            }
        return "<div class=\"row noprint\">\(steps)</div>\n"
    }

    private func commands(_ id: String) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/policypackages/\(id)"
        return ["suiro policy impact \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }
}

extension Visit {
    func stage(_ stage: PackageStage) -> HTML {
        let tone: Tone =
            switch stage {
            case .effective: .good
            case .announced: .warning
            case .draft: .info
            case .shipped, .superseded, .withdrawn: .plain
            }
        return badge(say("packageStage.\(stage.rawValue)"), tone)
    }
}
