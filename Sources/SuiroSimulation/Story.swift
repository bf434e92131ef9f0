import SuiroDomain

extension Failure: CustomStringConvertible {
    /// The promise that broke and the story that shows it, in sentences.
    package var description: String {
        var lines = ["Seed \(seed) breaks a promise. SUIRO_SEED=\(seed) plays it again."]
        for breach in breaches {
            lines.append("  \(breach.promise.rawValue): \(breach.promise.sentence)")
            lines.append("    \(breach.detail).")
        }
        var world = SimulatedWorld(seed: seed, bugs: bugs)
        lines.append(
            "\(acts.count) commands show it, in the \(world.cloud.rawValue) cloud from \(world.began.short) on:"
        )
        lines += world.beginning(of: acts).map { "  \($0)" }
        for act in acts {
            let (after, turn) = world.performing(act)
            let sentence = after.sentence(act.command)
            lines.append("  \(act.number). \(after.now.short)  \(sentence)\(turn.ending)")
            world = after
            if !act.command.core.isWait { world.now = world.now.adding(milliseconds: 1) }
        }
        return lines.joined(separator: "\n")
    }
}

extension Turn {
    fileprivate var ending: String {
        switch self {
        case .done: "."
        case .refused(let refusal): ": refused, \(refusal.reason.rawValue)."
        case .lost: ": nothing of it was saved."
        }
    }
}

extension SimulatedWorld {
    /// What the story is about, as it was in the beginning.
    fileprivate func beginning(of acts: [Act]) -> [String] {
        let text = acts.map { "\($0.command)" }.joined()
        let named = subscriptions.filter { text.contains($0.id.description) }
        var lines = named.map { subscription in
            let family = subscription.family?.rawValue ?? "unknown"
            let channel = subscription.channel?.rawValue ?? "unknown"
            let term = subscription.term.map { ", until \($0.end.day)\($0.autoRenew ? " and on" : "")" } ?? ""
            return "\(subscription.name) of \(name(subscription.customer.as(Tenant.self))): \(family) by \(channel), "
                + "\(subscription.source.rawValue), sold by \(subscription.seller.name)\(term)."
        }
        lines.append("Policy: \(books.count == 1 ? "2017-06" : "2017-06 and 2026").")
        return lines
    }

    /// What happens, as one would tell it.
    func sentence(_ command: Command) -> String {
        switch command {
        case .wait(let instant): "Nothing happens until \(instant.short)"
        case .sweep: "The sweeper runs"
        case .preview(let asking): "\(name(asking.asker)) looks at what would happen if \(wish(asking)) moved"
        case .request(let asking): "\(name(asking.asker)) asks for \(wish(asking)) to move"
        case .rivals(let asking, let partners): "\(partners.count) partners ask for \(wish(asking)) at once"
        case .renew(let id, let tenant): "\(name(tenant)) asks again for \(title(id))"
        case .look(let id, let tenant): "\(name(tenant)) reads \(title(id))"
        case .approve(let id, .current, let tenant): "\(name(tenant)) agrees to \(title(id))"
        case .approve(let id, .seen, let tenant): "\(name(tenant)) agrees to \(title(id)), as it read it before"
        case .approve(let id, .other, let tenant): "\(name(tenant)) agrees to something else than \(title(id))"
        case .decline(let id, let tenant): "\(name(tenant)) declines \(title(id))"
        case .retract(let id, let tenant): "\(name(tenant)) takes its approval of \(title(id)) back"
        case .withdraw(let id, let tenant): "\(name(tenant)) calls off \(title(id))"
        case .narrow(let id, let items, let tenant):
            "\(name(tenant)) gives away only \(items.map(title).joined(separator: " and ")) in \(title(id))"
        case .step(let step, let id, let input, let tenant):
            "\(name(tenant)) does \(step.rawValue) in \(title(id))\(input.words)"
        case .resolve(let id, let customer, let decision, let isImmediate):
            "\(name(customer.as(Tenant.self))) decides \(decision.rawValue)\(isImmediate ? " at once" : "") about "
                + (leftovers.first { $0.id == id }.map { "the \($0.kind.rawValue) of \($0.partnerName)" }
                    ?? "a leftover")
        case .invite(let invitation):
            "\(name(invitation.partner.as(Tenant.self))) invites \(name(invitation.customer.as(Tenant.self))) to a relationship"
        case .answer(let id, let accepts):
            "The invitation \(requests.first { $0.id == id }?.code ?? "?") is \(accepts ? "accepted" : "declined")"
        case .admit(let partner, let kind, let days, let customer):
            "\(name(customer.as(Tenant.self))) gives \(name(partner.as(Tenant.self))) a \(kind.rawValue) for \(days) days"
        case .endAccess(let id, let tenant): "\(name(tenant)) ends \(path(id))"
        case .leave(let partner, let customer):
            "\(name(partner.as(Tenant.self))) ends its relationship with \(name(customer.as(Tenant.self)))"
        case .change(let id, let wanted, let partner):
            "\(name(partner.as(Tenant.self))) changes \(title(id)): \(wanted)"
        case .tell(let id, let quantity, let cost):
            "\(title(id)) has \(quantity.map { "\($0)" } ?? "the same") seats at \(cost?.text ?? "no known price")"
        case .order(let purchase):
            "\(name(purchase.partner.as(Tenant.self))) sells \(purchase.name) to \(name(purchase.customer.as(Tenant.self)))"
        case .use(let id, let use):
            "\(use.service) of \(title(id)) cost \(use.cost.text) \(use.cost.currency) in \(use.days) days from \(use.from.day)"
        case .stand(let partner, let standing): "\(name(partner.as(Tenant.self))) is in standing \(standing.rawValue)"
        case .publish: "The package 2026 is published"
        case .allowMoves(let isOn): "Moves are switched \(isOn ? "on" : "off")"
        case .crash(let command): "In the middle of the next the process ends. \(sentence(command))"
        case .twice(let command): "\(sentence(command)), and the request arrives twice"
        }
    }

