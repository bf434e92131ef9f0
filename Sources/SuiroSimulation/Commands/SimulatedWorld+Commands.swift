import SuiroDomain

extension SimulatedWorld {
    /// The world after a command, and what came of it. Refused, it is as it was, but for what was read to refuse it.
    package func performing(_ act: Act) -> (world: SimulatedWorld, turn: Turn) {
        var next = self
        next.reads = []
        switch act.command {
        case .crash(let command):
            let (finished, _) = next.performing(Act(number: act.number, command: command))
            next.reads = finished.reads
            if bugs.contains(.halfSaved) { next.moves = finished.moves }
            return (next, .lost)
        case .twice(let command):
            let (once, turn) = next.performing(Act(number: act.number, command: command))
            next = once
            next.receipts.append(Receipt(command: act.number, turn: turn))
            guard bugs.contains(.receiptForgotten) else { return (next, turn) }
            return next.performing(Act(number: act.number + 1 << 32, command: command))
        default:
            do throws(Refusal) {
                try next.perform(act.command, Names(command: act.number))
                return (next, .done)
            } catch {
                var same = self
                same.reads = next.reads
                return (same, .refused(error))
            }
        }
    }

    private mutating func perform(_ command: Command, _ names: Names) throws(Refusal) {
        switch command {
        case .wait(let instant): wait(until: instant)
        case .sweep: sweep()
        case .preview(let asking): try preview(asking)
        case .request(let asking): try request(asking, names)
        case .rivals(let asking, let partners): rivals(asking, partners, names)
        case .renew(let id, let tenant): try renew(id, by: tenant, names)
        case .look(let id, let tenant): try look(id, by: tenant, names)
        case .approve(let id, let terms, let tenant): try approve(id, terms, by: tenant, names)
        case .decline(let id, let tenant): try decline(id, by: tenant, names)
        case .retract(let id, let tenant): try retract(id, by: tenant, names)
        case .withdraw(let id, let tenant): try withdraw(id, by: tenant, names)
        case .narrow(let id, let items, let tenant): try narrow(id, to: items, by: tenant, names)
        case .step(let step, let id, let input, let tenant): try take(step, of: id, input, by: tenant, names)
        case .resolve(let id, let customer, let decision, let isImmediate):
            try resolve(id, of: customer, decision, isImmediate: isImmediate, names)
        case .invite(let invitation): try invite(invitation, names)
        case .answer(let id, let accepts): try answer(id, accepts: accepts, names)
        case .admit(let partner, let kind, let days, let customer):
            try admit(partner, kind, days: days, to: customer, names)
        case .endAccess(let id, let tenant): try endAccess(id, by: tenant)
        case .leave(let partner, let customer): try leave(partner, customer, names)
        case .change(let id, let wanted, let partner): try change(id, wanted, by: partner, names)
        case .tell(let id, let quantity, let cost): try tell(id, quantity: quantity, monthlyCost: cost)
        case .order(let purchase): try order(purchase, names)
        case .use(let id, let use): try report(use, of: id)
        case .stand(let partner, let standing): try stand(partner, standing)
        case .publish: try publish()
        case .allowMoves(let isOn): try allowMoves(isOn)
        case .crash, .twice: preconditionFailure("how a command arrives is no command")
        }
    }

    /// Keeps what was read, as every use case does.
    mutating func note(_ rules: Deliberation) {
        reads += rules.read
    }

    /// The same for the rules of the edition that a move began with.
    mutating func note(pinned rules: Deliberation) {
        if !bugs.contains(.policyReadWithoutRecord) { reads += rules.read }
    }
}

// The program itself.
extension SimulatedWorld {
    mutating func stand(_ partner: ID<Partner>, _ standing: Standing) throws(Refusal) {
        guard let index = organizations.firstIndex(where: { $0.organization.id == partner.as(Tenant.self) }) else {
            throw .notFound(.organization, "\(partner)")
        }
        organizations[index].organization.standing = standing
    }

    /// Today's rules, from now on.
    mutating func publish() throws(Refusal) {
        guard !hasPublished else { throw .packagePublished }
        books.append(Published(book: book.publishing(Shipped.later, effective: now), at: now))
    }

    var hasPublished: Bool { books.contains { $0.book.rows.contains { $0.package == Shipped.later.name } } }

    /// The switch that stops every new move in this cloud.
    mutating func allowMoves(_ isOn: Bool) throws(Refusal) {
        let key = PolicyKey<Bool>.movesEnabled.name
        guard let next = book.setting(key, to: isOn, in: cloud, because: [.en: "a drill"], at: now) else {
            throw .switchAlreadySet(key: key)
        }
        books.append(Published(book: next, at: now))
    }
}
