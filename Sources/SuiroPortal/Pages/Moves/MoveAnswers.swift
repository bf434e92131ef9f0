import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// Agreeing and declining: read, answer, check, decide.
extension Portal {
    private static let longestReason = 500

    /// The question, for the party whose answer is missing; for its people who may not bind it, who can.
    func question(_ view: MoveView, _ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard let party = view.party, view.awaited.contains(party) else { return .nothing }
        guard visitor.may(.decideMove, in: .customer(view.move.customer), at: visit.now) else {
            let role: Role = party == .customer ? .globalAdmin : .adminAgent
            let text = visit.say("portal.move.decider", ["role": .words("role.\(role.rawValue)")])
            return """
                <h2 id="question">\(visit.say("portal.move.question"))</h2>
                <p>\(text)</p>

                """
        }
        return """
            <h2 id="question" class="noprint">\(visit.say("portal.move.question"))</h2>
            <p class="noprint">\(visit.say("portal.move.question.text"))</p>
            <form class="noprint" method="post" action="\(Place.move(view.move.id))/check" novalidate>\
            \(visit.proof(visitor))<input type="hidden" name="termsHash" value="\(view.termsHash)">
            \(visit.choices(
                "answer", legend: visit.say("portal.consent.answer"),
                [
                    Choice(value: "approve", label: visit.say("portal.consent.accept")),
                    Choice(value: "decline", label: visit.say("portal.consent.decline")),
                ],
                mistakes: mistakes
            ))<div class="row">\
            <button class="p" type="submit">\(visit.say("portal.consent.continue"))</button></div></form>

            """
    }

    /// Takes the answer and shows it once more. Nothing is decided yet.
    func checkAnswer(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let view = try await service.move(visit.id("id", .move), visit.context(visitor))
        guard let party = view.party, view.awaited.contains(party) else { return .seeOther(Place.move(view.move.id)) }
        switch form.typed("answer") {
        case "approve": return .page(check(view, form.typed("termsHash"), visit, visitor))
        case "decline": return .page(decline(view, "", [], visit, visitor))
        default:
            let mistake = Mistake(field: "answer", text: visit.say("portal.consent.answer.mistake"))
            return .page(try await page(of: view, [mistake], visit, visitor))
        }
    }

    private func check(_ view: MoveView, _ hash: String, _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = visit.say("portal.move.check.accept.title")
        let place = Place.move(view.move.id)
        return Page(
            title: title,
            isNarrow: true,
            crumbs: [Crumb(address: place, title: self.title(view, visit))],
            content: """
                <h1>\(title)</h1>
                <p class="lead">\(signedIn(visitor, visit))</p>
                \(visit.facts(summary(view, visit)))\
                <ul><li>\(visit.say("portal.move.check.nothingYet"))</li>\
                <li>\(visit.say("portal.move.check.last"))</li>\
                <li>\(visit.say("portal.move.check.record"))</li></ul>
                <form method="post" action="\(place)/acceptance">\(visit.proof(visitor))\
                <input type="hidden" name="termsHash" value="\(hash)">\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.check.accept.button"))</button>\
                \(visit.button(visit.say("portal.move.back"), to: place))</div></form>

                """
        )
    }

