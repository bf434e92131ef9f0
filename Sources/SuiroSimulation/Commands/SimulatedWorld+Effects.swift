import SuiroDomain

/// Does in the world what a transition decided, as the service does in its transaction.
extension SimulatedWorld {
    mutating func apply(_ outcome: MoveOutcome, _ move: Move, by tenant: ID<Tenant>?, _ names: Names) {
        for effect in outcome.effects { apply(effect, move, by: tenant, names) }
    }

    private mutating func apply(_ effect: MoveEffect, _ move: Move, by tenant: ID<Tenant>?, _ names: Names) {
        switch effect {
        case .succeed(let succession): succeed(succession)
        case .alias(let alias, let subscription, let from):
            guard !bugs.contains(.aliasLost) else { return }
            aliases.append(Alias(name: alias, subscription: subscription, from: from))
        case .callOff(let subscription):
            guard !bugs.contains(.cutOverKept) else { return }
            successions.removeAll { $0.move == move.id && $0.subscription == subscription && now < $0.from }
            aliases.removeAll { $0.subscription == subscription && now < $0.from }
            leftovers.removeAll { $0.move == move.id && $0.subscription == subscription && now < $0.foundAt }
        case .provision(let subscription): subscriptions.append(subscription)
        case .end(let id):
            if bugs.contains(.replacementKept), move.progress?.bought.contains(id) == true { return }
            end(id)
        case .turnOffRenewal(let id): renew(id, false)
        case .restoreRenewal(let id): renew(id, true)
        case .grant(let grant, let terms): open(grant, terms, by: tenant)
        case .revoke(let id): try? revoke(id, by: tenant?.administrator)
        case .leave(let leftover):
            guard !leftovers.contains(where: { $0.isSame(as: leftover) }), !isForgotten(leftover.kind) else { return }
            leftovers.append(leftover)
        case .release:
            leftovers.removeAll { $0.move == move.id && now < $0.foundAt }
        case .beginObligation(let partner): beginObligation(of: partner, to: move.customer, names)
        case .endObligation(let partner): endObligation(of: partner, to: move.customer)
        }
    }

    private mutating func succeed(_ succession: Succession) {
        successions.append(succession)
        guard bugs.contains(.partnerOfRecordFollows), succession.fact == .billOwner else { return }
        successions.append(
            Succession(
                subscription: succession.subscription,
                fact: .partnerOfRecord,
                from: succession.from,
                party: succession.party,
                move: succession.move
            )
        )
    }

    /// A managed subscription is cancelled; of an observed one the customer's word is written down (INV-04).
    private mutating func end(_ id: ID<Subscription>) {
        guard let index = subscriptions.firstIndex(where: { $0.id == id }) else { return }
        if bugs.contains(.oldOneStaysActive), subscriptions[index].family == .license { return }
        switch subscriptions[index].status(at: now) {
        case .deleted, .disabled: return
        case .expired where subscriptions[index].source == .observed: return
        case .active, .suspended, .expired: break
        }
        subscriptions[index].status = subscriptions[index].source == .managed ? .deleted : .expired
        subscriptions[index].revision += 1
    }

    mutating func renew(_ id: ID<Subscription>, _ renews: Bool) {
        guard let index = subscriptions.firstIndex(where: { $0.id == id }), let term = subscriptions[index].term,
            term.autoRenew != renews, subscriptions[index].status(at: now) == .active
        else { return }
        subscriptions[index].term = Term(start: term.start, end: term.nextEnd(after: now), autoRenew: renews)
        subscriptions[index].revision += 1
    }

    /// The customer's decision in the move is the consent behind the grant (INV-02).
    private mutating func open(_ grant: AccessGrant, _ terms: String, by tenant: ID<Tenant>?) {
        keep(
            Consent(
                id: grant.consent,
                customer: grant.customer,
                partner: grant.partner,
                basis: .accepted,
                person: tenant?.administrator,
                personName: name(tenant),
                at: now,
                language: .en,
                terms: terms,
                termsHash: terms
            )
        )
        permit(grant, exclusivity: nil)
        if grant.kind == .dap { replace(.dap, of: grant.partner, in: grant.customer) }
        grants.append(Held(grant: bugs.contains(.grantWithoutEnd) ? grant.endless : grant, services: []))
    }

    mutating func keep(_ consent: Consent) {
        if !bugs.contains(.grantWithoutConsent) { consents.append(consent) }
    }

    /// What the customer let the partner do, as it was asked.
    mutating func permit(_ grant: AccessGrant, exclusivity: String?) {
        witness.permissions[grant.consent] = Witness.Permission(
            kind: grant.kind,
            roles: grant.roles,
            until: grant.until,
            exclusivity: exclusivity
        )
    }

    /// An open grant of the same path, run out or not, is replaced.
    mutating func replace(_ kind: AccessKind, of partner: ID<Partner>, in customer: ID<Customer>) {
        for index in grants.indices {
            let grant = grants[index].grant
            guard grant.kind == kind, grant.partner == partner, grant.customer == customer, grant.end == .none else {
                continue
            }
            grants[index].grant.replace(at: now)
        }
    }

    mutating func revoke(_ id: ID<AccessGrant>, by person: ID<Person>?) throws(Refusal) {
        guard let index = grants.firstIndex(where: { $0.grant.id == id }), grants[index].grant.isLive(at: now) else {
            return
        }
        _ = try grants[index].grant.revoke(by: person, at: now)
    }

    mutating func beginObligation(of partner: ID<Partner>, to customer: ID<Customer>, _ names: Names) {
        guard !obligations.contains(where: { $0.partner == partner && $0.customer == customer && $0.ended == nil })
        else { return }
        obligations.append(SupportObligation(id: names.fresh(), customer: customer, partner: partner, since: now))
    }

    mutating func endObligation(of partner: ID<Partner>, to customer: ID<Customer>) {
        for index in obligations.indices {
            let duty = obligations[index]
            guard duty.partner == partner, duty.customer == customer, duty.ended == nil else { continue }
            obligations[index] = SupportObligation(
                id: duty.id,
                customer: customer,
                partner: partner,
                since: duty.since,
                ended: now
            )
        }
    }
}

extension AccessGrant {
    fileprivate var endless: AccessGrant {
        AccessGrant(
            id: id,
            customer: customer,
            partner: partner,
            kind: kind,
            roles: roles,
            consent: consent,
            from: from,
            until: .latest
        ) ?? self
    }
}
