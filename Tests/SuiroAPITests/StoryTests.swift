import Foundation
import HTTPTypes
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroSandbox
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Whole stories over the API, told as transcripts of requests and answers that are kept beside the tests.
@Suite(.serialized) struct StoryTests {
    @Test(arguments: TestDriver.available)
    func `a customer hires a partner for a subscription bought elsewhere`(driver: TestDriver) async throws {
        let stage = try await Stage(driver)
        try await stage.build()
        try await stage.say(
            "POST",
            "/multichannel/v1/relationshiprequests",
            as: "agent",
            """
            {"customerDomain":"mirai-shoji.example","recipient":{"name":"田中 一郎","email":"tanaka@mirai-shoji.example"},
             "language":"ja","scope":{"reseller":true,"delegatedAdmin":true,"roles":["helpdeskAdministrator"],"days":180}}
            """
        )
        let code = try #require(stage.last("code"))
        try await stage.say("GET", "/multichannel/v1/customers/{customer}/subscriptions", as: "agent")
        try await stage.say("GET", "/multichannel/v1/invitations/\(code)", as: "admin", locale: "ja-JP")
        let hash = try #require(stage.last("termsHash"))
        let accept = "/multichannel/v1/invitations/\(code)/acceptance"
        try await stage.say("POST", accept, as: "user", "{\"termsHash\":\"\(hash)\"}")
        try await stage.say("POST", accept, as: "admin", "{\"termsHash\":\"wrong\"}")
        try await stage.say("POST", accept, as: "admin", "{\"termsHash\":\"\(hash)\"}")
        try await stage.say("POST", accept, as: "admin", "{\"termsHash\":\"\(hash)\"}")
        try await stage.say("GET", "/v1/customers", as: "agent")
        try await stage.say("GET", "/multichannel/v1/customers/{customer}/subscriptions", as: "agent")
        try await stage.say("GET", "/multichannel/v1/customers/{customer}/subscriptions/{license}/options", as: "agent")
        try await stage.say(
            "GET",
            "/multichannel/v1/customers/{customer}/subscriptions/{usage}/options",
            as: "agent",
            locale: "ja-JP"
        )
        try await stage.say("GET", "/multichannel/v1/customers/{customer}/access", as: "admin")
        try await stage.say("GET", "/v1/auditrecords", as: "agent")
        try stage.compare(with: "hiring")
    }

    @Test(arguments: TestDriver.available)
    func `a partner sells to a customer and stops`(driver: TestDriver) async throws {
        let stage = try await Stage(driver)
        try await stage.build()
        try await stage.relate()
        let order = """
            {"LineItems":[{"LineItemNumber":0,"OfferId":"796b6b5f-613c-4e24-a17c-eba730d49c02","Quantity":5,
              "FriendlyName":"Front desk","SubscriptionId":null}],"BillingCycle":"unknown","CurrencyCode":null}
            """
        try await stage.say("POST", "/v1/customers/{partner}/orders", as: "agent", "{}")
        try await stage.say("POST", "/v1/customers/{customer}/orders", as: "agent", order)
        try await stage.say("GET", "/v1//Customers/{customer}/Subscriptions/", as: "agent")
        try await stage.say("PATCH", "/v1/customers/{customer}", as: "agent", "{\"RelationshipToPartner\":\"none\"}")
        try stage.compare(with: "selling")
    }

    @Test(arguments: Operation.all.map(\.id))
    func `every operation turns an anonymous caller away`(id: String) async throws {
        let operation = try #require(Operation.all.first { $0.id == id })
        guard operation.access != .anonymous else { return }
        let stage = try await Stage(.sqlite)
        let path = operation.path.replacing(#/\{[^}]+\}/#, with: "00000000-0000-0000-0000-000000000000")
        let reply = await stage.answer(operation.method, path, token: nil, body: "{}")
        #expect(reply.status == .unauthorized)
        let wrong = await stage.answer(operation.method, path, token: "a.b.c", body: "{}")
        #expect(wrong.status == .unauthorized)
    }

    @Test(arguments: Operation.all.filter { $0.access == .userOnly }.map(\.id))
    func `what only a person may do is refused to a client by itself`(id: String) async throws {
        let operation = try #require(Operation.all.first { $0.id == id })
        let stage = try await Stage(.sqlite)
        try await stage.build()
        let path = operation.path.replacing(#/\{[^}]+\}/#, with: "00000000-0000-0000-0000-000000000000")
        let reply = await stage.answer(operation.method, path, token: stage.tokens["app"], body: "{}")
        #expect(reply.status == .forbidden)
    }
}
