import Foundation
import SuiroDomain
import SuiroStore
import SuiroTesting
import Testing

@testable import SuiroService

/// People's ways in: enrolment, password, codes, being held off.
@Suite struct SignInTests {
    static let password = "paper lanterns in the rain 灯籠"

    struct Scene {
        let world: TestWorld
        let service: PartnerService
        let home: Organization
        let mail = "mai@tozai.example"

        init(on driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            home = try await world.add(.direct, "Tozai", domain: "tozai.example", roles: [[.adminAgent]]).0
            var service = world.service
            service.vault = Vault(master: Array(repeating: 3, count: 32), cloud: .public)
            service.passwordCost = PasswordCost(logRounds: 4)
            self.service = service
        }

        /// A person with password and seed; the clock goes on by a minute, so that the next code is a new one.
        func enrol(_ password: String = SignInTests.password) async throws -> (seed: [UInt8], recovery: [String]) {
            let code = try await service.addPerson(
                named: "Mai",
                mail: mail,
                roles: [.adminAgent],
                of: home.id
            ).code
            return try await use(code, password)
        }

        func use(_ code: String, _ password: String) async throws -> (seed: [UInt8], recovery: [String]) {
            let view = try #require(try await service.enrolment(code))
            let vault = try #require(service.vault)
            let seed = Array(vault.derive("\(view.person.id)\n\(code)", .enrolment).prefix(20))
            #expect(seed.base32 == view.secret)
            let now = TimeCode.code(seed, at: TimeCode.step(at: world.clock.now))
            let outcome = try await service.enrol(code, password: password, timeCode: now)
            guard case .enrolled(let recovery) = outcome else { throw Failed.notEnrolled }
            world.clock.now = world.clock.now.adding(seconds: 60)
            return (seed, recovery)
        }

        func code(_ seed: [UInt8], ahead steps: Int = 0) -> String {
            TimeCode.code(seed, at: TimeCode.step(at: world.clock.now) + steps)
        }

        func begin(_ password: String = SignInTests.password, mail: String? = nil, device: String? = nil) async throws
            -> String?
        {
            let outcome = try await service.beginSignIn(mail: mail ?? self.mail, password: password, device: device)
            if case .codeNeeded(let step) = outcome { return step }
            return nil
        }

        func finish(_ step: String, _ code: String) async throws -> (SignInProof, device: String)? {
            if case .signedIn(_, let proof, let device) = try await service.finishSignIn(step: step, code: code) {
                return (proof, device)
            }
            return nil
        }

        func count(_ event: IdentityEvent) async throws -> Int {
            try await service.readAsSystem { tx in
                try tx.entries(
                    concerning: nil,
                    from: .earliest,
                    to: .latest,
                    customer: nil,
                    before: nil,
                    correlation: nil,
                    limit: 1000
                ).filter { $0.event == event.rawValue }.count
            }
        }
    }

    enum Failed: Error { case notEnrolled }

    @Test(arguments: TestDriver.available)
    func `password, then code; both are said in the proof`(driver: TestDriver) async throws {
        let scene = try await Scene(on: driver)
        let (seed, recovery) = try await scene.enrol()
        let step = try #require(try await scene.begin(mail: "MAI@tozai.example"))
        let (proof, _) = try #require(try await scene.finish(step, scene.code(seed)))
        #expect(proof.amr == ["pwd", "otp", "mfa"] && proof.at == scene.world.clock.now)
        #expect(try await scene.finish(step, scene.code(seed, ahead: 1)) == nil, "a step is used once")
        let second = try #require(try await scene.begin())
        let (other, _) = try #require(try await scene.finish(second, recovery[3].lowercased()))
        #expect(other.amr == ["pwd", "mfa"])
        let third = try #require(try await scene.begin())
        #expect(try await scene.finish(third, recovery[3]) == nil, "a recovery code is used once")
        #expect(try await scene.count(.signInSucceeded) == 2)
        #expect(try await scene.count(.personEnrolled) == 1)
    }

    @Test(arguments: TestDriver.available)
    func `of two who use one code at the same moment, one comes in`(driver: TestDriver) async throws {
        let scene = try await Scene(on: driver)
        let (seed, _) = try await scene.enrol()
        var steps: [String] = []
        for _ in 0..<4 { steps.append(try #require(try await scene.begin())) }
        let code = scene.code(seed)
        let count = try await withThrowingTaskGroup(of: Bool.self) { group in
            for step in steps { group.addTask { try await scene.finish(step, code) != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 1)
    }

    @Test(arguments: TestDriver.available)
    func `K-13: of 64 who use one link at the same moment, one enrols, and nobody afterwards`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(on: driver)
        let code = try await scene.service.addPerson(
            named: "Mai",
            mail: scene.mail,
            roles: [.adminAgent],
            of: scene.home.id
        ).code
        let view = try #require(try await scene.service.enrolment(code))
        let vault = try #require(scene.service.vault)
        let seed = Array(vault.derive("\(view.person.id)\n\(code)", .enrolment).prefix(20))
        let now = scene.code(seed)
        let count = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let password = "\(Self.password) \(number)"
                    let outcome = try? await scene.service.enrol(code, password: password, timeCode: now)
                    if case .enrolled? = outcome { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 1)
        #expect(try await scene.service.enrolment(code) == nil)
        await #expect(throws: Refusal.self) {
            try await scene.service.renewEnrolment(of: scene.mail, in: scene.home.id, again: false)
        }
    }

    @Test func `a link ends after a day, and with the next one`() async throws {
        let scene = try await Scene(on: .sqlite)
        let first = try await scene.service.addPerson(
            named: "Mai",
            mail: scene.mail,
            roles: [.adminAgent],
            of: scene.home.id
        ).code
        let second = try await scene.service.renewEnrolment(of: scene.mail, in: scene.home.id, again: false)
        #expect(try await scene.service.enrolment(first) == nil)
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 24 * 3600 - 1)
        #expect(try await scene.service.enrolment(second) != nil)
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 1)
        #expect(try await scene.service.enrolment(second) == nil)
    }

