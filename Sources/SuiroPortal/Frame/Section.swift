import SuiroDomain

/// The items of the navigation.
enum Section: CaseIterable, Sendable {
    case home, customers, access, ownSubscriptions, ownAccess, requests, moves, code, announcements, policies, webhooks,
        audit

    /// Work, or looking things up.
    var isWork: Bool {
        switch self {
        case .home, .customers, .access, .ownSubscriptions, .ownAccess, .requests, .moves, .code: true
        case .announcements, .policies, .webhooks, .audit: false
        }
    }

    func title(_ visit: Visit) -> String {
        switch self {
        case .home: visit.say("portal.home.nav")
        case .customers: visit.say("portal.customers.nav")
        case .access: visit.say("portal.accessAll.nav")
        case .ownSubscriptions: visit.say("portal.customer.nav.own")
        case .ownAccess: visit.say("portal.access.nav.own")
        case .requests: visit.say("portal.requests.nav")
        case .moves: visit.say("portal.moves.nav")
        case .code: visit.say("portal.code.nav")
        case .announcements: visit.say("portal.announcements.nav")
        case .policies: visit.say("portal.policies.nav")
        case .webhooks: visit.say("portal.webhooks.nav")
        case .audit: visit.say("portal.audit.nav")
        }
    }

    func address(_ visitor: Visitor) -> String {
        let own = visitor.organization.id.as(Customer.self)
        return switch self {
        case .home: Place.home
        case .customers: Place.customers
        case .access: Place.access
        case .ownSubscriptions: Place.customer(own)
        case .ownAccess: Place.access(of: own)
        case .requests: Place.requests
        case .moves: Place.moves
        case .code: Place.code
        case .announcements: Place.announcements
        case .policies: Place.policies
        case .webhooks: Place.webhooks()
        case .audit: Place.audit
        }
    }

    /// What a person can never use is not listed.
    func isListed(for visitor: Visitor, at now: Instant) -> Bool {
        let own = Scope.customer(visitor.organization.id.as(Customer.self))
        let isCustomer = visitor.organization.kind == .customer
        return switch self {
        case .home, .announcements, .policies: true
        case .customers: visitor.may(.listCustomers, at: now)
        case .access: !isCustomer && visitor.may(.readDelegations, at: now)
        case .ownSubscriptions: isCustomer && visitor.may(.readSubscriptions, in: own, at: now)
        case .ownAccess: isCustomer && visitor.may(.readAccess, in: own, at: now)
        case .requests: visitor.may(.readRelationshipRequests, at: now)
        case .moves: visitor.may(.listMoves, at: now)
        case .code: isCustomer && visitor.may(.readInvitation, at: now)
        case .webhooks: visitor.may(.readWebhooks, at: now)
        case .audit: visitor.may(.readAudit, at: now)
        }
    }
}
