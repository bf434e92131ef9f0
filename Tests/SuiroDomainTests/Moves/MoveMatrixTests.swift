import FoundationEssentials
import SuiroDomain
import Testing

/// Who is let in to what a move is about: every action, every kind of organization, every role, every part in the move.
@Suite struct MoveMatrixTests {
    /// The part of the caller's tenant; a partner can have one with or without a reseller relationship (OP-11).
    enum Part: String, CaseIterable, Sendable {
        case customer, source, sourceWithoutTie, target, targetWithoutTie, strangerWithTie, stranger

        var hasTie: Bool { [.source, .target, .strangerWithTie].contains(self) }
        var isParty: Bool { [.source, .sourceWithoutTie, .target, .targetWithoutTie].contains(self) }
    }

    static let actions: [Action] = [
        .previewMove, .requestMove, .readMove, .listMoves, .decideMove, .doMoveStep, .withdrawMove, .readLeftovers,
        .resolveLeftover,
    ]

    /// Who may, from domain sections 1.2 and 1.3 and TR-04: `y` where the role is enough. What else a partner needs
    /// is in the last column: a relationship with the customer, a part in the move, or only its own house.
    private static let partners = Grid(
        """
        action           adminAgent salesAgent helpdeskAgent globalAdmin billingAdmin user app policyOwner auditor operator needs
        previewMove      y          y          -             y           -            -    y   -           -       -        tie
        requestMove      y          y          -             y           -            -    y   -           -       -        tie
        readMove         y          y          y             y           y            -    y   -           -       -        part
        listMoves        y          y          y             y           y            -    y   -           -       -        home
        decideMove       y          -          -             y           -            -    y   -           -       -        part
        doMoveStep       y          y          -             y           -            -    y   -           -       -        part
        withdrawMove     y          y          -             y           -            -    y   -           -       -        part
        readLeftovers    y          y          y             y           y            -    y   -           -       -        part
        resolveLeftover  -          -          -             -           -            -    -   -           -       -        part
        """
    )

    private static let customers = Grid(
        """
        action           adminAgent salesAgent helpdeskAgent globalAdmin billingAdmin user app policyOwner auditor operator
        previewMove      -          -          -             y           y            -    -   -           -       -
        requestMove      -          -          -             y           y            -    -   -           -       -
        readMove         -          -          -             y           y            -    -   -           -       -
        listMoves        -          -          -             y           y            -    -   -           -       -
        decideMove       -          -          -             y           -            -    -   -           -       -
        doMoveStep       -          -          -             y           -            -    -   -           -       -
        withdrawMove     -          -          -             y           -            -    -   -           -       -
        readLeftovers    -          -          -             y           y            -    -   -           -       -
        resolveLeftover  -          -          -             y           -            -    -   -           -       -
        """
    )

    @Test func `the tables have a line for every action of moves`() {
        let about = Action.allCases.filter { $0.rawValue.contains("Move") || $0.rawValue.contains("eftover") }
        #expect(Set(about) == Set(Self.actions))
        #expect(Self.partners.rows == Set(Self.actions.map(\.rawValue)))
        #expect(Self.customers.rows == Set(Self.actions.map(\.rawValue)))
    }

    @Test(arguments: actions, OrganizationKind.allCases)
    func `every role in every part of a move is let in or sent away as the tables say`(
        action: Action,
        kind: OrganizationKind
    ) throws {
        var wrong: [String] = []
        for role in Role.allCases {
            for part in Part.allCases {
                for isInside in [true, false] {
                    let found = try found(action, kind, role, part, isInside: isInside)
                    let expected = try expected(action, kind, role, part, isInside: isInside)
                    if found != expected {
                        wrong.append("\(role) \(part)\(isInside ? "" : " elsewhere"): \(found), not \(expected)")
                    }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    private static let outsider: ID<Tenant> = Sample.id(51)

    private func home(_ part: Part) -> ID<Tenant> {
        switch part {
        case .customer: Sample.customer.as(Tenant.self)
        case .source, .sourceWithoutTie: Sample.otherPartner.as(Tenant.self)
        case .target, .targetWithoutTie: Sample.partner.as(Tenant.self)
        case .strangerWithTie, .stranger: Sample.id(50)
        }
    }

    /// Where it is done: in the customer's house, or, for lists, at home; and elsewhere, where nobody has anything to
    /// say.
    private func scope(_ action: Action, _ home: ID<Tenant>, isInside: Bool) -> Scope {
        guard action == .listMoves else {
            return .customer(isInside ? Sample.customer : Self.outsider.as(Customer.self))
        }
        return .tenant(isInside ? home : Self.outsider)
    }

    private func found(
        _ action: Action,
        _ kind: OrganizationKind,
        _ role: Role,
        _ part: Part,
        isInside: Bool
    ) throws -> String {
        let home = home(part)
        let intent = Intent(
            .person(Sample.id(40), of: home, token: Sample.id(41)),
            action,
            in: scope(action, home, isInside: isInside),
            at: try Sample.instant("2017-06-09"),
            correlation: UUID()
        )
        let principal = Principal(
            person: Sample.id(40),
            personName: "Hanako Sato",
            tenant: home,
            tenantName: "Home",
            kind: kind,
            standing: .good,
            roles: [role]
        )
        let facts = Facts(
            principal: principal,
            hasTie: isInside && kind.isPartner && part.hasTie,
            isPartyOfMove: isInside && kind.isPartner && part.isParty
        )
        return try refusal { try Gate.admit(intent, knowing: facts) }?.reason.rawValue ?? "in"
    }

    /// Who is not let in learns whether it is a stranger there, and no more.
    private func expected(
        _ action: Action,
        _ kind: OrganizationKind,
        _ role: Role,
        _ part: Part,
        isInside: Bool
    ) throws -> String {
        let denied = Reason.accessDenied.rawValue
        switch kind {
        case .vendor: return denied
        case .customer:
            let mayThere = try Self.customers.cell(action.rawValue, role.rawValue) == "y"
            // A customer has its own house and no other; a list is always its own.
            return mayThere && isInside && (part == .customer || action == .listMoves) ? "in" : denied
        case .direct, .indirectProvider, .indirectReseller, .advisor:
            let may = try Self.partners.cell(action.rawValue, role.rawValue) == "y"
            let hasNeed =
                switch try Self.partners.cell(action.rawValue, "needs") {
                case "tie": part.hasTie
                case "part": part.isParty
                default: true
                }
            if may, hasNeed, isInside { return "in" }
            guard action != .listMoves else { return denied }
            return isInside && part.hasTie ? denied : Reason.noRelationship.rawValue
        }
    }
}
