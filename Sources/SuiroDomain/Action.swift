/// Everything a caller may intend. Each names who may, in `admissions`; there is no action without an entry.
package enum Action: String, Sendable, CaseIterable {
    // the server's own
    case serve, seed
    // a partner's own house
    case listCustomers, createCustomer, requestRelationship, readRelationshipRequests, changeRelationshipRequest,
        readReusableLink, readPartnerRelationships, readProfile, updateProfile, readAudit, readOffers, importCatalog,
        readWebhooks, changeWebhooks, readGroups, changeGroups, readServiceRequests, changeServiceRequests,
        readInvoices
    // a customer's house
    case readCustomer, deleteCustomer, removeRelationship, readRelationshipsOfCustomer, readSubscriptions,
        recordSubscription, readOptions, changeSubscription, placeOrder, readOrders, readAccess, endAccess,
        importUsage, readImport, readStatement, readUsage, readSales, signAgreement,
        consentToApplications
    // a customer's directory
    case readUsers, changeUsers, resetPassword, changeDirectoryRoles, readLicenses, changeLicenses
    // moves
    case previewMove, requestMove, readMove, listMoves, decideMove, doMoveStep, withdrawMove, readLeftovers,
        resolveLeftover
    // granular delegated administration
    case readDelegations, manageDelegation, decideDelegation, endDelegation
    // the customer's decision
    case readInvitation, decideInvitation, startInvitation
    // everyone's
    case readPolicies, readAnnouncements, readAffected, readDecisions, readSelf
    // the vendor's
    case draftPolicy, publishPolicy, withdrawPolicy, overridePolicy, readImpact, readPackages
}

/// A kind of caller that an action admits, and how far it reaches.
package struct Admission: Sendable {
    package enum Reach: String, CaseIterable, Sendable {
        case anywhere, home, customersOfPartner, partiesOfMove, delegated
    }

    package let kinds: Set<OrganizationKind>
    package let roles: Set<Role>
    package let reach: Reach
    /// Any of these in the customer's tenant, where the reach is a delegated one; empty elsewhere.
    package let directoryRoles: Set<DirectoryRole>

    init(kinds: Set<OrganizationKind>, roles: Set<Role>, reach: Reach) {
        (self.kinds, self.roles, self.reach, directoryRoles) = (kinds, roles, reach, [])
    }

    /// By delegated administration, with the roles that the customer's tenant knows for it.
    fileprivate init(to agents: Set<Role>, having directoryRoles: Set<DirectoryRole>) {
        (kinds, roles, reach, self.directoryRoles) = (.partners, agents, .delegated, directoryRoles)
    }

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
    /// Who acts on a customer's behalf; whoever only sells does not.
    fileprivate static let acting: Self = [.adminAgent, .helpdeskAgent]
    /// Who asks the provider's engineers.
    fileprivate static let askers: Self = [.adminAgent, .helpdeskAgent, .globalAdmin]
    /// Who sees a partner's bills.
    fileprivate static let billing: Self = [.adminAgent, .globalAdmin, .billingAdmin, .app]
    fileprivate static let everyone = Set(Role.allCases)
}

extension Set<DirectoryRole> {
    /// Who may look at a tenant: every role of a default relationship reads the directory (GD-18, GD-27).
    fileprivate static let directory: Self = [
        .globalAdministrator, .globalReader, .directoryReaders, .directoryWriters, .billingAdministrator,
        .licenseAdministrator, .serviceSupportAdministrator, .userAdministrator, .privilegedRoleAdministrator,
        .helpdeskAdministrator, .passwordAdministrator,
    ]
    /// Who may see what a tenant has bought: whoever pays, assigns, or asks for support about it (GD-19).
    fileprivate static let purchases: Self = [
        .globalAdministrator, .globalReader, .billingAdministrator, .licenseAdministrator, .serviceSupportAdministrator,
    ]
    /// Who may make, change and delete users (GD-18).
    fileprivate static let users: Self = [.globalAdministrator, .userAdministrator, .directoryWriters]
    /// Who may set a password.
    fileprivate static let passwords: Self = [
        .globalAdministrator, .userAdministrator, .helpdeskAdministrator, .passwordAdministrator,
    ]
    /// Who may see who has which licence, and who may change that.
    fileprivate static let licenses: Self = [
        .globalAdministrator, .globalReader, .directoryReaders, .directoryWriters, .billingAdministrator,
        .licenseAdministrator, .userAdministrator,
    ]
    fileprivate static let licensing: Self = [.globalAdministrator, .licenseAdministrator, .userAdministrator]
    /// Who may give roles.
    fileprivate static let roles: Self = [.globalAdministrator, .privilegedRoleAdministrator]
    /// Who may say for a tenant which applications may do what.
    fileprivate static let applications: Self = [
        .globalAdministrator, .privilegedRoleAdministrator, .applicationAdministrator, .cloudApplicationAdministrator,
    ]
    /// Who may see who gets in.
    fileprivate static let access: Self = [.globalAdministrator, .globalReader, .privilegedRoleAdministrator]
    /// Who may write down what was bought elsewhere, and at what cost.
    fileprivate static let bookkeeping: Self = [.globalAdministrator, .billingAdministrator]
}