    private func title(_ id: ID<Move>) -> String {
        moves.first { $0.id == id }.map(title) ?? "a move that is not there"
    }

    private func title(_ id: ID<Subscription>) -> String { recorded(id)?.name ?? "a subscription that is not there" }

    private func path(_ id: ID<AccessGrant>) -> String {
        let grant = grants.first { $0.grant.id == id }?.grant
        return grant.map { "the \($0.kind.rawValue) of \(name($0.partner.as(Tenant.self)))" }
            ?? "access that is not there"
    }

    private func wish(_ asking: Command.Asking) -> String {
        let items = asking.wish.subscriptions.map(title).joined(separator: " and ")
        var text = "\(items) of \(name(asking.customer.as(Tenant.self)))"
        if let target = asking.wish.target { text += " to \(name(target.as(Tenant.self)))" }
        if let kind = asking.wish.kind { text += " by \(kind.rawValue)" }
        if let plan = asking.wish.plan { text += " (\(plan.rawValue))" }
        if let cutover = asking.wish.cutover { text += " not before \(cutover.day)" }
        return text
    }
}

extension StepInput {
    fileprivate var words: String {
        var words = services.keys.sorted().map { "\($0) \(services[$0]?.rawValue ?? "")" }
        words += details.keys.sorted() + [scope?.rawValue].compactMap(\.self)
        if let replacement { words.append("in place of it \(replacement)") }
        if let unassigned { words.append("\(unassigned) seats unassigned") }
        return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
    }
}

extension Command {
    /// Its name alone.
    var kind: String {
        switch self {
        case .wait: "wait"
        case .sweep: "sweep"
        case .preview: "preview"
        case .request: "request"
        case .rivals: "rivals"
        case .renew: "renew"
        case .look: "look"
        case .approve: "approve"
        case .decline: "decline"
        case .retract: "retract"
        case .withdraw: "withdraw"
        case .narrow: "narrow"
        case .step(let step, _, _, _): "step \(step.rawValue)"
        case .resolve: "resolve"
        case .invite: "invite"
        case .answer: "answer"
        case .admit: "admit"
        case .endAccess: "endAccess"
        case .leave: "leave"
        case .change(_, let wanted, _): "change \("\(wanted)".prefix { $0 != "(" })"
        case .tell: "tell"
        case .order: "order"
        case .use: "use"
        case .stand: "stand"
        case .publish: "publish"
        case .allowMoves: "allowMoves"
        case .crash(let command), .twice(let command): command.kind
        }
    }
}
