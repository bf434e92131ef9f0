import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Announces what time alone has ended: invitations nobody answered, grants that ran out; and what it is
    /// about to end: terms nobody has decided about. Nothing depends on it
    /// having run; everything is over the millisecond it ends. Running twice, or on two machines, announces once.
    package func sweep() async throws {
        while try await sweepRequests() {}
        while try await sweepGrants() {}
        while try await sweepMoves() {}
        try await sweepTermAlerts()
        while try await sweepDelegations() {}
        try await sweepExtensions()
        try await sweepMigrations()
        try await sweepInvoices()
        try await forget()
        try await makeHead()
    }

    /// A request is repeated within a week or never; why a list came out as it did is asked within a month or never.
    private func forget() async throws {
        _ = try await writeAsSystem { tx in
            let now = tx.permit.intent.at
            try tx.deleteReceipts(before: now.adding(days: -7))
            try tx.deleteAnsweredDecisions(before: now.adding(days: -30))
            try forgetWebhooks(tx)
            try tx.deleteSignInRemains(before: now.adding(days: -2))
            return true
        }
    }

    /// Answers whether there may be more.
    private func sweepRequests() async throws -> Bool {
        let lapsed = try await readAsSystem { tx in try tx.lapsedRelationshipRequests() }
        for request in lapsed {
            let scope: Scope = .tenant(request.partner.as(Tenant.self))
            try await announcing {
                _ = try await writeAsSystem(in: scope) { tx in
                    guard var current = try tx.relationshipRequest(request.id, of: request.partner),
                        let event = current.expire(at: tx.permit.intent.at)
                    else { return false }
                    try tx.update(current)
                    try tx.record(event, Remark(partner: current.partner, customer: known(current, tx)))
                    try tellSender(of: current, tx)
                    return true
                }
            }
        }
        return lapsed.count == 100
    }

    private func sweepGrants() async throws -> Bool {
        let lapsed = try await readAsSystem { tx in try tx.lapsedGrants() }
        for grant in lapsed {
            try await announcing {
                _ = try await writeAsSystem(in: .customer(grant.customer)) { tx in
                    guard var current = try tx.grant(grant.id, in: grant.customer),
                        let event = current.expire(at: tx.permit.intent.at)
                    else { return false }
                    try tx.update(current)
                    let remark = Remark(
                        partner: current.partner,
                        customer: current.customer,
                        details: ["kind": current.kind.rawValue, "until": current.until.short]
                    )
                    try tx.record(event, remark)
                    try tellPartner(current, tx)
                    return true
                }
            }
        }
        return lapsed.count == 100
    }

    private func sweepMoves() async throws -> Bool {
        let due = try await readAsSystem { tx in try tx.movesNeedingAttention() }
        for move in due {
            try await announcing {
                _ = try await writeAsSystem(in: .customer(move.customer)) { tx in
                    guard let current = try tx.move(move.id, of: move.customer) else { return false }
                    return try announce(current, tx)
                }
            }
        }
        return due.count == 100
    }

    /// What time has brought about in a move, each thing once: its end unanswered, a reminder, the cut-over.
    private func announce(_ move: Move, _ tx: Transaction) throws -> Bool {
        var current = move
        let now = tx.permit.intent.at
        if let outcome = current.expire(at: now) {
            try tx.update(current, seen: move.revision)
            try apply(outcome, current, tx)
        } else if let (_, parties) = current.remind(at: now, terms: try termsNow(move, tx)) {
            try tx.update(current, seen: move.revision)
            try note([.moveReminded(move.id)], current, rule: nil, tx)
            try tellParties(of: current, "moveReminder", to: parties, tx)
        } else if let event = current.announceCutOver(at: now) {
            try tx.update(current, seen: move.revision)
            try apply(MoveOutcome([event]), current, tx)
            for leftover in try tx.leftovers(of: move.id) {
                try tx.record(
                    .leftoverFound(leftover.id),
                    Remark(
                        partner: leftover.partner,
                        customer: move.customer,
                        details: ["kind": leftover.kind.rawValue, "move": "\(move.id)"]
                    )
                )
            }
        } else {
            return false
        }
        return true
    }

    /// The hash of what the parties would read now.
    private func termsNow(_ move: Move, _ tx: Transaction) throws -> String {
        var deliberation = try pinned(move, at: tx.permit.intent.at, tx)
        return try ground(move, &deliberation, tx).terms
    }

    /// Another node announced it first: that is as good.
    func announcing(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch StoreError.stale {
        }
    }

    private func tellSender(of request: RelationshipRequest, _ tx: Transaction) throws {
        guard let person = try request.createdBy.flatMap({ try tx.person($0) }),
            let partner = try tx.organization(request.partner.as(Tenant.self))
        else { return }
        let customer = try request.customer.flatMap { try tx.organization($0.as(Tenant.self)) }
        let arguments: [String: Argument] = [
            "partner": .text(partner.name), "code": .text(request.code), "recipient": .text(person.name),
            "company": .text(customer?.name ?? request.customerDomain ?? request.recipientMail ?? ""),
        ]
        try tx.send(mail("expired", to: person, arguments, at: tx.permit.intent.at))
    }
}
