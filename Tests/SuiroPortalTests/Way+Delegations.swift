import SuiroDomain
import SuiroHTTP
import SuiroService

// A request for granular delegated administration, from Tozai to Mirai.
extension Way {
    /// The address of one that waits for an answer.
    func delegated() async throws -> String {
        guard let duration = GrantDuration("P1Y") else { throw World.Missing.value("a duration") }
        let view = try await world.service.createDelegation(
            DelegationDraft(
                customer: world.customer,
                displayName: "Helpdesk 2026",
                duration: duration,
                roles: [.helpdeskAdministrator, .globalReader],
                autoExtendDays: 180
            ),
            Who.hanako.context
        )
        _ = try await world.service.sendDelegation(view.relationship.id, Who.hanako.context)
        return "/delegations/\(view.relationship.id)"
    }

    func answerDelegation(_ answer: String?) async throws -> Reply {
        let place = try await delegated()
        try await browser.get(place)
        let fields: KeyValuePairs<String, String> = answer.map { ["answer": $0] } ?? [:]
        return try await browser.post(place, fields)
    }

    func approveDelegation() async throws -> Reply {
        let place = try await delegated()
        try await browser.get(place)
        try await browser.post(place, ["answer": "accept"])
        return try await browser.follow(try await browser.post("\(place)/acceptance"))
    }
}
