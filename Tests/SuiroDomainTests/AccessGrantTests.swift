import SuiroDomain
import Testing

/// A grant from its beginning to its end.
@Suite struct AccessGrantTests {
    private static let from = Instant("2017-06-01") ?? .earliest
    private static let until = Instant("2017-09-01") ?? .earliest
    private static let inside = Instant("2017-07-01") ?? .earliest

    @Test(arguments: AccessKind.allCases)
    func `it is live from its first millisecond to the one before its end`(kind: AccessKind) throws {
        let grant = try Sample.grant(kind)
        #expect(!grant.isLive(at: Self.from.adding(milliseconds: -1)))
        #expect(grant.isLive(at: Self.from))
        #expect(grant.isLive(at: Self.until.adding(milliseconds: -1)))
        #expect(!grant.isLive(at: Self.until))
    }

    @Test func `one that would end before it begins does not exist`() {
        for until in [Self.from, Self.from.adding(milliseconds: -1)] {
            let grant = AccessGrant(
                id: Sample.id(1),
                customer: Sample.customer,
                partner: Sample.partner,
                kind: .dap,
                roles: [],
                consent: Sample.id(2),
                from: Self.from,
                until: until
            )
            #expect(grant == nil)
        }
    }

    @Test func `revoking ends it at once and names who did it`() throws {
        var grant = try Sample.grant()
        let event = try grant.revoke(by: Sample.id(40), at: Self.inside)
        #expect(event == .accessEnded(grant.id, kind: .dap, partner: Sample.partner, customer: Sample.customer))
        #expect(grant.end == .revoked(at: Self.inside, by: Sample.id(40)))
        #expect(!grant.isLive(at: Self.inside))
        #expect(grant.revision == 2)
    }

    @Test(arguments: [from.adding(milliseconds: -1), until])
    func `what is not live cannot be revoked`(at: Instant) throws {
        var grant = try Sample.grant()
        #expect(throws: Refusal.accessEnded) { try grant.revoke(by: nil, at: at) }
        #expect(grant.end == .none)
    }

    @Test func `what has ended does not end again`() throws {
        var revoked = try Sample.grant()
        _ = try revoked.revoke(by: nil, at: Self.inside)
        #expect(throws: Refusal.accessEnded) { try revoked.revoke(by: nil, at: Self.inside) }
        var replaced = try Sample.grant()
        replaced.replace(at: Self.inside)
        #expect(!replaced.isLive(at: Self.inside))
        #expect(throws: Refusal.accessEnded) { try replaced.revoke(by: nil, at: Self.inside) }
    }

    @Test(arguments: AdminRole.allCases)
    func `a role is read in any common spelling, and in no other role's`(role: AdminRole) {
        #expect(AdminRole(spelled: role.rawValue) == role)
        #expect(AdminRole(spelled: role.rawValue.uppercased()) == role)
    }

    @Test(arguments: [
        ("Helpdesk Administrator", AdminRole.helpdeskAdministrator),
        ("Service Support admin", .serviceSupportAdministrator),
        ("Company Administrator", .globalAdministrator), ("Directory Reader", .directoryReaders),
        ("Dynamics 365 Administrator", .dynamics365Administrator), ("Admin Agents", .adminAgent),
    ])
    func `spellings of other systems are understood`(text: String, role: AdminRole) {
        #expect(AdminRole(spelled: text) == role)
    }

    @Test(arguments: ["", "s", "administrator", "my own role"])
    func `roles that are not built in do not exist`(text: String) {
        #expect(AdminRole(spelled: text) == nil)
    }
}
