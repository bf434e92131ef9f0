import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroTesting
import Testing

/// A stranger learns nothing from a refusal, not even that there is something to be refused.
@Suite struct AbsenceTests {
    private static let nobody = "00000000-0000-4000-8000-00000000cafe"
    private static let elsewhere = "00000000-0000-4000-8000-00000000beef"

    @Test(arguments: TestDriver.available)
    func `N-05: a customer of others is answered byte for byte as a customer that does not exist`(
        driver: TestDriver
    ) async throws {
        let stage = try await Stage(driver)
        try await stage.build()
        let customer = try #require(stage.id("customer"))
        let subscription = try #require(stage.id("license"))
        var asked = 0
        for operation in Operation.all where operation.path.contains("{customer_id}") {
            for who in ["agent", "app"] {
                func path(_ house: String, _ below: String) -> String {
                    operation.path.replacing("{customer_id}", with: house)
                        .replacing("{subscription_id}", with: below).replacing(#/\{[a-z_]+\}/#, with: Self.nobody)
                }
                func answer(_ house: String, _ below: String) async -> String {
                    let reply = await stage.answer(
                        operation.method,
                        path(house, below),
                        token: stage.tokens[who],
                        body: operation.method == .get ? nil : "{}"
                    )
                    let named = String(decoding: reply.body, as: UTF8.self)
                        .replacing(house, with: "HOUSE").replacing(below, with: "BELOW")
                        // Graph puts the names of the request itself into its errors.
                        .replacing(#/request-id":"[0-9a-f-]+"/#, with: "request-id\"")
                    let told: [HTTPField.Name] = [.eTag, .retryAfter, .allow, .location, .wwwAuthenticate]
                    return "\(reply.status.code) \(told.map { reply.headers[$0] ?? "" }) \(named)"
                }
                let (there, absent) = (
                    await answer(customer, subscription), await answer(Self.elsewhere, "\(UUID())".lowercased())
                )
                #expect(there == absent, "\(operation.id) as \(who)")
                #expect(!there.hasPrefix("2"), "\(operation.id) as \(who)")
                asked += 1
            }
        }
        #expect(asked > 50)
    }
}
