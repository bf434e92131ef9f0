import FoundationEssentials
import SuiroDomain

/// One relation between a caller's tenant and what is asked for, as the store would read it.
struct Circumstance: Sendable {
    let name: String
    let scope: Scope
    var caller = MatrixWorld.home
    var isKnown = true
    var tie: Facts.Tie?
    var isPartyOfMove = false
    var delegated: DelegatedFacts?

    func facts(for principal: Principal) -> Facts {
        Facts(principal: isKnown ? principal : nil, tie: tie, isPartyOfMove: isPartyOfMove, delegated: delegated)
    }
}

/// Every situation of the matrix, in the order of its columns. All look at `now`.
struct MatrixWorld: Sendable {
    static let home = ID<Tenant>(number(1))
    static let house = ID<Customer>(number(2))
    static let now = Instant("2017-06-09T00:00:00.000Z") ?? .earliest
    static let group = "\(number(0xAB))".lowercased()

    let other = ID<Tenant>(number(3))
    let month = GrantDuration("P30D")
    let partner = MatrixWorld.home.as(Partner.self)

    static func number(_ value: UInt8) -> UUID {
        UUID(uuid: (value, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))
    }

    func situations() throws -> [Circumstance] {
        try places() + drafts() + granular() + assigned() + tenantWide() + single()
    }

    private func at(
        _ name: String,
        tie: Facts.Tie? = nil,
        move: Bool = false,
        _ granted: [EffectiveAccess.Granted]? = nil,
        dap: AccessGrant? = nil,
        groups: Set<String> = [MatrixWorld.group]
    ) -> Circumstance {
        var delegated: DelegatedFacts?
        if granted != nil || dap != nil {
            let access = EffectiveAccess(granted: granted ?? [], delegated: dap, standing: .good)
            delegated = DelegatedFacts(access: access, groups: groups)
        }
        return Circumstance(
            name: name,
            scope: .customer(Self.house),
            tie: tie,
            isPartyOfMove: move,
            delegated: delegated
        )
    }

    private func tie(_ from: Int64, _ until: Int64) -> Facts.Tie {
        Facts.Tie(from: Self.now.adding(milliseconds: from), until: Self.now.adding(milliseconds: until))
    }

    private func places() throws -> [Circumstance] {
        let everything = try at("", tie: tie(-1000, 1000), move: true, [active(.globalAdministrator)])
        var (elsewhere, system) = (everything, everything)
        elsewhere = Circumstance(
            name: "elsewhere.everything",
            scope: .tenant(other),
            tie: everything.tie,
            isPartyOfMove: true,
            delegated: everything.delegated
        )
        system = Circumstance(
            name: "system.everything",
            scope: .system,
            tie: everything.tie,
            isPartyOfMove: true,
            delegated: everything.delegated
        )
        let own = Self.home.as(Customer.self)
        return [
            Circumstance(name: "home", scope: .tenant(Self.home)),
            Circumstance(name: "elsewhere", scope: .tenant(other)),
            Circumstance(name: "system", scope: .system), Circumstance(name: "house", scope: .customer(own)),
            Circumstance(name: "home.unknown", scope: .tenant(Self.home), isKnown: false),
            Circumstance(name: "home.otherTenant", scope: .tenant(Self.home), caller: other),
            Circumstance(name: "house.unknown", scope: .customer(own), isKnown: false), at("stranger"),
            at("tie", tie: tie(-1000, 1000)), at("tie.begins", tie: tie(0, 1000)), at("tie.before", tie: tie(1, 1000)),
            at("tie.last", tie: tie(-1000, 1)), at("tie.over", tie: tie(-1000, 0)),
            Circumstance(name: "tie.unknown", scope: .customer(Self.house), isKnown: false, tie: tie(-1000, 1000)),
            Circumstance(name: "tie.otherTenant", scope: .customer(Self.house), caller: other, tie: tie(-1000, 1000)),
            at("move", move: true), at("move.tie", tie: tie(-1000, 1000), move: true), elsewhere, system,
        ]
    }

    private func single() throws -> [Circumstance] {
        try DirectoryRole.allCases.map { try at("gdap.\($0.rawValue)", [active($0)]) }
    }
}

