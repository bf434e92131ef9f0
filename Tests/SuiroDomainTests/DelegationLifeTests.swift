import SuiroDomain
import Testing

/// A relationship from its draft to its end, on both sides of every instant (SM-4).
@Suite struct DelegationLifeTests {
    private let start = Instant("2017-06-09T00:00:00Z") ?? .earliest
    private let consent: ID<Consent> = Sample.id(50)

    private func made(
        _ duration: String = "P30D",
        _ roles: [DirectoryRole] = [.helpdeskAdministrator, .globalReader],
        extends days: Int? = nil,
        for customer: ID<Customer>? = Sample.customer
    ) throws -> DelegatedAdminRelationship {
        DelegatedAdminRelationship(
            id: Sample.id(40),
            partner: Sample.partner,
            draft: DelegationDraft(
                customer: customer,
                displayName: "Helpdesk",
                duration: try #require(GrantDuration(duration)),
                roles: roles,
                autoExtendDays: days
            ),
            createdBy: nil,
            createdAt: start
        )
    }

    private func active(
        _ duration: String = "P30D",
        _ roles: [DirectoryRole] = [.helpdeskAdministrator, .globalReader],
        extends days: Int? = nil,
        processing: Int = 0
    ) throws -> DelegatedAdminRelationship {
        var made = try made(duration, roles, extends: days)
        _ = try made.lock(until: start.adding(days: 90), at: start)
        _ = try made.approve(for: Sample.customer, by: consent, processing: processing, at: start)
        return made
    }

    private func group(
        _ relationship: DelegatedAdminRelationship,
        _ roles: [DirectoryRole],
        group: String = "helpers",
        processing: Int = 0
    ) throws -> AccessAssignment {
        try AccessAssignment(
            id: Sample.id(60),
            of: relationship,
            group: group,
            roles: roles,
            processing: processing,
            at: start
        )
    }

    private func reason(_ body: () throws -> Void) -> Reason? {
        do {
            try body()
            return nil
        } catch { return (error as? Refusal)?.reason }
    }

    @Test func `GD-02 a draft may be written anew, and what was sent may not`() throws {
        var made = try made()
        var other = made.draft
        other.displayName = "Mail"
        _ = try made.rewrite(other, at: start)
        #expect(made.displayName == "Mail" && made.revision == 2)
        _ = try made.lock(until: start.adding(days: 90), at: start)
        #expect(reason { _ = try made.rewrite(other, at: start) } == .delegationState)
        #expect(try made.lock(until: start.adding(days: 95), at: start) == nil, "sending twice is sending once")
    }

