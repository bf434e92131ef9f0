import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Asks for the day; with a day, says what will happen before it does.
    func publishPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let id = visit.exchange.parameters["id"] ?? ""
        let asked = EffectiveDay(visit)
        let earliest = try await service.previewPublication(of: id, effective: nil, context)
        guard earliest.package.stage == .draft else {
            throw earliest.package.stage == .shipped ? Refusal.notFound(.policyPackage, id) : Refusal.packagePublished
        }
        guard earliest.package.faults.isEmpty else { throw Refusal.invalid(earliest.package.faults) }
        guard asked.mistakes.isEmpty, let day = asked.instant else {
            return .page(dayPage(earliest, asked, asked.mistakes, visit))
        }
        let effective = earliest.instant(of: day)
        guard effective >= earliest.earliest else {
            let text = visit.sentence(.effectiveTooEarly(earliest: earliest.earliest))
            return .page(dayPage(earliest, asked, [Mistake(field: "effective", text: text)], visit))
        }
        let preview = try await service.previewPublication(of: id, effective: effective, context)
        let impact = try await service.impact(of: id, effective: effective, context)
        return .page(confirmation(preview, impact, asked, visit, visitor))
    }

    private func dayPage(
        _ preview: PublicationPreview,
        _ asked: EffectiveDay,
        _ mistakes: [Mistake],
        _ visit: Visit
    ) -> Page {
        let title = visit.say("portal.publish.title")
        let value = asked.text.isEmpty ? preview.earliest.day : asked.text
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .policies,
            hasProblem: !mistakes.isEmpty,
            crumbs: crumbs(preview.package, visit),
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.publish.lead", ["date": .day(preview.earliest)]))</p>
                <form action="\(Place.publish(preview.package.id))" novalidate>\
                \(visit.field(
                    "effective", label: visit.say("portal.announcements.effective"),
                    hint: visit.say("portal.publish.day.hint"), value: value,
                    type: asked.mistakes.isEmpty ? "date" : "text", mistakes: mistakes
                ))<div class="row"><button class="p" type="submit">\(visit.say("portal.publish.next"))</button>\
                \(visit.button(visit.say("portal.publish.back"), to: Place.package(preview.package.id)))</div></form>

                """
        )
    }

    private func confirmation(
        _ preview: PublicationPreview,
        _ impact: Impact,
        _ asked: EffectiveDay,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let package = preview.package.package
        let title = visit.say("portal.publish.check.title", ["date": .day(preview.effective)])
        return Page(
            title: title,
            section: .policies,
            crumbs: crumbs(preview.package, visit),
            content: """
                <h1>\(title)</h1>
                <h2>\(visit.say("portal.publish.happens"))</h2>
                <ul><li>\(visit.say("portal.publish.happens.rules", [
                    "count": .count(preview.changes.count), "date": .day(preview.effective),
                ]))</li>\
                <li>\(visit.say("portal.publish.happens.news"))</li>\
                <li>\(visit.say("portal.publish.happens.mail", ["count": .count(preview.recipients)]))</li>\
                <li>\(visit.say("portal.publish.happens.impact", [
                    "count": .count(impact.turns.count), "customers": .count(impact.customers),
                ]))</li>\
                <li>\(visit.say("portal.publish.happens.withdraw"))</li></ul>
                <form method="post" action="\(Place.publish(preview.package.id))">\(visit.proof(visitor))\
                <input type="hidden" name="effective" value="\(asked.text)">\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.publish.button"))</button>\
                \(visit.button(visit.say("portal.publish.back"), to: Place.package(preview.package.id)))</div></form>
                <h2>\(visit.say("portal.publish.preview"))</h2>
                \(texts(package.title, package.summary, package.advice, visit))\
                <h2 id="changes">\(visit.say("portal.package.changes", ["count": .count(preview.changes.count)]))</h2>
                \(visit.changeTable(preview.changes, labelled: "changes"))
                """
        )
    }

    func publishPackage(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id = visit.exchange.parameters["id"] ?? ""
        let asked = EffectiveDay(form.typed("effective"), visit)
        let preview = try await service.previewPublication(of: id, effective: nil, visit.context(visitor))
        let day = asked.instant.flatMap { preview.isFirst($0) ? nil : $0 }
        let publication = try await service.publishPackage(id, effective: day, visit.context(visitor, form))
        return .seeOther(visit.done(.packagePublished, at: Place.announcement(publication.announcement.id)))
    }

    /// What taking it back means, before it is done.
    func withdrawPackagePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        guard visitor.may(.withdrawPolicy, at: visit.now) else { throw Refusal.accessDenied(missing: "role") }
        let view = try await service.package(visit.exchange.parameters["id"] ?? "", visit.context(visitor))
        guard view.stage == .announced, let day = view.effective else {
            throw Refusal.packageNotAnnounced(view.stage)
        }
        let name: [String: Argument] = ["name": .text(view.package.title[visit.language] ?? view.package.name)]
        let title = visit.say("portal.withdrawPackage.title", name)
        return .page(
            Page(
                title: title,
                section: .policies,
                crumbs: crumbs(view, visit),
                content: """
                    <h1>\(title)</h1>
                    <ul><li>\(visit.say("portal.withdrawPackage.rules", ["date": .day(day)]))</li>\
                    <li>\(visit.say("portal.withdrawPackage.news"))</li>\
                    <li>\(visit.say("portal.withdrawPackage.again"))</li></ul>
                    <form method="post" action="\(Place.withdraw(view.id))">\(visit.proof(visitor))\
                    <div class="row"><button class="d" type="submit">\(visit.say("portal.withdrawPackage.button"))\
                    </button>\(visit.button(visit.say("portal.publish.back"), to: Place.package(view.id)))</div></form>

                    """
            )
        )
    }

    func withdrawPackage(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id = visit.exchange.parameters["id"] ?? ""
        let publication = try await service.withdrawPackage(id, visit.context(visitor, form))
        return .seeOther(visit.done(.packageWithdrawn, at: Place.announcement(publication.announcement.id)))
    }
}

extension PublicationPreview {
    /// Whether a day that somebody typed is the first possible one: then it holds as early on that day as it can.
    fileprivate func isFirst(_ day: Instant) -> Bool { day.startOfDay == earliest.startOfDay }

    fileprivate func instant(of day: Instant) -> Instant { isFirst(day) ? earliest : day }
}