// Granular relationships and what is assigned under them, made as people make them.
extension MatrixWorld {
    /// A relationship for thirty days that began `days` days and `earlier` milliseconds before now.
    func relationship(
        _ roles: [DirectoryRole],
        days: Int = 10,
        earlier: Int64 = 0,
        processing: Int = 0,
        extends: Int? = nil,
        of partner: ID<Partner>? = nil,
        in customer: ID<Customer> = MatrixWorld.house,
        number: UInt8 = 20
    ) throws -> DelegatedAdminRelationship {
        let start = Self.now.adding(days: -days).adding(milliseconds: -earlier)
        var made = try draft(roles, extends: extends, of: partner, number: number, at: start)
        _ = try made.lock(until: start.adding(days: 90), at: start)
        _ = try made.approve(for: customer, by: ID(Self.number(21)), processing: processing, at: start)
        return made
    }

    func draft(
        _ roles: [DirectoryRole],
        extends: Int? = nil,
        of partner: ID<Partner>? = nil,
        in customer: ID<Customer>? = nil,
        number: UInt8 = 20,
        at start: Instant
    ) throws -> DelegatedAdminRelationship {
        guard let month else { throw Refusal.invalid([InputFault(field: "duration", code: .malformed, value: nil)]) }
        return DelegatedAdminRelationship(
            id: ID(Self.number(number)),
            partner: partner ?? self.partner,
            draft: DelegationDraft(
                customer: customer,
                displayName: "Matrix",
                duration: month,
                roles: roles,
                autoExtendDays: extends
            ),
            createdBy: nil,
            createdAt: start
        )
    }

    func assign(
        _ roles: [DirectoryRole],
        of relationship: DelegatedAdminRelationship,
        to group: String = MatrixWorld.group,
        at instant: Instant? = nil,
        processing: Int = 0
    ) throws -> AccessAssignment {
        try AccessAssignment(
            id: ID(Self.number(30)),
            of: relationship,
            group: group,
            roles: roles,
            processing: processing,
            at: instant ?? relationship.tenure?.activatedAt ?? Self.now
        )
    }

    /// In force, and given to the caller's group.
    func active(_ role: DirectoryRole) throws -> EffectiveAccess.Granted {
        let relationship = try relationship([role])
        return EffectiveAccess.Granted(relationship, [try assign([role], of: relationship)])
    }

    private func whole(_ relationship: DelegatedAdminRelationship) throws -> EffectiveAccess.Granted {
        EffectiveAccess.Granted(relationship, [try assign(relationship.roles, of: relationship)])
    }

    private func drafts() throws -> [Circumstance] {
        let start = Self.now.adding(days: -10)
        let live = try relationship([.globalAdministrator])
        // What an assignment would say of a relationship that nobody has approved.
        let claims = [try assign([.globalAdministrator], of: live)]
        let created = try draft([.globalAdministrator], in: Self.house, at: start)
        var (pending, unanswered, rejected) = (created, created, created)
        _ = try pending.lock(until: Self.now.adding(days: 1), at: start)
        _ = try unanswered.lock(until: Self.now, at: start)
        _ = try rejected.lock(until: Self.now.adding(days: 1), at: start)
        _ = try rejected.reject(for: Self.house, by: nil, reason: nil, at: start)
        return [
            at("gdap.created", [.init(created, claims)]), at("gdap.pending", [.init(pending, claims)]),
            at("gdap.unanswered", [.init(unanswered, claims)]), at("gdap.rejected", [.init(rejected, claims)]),
            at("gdap.unassigned", [.init(live, [])]), at("gdap.outsider", [.init(live, claims)], groups: ["else"]),
            at(
                "gdap.upperCase",
                [
                    .init(live, [try assign([.globalAdministrator], of: live, to: Self.group.uppercased())])
                ]
            ),
        ]
    }

    private func granular() throws -> [Circumstance] {
        let admin: [DirectoryRole] = [.globalAdministrator]
        var terminated = try relationship(admin)
        let before = try whole(terminated).assignments
        _ = try terminated.terminate(.init(at: Self.now, by: nil, side: nil))
        var narrowed = try relationship([.globalAdministrator, .directoryReaders])
        let wide = try whole(narrowed).assignments
        _ = try narrowed.narrow(to: [.directoryReaders], at: Self.now)
        return try [
            at("gdap.activates", [whole(relationship(admin, days: 0, earlier: 60_000, processing: 60))]),
            // What an assignment would say of a relationship that is not active yet.
            at(
                "gdap.activating",
                [
                    .init(
                        relationship(admin, days: 0, earlier: 59_999, processing: 60),
                        [assign(admin, of: relationship(admin))]
                    )
                ]
            ),
            at("gdap.last", [whole(relationship(admin, days: 30, earlier: -1))]),
            at("gdap.over", [whole(relationship(admin, days: 30))]),
            at("gdap.extended", [whole(relationship([.globalReader], days: 30, extends: 180))]),
            at("gdap.terminated", [.init(terminated, before)]), at("gdap.narrowed", [.init(narrowed, wide)]),
        ]
    }