    @Test func `GD-05 a request is open until the millisecond its days are over`() throws {
        var made = try made()
        let until = start.adding(days: 90)
        _ = try made.lock(until: until, at: start)
        #expect(made.status(at: until.adding(milliseconds: -1)) == .approvalPending)
        #expect(made.status(at: until) == .expired)
        #expect(
            reason { _ = try made.approve(for: Sample.customer, by: consent, processing: 0, at: until) }
                == .delegationState
        )
        let (events, _) = made.announce(remindingAt: [30], at: until)
        #expect(events == [.delegation(.delegationUnanswered, made.id)])
        #expect(made.announce(remindingAt: [30], at: until).events.isEmpty, "it is told once")
    }

    @Test func `GD-06 a link is for one customer and is used once`() throws {
        var made = try made(for: nil)
        _ = try made.lock(until: start.adding(days: 90), at: start)
        _ = try made.approve(for: Sample.customer, by: consent, processing: 0, at: start)
        #expect(made.customer == Sample.customer)
        #expect(
            reason { _ = try made.approve(for: Sample.id(9), by: consent, processing: 0, at: start) } == .wrongTenant
        )
        #expect(
            reason { _ = try made.approve(for: Sample.customer, by: consent, processing: 0, at: start) }
                == .delegationState
        )
    }

    @Test func `GD-08 approval alone gives nothing, and only what was approved can be assigned`() throws {
        let relationship = try active()
        let nobody = EffectiveAccess(granted: [.init(relationship, [])], delegated: nil, standing: .good)
        #expect(nobody.rolesByGroup(at: start).isEmpty)
        let assigned = try group(relationship, [.globalReader])
        #expect(assigned.roles(under: relationship, at: start) == [.globalReader])
        #expect(reason { _ = try group(relationship, [.exchangeAdministrator]) } == .rolesNotApproved)
    }

    @Test func `GD-09 what is being carried out is seen, and gives nothing before it is done`() throws {
        let relationship = try active(processing: 300)
        #expect(relationship.status(at: start) == .approved)
        #expect(relationship.status(at: start.adding(seconds: 150)) == .activating)
        #expect(!relationship.isLive(at: start.adding(seconds: 299)))
        #expect(relationship.status(at: start.adding(seconds: 300)) == .active)
        let end = try #require(relationship.end(at: start))
        #expect(end == start.adding(seconds: 300).adding(days: 30))
        #expect(!relationship.isLive(at: end))
        #expect(relationship.status(at: end) == .expiring)
        #expect(relationship.status(at: end.adding(seconds: 300)) == .expired)
    }

    @Test func `GD-10 it ends the millisecond its time is over, with all its roles`() throws {
        let relationship = try active("P30D")
        let end = start.adding(days: 30)
        let assigned = try group(relationship, [.globalReader, .helpdeskAdministrator])
        #expect(relationship.status(at: end.adding(milliseconds: -1)) == .active)
        #expect(assigned.roles(under: relationship, at: end.adding(milliseconds: -1)).count == 2)
        #expect(relationship.status(at: end) == .expired)
        #expect(assigned.roles(under: relationship, at: end).isEmpty)
    }

    @Test func `GD-11 an extended relationship goes on by 180 days again and again until that is turned off`() throws {
        var relationship = try active("P30D", extends: 180)
        let end = start.adding(days: 30)
        #expect(relationship.end(at: end.adding(milliseconds: -1)) == end)
        #expect(relationship.end(at: end) == end.adding(days: 180))
        #expect(relationship.isLive(at: end.adding(days: 180 * 3 - 1)))
        #expect(relationship.end(at: end.adding(days: 180 * 3)) == end.adding(days: 180 * 4))
        let later = end.adding(days: 200)
        _ = try relationship.setAutoExtend(nil, at: later)
        #expect(relationship.end(at: end.adding(days: 1000)) == end.adding(days: 360))
        #expect(relationship.status(at: end.adding(days: 360)) == .expired)
        #expect(reason { _ = try relationship.setAutoExtend(180, at: end.adding(days: 360)) } == .delegationState)
    }

    @Test func `GD-12 both sides are reminded once of each day, and not where it goes on by itself`() throws {
        var relationship = try active("P60D")
        let end = start.adding(days: 60)
        #expect(relationship.announce(remindingAt: [30, 7, 1, 0], at: end.adding(days: -31)).reminder == nil)
        #expect(relationship.announce(remindingAt: [30, 7, 1, 0], at: end.adding(days: -30)).reminder?.days == 30)
        #expect(relationship.announce(remindingAt: [30, 7, 1, 0], at: end.adding(days: -20)).reminder == nil)
        #expect(
            relationship.nextAttention(remindingAt: [30, 7, 1, 0], after: end.adding(days: -20)) == end.adding(days: -7)
        )
        #expect(relationship.announce(remindingAt: [30, 7, 1, 0], at: end.adding(days: -1)).reminder?.days == 1)
        let last = relationship.announce(remindingAt: [30, 7, 1, 0], at: end)
        #expect(last.events == [.delegation(.delegationExpired, relationship.id)] && last.reminder == nil)
        var extended = try active("P60D", extends: 180)
        #expect(extended.announce(remindingAt: [30, 7, 1, 0], at: end.adding(days: -1)).reminder == nil)
        #expect(extended.announce(remindingAt: [30], at: end).events == [.delegation(.delegationExtended, extended.id)])
    }

    @Test func `GD-14 terminating takes effect at once, and once`() throws {
        var relationship = try active(processing: 300)
        let now = start.adding(days: 2)
        let ending = DelegatedAdminRelationship.Termination(at: now, by: nil, side: Sample.partner.as(Tenant.self))
        _ = try relationship.terminate(ending)
        #expect(!relationship.isLive(at: now))
        #expect(relationship.status(at: now) == .terminationRequested)
        #expect(relationship.status(at: now.adding(seconds: 150)) == .terminating)
        #expect(relationship.status(at: now.adding(seconds: 300)) == .terminated)
        #expect(reason { _ = try relationship.terminate(ending) } == .delegationState)
    }

    @Test func `GD-15 what has ended is shown for a year, and what was not answered for 90 days more`() throws {
        let ended = try active("P30D")
        let end = start.adding(days: 30)
        var unanswered = try made()
        _ = try unanswered.lock(until: start.adding(days: 90), at: start)
        func shown(_ relationship: DelegatedAdminRelationship, _ now: Instant) throws -> Bool {
            var rules = Deliberation(book: try Sample.book(), at: now, cloud: .public)
            return try Delegation.isShown(relationship, &rules)
        }
        #expect(try shown(ended, end.adding(days: 365).adding(milliseconds: -1)))
        #expect(try !shown(ended, end.adding(days: 365)))
        #expect(try shown(unanswered, start.adding(days: 180).adding(milliseconds: -1)))
        #expect(try !shown(unanswered, start.adding(days: 180)))
    }

    @Test func `GD-16 granular roles win over tenant-wide ones for those who have them`() throws {
        let relationship = try active()
        let assigned = try group(relationship, [.globalReader])
        let dap = try #require(
            AccessGrant(
                id: Sample.id(70),
                customer: Sample.customer,
                partner: Sample.partner,
                kind: .dap,
                roles: ["adminAgent"],
                consent: consent,
                from: start,
                until: start.adding(days: 100)
            )
        )
        let both = EffectiveAccess(granted: [.init(relationship, [assigned])], delegated: dap, standing: .good)
        #expect(both.outcome(forMemberOf: ["helpers"], isAgent: true, at: start) == .granular([.globalReader]))
        #expect(both.outcome(forMemberOf: [], isAgent: true, at: start) == .delegated(["adminAgent"]))
        #expect(both.outcome(forMemberOf: [], isAgent: false, at: start) == .none)
        let alone = EffectiveAccess(granted: both.granted, delegated: nil, standing: .good)
        #expect(alone.outcome(forMemberOf: [], isAgent: true, at: start) == .none)
        let resting = EffectiveAccess(granted: both.granted, delegated: dap, standing: .suspended)
        #expect(resting.outcome(forMemberOf: ["helpers"], isAgent: true, at: start) == .none)
        // When the granular roles have run out, what else was granted counts again.
        #expect(
            both.outcome(forMemberOf: ["helpers"], isAgent: true, at: start.adding(days: 30))
                == .delegated(["adminAgent"])
        )
    }

    @Test func `GD-17 a loss names the groups, what they keep, and whether it is the last way in`() throws {
        let relationship = try active()
        let helpers = try group(relationship, [.globalReader, .helpdeskAdministrator])
        let before = EffectiveAccess(granted: [.init(relationship, [helpers])], delegated: nil, standing: .good)
        let after = EffectiveAccess(granted: [], delegated: nil, standing: .good)
        let loss = before.loss(comparedTo: after, otherPaths: false, guarded: ["Azure"], at: start)
        #expect(loss.groups.map(\.loses) == [[.globalReader, .helpdeskAdministrator]])
        #expect(loss.isLastPath && loss.unattended == ["Azure"])
        let other = before.loss(comparedTo: after, otherPaths: true, guarded: ["Azure"], at: start)
        #expect(!other.isLastPath && other.unattended.isEmpty)
        #expect(before.loss(comparedTo: before, otherPaths: false, guarded: [], at: start).groups.isEmpty)
    }

    @Test func `SM-4b what is taken from a group is gone at once, and what is added counts when it is done`() throws {
        let relationship = try active()
        var assigned = try group(relationship, [.globalReader], processing: 10)
        #expect(assigned.status(at: start) == .pending)
        #expect(assigned.roles(under: relationship, at: start.adding(seconds: 10)) == [.globalReader])
        let later = start.adding(seconds: 20)
        _ = try assigned.assign([.helpdeskAdministrator], of: relationship, at: later)
        #expect(assigned.roles(under: relationship, at: later).isEmpty)
        #expect(assigned.roles(under: relationship, at: later.adding(seconds: 10)) == [.helpdeskAdministrator])
        #expect(try assigned.assign([.helpdeskAdministrator], of: relationship, at: later) == nil)
        _ = try assigned.delete(at: later)
        #expect(assigned.status(at: later) == .deleting && assigned.roles(under: relationship, at: later).isEmpty)
        #expect(assigned.status(at: later.adding(seconds: 10)) == .deleted)
    }
}
