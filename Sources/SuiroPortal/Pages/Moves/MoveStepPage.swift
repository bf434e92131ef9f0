import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// One step by itself, with its form if it is the visitor's turn: what a posted form leads back to.
    func moveStepPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await service.move(visit.id("id", .move), visit.context(visitor))
        let step = try step(visit, view)
        return .page(try await page(of: step, view, [], visit, visitor))
    }

    private func step(_ visit: Visit, _ view: MoveView) throws -> StepView {
        let name = visit.exchange.parameters["step"] ?? ""
        guard let step = view.steps.first(where: { $0.step.rawValue.lowercased() == name.lowercased() }) else {
            throw Refusal.notFound(.step, String(name.prefix(80)))
        }
        return step
    }

    private func page(
        of step: StepView,
        _ view: MoveView,
        _ mistakes: [Mistake],
        typed: Form? = nil,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> Page {
        let title = visit.say("moveStep.\(step.step.rawValue)")
        let place = Place.move(view.move.id)
        var facts: [(String, HTML)] = [
            (visit.say("portal.moves.state"), visit.state(step.state)),
            (visit.say("portal.moves.what"), "\(visit.products(view.preview))"),
            (visit.say("portal.step.who"), "\(visit.actor(step.who, of: view.preview))"),
        ]
        if let due = step.due, step.state == .ready {
            facts.append((visit.say("portal.home.deadline"), visit.deadline(due)))
        }
        let form =
            step.state == .ready ? try await self.form(of: view, mistakes, typed: typed, visit, visitor) : .nothing
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .moves,
            hasProblem: !mistakes.isEmpty,
            crumbs: [
                Crumb(address: Place.moves, title: visit.say("portal.moves.title")),
                Crumb(address: place, title: self.title(view, visit)),
            ],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say("moveStep.\(step.step.rawValue).help"))</p>
                \(visit.facts(facts))\(form)
                <p class="noprint">\(visit.button(visit.say("portal.move.back"), to: place))</p>

                """
        )
    }

    /// Does a step; what cannot be undone, or gives rights, is shown once more before.
    func doMoveStep(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let view = try await service.move(visit.id("id", .move), visit.context(visitor))
        let step = try step(visit, view)
        let place = Place.move(view.move.id)
        let entry = try StepEntry(step.step, form, view, visit)
        guard entry.mistakes.isEmpty else {
            return .page(try await page(of: step, view, entry.mistakes, typed: form, visit, visitor))
        }
        if step.state == .ready, step.step.asksTwice, form.typed("sure") != "yes" {
            return .page(check(step.step, view, form, visit, visitor))
        }
        do {
            _ = try await service.doStep(step.step, of: view.move.id, entry.input, visit.context(visitor, form))
            return .seeOther(visit.done(.stepDone, at: place))
        } catch Refusal.invalid(let faults) {
            // A field is asked for one thing at a time.
            let mistakes = faults.map { entry.mistake($0, visit) }.reduce(into: [Mistake]()) { known, mistake in
                if !known.contains(where: { $0.field == mistake.field }) { known.append(mistake) }
            }
            return .page(try await page(of: step, view, mistakes, typed: form, visit, visitor))
        } catch let refusal as Refusal where refusal.isAboutSeats {
            let mistake = Mistake(field: "unassigned", text: visit.sentenceAndRule(refusal))
            return .page(try await page(of: step, view, [mistake], typed: form, visit, visitor))
        }
    }

    /// What the step brings about, before it does.
    private func check(
        _ step: MoveStep,
        _ view: MoveView,
        _ form: Form,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.step.check.title", ["step": .text(visit.say("moveStep.\(step.rawValue)"))])
        let place = Place.move(view.move.id)
        let note = form.typed("evidence").trimmed
        return Page(
            title: title,
            isNarrow: true,
            crumbs: [Crumb(address: place, title: self.title(view, visit))],
            content: """
                <h1>\(title)</h1>
                \(visit.facts([
                    (visit.say("portal.moves.what"), "\(visit.products(view.preview))"),
                    (visit.say("moveParty.target"), "\(view.move.target.name)"),
                    (visit.say("portal.step.evidence"), visit.text(note.isEmpty ? nil : note)),
                ]))<ul>\(HTML.each(visit.effects(of: step, view)) { "<li>\($0)</li>" })</ul>
                <form method="post" action="\(Place.moveStep(step, of: view.move.id))">\(visit.proof(visitor))\
                <input type="hidden" name="evidence" value="\(note)"><input type="hidden" name="sure" value="yes">\
                <div class="row">\
                <button class="\(step.isEnd ? "d" : "p")" type="submit">\(visit.verb(of: step))</button>\
                \(visit.button(visit.say("portal.move.back"), to: place))</div></form>

                """
        )
    }
}

extension Refusal {
    fileprivate var isAboutSeats: Bool { if case .seatsUnassigned = self { true } else { false } }
}

extension MoveStep {
    /// Whether it ends something or gives rights.
    var asksTwice: Bool {
        switch self {
        case .endOld, .cancelOld, .grantAccess: true
        default: false
        }
    }

    fileprivate var isEnd: Bool { self == .endOld || self == .cancelOld }
}

extension Visit {
    /// What the button of a step says.
    func verb(of step: MoveStep) -> String {
        switch step {
        case .turnOffRenewal: say("portal.step.turnOffRenewal.button")
        case .provision: say("portal.step.provision.button")
        case .createTarget: say("portal.step.createTarget.button")
        case .endOld: say("portal.step.endOld.button")
        case .cancelOld: say("portal.step.cancelOld.button")
        case .grantAccess: say("portal.step.grantAccess.button")
        case .cutOver: say("portal.step.cutOver.button")
        case .enterDetails, .assess, .moveServices: say("portal.step.save.button")
        case .chooseCancelScope: say("portal.step.chooseCancelScope.button")
        case .compareSeats, .watchUsage, .review, .writtenNotice, .openRequest, .checkSignatures,
            .confirmVerification, .verifyAccess, .removeAccess:
            say("portal.step.done.button")
        }
    }

    /// What follows from a step that is asked for twice.
    fileprivate func effects(of step: MoveStep, _ view: MoveView) -> [String] {
        switch step {
        case .endOld:
            view.preview.moves.contains(where: \.isManaged)
                ? [say("portal.step.endOld.managed"), say("portal.step.endOld.noWayBack")]
                : [say("portal.step.endOld.observed"), say("portal.step.endOld.noWayBack")]
        case .cancelOld:
            [
                say(
                    view.move.progress?.scope == .whole
                        ? "portal.step.cancelOld.whole" : "portal.step.cancelOld.services"
                ),
                say("portal.step.endOld.noWayBack"),
            ]
        case .grantAccess:
            [
                say(
                    view.preview.moves.contains { $0.family == .usage }
                        ? "portal.step.grantAccess.usage" : "portal.step.grantAccess.license"
                ),
                say("portal.step.grantAccess.end"), say("portal.step.grantAccess.old"),
            ]
        default: []
        }
    }
}
