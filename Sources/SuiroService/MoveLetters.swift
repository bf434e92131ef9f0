import SuiroAssets
import SuiroDomain
import SuiroStore

// Who hears of what in a move: all parties, each in its language, with dates as a calendar file (OP-06, TR-10).
extension PartnerService {
    /// Tells whom an event concerns. Exhaustive over what a move brings about; other events tell for themselves.
    func tell(_ event: Event, _ move: Move, _ tx: Transaction) throws {
        switch event {
        case .moveConsented(_, .customer) where move.source != nil && move.procedure.hasCutOver:
            // SW-04: the notice in writing to the partner that has it now.
            try tellParties(of: move, "moveNotice", to: [.source], tx)
        case .moveConsentRetracted: try tellParties(of: move, "moveConsentRetracted", to: MoveParty.allCases, tx)
        case .moveAgreed: try tellParties(of: move, "moveAgreed", to: MoveParty.allCases, tx)
        case .moveScheduled: try tellParties(of: move, "moveScheduled", to: MoveParty.allCases, tx)
        case .moveDeclined: try tellParties(of: move, "moveDeclined", to: MoveParty.allCases, tx)
        case .moveWithdrawn: try tellParties(of: move, "moveWithdrawn", to: MoveParty.allCases, tx)
        case .moveExpired: try tellParties(of: move, "moveExpired", to: MoveParty.allCases, tx)
        case .moveCutOver: try tellParties(of: move, "moveCutOver", to: MoveParty.allCases, tx)
        case .moveItemFailed: try tellParties(of: move, "moveItemFailed", to: MoveParty.allCases, tx)
        case .moveCompleted: try tellParties(of: move, "moveCompleted", to: MoveParty.allCases, tx)
        case .moveFinishedWithErrors: try tellParties(of: move, "moveFinishedWithErrors", to: MoveParty.allCases, tx)
        case .moveStepDone:
            if let next = move.nextStep(at: tx.permit.intent.at), let party = next.who.party {
                try tellParties(of: move, "moveYourTurn", to: [party], tx)
            }
        default: break
        }
    }

    func tellParties(of move: Move, _ kind: String, to parties: [MoveParty], _ tx: Transaction) throws {
        let now = tx.permit.intent.at
        guard let customer = try tx.organization(move.customer.as(Tenant.self)) else { return }
        var deliberation = try pinned(move, at: now, tx)
        let steps = try move.stepViews(at: now, &deliberation)
        for party in parties {
            guard let tenant = move.tenant(of: party) else { continue }
            let wanted: Role = party == .customer ? .globalAdmin : .adminAgent
            for person in try tx.people(of: tenant).filter({ $0.isActive && $0.roles.contains(wanted) }).prefix(20) {
                let arguments = arguments(move, customer: customer, to: person, at: now)
                var letter = mail(
                    kind,
                    to: person,
                    arguments,
                    link: "\(environment.origin())/switches/\(move.id)",
                    at: now
                )
                let calendar = calendar(of: move, steps, customer: customer.name, in: person.language, at: now)
                if !calendar.entries.isEmpty {
                    letter.attachments = [
                        MailAttachment(
                            name: "suiro-\(move.id).ics",
                            type: "text/calendar; charset=utf-8; method=PUBLISH",
                            body: calendar.text
                        )
                    ]
                }
                try tx.send(letter)
            }
        }
    }

    private func arguments(
        _ move: Move,
        customer: Organization,
        to person: Person,
        at now: Instant
    ) -> [String: Argument] {
        let next = move.nextStep(at: now)?.step
        var reason: String?
        if case .closed(let ending, _, _) = move.phase {
            switch ending {
            case .declined(_, let said), .withdrawn(_, let said): reason = said
            case .completed, .finishedWithErrors, .expired: break
            }
        }
        return [
            "recipient": .text(person.name), "company": .text(customer.name),
            "source": move.source.map { .text($0.name) } ?? .words("move.noSource"),
            "target": .text(move.target.name), "kind": .words("moveKind.\(move.kind.rawValue)"),
            "subscriptions": .text(move.preview.moves.map(\.name).joined(separator: ", ")),
            "expires": .day(move.expires), "cutover": .day(move.progress?.cutover ?? move.preview.cutover),
            "state": .words("moveState.\(move.state(at: now).rawValue)"),
            "step": .words("moveStep.\(next?.rawValue ?? "none")"),
            "reason": reason.map { .text($0) } ?? .words("move.noReason"),
            "link": .text("\(environment.origin())/switches/\(move.id)"),
        ]
    }
}
