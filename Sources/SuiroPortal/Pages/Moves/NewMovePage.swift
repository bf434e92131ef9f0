import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// What a page of the wizard knows: what was said so far, and what the customer holds.
struct MoveDesk: Sendable {
    var draft: MoveDraft
    let customer: Organization
    let candidates: MoveCandidates
    let rules: RuleLinks

    var chosen: [MoveCandidate] {
        candidates.items.filter { draft.subscriptions.contains($0.subscription.id) }
    }

    /// The partner that has what was chosen.
    var seller: Party? { chosen.first?.subscription.seller }

    /// Whether licences are to be bought anew, which takes a plan.
    var wantsPlan: Bool { chosen.contains { $0.way == .replaceLicense } }

    /// Whether the visitor's own partner is the one to take over.
    func isOwnTarget(_ visitor: Visitor) -> Bool {
        visitor.organization.kind.isPartner && seller?.id != visitor.organization.id
    }
}

extension Portal {
    /// The wizard: what, to whom, what would happen, and the question. Everything is in the address; nothing is written
    /// before the last page is sent.
    func newMovePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        var draft = MoveDraft(visit.exchange.query)
        if visitor.organization.kind == .customer { draft.customer = visitor.organization.id.as(Customer.self) }
        guard let customer = draft.customer else { return .page(try await customerPage(draft, visit, visitor)) }
        let desk = try await desk(draft, customer, visit, visitor)
        let asked = try visit.exchange.query.whole("step", in: 1...MoveDraft.Stage.allCases.count)
        let stage = asked.flatMap(MoveDraft.Stage.init) ?? (draft.subscriptions.isEmpty ? .subjects : .target)
        guard stage != .subjects else { return .page(subjectsPage(desk, [], visit)) }
        let faults = subjectMistakes(desk, visit)
        // Whoever comes by a link has made no mistake: the page itself says why what was linked to cannot go.
        guard faults.isEmpty else { return .page(subjectsPage(desk, asked == nil ? [] : faults, visit)) }
        guard stage != .target else { return .page(targetPage(desk, [], visit, visitor)) }
        return try await preview(desk, stage, visit, visitor)
    }

    func desk(
        _ draft: MoveDraft,
        _ customer: ID<Customer>,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> MoveDesk {
        let context = visit.context(visitor)
        let candidates = try await service.moveCandidates(of: customer, choosing: draft.subscriptions, context)
        return MoveDesk(
            draft: draft,
            customer: candidates.customer,
            candidates: candidates,
            rules: RuleLinks(try await service.policies(at: nil, context))
        )
    }

    /// The preview and the question after it; whatever is missing for them leads back to where it is asked.
    private func preview(
        _ desk: MoveDesk,
        _ stage: MoveDraft.Stage,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> Answer {
        let mistakes = targetMistakes(desk, visit, visitor)
        guard mistakes.isEmpty else { return .page(targetPage(desk, mistakes, visit, visitor)) }
        do {
            let then = try PreviewThen(visit.exchange.query)
            let view = try await service.previewMove(
                desk.draft.wish(at: visit.now),
                of: desk.customer.id.as(Customer.self),
                edition: then?.edition,
                at: then?.at,
                visit.context(visitor)
            )
            guard stage == .asking, view.preview.startBlockers.isEmpty, then == nil else {
                let taken = try await running(view.preview, visit, visitor)
                return .page(previewPage(view.preview, desk, then, taken: taken, visit, visitor))
            }
            return .page(askingPage(view.preview, desk, visit, visitor))
        } catch Refusal.invalid(let faults) where faults.contains(where: { $0.field == "toPartner" }) {
            return .page(targetPage(desk, [unknownPartner(desk, visit)], visit, visitor))
        }
    }

    func unknownPartner(_ desk: MoveDesk, _ visit: Visit) -> Mistake {
        let field = desk.draft.choice == MoveDraft.other ? "other" : "to"
        return Mistake(field: field, text: visit.say("portal.newMove.to.unknown"))
    }

    /// The move that stands in the way, where the visitor takes part in it.
    private func running(_ preview: MovePreview, _ visit: Visit, _ visitor: Visitor) async throws -> ID<Move>? {
        guard let blocker = preview.blockers.first(where: { $0.reason == .alreadyMoving }),
            let subscription = blocker.subscription, let customer = preview.customer.id?.as(Customer.self)
        else { return nil }
        return try await service.background(of: subscription, of: customer, visit.context(visitor)).move?.id
    }

    /// Asks for the move that was read. Where it would come out otherwise by now, it is read again first.
    func requestMove(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        var draft = MoveDraft(form)
        if visitor.organization.kind == .customer { draft.customer = visitor.organization.id.as(Customer.self) }
        guard let customer = draft.customer, !draft.subscriptions.isEmpty else {
            return .seeOther(draft.address(.subjects))
        }
        let wish = draft.wish(at: visit.now)
        let now = try await service.previewMove(wish, of: customer, visit.context(visitor)).preview
        guard now.gist == form.typed("seen") else {
            let desk = try await desk(draft, customer, visit, visitor)
            return .page(previewPage(now, desk, nil, hasChanged: true, taken: nil, visit, visitor))
        }
        let view = try await service.requestMove(wish, of: customer, visit.context(visitor, form))
        return .seeOther(visit.done(.moveRequested, at: Place.move(view.move.id)))
    }
}

extension Visit {
    /// Where one is in the wizard; what has been passed can be gone back to.
    func stages(_ current: MoveDraft.Stage, _ draft: MoveDraft) -> HTML {
        let items = HTML.each(MoveDraft.Stage.allCases) { stage in
            let title =
                switch stage {
                case .subjects: say("portal.newMove.step.subjects")
                case .target: say("portal.newMove.step.target")
                case .preview: say("portal.newMove.step.preview")
                case .asking: say("portal.newMove.step.asking")
                }
            if stage == current { return "<li aria-current=\"step\">\(title)</li>" }
            guard stage.rawValue < current.rawValue else { return "<li>\(title)</li>" }
            return "<li><a href=\"\(draft.address(stage))\">\(title)</a></li>"
        }
        let last: HTML = "<li>\(say("portal.newMove.step.done"))</li>"
        return "<ol class=\"steps noprint\" aria-label=\"\(say("portal.newMove.steps"))\">\(items)\(last)</ol>\n"
    }
}
