import SuiroDomain
import Testing

/// Who may end a relationship, and what stands in the way (REL-18, REL-22 … REL-24).
@Suite struct RelationshipEndTests {
    private static let partnerRoles: Set<Role> = [.adminAgent, .globalAdmin, .app]

    @Test(arguments: Role.allCases)
    func `REL-18 the customer's global administrator ends anybody's access`(role: Role) throws {
        let admitted = try Doorway.admits(.endAccess, .customer, role, in: .customer(Sample.customer))
        #expect(admitted == (role == .globalAdmin))
        var grant = try Sample.grant()
        _ = try grant.revoke(by: Sample.id(40), at: Sample.instant("2017-06-09"))
        #expect(grant.isLive(at: try Sample.instant("2017-06-09")) == false)
    }

    @Test(arguments: Role.allCases)
    func `REL-22 only the partner's side removes the reseller relationship`(role: Role) throws {
        let scope = Scope.customer(Sample.customer)
        #expect(try Doorway.admits(.removeRelationship, .customer, role, in: scope) == false)
        #expect(try Doorway.admits(.removeRelationship, .direct, role, in: scope) == Self.partnerRoles.contains(role))
        #expect(try Doorway.admits(.removeRelationship, .direct, role, in: scope, hasTie: false) == false)
    }

    @Test(arguments: SubscriptionStatus.allCases)
    func `REL-23 an active subscription keeps the relationship, any other state does not`(
        status: SubscriptionStatus
    ) throws {
        var rules = try Sample.rules()
        let own = try Sample.subscription(.license, .csp, soldByAsker: true, status: status)
        let refused = try refusal { try Removal.check(by: Sample.asker(), active: [own], &rules) }
        let row = PolicyRow.ID(rawValue: "removal-blockers")
        #expect(refused == (status == .active ? .removalBlocked(subscriptions: [own.name], row: row) : nil))
    }

    @Test func `REL-23 what others sold does not keep it, and neither does a term that has ended`() throws {
        var rules = try Sample.rules()
        let theirs = try Sample.subscription(.license, .open)
        let ended = try Sample.term("2016-06-01", "2017-06-01")
        let over = try Sample.subscription(.license, .csp, soldByAsker: true, term: ended)
        try Removal.check(by: Sample.asker(), active: [theirs, over], &rules)
    }

    @Test(arguments: Cloud.allCases, OrganizationKind.allCases)
    func `REL-24 in 2017 a direct partner removes it, since 2020 an indirect provider too`(
        cloud: Cloud,
        kind: OrganizationKind
    ) throws {
        let book = try Sample.book(publishing: "2026", on: "2018-01-01")
        for (day, removers) in [
            ("2017-06-09", [OrganizationKind.direct]), ("2019-12-31T23:59:59.999Z", [.direct]),
            ("2020-01-01", [.direct, .indirectProvider]),
        ] {
            var rules = try Sample.rules(on: day, in: cloud, from: book)
            let refused = try refusal { try Removal.check(by: Sample.asker(kind), active: [], &rules) }
            #expect((refused == nil) == removers.contains(kind))
            #expect([nil, .removerNotAllowed].contains(refused?.reason))
        }
    }
}
