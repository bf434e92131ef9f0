import SuiroDomain
import Testing

/// Asking for, holding and ending a relationship: the rules of 2017 that the domain decides.
@Suite struct RelationshipRuleTests {
    private func wish(
        _ customer: Organization? = nil,
        delegatedAdmin: Bool? = nil,
        roles: [AdminRole] = [],
        days: Int? = nil,
        reseller: Bool = true
    ) -> RelationshipWish {
        RelationshipWish(
            customerDomain: "hoshino.example",
            customer: customer,
            recipientName: nil,
            recipientMail: nil,
            language: .ja,
            reseller: reseller,
            delegatedAdmin: delegatedAdmin,
            roles: roles,
            days: days
        )
    }

    private func settle(
        _ wish: RelationshipWish,
        as role: Role = .adminAgent,
        standing: Standing = .good,
        _ rules: Deliberation
    ) throws -> (scope: RequestedScope, expires: Instant) {
        var rules = rules
        return try wish.settle(for: Sample.organization(.direct, standing: standing), by: [role], &rules)
    }

    @Test(arguments: Cloud.allCases, Family.allCases)
    func `REL-01 to manage a service the partner needs the customer's permission`(cloud: Cloud, family: Family) throws {
        let situation = Sample.situation(try Sample.subscription(family, .direct))
        var rules = try Sample.rules(in: cloud)
        #expect(try refusal { try situation.require(.manage, &rules) }?.reason == .permissionRequired)
    }

    @Test func `REL-04 a link that names only the partner may serve every customer in 2017`() throws {
        var rules = try Sample.rules()
        #expect(try rules.decide(.linkReusable).value)
    }

    @Test(arguments: Cloud.allCases)
    func `REL-05 the sources name no end of a request, so ours is marked as inferred`(cloud: Cloud) throws {
        let rules = try Sample.rules(on: "2017-06-09", in: cloud)
        #expect(try settle(wish(), rules).expires.day == "2017-09-07")
        let row = try #require(Sample.book().rows.first { $0.key == "relationship.link.expiryDays" })
        #expect(row.confidence == .inferred)
        #expect(row.rules.contains("REL-05"))
    }

    @Test func `REL-08 the customer's global administrator decides`() throws {
        var rules = try Sample.rules()
        let acceptor = try rules.decide(.acceptor)
        #expect(Role(rawValue: acceptor.value) == .globalAdmin)
        #expect(acceptor.rule == "REL-08")
        let refused = Refusal.deciderRole(required: .globalAdmin)
        #expect(refused.reason == .globalAdminRequired)
        #expect(refused.next.map(\.action) == [.forwardToGlobalAdmin])
    }

    @Test(arguments: Cloud.allCases)
    func `REL-09 delegated administration comes with the relationship and cannot be left out`(cloud: Cloud) throws {
        let rules = try Sample.rules(in: cloud)
        #expect(try settle(wish(), rules).scope.delegatedAdmin)
        let refused = try refusal { try settle(wish(delegatedAdmin: false), rules) }
        #expect(refused == .delegatedAdminNotSeparable(row: PolicyRow.ID(rawValue: "request-without-admin")))
    }

    @Test func `REL-09 without named roles the two agent groups are asked for, for half a year`() throws {
        let scope = try settle(wish(), Sample.rules()).scope
        #expect(scope.roles == ["adminAgent", "helpdeskAgent"])
        #expect(scope.days == 180)
    }

    @Test(arguments: [(1, true), (730, true), (0, false), (731, false), (-1, false)])
    func `nothing is granted without an end`(days: Int, accepted: Bool) throws {
        let refused = try refusal { try settle(wish(days: days), Sample.rules()) }
        let fault = InputFault(field: "scope.days", code: .outOfRange, value: "\(days)")
        #expect(refused == (accepted ? nil : .invalid([fault])))
    }

    @Test func `REL-12 the pages of 2017 know no border`() throws {
        let abroad = try Sample.organization(.customer, country: "DE")
        #expect(try refusal { try settle(wish(abroad), Sample.rules()) } == nil)
    }

    @Test func `REL-14 the request serves multi-channel, multi-partner and getting rights back`() throws {
        for channel in [Channel.open, .csp] {
            let situation = Sample.situation(try Sample.subscription(.license, channel))
            #expect(try situation.answer(.requestPermission, Sample.rules()).verdict == .allowed)
        }
    }

    @Test(arguments: [Channel.direct, .advisor, .open, .ea, .thirdParty, .csp])
    func `REL-15 permission brings no seats, no changes and no bill`(channel: Channel) throws {
        let subscription = try Sample.subscription(.license, channel)
        let answers = try Sample.situation(subscription, grant: Sample.grant()).answers(Sample.rules())
        for action in [SubscriptionAction.changeQuantity, .suspend, .cancel] {
            #expect(answers[action]?.verdict == .refused)
            #expect(answers[action]?.rule == "REL-15")
        }
        #expect(subscription.billOwner == subscription.seller)
    }

