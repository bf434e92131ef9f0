import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// The form of the step whose turn it is, for the party whose turn it is.
extension Portal {
    func form(
        of view: MoveView,
        _ mistakes: [Mistake],
        typed: Form? = nil,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> HTML {
        guard let step = view.next, let party = view.party else { return .nothing }
        let isRetry = step.step == .cutOver && view.move.progress?.items.contains(where: \.hasFailed) == true
        guard step.who == StepActor(party) || isRetry else { return .nothing }
        guard visitor.may(.doMoveStep, in: .customer(view.move.customer), at: visit.now) else {
            return "<p>\(visit.say("portal.step.notYou"))</p>\n"
        }
        if step.step == .removeAccess, view.leftovers.contains(where: \.isOpen) {
            return "<p><a href=\"#leftovers\">\(visit.say("portal.step.removeAccess.link"))</a></p>\n"
        }
        let fields = try await fields(of: step.step, view, mistakes, typed, visit, visitor)
        let evidence: HTML =
            step.step == .cutOver
            ? .nothing
            : visit.field(
                "evidence",
                label: visit.say("portal.step.evidence"),
                hint: visit.say("portal.step.evidence.hint"),
                value: typed?.typed("evidence") ?? "",
                autocomplete: "off",
                mistakes: mistakes,
                isOptional: true
            )
        return """
            <form class="noprint" method="post" action="\(Place.moveStep(step.step, of: view.move.id))" novalidate>\
            \(visit.proof(visitor))\(fields)\(evidence)\
            <div class="row"><button class="p" type="submit">\
            \(step.step.asksTwice ? visit.say("portal.consent.continue") : visit.verb(of: step.step))\
            </button></div></form>

            """
    }

    /// What a step asks for beside a note.
    private func fields(
        of step: MoveStep,
        _ view: MoveView,
        _ mistakes: [Mistake],
        _ typed: Form?,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> HTML {
        switch step {
        case .provision, .createTarget: try await replacement(view, mistakes, typed, visit, visitor)
        case .compareSeats:
            visit.field(
                "unassigned",
                label: visit.say("portal.step.unassigned"),
                hint: visit.say("portal.step.unassigned.hint"),
                value: typed?.typed("unassigned") ?? "",
                autocomplete: "off",
                mode: "numeric",
                mistakes: mistakes
            )
        case .assess: assessment(view, mistakes, typed, visit)
        case .enterDetails: details(view, mistakes, typed, visit)
        case .moveServices: services(view, mistakes, typed, visit)
        case .chooseCancelScope:
            visit.choices(
                "scope",
                legend: visit.say("portal.step.scope"),
                [
                    Choice(
                        value: CancelScope.services.rawValue,
                        label: visit.say("cancelScope.services"),
                        hint: visit.say("portal.step.scope.services")
                    ),
                    Choice(
                        value: CancelScope.whole.rawValue,
                        label: visit.say("cancelScope.whole"),
                        hint: visit.say("portal.step.scope.whole")
                    ),
                ],
                mistakes: mistakes
            )
        case .turnOffRenewal, .endOld, .cancelOld, .watchUsage, .review, .writtenNotice, .openRequest,
            .checkSignatures, .confirmVerification, .cutOver, .grantAccess, .verifyAccess, .removeAccess:
            .nothing
        }
    }

    /// Bought now, or named where it was bought already.
    private func replacement(
        _ view: MoveView,
        _ mistakes: [Mistake],
        _ typed: Form?,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> HTML {
        let text: HTML = "<p>\(visit.say("portal.step.provision.text"))</p>"
        guard view.move.subscriptions.count == 1, let item = view.preview.moves.first else { return text }
        let held = try await service.subscriptions(of: view.move.customer, visit.context(visitor))
        let known = held.filter {
            $0.isOwn && $0.subscription.family == item.family && $0.subscription.id != item.subscription
                && $0.status == .active
        }
        guard !known.isEmpty else { return text }
        let chosen = typed?.typed("replacement") ?? ""
        let options =
            [Choice(value: "", label: visit.say("portal.step.replacement.new"), isChosen: chosen.isEmpty)]
            + known.map { view in
                let name: [String: Argument] = [
                    "product": .text(view.subscription.name),
                    "id": .text("\(view.subscription.id)".prefix(8).description),
                ]
                return Choice(
                    value: "\(view.subscription.id)",
                    label: visit.say("portal.step.replacement.known", name),
                    isChosen: chosen == "\(view.subscription.id)"
                )
            }
        return text
            + visit.select(
                "replacement",
                label: visit.say("portal.step.replacement"),
                hint: visit.say("portal.step.replacement.hint"),
                options,
                mistakes: mistakes
            )
    }

    /// Every service with a verdict: what the catalogue knows is filled in, the rest is for people (S-31).
    private func assessment(_ view: MoveView, _ mistakes: [Mistake], _ typed: Form?, _ visit: Visit) -> HTML {
        let heads = ["portal.costs.service", "portal.options.verdict"].map { Head(visit.say($0)) }
        let inventory = view.move.progress?.inventory ?? []
        let rows = HTML.each(inventory.enumerated()) { index, item in
            let name = "verdict-\(index)"
            return """
                <tr><th scope="row">\(item.service)<input type="hidden" name="service-\("\(index)")" \
                value="\(item.service)"></th>\
                <td>\(verdicts(name, of: item.service, typed, item.verdict, mistakes, visit))</td></tr>

                """
        }
        let table: HTML =
            inventory.isEmpty
            ? "<p>\(visit.say("portal.step.assess.empty"))</p>\n"
            : """
            <p id="services">\(visit.say("portal.step.assess.services"))</p>
            \(visit.table(labelled: "services", heads, rows))
            """
        return """
            \(table)<fieldset><legend>\(visit.say("portal.step.assess.another"))</legend>
            \(visit.field(
                "service-new", label: visit.say("portal.costs.service"), value: typed?.typed("service-new") ?? "",
                autocomplete: "off", mistakes: mistakes, isOptional: true
            ))\(verdicts("verdict-new", of: nil, typed, nil, mistakes, visit))</fieldset>

            """
    }

    private func verdicts(
        _ name: String,
        of service: String?,
        _ typed: Form?,
        _ known: ServiceVerdict?,
        _ mistakes: [Mistake],
        _ visit: Visit
    ) -> HTML {
        let chosen = typed.flatMap { $0.has(name) ? $0.typed(name) : nil } ?? known?.rawValue ?? ""
        let open = Choice(value: "", label: visit.say("portal.step.assess.choose"), isChosen: chosen.isEmpty)
        let options = ServiceVerdict.allCases.map {
            Choice(
                value: $0.rawValue,
                label: visit.say("serviceVerdict.\($0.rawValue)"),
                isChosen: chosen == $0.rawValue
            )
        }
        let label =
            service.map { visit.say("portal.step.assess.verdict", ["service": .text($0)]) }
            ?? visit.say("portal.options.verdict")
        return visit.select(name, label: label, [open] + options, mistakes: mistakes, isLabelHidden: service != nil)
    }

    /// Entered once, and only what is not known already (S-21).
    private func details(_ view: MoveView, _ mistakes: [Mistake], _ typed: Form?, _ visit: Visit) -> HTML {
        .each(RecreationDetail.allCases) { detail in
            let name = StepEntry.field(of: detail)
            return visit.field(
                name,
                label: visit.name(of: detail),
                hint: visit.hint(of: detail),
                value: typed.flatMap { $0.has(name) ? $0.typed(name) : nil } ?? view.known(detail),
                autocomplete: "off",
                mistakes: mistakes,
                isOptional: !detail.isRequired
            )
        }
    }

    /// What is done can be ticked piece by piece.
    private func services(_ view: MoveView, _ mistakes: [Mistake], _ typed: Form?, _ visit: Visit) -> HTML {
        let open = view.openServices
        guard !open.isEmpty else { return .nothing }
        let ticked = Set(typed?.values("service") ?? [])
        return visit.choices(
            "service",
            legend: visit.say("portal.step.moveServices.legend"),
            type: "checkbox",
            open.map { item in
                Choice(
                    value: item.service,
                    label: item.service,
                    hint: item.verdict.map { visit.say("serviceVerdict.\($0.rawValue)") },
                    isChosen: ticked.contains(item.service)
                )
            },
            mistakes: mistakes
        )
    }
}

extension MoveView {
    /// Services that have still to be moved or rebuilt.
    var openServices: [InventoryItem] {
        (move.progress?.inventory ?? []).filter { $0.verdict != .leave && !$0.isDone }
    }

    /// What is known of the old subscription without asking.
    func known(_ detail: RecreationDetail) -> String {
        if let said = move.progress?.details[detail.rawValue] { return said }
        return switch detail {
        case .name: preview.moves.first?.name ?? ""
        case .oldSubscriptionId: preview.moves.first.map { "\($0.subscription)" } ?? ""
        case .services: (move.progress?.inventory ?? []).map(\.service).joined(separator: ", ")
        case .regions, .sizes, .quotas, .roles, .policies, .budgets, .reservations, .supportPlan, .contacts: ""
        }
    }
}

extension Visit {
    func name(of detail: RecreationDetail) -> String {
        switch detail {
        case .name: say("portal.detail.name")
        case .oldSubscriptionId: say("portal.detail.oldSubscriptionId")
        case .services: say("portal.detail.services")
        case .regions: say("portal.detail.regions")
        case .sizes: say("portal.detail.sizes")
        case .quotas: say("portal.detail.quotas")
        case .roles: say("portal.detail.roles")
        case .policies: say("portal.detail.policies")
        case .budgets: say("portal.detail.budgets")
        case .reservations: say("portal.detail.reservations")
        case .supportPlan: say("portal.detail.supportPlan")
        case .contacts: say("portal.detail.contacts")
        }
    }

    /// An example, where the name alone does not say what is meant.
    fileprivate func hint(of detail: RecreationDetail) -> String? {
        switch detail {
        case .name, .oldSubscriptionId, .services, .supportPlan: nil
        case .regions: say("portal.detail.regions.hint")
        case .sizes: say("portal.detail.sizes.hint")
        case .quotas: say("portal.detail.quotas.hint")
        case .roles: say("portal.detail.roles.hint")
        case .policies: say("portal.detail.policies.hint")
        case .budgets: say("portal.detail.budgets.hint")
        case .reservations: say("portal.detail.reservations.hint")
        case .contacts: say("portal.detail.contacts.hint")
        }
    }
}
