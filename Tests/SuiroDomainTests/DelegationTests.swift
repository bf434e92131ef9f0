import SuiroDomain
import Testing

/// Granular delegated administration: what may be asked for, and what follows from an approval (SM-4).
@Suite struct DelegationTests {
    private static let day = "2017-06-09"

    private func rules(_ day: String = day, from book: PolicyBook? = nil) throws -> Deliberation {
        try Sample.rules(on: day, from: book)
    }

    private func draft(
        _ duration: String = "P730D",
        _ roles: [DirectoryRole] = [.helpdeskAdministrator, .globalReader],
        name: String = "Helpdesk",
        extends days: Int? = nil
    ) throws -> DelegationDraft {
        DelegationDraft(
            customer: Sample.customer,
            displayName: name,
            duration: try #require(GrantDuration(duration)),
            roles: roles,
            autoExtendDays: days
        )
    }

    private func refusal(
        _ draft: DelegationDraft,
        _ kind: OrganizationKind = .direct,
        standing: Standing = .good,
        by roles: Set<Role> = [.adminAgent]
    ) throws -> Refusal? {
        var rules = try rules()
        let partner = try Sample.organization(kind, standing: standing)
        do {
            try draft.check(for: partner, by: roles, &rules)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [OrganizationKind.direct, .indirectProvider, .indirectReseller])
    func `GD-01 an admin agent of a transacting partner may ask`(kind: OrganizationKind) throws {
        #expect(try refusal(draft(), kind) == nil)
        for role in [Role.salesAgent, .helpdeskAgent, .billingAdmin] {
            #expect(try refusal(draft(), kind, by: [role])?.reason == .requestorNotAllowed)
        }
    }

    @Test func `GD-01 an advisor and a suspended partner may not ask`() throws {
        #expect(try refusal(draft(), .advisor)?.reason == .delegationNotAvailable)
        #expect(try refusal(draft(), standing: .suspended) == .partnerSuspended)
    }

    @Test func `GD-03 a name of fifty characters is short enough, and one of fifty-one is not`() throws {
        #expect(try refusal(draft(name: String(repeating: "あ", count: 50))) == nil)
        #expect(try refusal(draft(name: String(repeating: "a", count: 51)))?.reason == .delegationNameTooLong)
    }

    @Test(arguments: ["P1D", "P730D", "P2Y", "P1Y365D", "P24M", "P104W"])
    func `GD-04 one day to two years may be asked for`(duration: String) throws {
        #expect(try refusal(draft(duration)) == nil)
    }

    @Test(arguments: ["P0D", "PT23H", "P731D", "P2Y1D", "P3Y", "P1DT1H"])
    func `GD-04 less than a day, more than two years or a part of a day may not`(duration: String) throws {
        #expect(try refusal(draft(duration))?.reason == .delegationDuration)
    }

    @Test func `GD-11 extension is by 180 days or not at all, and never with the global administrator`() throws {
        #expect(try refusal(draft(extends: 180)) == nil)
        #expect(try refusal(draft(extends: 90))?.reason == .autoExtendDays)
        #expect(try refusal(draft("P1D", [.globalAdministrator])) == nil)
        let role = try refusal(draft("P1D", [.globalReader, .globalAdministrator], extends: 180))
        #expect(role?.reason == .autoExtendRole)
    }

    @Test func `GD-21 only built-in roles have a definition, and each has its own`() {
        #expect(Set(DirectoryRole.allCases.map(\.definition)).count == DirectoryRole.allCases.count)
        for role in DirectoryRole.allCases {
            #expect(DirectoryRole(definition: role.definition.uppercased()) == role)
        }
        #expect(DirectoryRole(definition: "00000000-0000-4000-8000-000000000000") == nil)
    }

    @Test func `GD-29 a suspended account ends relationships under today's rules, and did not before`() throws {
        var old = try rules()
        #expect(try !old.decide(.delegationEndsOnSuspension).value)
        var now = try rules("2026-06-01", from: Sample.book(publishing: "2026", on: "2026-01-01"))
        #expect(try now.decide(.delegationEndsOnSuspension).value)
    }
}
