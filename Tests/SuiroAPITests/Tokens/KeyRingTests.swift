import Foundation
import SuiroAPI
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Keys come and go, and no good token is refused over it (reliability 4.2).
@Suite struct KeyRingTests {
    private func strict(_ master: MasterKey? = nil) -> TokenGate.Settings {
        var settings = TokenGate.Settings()
        settings.master = master
        return settings
    }

    private func claims(_ now: Instant) -> TokenGate.Claims {
        TokenGate.Claims(
            person: ID(UUID()),
            tenant: ID(UUID()),
            token: ID(UUID()),
            isUser: true,
            amr: ["mfa"],
            issued: now,
            expires: now.adding(seconds: 3600)
        )
    }

    @Test("Over 100 days of rotation two servers refuse no good token", arguments: TestDriver.available)
    func rotation(driver: TestDriver) async throws {
        let store = try await driver.open()
        let (one, two) = (try await TestWorld(keptIn: store), try await TestWorld(keptIn: store))
        let gates = [
            try await TokenGate(service: one.service, settings: strict()),
            try await TokenGate(service: two.service, settings: strict()),
        ]
        var names: Set<String> = []
        for hour in stride(from: 0, to: 2400, by: 6) {
            let now = TestWorld.seedDay.adding(seconds: hour * 3600)
            (one.clock.now, two.clock.now) = (now, now)
            // Only one of the two turns keys, so that the other learns of them by itself.
            try await gates[0].turnKeys()
            for (signer, verifier) in [(0, 1), (1, 0)] {
                let token = try gates[signer].sign(claims(now))
                let header = String(
                    decoding: token.split(separator: ".")[0].description.base64URLDecoded ?? [],
                    as: UTF8.self
                )
                names.insert(header)
                for later in [0, 1800, 3599] {
                    do {
                        _ = try await gates[verifier].verify(token: token, at: now.adding(seconds: later))
                    } catch TokenFault.unknownKey {
                        // Looking again is limited to once a second of real time, which this test outruns.
                        try await gates[verifier].turnKeys()
                        _ = try await gates[verifier].verify(token: token, at: now.adding(seconds: later))
                    }
                }
            }
        }
        #expect(names.count >= 4)
        let keys = try await one.service.readAsSystem { tx in try tx.signingKeys() }
        #expect(keys.map(\.generation) == Array(1...keys.count))
        for (key, next) in zip(keys, keys.dropFirst()) {
            #expect(next.publishedFrom.adding(seconds: 86_400) <= next.signsFrom)
            #expect(next.signsFrom == key.signsFrom.adding(days: 30))
            #expect(try #require(key.retiredAt) >= next.signsFrom.adding(seconds: 3600 + 86_400))
        }
    }

    @Test("A key is refused from its retirement on, also for a token whose signature was checked before")
    func retired() async throws {
        let world = try await TestWorld()
        let gate = try await TokenGate(service: world.service, settings: strict())
        let start = world.clock.now
        world.clock.now = start.adding(days: 29)
        try await gate.turnKeys()
        let keys = try await world.service.readAsSystem { tx in try tx.signingKeys() }
        let end = try #require(keys[0].retiredAt)
        world.clock.now = start
        var lasting = claims(start)
        lasting.expires = lasting.issued.adding(seconds: 3600)
        let token = try gate.sign(lasting)
        _ = try await gate.verify(token: token, at: start)
        await #expect(throws: TokenFault.unknownKey) { try await gate.verify(token: token, at: end) }
    }

    @Test("Two servers that add the next key at once end with the same one", arguments: TestDriver.available)
    func race(driver: TestDriver) async throws {
        let store = try await driver.open()
        let worlds = [try await TestWorld(keptIn: store), try await TestWorld(keptIn: store)]
        var kept: [[String]] = []
        try await withThrowingTaskGroup(of: [String].self) { group in
            for index in 0..<8 {
                let service = worlds[index % 2].service
                group.addTask {
                    try await service.turnSigningKeys(under: nil, keepsOld: false).map(\.key.id)
                }
            }
            for try await ids in group { kept.append(ids) }
        }
        #expect(Set(kept).count == 1)
        #expect(kept.first?.count == 1)
    }

    @Test("A private key is wrapped for its cloud and itself, and means nothing to another master key")
    func wrapped() async throws {
        let master = MasterKey(bytes: [UInt8](repeating: 7, count: 32))
        let world = try await TestWorld()
        _ = try await TokenGate(service: world.service, settings: strict())
        #expect(try await world.service.readAsSystem { tx in try tx.signingKeys() }[0].wrapped.hasPrefix("plain."))
        // The first start with a master key wraps what was there before.
        _ = try await TokenGate(service: world.service, settings: strict(master))
        let key = try await world.service.readAsSystem { tx in try tx.signingKeys() }[0]
        #expect(key.wrapped.hasPrefix("m1."))
        #expect(try master.unwrap(key.wrapped, for: "signing-key/public/\(key.id)").count == 32)
        #expect(throws: WrapFault.self) { try master.unwrap(key.wrapped, for: "signing-key/usgov/\(key.id)") }
        let other = MasterKey(bytes: [UInt8](repeating: 8, count: 32))
        await #expect(throws: WrapFault.self) {
            try await TokenGate(service: world.service, settings: self.strict(other))
        }
        await #expect(throws: WrapFault.self) { try await TokenGate(service: world.service, settings: self.strict()) }
    }

    @Test("The issuer's name is chosen once and kept; a name the operator gives later leaves earlier tokens valid")
    func name() async throws {
        let store = try await TestDriver.sqlite.open()
        let world = try await TestWorld(keptIn: store)
        let first = try await TokenGate(service: world.service, settings: strict())
        let token = try first.sign(claims(world.clock.now))
        let again = try await TokenGate(service: TestWorld(keptIn: store).service, settings: strict())
        #expect(again.issuer(of: "x") == first.issuer(of: "x"))
        _ = try await again.verify(token: token, at: world.clock.now)
        var named = strict()
        named.issuer = "https://login.partner.example"
        let renamed = try await TokenGate(service: world.service, settings: named)
        #expect(renamed.issuer(of: "x") == "https://login.partner.example/x/v2.0")
        _ = try await renamed.verify(token: token, at: world.clock.now)
    }
}
