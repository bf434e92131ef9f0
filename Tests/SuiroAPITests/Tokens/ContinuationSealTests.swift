import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Tokens of lists are sealed: for one tenant, one list and one cloud, by keys that every node of a database has.
@Suite struct ContinuationSealTests {
    /// A server on a database.
    private struct Node {
        let world: TestWorld
        let gate: TokenGate
        let table: RouteTable

        init(_ store: Store, cloud: Cloud = .public) async throws {
            world = try await TestWorld(keptIn: store, cloud: cloud)
            var settings = TokenGate.Settings()
            settings.isSandbox = false
            gate = try await TokenGate(service: world.service, settings: settings)
            table = RouteTable(API(service: world.service, gate: gate).routes)
        }

        func ask(_ path: String, as person: Person, _ token: String? = nil, header: String = "MS-ContinuationToken")
            async throws -> (status: Int, json: JSONValue)
        {
            let now = world.clock.now
            let access = try gate.sign(
                TokenGate.Claims(
                    person: person.id,
                    tenant: person.tenant,
                    token: ID(UUID()),
                    isUser: true,
                    amr: ["pwd", "mfa"],
                    issued: now,
                    expires: now.adding(seconds: 3600)
                )
            )
            var headers: HTTPFields = [.authorization: "Bearer \(access)"]
            if let token { headers[try #require(HTTPField.Name(header))] = token }
            var exchange = Exchange(method: .get, uri: path, headers: headers, body: .bytes([]))
            guard case .found(let route, let parameters) = table.match(.get, exchange.path) else { return (404, .null) }
            exchange.parameters = parameters
            let reply = try await route.answer(exchange)
            return (reply.status.code, try JSONReader.read(reply.body))
        }
    }

    private static let list = "/v1/auditrecords"

    /// A database with a partner, and the first page of what it did.
    private struct Scene {
        let store: Store
        let node: Node
        let person: Person
        let other: Person
        let first: String
        let token: String

        init(_ driver: TestDriver, cloud: Cloud = .public) async throws {
            store = try await driver.open()
            node = try await Node(store, cloud: cloud)
            let (_, agents) = try await node.world.add(.direct, "P", domain: "p.example", roles: [[.adminAgent]])
            let (_, others) = try await node.world.add(.direct, "Q", domain: "q.example", roles: [[.adminAgent]])
            (person, other) = (agents[0], others[0])
            for number in 1...3 {
                let (customer, _) = try await node.world.add(
                    .customer,
                    "C\(number)",
                    domain: "c\(number).example",
                    roles: [[.globalAdmin]]
                )
                for agent in [person, other] {
                    _ = try await node.world.service.requestRelationship(
                        node.world.wish(customer),
                        node.world.context(agent)
                    )
                }
                node.world.clock.now = node.world.clock.now.adding(seconds: 1)
            }
            let page = try await node.ask(list + "?size=1", as: person).json
            first = try #require(page.text("items", "0", "id"))
            token = try #require(page.text("continuationToken"))
        }
    }

    @Test(
        "A token goes on after a restart, on another node and over a rotation of keys",
        arguments: TestDriver.available
    )
    func goesOn(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let path = Self.list + "?seekOperation=Next"
        let second = try await scene.node.ask(path, as: scene.person, scene.token)
        #expect(second.status == 200)
        let id = try #require(second.json.text("items", "0", "id"))
        #expect(id != scene.first)
        // The size was asked for once; SDKs do not repeat it.
        #expect(second.json.text("items", "1", "id") == nil)
        #expect(second.json.text("links", "next", "headers", "0", "value") == second.json.text("continuationToken"))
        for header in ["ms-continuationtoken", "MS-Continuation-Token"] {
            let again = try await scene.node.ask(path, as: scene.person, scene.token, header: header)
            #expect(again.json.text("items", "0", "id") == id)
        }
        let restarted = try await Node(scene.store)
        restarted.world.clock.now = scene.node.world.clock.now
        #expect(try await restarted.ask(path, as: scene.person, scene.token).json.text("items", "0", "id") == id)
        // A newer key signs; the older one still counts.
        let start = scene.node.world.clock.now
        restarted.world.clock.now = start.adding(days: 29)
        try await restarted.gate.turnKeys()
        let keys = try await restarted.world.service.readAsSystem { tx in try tx.signingKeys() }
        let (turn, end) = (keys[1].signsFrom, try #require(keys[0].retiredAt))
        restarted.world.clock.now = turn.adding(seconds: 60)
        let query = "&startDate=2017-06-01"
        let page = try await restarted.ask(Self.list + "?size=1" + query, as: scene.person).json
        #expect(page.text("continuationToken")?.split(separator: ".")[1] == "2")
        let old = try await restarted.ask(path + query, as: scene.person, scene.token)
        #expect(old.status == 200)
        // A node that has not heard of the newer key yet looks for it.
        try await Task.sleep(for: .milliseconds(1100))
        scene.node.world.clock.now = turn.adding(seconds: 60)
        let heard = try await scene.node.ask(path, as: scene.person, page.text("continuationToken"))
        #expect(heard.status == 200)
        restarted.world.clock.now = end
        #expect(try await restarted.ask(path, as: scene.person, scene.token).status == 400)
    }

    @Test("N-05: altered, foreign and forged tokens get one answer", arguments: TestDriver.available)
    func refused(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let path = Self.list + "?seekOperation=Next"
        let parts = scene.token.split(separator: ".").map(String.init)
        #expect(parts.count == 3)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var bad = [
            parts[0], "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).", "\(parts[0]).2.\(parts[2])",
            "\(parts[0]).01.\(parts[2])", "\(parts[0])..\(parts[2])", ".1.\(parts[2])", "\(scene.token).", "x", "...",
            "\(scene.token)=", scene.token + String(repeating: "A", count: 5000), parts[0] + "." + scene.token,
        ]
        for (index, character) in scene.token.enumerated() {
            var altered = Array(scene.token)
            let place = letters.firstIndex(of: character)
            altered[index] = place.map { letters[$0 ^ 1] } ?? "-"
            bad.append(String(altered))
        }
        let answer = try await scene.node.ask(path, as: scene.person, "x")
        #expect(answer.status == 400)
        #expect(answer.json.text("description")?.contains(parts[0]) == false)
        for token in bad {
            let reply = try await scene.node.ask(path, as: scene.person, token)
            #expect(reply == answer, "\(token)")
        }
        // Of another tenant, of another list, of another database, of another cloud.
        #expect(try await scene.node.ask(path, as: scene.other, scene.token) == answer)
        let plain = "/auditactivity/v1/auditrecords?seekOperation=Next"
        #expect(try await scene.node.ask(plain, as: scene.person, scene.token) == answer)
        #expect(try await scene.node.ask("/v1/customers?seekOperation=Next", as: scene.person, scene.token) == answer)
        for cloud in [Cloud.public, .usgov] {
            let elsewhere = try await Scene(driver, cloud: cloud)
            #expect(try await scene.node.ask(path, as: scene.person, elsewhere.token) == answer)
        }
        #expect(try await scene.node.ask(path, as: scene.person, scene.token).status == 200)
    }
}

extension JSONValue {
    fileprivate func text(_ path: String...) -> String? {
        var value = self
        for step in path {
            switch value {
            case .object(let members):
                guard let member = members.first(where: { $0.name == step }) else { return nil }
                value = member.value
            case .array(let items):
                guard let index = Int(step), items.indices.contains(index) else { return nil }
                value = items[index]
            default: return nil
            }
        }
        if case .string(let text) = value { return text }
        return nil
    }
}
