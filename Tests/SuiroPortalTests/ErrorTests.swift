import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroPortal
import SuiroService
import SuiroStore
import Testing

/// Section 7: what, why, from when, what next, and a number.
@Suite struct ErrorTests {
    private struct Surprise: Error, CustomStringConvertible {
        let description = "password=hunter2 at line 7"
    }

    private func page(_ error: any Error, _ world: World, _ method: HTTPRequest.Method = .get) async -> Reply {
        await world.portal.page(for: error, Exchange(method: method, uri: "/customers/x"))
    }

    @Test func `S-16 a refusal has all five parts`() async throws {
        let world = try await World()
        let views = try await world.service.allOptions(of: world.customer, Who.hanako.context)
        let option = try #require(
            views.first { $0.subscription.name == "Office 365 E3" }?.options.first { $0.action == .switchPartner }
        )
        let reply = await page(Refusal.notAllowed(option), world, .post)
        #expect(reply.status == .conflict)
        let parts = [
            "<h1>“Switch partner” cannot be done with “Office 365 E3”</h1>", "stays with its seller", "Mon 22 Mar 2027",
            "Wait until the term of the subscription ends", reply.correlation,
        ]
        for part in parts { #expect(reply.text.contains(part), "\(part)") }
    }

    @Test func `every refusal has a page of its own status, with nothing left to fill`() async throws {
        let world = try await World()
        let row = PolicyRow.ID(rawValue: "a-row")
        let refusals: [(Refusal, HTTPResponse.Status)] = [
            (.accessDenied(missing: "a secret role"), .forbidden), (.notFound(.customer, "x"), .notFound),
            (.invalid([InputFault(field: "name", code: .required)]), .badRequest), (.wrongTenant, .forbidden),
            (.deciderRole(required: .globalAdmin), .forbidden), (.termsChanged, .conflict),
            (.requestorRole(required: ["adminAgent", "salesAgent"], row: row), .forbidden),
            (.removalBlocked(subscriptions: ["A", "B"], row: row), .conflict), (.accessEnded, .conflict),
            (.effectiveTooEarly(earliest: world.now), .conflict), (.sandboxOnly, .notFound),
        ]
        for (refusal, status) in refusals {
            let reply = await page(refusal, world)
            #expect(reply.status == status, "\(refusal)")
            for sign in ["⟦", "%(", "secret role", "adminAgent", "globalAdmin"] {
                #expect(!reply.text.contains(sign), "\(refusal)")
            }
        }
    }

    @Test func `what nobody expected is owned up to, and not told`() async throws {
        let world = try await World()
        for (error, status) in [
            (Surprise(), .internalServerError), (StoreError.corrupt(column: "secret_column"), .internalServerError),
            (StoreError.unavailable("db.internal:5432"), .serviceUnavailable), (StoreError.stale, .conflict),
            (BodyFault.tooSlow, .requestTimeout), (BadInput("name", .tooLong), .badRequest),
        ] as [(any Error, HTTPResponse.Status)] {
            let reply = await page(error, world)
            #expect(reply.status == status)
            for secret in ["hunter2", "secret_column", "db.internal"] { #expect(!reply.text.contains(secret)) }
            #expect(reply.text.contains(reply.correlation))
        }
    }
}