    @Test func `enrolling again ends what opened the door before`() async throws {
        let scene = try await Scene(on: .sqlite)
        let (_, recovery) = try await scene.enrol()
        let person = try #require(
            try await scene.service.readAsSystem { tx in try tx.credential(mail: scene.mail)?.person }
        )
        let session = try await scene.service.beginSession(for: person)
        let code = try await scene.service.renewEnrolment(of: scene.mail, in: scene.home.id, again: true)
        #expect(try await scene.begin() != nil, "what they have is good until the new link is used")
        _ = try await scene.use(code, "quite another sentence")
        #expect(try await scene.begin() == nil)
        #expect(try await scene.service.session(session.cookie) == nil)
        let step = try #require(try await scene.begin("quite another sentence"))
        #expect(try await scene.finish(step, recovery[0]) == nil)
    }

    @Test(arguments: TestDriver.available)
    func `K-15: the fifth failure holds the name off, longer each time, but not a browser known from before`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(on: driver)
        let (seed, _) = try await scene.enrol()
        let step = try #require(try await scene.begin())
        let device = try #require(try await scene.finish(step, scene.code(seed))).device
        for _ in 0..<5 { #expect(try await scene.begin("wrong password") == nil) }
        #expect(try await scene.begin() == nil, "held off")
        #expect(try await scene.begin(device: device) != nil, "the owner's own browser")
        #expect(try await scene.begin(device: device + "x") == nil, "a forged one")
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 900)
        #expect(try await scene.begin() != nil)
        #expect(try await scene.begin("wrong password") == nil)
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 900)
        #expect(try await scene.begin() == nil, "twice as long")
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 900)
        #expect(try await scene.begin() != nil)
        #expect(try await scene.count(.signInFailed) == 4)
        #expect(try await scene.count(.signInHeldOff) == 2)
    }

    @Test func `K-15: many names that fail are told once`() async throws {
        let scene = try await Scene(on: .sqlite)
        for number in 0..<60 { _ = try await scene.begin("wrong password", mail: "n\(number)@tozai.example") }
        #expect(try await scene.count(.signInSprayed) == 1)
    }

    @Test func `a password is its exact bytes`() async throws {
        let scene = try await Scene(on: .sqlite)
        _ = try await scene.enrol("caf\u{E9} au lait, svp ")
        #expect(try await scene.begin("caf\u{E9} au lait, svp ") != nil)
        for other in ["cafe\u{301} au lait, svp ", "caf\u{E9} au lait, svp", "Caf\u{E9} au lait, svp "] {
            #expect(try await scene.begin(other) == nil)
        }
    }

    @Test func `a password is long and nothing that is tried first`() {
        #expect(PasswordRule.fault("eleven char", of: []) == .tooShort)
        #expect(PasswordRule.fault("灯籠と雨と紙の夜の歌です", of: []) == nil)
        #expect(PasswordRule.fault(String(repeating: "ab1-", count: 65), of: []) == .tooLong)
        for common in ["Password1234", "abcdefghijkl", "aaaaaaaaaaaa", "123456789012", "tozai cloud1"] {
            #expect(PasswordRule.fault(common, of: ["Tozai Cloud"]) == .tooCommon, "\(common)")
        }
    }

    @Test func `codes are those of RFC 6238, passwords are hashed as hard as was decided`() throws {
        let seed = Array("12345678901234567890".utf8)
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            #expect(TimeCode.code(seed, at: seconds / 30) == code)
        }
        #expect(Array("foobar".utf8).base32 == "MZXW6YTBOI")
        #expect(PasswordCost.standard.logRounds == 17 && PasswordCost.blockSize == 8)
        let kept = try PasswordHash([1], .standard, salt: [2]).text
        #expect(kept.hasPrefix("scrypt$17$"))
        #expect(try PasswordHash(kept)?.matches([1]) == true)
    }

    @Test func `what one vault wraps for somebody is read by it, for them alone`() throws {
        let vault = try #require(Vault(master: Array(0..<32), cloud: .public))
        let text = try vault.wrap([1, 2, 3], .seed, of: "mai")
        #expect(vault.unwrap(text, .seed, of: "mai") == [1, 2, 3])
        #expect(vault.unwrap(text, .seed, of: "ken") == nil)
        #expect(vault.unwrap(text, .device, of: "mai") == nil)
        #expect(Vault(master: Array(0..<32), cloud: .usgov)?.unwrap(text, .seed, of: "mai") == nil)
        #expect(Vault(master: Array(1..<33), cloud: .public)?.unwrap(text, .seed, of: "mai") == nil)
        #expect(Vault(master: [1], cloud: .public) == nil)
    }
}