    private func decline(
        _ view: MoveView,
        _ reason: String,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.move.check.decline.title")
        let place = Place.move(view.move.id)
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: place, title: self.title(view, visit))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.facts(summary(view, visit)))\
                <p>\(visit.say("portal.move.decline.text"))</p>
                <form method="post" action="\(place)/refusal">\(visit.proof(visitor))\
                \(visit.field(
                    "reason", label: visit.say("portal.check.decline.reason"),
                    hint: visit.say("portal.move.reason.hint"), value: reason, autocomplete: "off",
                    mistakes: mistakes, isOptional: true
                ))<div class="row"><button class="p" type="submit">\(visit.say("portal.check.decline.button"))</button>\
                \(visit.button(visit.say("portal.move.back"), to: place))</div></form>

                """
        )
    }

    /// What it is about, in a few lines.
    private func summary(_ view: MoveView, _ visit: Visit) -> [(String, HTML)] {
        [
            (visit.say("portal.moves.what"), "\(visit.products(view.preview))"),
            (visit.say("portal.moves.kind"), "\(visit.kind(view.move.procedure))"),
            (visit.say("portal.home.customer"), "\(view.customerName)"),
            (visit.say("moveParty.source"), "\(view.move.source?.name ?? visit.say("move.noSource"))"),
            (visit.say("moveParty.target"), "\(view.move.target.name)"),
            visit.cutover(of: view.preview),
        ]
    }

    func approveMove(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        try await answer(.approve(terms: form.typed("termsHash")), .moveAnswered, visit, visitor, form)
    }

    func declineMove(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let typed = form.typed("reason")
        guard typed.trimmed.unicodeScalars.count <= Self.longestReason else {
            let view = try await service.move(visit.id("id", .move), visit.context(visitor))
            return .page(decline(view, typed, [tooLong(visit)], visit, visitor))
        }
        let reason = try form.text("reason", limit: Self.longestReason)
        return try await answer(.decline(reason: reason), .moveAnswered, visit, visitor, form)
    }

    func retractApproval(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        try await answer(.retract, .moveRetracted, visit, visitor, form)
    }

    private func answer(
        _ answer: MoveAnswer,
        _ done: Done,
        _ visit: Visit,
        _ visitor: Visitor,
        _ form: Form
    ) async throws -> Answer {
        let id: ID<Move> = try visit.id("id", .move)
        _ = try await service.answerMove(id, answer, visit.context(visitor, form))
        return .seeOther(visit.done(done, at: Place.move(id)))
    }

    private func tooLong(_ visit: Visit) -> Mistake {
        let text = visit.say("portal.check.decline.reason.mistake", ["count": .count(Self.longestReason)])
        return Mistake(field: "reason", text: text)
    }
}

// Calling a move off, and asking for one again that has ended.
extension Portal {
    /// What calling it off means, before it is done.
    func withdrawMovePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await service.move(visit.id("id", .move), visit.context(visitor))
        guard view.move.isOpen(at: visit.now) else { throw Refusal.moveNotOpen(view.state) }
        guard visitor.may(.withdrawMove, in: .customer(view.move.customer), at: visit.now) else {
            throw Refusal.accessDenied(missing: "role")
        }
        return .page(withdrawal(view, "", [], visit, visitor))
    }

    private func withdrawal(
        _ view: MoveView,
        _ reason: String,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.withdrawMove.title")
        let place = Place.move(view.move.id)
        let isRunning = view.awaited.isEmpty
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: place, title: self.title(view, visit))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.facts(summary(view, visit)))\
                <ul><li>\(visit.say("portal.withdrawMove.ends"))</li>\
                \(HTML.when(isRunning, "<li>\(visit.say("portal.withdrawMove.undone"))</li>"))\
                <li>\(visit.say("portal.withdrawMove.told"))</li>\
                <li>\(visit.say("portal.withdrawMove.again"))</li></ul>
                <form method="post" action="\(Place.withdrawMove(view.move.id))">\(visit.proof(visitor))\
                \(visit.field(
                    "reason", label: visit.say("portal.check.decline.reason"),
                    hint: visit.say("portal.move.reason.hint"), value: reason, autocomplete: "off",
                    mistakes: mistakes, isOptional: true
                ))<div class="row"><button class="d" type="submit">\(visit.say("portal.withdrawMove.button"))</button>\
                \(visit.button(visit.say("portal.withdrawMove.keep"), to: place))</div></form>

                """
        )
    }

    func withdrawMove(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id: ID<Move> = try visit.id("id", .move)
        let typed = form.typed("reason")
        guard typed.trimmed.unicodeScalars.count <= Self.longestReason else {
            let view = try await service.move(id, visit.context(visitor))
            return .page(withdrawal(view, typed, [tooLong(visit)], visit, visitor))
        }
        let reason = try form.text("reason", limit: Self.longestReason)
        _ = try await service.withdrawMove(id, reason: reason, visit.context(visitor, form))
        return .seeOther(visit.done(.moveWithdrawn, at: Place.move(id)))
    }

    func renewMove(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let view = try await service.renewMove(visit.id("id", .move), visit.context(visitor, form))
        return .seeOther(visit.done(.moveRequested, at: Place.move(view.move.id)))
    }
}
