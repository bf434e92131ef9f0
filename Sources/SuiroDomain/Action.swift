/// Everything a caller may intend. Each names who may, in `admissions`; there is no action without an entry.
package enum Action: String, Sendable, CaseIterable {
    // the server's own
    case serve, seed
    // a partner's own house
    case listCustomers, createCustomer, requestRelationship, readRelationshipRequests, changeRelationshipRequest,
        readReusableLink, readPartnerRelationships, readProfile, updateProfile, readAudit, readOffers, importCatalog,
        readWebhooks, changeWebhooks
    // a customer's house
    case readCustomer, deleteCustomer, removeRelationship, readRelationshipsOfCustomer, readSubscriptions,
        recordSubscription, readOptions, changeSubscription, placeOrder, readOrders, readAccess, endAccess,
        importUsage, readImport, readStatement
    // moves
    case previewMove, requestMove, readMove, listMoves, decideMove, doMoveStep, withdrawMove, readLeftovers,
        resolveLeftover
    // the customer's decision
    case readInvitation, decideInvitation, startInvitation
    // everyone's
    case readPolicies, readAnnouncements, readAffected, readDecisions, readSelf
    // the vendor's
    case draftPolicy, publishPolicy, withdrawPolicy, overridePolicy, readImpact, readPackages
}

/// A kind of caller that an action admits, and how far it reaches.
package struct Admission: Sendable {
    package enum Reach: Sendable { case anywhere, home, customersOfPartner, partiesOfMove }

    let kinds: Set<OrganizationKind>
    let roles: Set<Role>
    package let reach: Reach

    package func admits(_ principal: Principal) -> Bool {
        kinds.contains(principal.kind) && !roles.isDisjoint(with: principal.roles)
    }
}

extension Set<OrganizationKind> {
    fileprivate static let partners: Self = [.direct, .indirectProvider, .indirectReseller, .advisor]
    fileprivate static let all = Set(OrganizationKind.allCases)
}

extension Set<Role> {
    fileprivate static let agents: Self = [.adminAgent, .salesAgent, .helpdeskAgent, .globalAdmin, .app]
    fileprivate static let sellers: Self = [.adminAgent, .salesAgent, .globalAdmin, .app]
    fileprivate static let administrators: Self = [.adminAgent, .globalAdmin]
    fileprivate static let customers: Self = [.globalAdmin, .billingAdmin]
    fileprivate static let everyone = Set(Role.allCases)
}

extension Action {
    /// Whether its admission depends on the caller's part in a move.
    package var asksForMoves: Bool {
        admissions.contains { if case .partiesOfMove = $0.reach { true } else { false } }
    }

    /// Who may, from domain sections 1.2 and 1.3. Which agent roles may ask for a relationship is policy, decided later.
    package var admissions: [Admission] {
        switch self {
        case .serve, .seed:
            []
        case .listCustomers, .readOffers:
            [Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .home)]
        case .readWebhooks, .changeWebhooks:
            [Admission(kinds: .partners, roles: .administrators.union([.app]), reach: .home)]
        case .createCustomer:
            [Admission(kinds: .partners, roles: .sellers, reach: .home)]
        case .requestRelationship, .readRelationshipRequests, .changeRelationshipRequest:
            [Admission(kinds: .partners, roles: .agents, reach: .home)]
        case .readReusableLink, .readPartnerRelationships:
            [Admission(kinds: .partners, roles: .agents, reach: .home)]
        case .readProfile:
            [Admission(kinds: .partners, roles: .everyone, reach: .home)]
        case .updateProfile:
            [Admission(kinds: .partners, roles: [.globalAdmin, .adminAgent, .billingAdmin], reach: .home)]
        case .readAudit:
            [
                Admission(kinds: .partners, roles: .agents, reach: .home),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
                Admission(kinds: [.vendor], roles: [.auditor], reach: .anywhere),
            ]
        case .importCatalog:
            [
                Admission(kinds: .partners, roles: [.adminAgent, .globalAdmin, .app], reach: .anywhere),
                Admission(kinds: [.vendor], roles: [.policyOwner, .operator], reach: .anywhere),
            ]
        case .readCustomer, .readSubscriptions, .readOptions:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner),
                Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home),
            ]
        case .readStatement:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner),
                // Its last statement is still owed to a partner that has gone.
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .partiesOfMove),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .readRelationshipsOfCustomer, .readOrders:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .readImport:
            [
                Admission(kinds: .partners, roles: .everyone, reach: .home),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .recordSubscription, .importUsage:
            [
                Admission(
                    kinds: .partners,
                    roles: [.adminAgent, .salesAgent, .globalAdmin, .app],
                    reach: .customersOfPartner
                ),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .changeSubscription, .placeOrder:
            [Admission(kinds: .partners, roles: .sellers, reach: .customersOfPartner)]
        case .removeRelationship, .deleteCustomer:
            [Admission(kinds: .partners, roles: .administrators.union([.app]), reach: .customersOfPartner)]
        case .readAccess:
            [
                Admission(kinds: [.customer], roles: .customers, reach: .home),
                Admission(kinds: .partners, roles: .agents, reach: .customersOfPartner),
            ]
        case .endAccess:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(kinds: .partners, roles: .administrators, reach: .customersOfPartner),
            ]
        case .previewMove, .requestMove:
            [
                Admission(kinds: .partners, roles: .sellers, reach: .customersOfPartner),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .listMoves:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .home),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .readMove, .readLeftovers:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .partiesOfMove),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .decideMove:
            // TR-04: a consent binds the company, so a person who administers it gives it.
            [
                Admission(kinds: .partners, roles: .administrators.union([.app]), reach: .partiesOfMove),
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
            ]
        case .doMoveStep, .withdrawMove:
            [
                Admission(kinds: .partners, roles: .administrators.union([.salesAgent, .app]), reach: .partiesOfMove),
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
            ]
        case .resolveLeftover:
            [Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home)]
        case .readInvitation:
            [Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home)]
        case .decideInvitation, .startInvitation:
            // Which of them decides is the policy row `relationship.acceptor`.
            [Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home)]
        case .readPolicies, .readAnnouncements, .readDecisions, .readSelf:
            [Admission(kinds: .all, roles: .everyone, reach: .anywhere)]
        case .readAffected:
            // Each reads about its own customers, or itself; only the vendor's policy reads about everybody.
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .anywhere),
                Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .anywhere),
                Admission(kinds: [.vendor], roles: [.policyOwner, .auditor], reach: .anywhere),
            ]
        case .draftPolicy, .publishPolicy, .withdrawPolicy, .overridePolicy, .readImpact:
            [Admission(kinds: [.vendor], roles: [.policyOwner], reach: .anywhere)]
        case .readPackages:
            [Admission(kinds: [.vendor], roles: [.policyOwner, .auditor], reach: .anywhere)]
        }
    }
}

extension Action {
    /// Whether somebody may do it at all, wherever that is.
    package func admits(_ principal: Principal) -> Bool { admissions.contains { $0.admits(principal) } }
}