    private func assigned() throws -> [Circumstance] {
        let admin: [DirectoryRole] = [.globalAdministrator]
        let live = try relationship([.globalAdministrator, .directoryReaders])
        func begun(_ milliseconds: Int64) throws -> AccessAssignment {
            try assign(admin, of: live, at: Self.now.adding(milliseconds: -milliseconds), processing: 60)
        }
        var deleted = try assign(admin, of: live)
        _ = try deleted.delete(at: Self.now)
        var less = try assign(admin, of: live)
        _ = try less.assign([.directoryReaders], of: live, at: Self.now)
        // What is added counts when it has been carried out.
        var more = try assign([.directoryReaders], of: live, processing: 60)
        _ = try more.assign([.directoryReaders, .globalAdministrator], of: live, at: Self.now)
        let helpdesk = try relationship([.helpdeskAdministrator, .billingAdministrator])
        let two = [
            try assign([.helpdeskAdministrator], of: helpdesk),
            try assign([.billingAdministrator], of: helpdesk, to: "second"),
        ]
        let over = try relationship(admin, days: 30)
        let other = other.as(Partner.self)
        return try [
            at("gdap.assignmentPending", [.init(live, [begun(59_999)])]),
            at("gdap.assignmentActive", [.init(live, [begun(60_000)])]),
            at("gdap.assignmentDeleted", [.init(live, [deleted])]), at("gdap.reassigned", [.init(live, [less])]),
            at("gdap.reassigning", [.init(live, [more])]),
            at(
                "gdap.assignmentElsewhere",
                [
                    .init(live, [assign(admin, of: relationship(admin, number: 23))])
                ]
            ),
            at("gdap.otherCustomer", [whole(relationship(admin, in: ID(Self.number(9))))]),
            at("gdap.otherPartner", [whole(relationship(admin, of: other))]),
            at("gdap.twoGroups", [.init(helpdesk, two)], groups: [Self.group, "second"]),
            at("gdap.overAndLive", [whole(over), whole(relationship([.directoryReaders], number: 22))]),
            at("gdap.tie", tie: tie(-1000, 1000), [whole(relationship(admin))]),
        ]
    }

    private func dap(
        _ roles: [String],
        _ from: Int64 = -1000,
        _ until: Int64 = 1000,
        kind: AccessKind = .dap,
        of partner: ID<Partner>? = nil,
        in customer: ID<Customer> = MatrixWorld.house,
        end: AccessGrant.End = .none
    ) -> AccessGrant? {
        AccessGrant(
            id: ID(Self.number(40)),
            customer: customer,
            partner: partner ?? self.partner,
            kind: kind,
            roles: roles,
            consent: ID(Self.number(41)),
            from: Self.now.adding(milliseconds: from),
            until: Self.now.adding(milliseconds: until),
            end: end
        )
    }

    private func tenantWide() throws -> [Circumstance] {
        let admin = ["adminAgent"]
        let reader = try active(.directoryReaders)
        return [
            at("dap.admin", dap: dap(admin)), at("dap.helpdesk", dap: dap(["helpdeskAgent"])),
            at("dap.both", dap: dap(["adminAgent", "helpdeskAgent"])), at("dap.sales", dap: dap(["salesAgent"])),
            at("dap.named", dap: dap(["licenseAdministrator"])), at("dap.none", dap: dap([])),
            at("dap.begins", dap: dap(admin, 0)), at("dap.before", dap: dap(admin, 1)),
            at("dap.last", dap: dap(admin, -1000, 1)), at("dap.over", dap: dap(admin, -1000, 0)),
            at("dap.revoked", dap: dap(admin, end: .revoked(at: Self.now, by: nil))),
            at("dap.guest", dap: dap(admin, kind: .guest)),
            at("dap.otherCustomer", dap: dap(admin, in: ID(Self.number(9)))),
            at("dap.otherPartner", dap: dap(admin, of: other.as(Partner.self))),
            at("dap.gdap", [reader], dap: dap(admin)), at("dap.outsider", [reader], dap: dap(admin), groups: ["else"]),
            at("dap.tie", tie: tie(-1000, 1000), dap: dap(admin)),
        ]
    }
}
