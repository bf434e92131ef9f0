import FoundationEssentials
import SuiroDomain

/// People at the gate.
enum Doorway {
    static func intent(_ action: Action, _ kind: OrganizationKind, in scope: Scope) throws -> Intent {
        Intent(
            .person(Sample.id(40), of: home(kind), token: Sample.id(41)),
            action,
            in: scope,
            at: try Sample.instant("2017-06-09"),
            correlation: UUID()
        )
    }

    static func facts(_ kind: OrganizationKind, _ roles: Set<Role>, hasTie: Bool) -> Facts {
        Facts(
            principal: Principal(
                person: Sample.id(40),
                personName: "Hanako Sato",
                tenant: home(kind),
                tenantName: "Home",
                kind: kind,
                standing: .good,
                roles: roles
            ),
            hasTie: hasTie
        )
    }

    static func admits(
        _ action: Action,
        _ kind: OrganizationKind,
        _ role: Role,
        in scope: Scope,
        hasTie: Bool = true
    ) throws -> Bool {
        let intent = try intent(action, kind, in: scope)
        return try refusal { try Gate.admit(intent, knowing: facts(kind, [role], hasTie: hasTie)) } == nil
    }

    private static func home(_ kind: OrganizationKind) -> ID<Tenant> {
        switch kind {
        case .customer: Sample.customer.as(Tenant.self)
        case .direct, .indirectProvider, .indirectReseller, .advisor: Sample.partner.as(Tenant.self)
        case .vendor: Sample.id(50)
        }
    }
}
