import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// All access of an organization: Tozai's delegated administration of Mirai, and a relationship beside it.
extension Way {
    func review(_ page: Shown) async throws -> Reply {
        let place = try await inForce()
        switch page {
        case .accessAll: return try await browser.get("/access")
        case .accessAllMistake: return try await browser.get("/access?ending=soon&customer=mirai")
        case .accessCalendar: return try await browser.get("/access/calendar")
        case .accessUnused: return try await browser.get("/access/unused")
        case .accessTerms: return try await browser.get("/customers/\(world.customer)/access/\(place)/terms")
        case .endDelegation: return try await browser.get("/customers/\(world.customer)/access/\(place)/end")
        case .extensionRows:
            try await browser.get("/access")
            let sent = try await browser.post("/access/extensions", ["relationship": "\(place)"])
            return try await browser.follow(sent)
        case .delegations, .delegationsOwn: return try await browser.get("/delegations")
        default: throw World.Missing.value("a way to \(page)")
        }
    }

    /// One that Mirai has approved, with a group that has one of its roles.
    private func inForce() async throws -> ID<DelegatedAdminRelationship> {
        guard let duration = GrantDuration("P30D") else { throw World.Missing.value("a duration") }
        let draft = DelegationDraft(
            customer: world.customer,
            displayName: "Helpdesk 2026",
            duration: duration,
            roles: [.helpdeskAdministrator, .globalReader],
            autoExtendDays: nil
        )
        let made = try await world.service.createDelegation(draft, Who.hanako.context)
        let id = made.relationship.id
        _ = try await world.service.sendDelegation(id, Who.hanako.context)
        _ = try await world.service.approveDelegation(id, termsHash: nil, Who.tanaka.context)
        _ = try await world.service.assignAccess(
            of: id,
            to: "5a6b1c7e-0f2d-4f0a-9c55-6a5f1f3d2b10",
            [.helpdeskAdministrator],
            Who.hanako.context
        )
        return id
    }
}