extension Action {
    /// Whether its admission depends on delegated administration.
    package var asksForDelegation: Bool {
        admissions.contains { if case .delegated = $0.reach { true } else { false } }
    }

    /// Whether its admission depends on the caller's part in a move.
    package var asksForMoves: Bool {
        admissions.contains { if case .partiesOfMove = $0.reach { true } else { false } }
    }

    /// Who may, from domain sections 1.2 and 1.3. Which agent roles may ask for a relationship is policy, decided later.
    package var admissions: [Admission] { Self.table[self] ?? [] }

    private static let table = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.entry) })

    private var entry: [Admission] {
        switch self {
        case .serve, .seed:
            []
        case .listCustomers, .readOffers:
            [Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .home)]
        case .readWebhooks, .changeWebhooks:
            [Admission(kinds: .partners, roles: .administrators.union([.app]), reach: .home)]
        case .readInvoices:
            [Admission(kinds: .partners, roles: .billing, reach: .home)]
        case .readGroups:
            [Admission(kinds: .partners, roles: .agents, reach: .home)]
        case .changeGroups:
            // Whoever is put into a group has its roles at customers: a matter of those who manage users (section 1.2).
            [Admission(kinds: .partners, roles: [.globalAdmin], reach: .home)]
        case .readServiceRequests:
            [
                Admission(kinds: .partners, roles: .agents, reach: .home),
                Admission(kinds: .partners, roles: .agents, reach: .customersOfPartner),
            ]
        case .changeServiceRequests:
            // Sales agents look at requests and do not raise them (section 1.2).
            [
                Admission(kinds: .partners, roles: .askers, reach: .home),
                Admission(kinds: .partners, roles: .askers, reach: .customersOfPartner),
            ]
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
        case .readCustomer:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner),
                Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home),
                Admission(to: .acting, having: .directory),
            ]
        case .readSubscriptions, .readOptions:
            [
                Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner),
                Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home),
                Admission(to: .acting, having: .purchases),
            ]
        case .readStatement:
            [
                Admission(kinds: .partners, roles: .billing, reach: .customersOfPartner),
                // Its last statement is still owed to a partner that has gone.
                Admission(kinds: .partners, roles: .billing, reach: .partiesOfMove),
                Admission(kinds: [.customer], roles: .customers, reach: .home),
            ]
        case .readUsage:
            // What runs is the business of whoever bills for it now.
            [Admission(kinds: .partners, roles: .billing, reach: .customersOfPartner)]
        case .readSales:
            // What a partner has sold a customer, and how it is used, is read by that partner alone.
            [Admission(kinds: .partners, roles: .agents.union([.billingAdmin]), reach: .customersOfPartner)]
        case .readUsers:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .directory),
            ]
        case .changeUsers:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .users),
            ]
        case .resetPassword:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .passwords),
            ]
        case .changeDirectoryRoles:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .roles),
            ]
        case .consentToApplications:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .applications),
            ]
        case .readLicenses:
            [
                Admission(kinds: [.customer], roles: .customers, reach: .home),
                Admission(to: .acting, having: .licenses),
            ]
        case .changeLicenses:
            [
                Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home),
                Admission(to: .acting, having: .licensing),
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
                Admission(to: [.adminAgent], having: .bookkeeping),
            ]
        case .changeSubscription, .placeOrder:
            [Admission(kinds: .partners, roles: .sellers, reach: .customersOfPartner)]
        case .removeRelationship, .deleteCustomer:
            [Admission(kinds: .partners, roles: .administrators.union([.app]), reach: .customersOfPartner)]
        case .readAccess:
            [
                Admission(kinds: [.customer], roles: .customers, reach: .home),
                Admission(kinds: .partners, roles: .agents, reach: .customersOfPartner),
                Admission(to: .acting, having: .access),
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
        case .resolveLeftover, .signAgreement:
            [Admission(kinds: [.customer], roles: [.globalAdmin], reach: .home)]
        case .readDelegations:
            [
                Admission(kinds: .partners, roles: .agents, reach: .home),
                Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home),
            ]
        case .manageDelegation:
            // Which agents may is the policy row `gdap.requestors`.
            [Admission(kinds: .partners, roles: .agents, reach: .home)]
        case .decideDelegation:
            // Which of them decides is the policy row `relationship.acceptor`.
            [Admission(kinds: [.customer], roles: .customers.union([.user]), reach: .home)]
        case .endDelegation:
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