    @Test(arguments: [(true, ["exchange"], true), (false, ["exchange"], false), (true, ["sharepoint"], false)])
    func `REL-16 one partner that transacts in the program per service`(
        isCSP: Bool,
        services: [String],
        inTheWay: Bool
    ) throws {
        var rules = try Sample.rules()
        let request = try Sample.request(state: .sent(at: Sample.instant("2017-06-01")), services: ["exchange"])
        let rival = Rival(partner: Sample.otherPartner, name: "Hokusei", isCSP: isCSP, services: services)
        let refused = try refusal { try request.checkExclusivity(against: [rival], &rules) }
        let row = PolicyRow.ID(rawValue: "admin-exclusivity")
        #expect(refused == (inTheWay ? .adminExclusivity(holder: "Hokusei", row: row) : nil))
    }

    @Test func `REL-16 a partner is not in its own way, and one that only supports is in nobody's`() throws {
        var rules = try Sample.rules()
        let same = Rival(partner: Sample.partner, name: "Aozora", isCSP: true, services: ["exchange"])
        let other = Rival(partner: Sample.otherPartner, name: "Hokusei", isCSP: true, services: ["exchange"])
        let at = try Sample.instant("2017-06-01")
        try Sample.request(state: .sent(at: at), services: ["exchange"]).checkExclusivity(against: [same], &rules)
        try Sample.request(state: .sent(at: at)).checkExclusivity(against: [other], &rules)
    }

    @Test func `REL-20 what was revoked is given back by asking again`() throws {
        let license = try Sample.subscription(.license, .open)
        let held = try Sample.situation(license, grant: Sample.grant()).answer(.requestPermission, Sample.rules())
        #expect(held.reason == .alreadyGranted)
        #expect(held.arguments["until"] == .day(try Sample.instant("2017-09-01")))
        #expect(try Sample.situation(license).answer(.requestPermission, Sample.rules()).verdict == .allowed)
    }

    @Test func `REL-29 a new beginning is a new request`() throws {
        let at = try Sample.instant("2017-06-09")
        for ending in RelationshipRequest.Ending.allCases {
            var request = try Sample.request(state: .closed(ending, at: at))
            #expect(try refusal { try request.accept(for: Sample.customer, at: at) } == .invitationClosed(ending))
        }
        #expect(Refusal.invitationClosed(.accepted).next.map(\.action) == [.requestPermission])
    }

    @Test func `REL-30 a suspended partner asks for nothing new`() throws {
        #expect(try refusal { try settle(wish(), standing: .suspended, Sample.rules()) } == .partnerSuspended)
        #expect(try refusal { try settle(wish(), standing: .overdue, Sample.rules()) } == nil)
        let license = try Sample.subscription(.license, .open)
        let suspended = Sample.situation(license, by: Sample.asker(.direct, .suspended))
        #expect(try suspended.answer(.requestPermission, Sample.rules()).reason == .partnerSuspended)
        var rules = try Sample.rules()
        let order = try refusal {
            try Ordering.checkSeller(Sample.asker(.direct, .suspended), activeSubscriptions: 0, adding: 1, &rules)
        }
        #expect(order == .partnerSuspended)
    }

    @Test func `REL-30 it serves on with what it was granted before`() throws {
        let license = try Sample.subscription(.license, .open)
        let suspended = Sample.situation(license, by: Sample.asker(.direct, .suspended), grant: try Sample.grant())
        let answers = try suspended.answers(Sample.rules())
        #expect(answers[.manage]?.verdict == .allowed)
        #expect(answers[.support]?.verdict == .allowed)
    }

    @Test(arguments: Role.allCases)
    func `SM-1 admin agents and sales agents ask`(role: Role) throws {
        let refused = try refusal { try settle(wish(), as: role, Sample.rules()) }
        #expect((refused == nil) == (role == .adminAgent || role == .salesAgent))
        if let refused {
            #expect(refused.reason == .requestorNotAllowed)
            #expect(refused.rule == "SM-1")
        }
    }

    @Test(arguments: [OrganizationKind.direct, .indirectProvider, .indirectReseller])
    func `S-26 no partner of the program becomes another's customer`(kind: OrganizationKind) throws {
        let refused = try refusal { try settle(wish(Sample.organization(kind)), Sample.rules()) }
        #expect(refused?.reason == .resaleForbidden)
        let separate = try Sample.organization(kind, tenantType: .customer)
        #expect(try refusal { try settle(wish(separate), Sample.rules()) } == nil)
    }

    @Test func `X-02 where multi-channel support is not available nothing can be asked for`() throws {
        let rules = try Sample.rules(
            on: "2018-12-01",
            in: .germany,
            from: Sample.book(publishing: "2026", on: "2018-01-01")
        )
        #expect(try refusal { try settle(wish(), rules) }?.reason == .multichannelNotAvailable)
    }
}
