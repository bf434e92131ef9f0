import FoundationEssentials
import SuiroDomain
import Testing

@Suite struct RetryScheduleTests {
    private let schedule = RetrySchedule.usual

    @Test func `waits grow sixfold up to six hours, and the tenth attempt is the last`() {
        let waits = (1...10).map { schedule.wait(after: $0, chance: 0.5) }
        #expect(
            waits == [
                5000, 30_000, 180_000, 1_080_000, 6_480_000, 21_600_000, 21_600_000, 21_600_000, 21_600_000, nil,
            ]
        )
        #expect(schedule.wait(after: 11, chance: 0.5) == nil)
    }

    @Test(arguments: [(0.0, 24_000), (1.0, 36_000), (-3.0, 24_000), (9.0, 36_000)] as [(Double, Int64)])
    func `chance spreads a wait by a fifth and no further`(chance: Double, wait: Int64) {
        #expect(schedule.wait(after: 2, chance: chance) == wait)
    }

    @Test func `a schedule of many attempts does not overflow`() {
        let long = RetrySchedule(attempts: 1000, first: 1, factor: 1_000_000, longest: .max / 2)
        #expect(long.wait(after: 999, chance: 0.5) ?? 0 > 0)
    }
}

@Suite struct WebhookDeliveryTests {
    private let now = Instant(milliseconds: 1_500_000_000_000)

    private func delivery() -> WebhookDelivery {
        WebhookDelivery(
            id: ID(UUID()),
            tenant: ID(UUID()),
            name: .subscriptionUpdated,
            entry: "customer:x#1",
            recordedAt: now,
            nextAt: now
        )
    }

    @Test func `an attempt that succeeds is the last one`() {
        var delivery = delivery()
        delivery.conclude(nil, by: .usual, at: now)
        #expect(delivery.state == .delivered)
        #expect(delivery.attempts == 1)
        #expect(delivery.nextAt == nil)
    }

    @Test func `ten attempts fail, and then a person may have it sent once more`() throws {
        var delivery = delivery()
        var at = now
        for number in 1...10 {
            #expect(delivery.state == .waiting)
            delivery.conclude(.serverError, by: .usual, at: at)
            #expect(delivery.attempts == number)
            if let next = delivery.nextAt {
                #expect(at < next)
                at = next
            }
        }
        #expect(delivery.state == .failed)
        #expect(delivery.nextAt == nil)
        delivery.resend(at: at)
        #expect(delivery.state == .waiting)
        #expect(delivery.nextAt == at)
        delivery.conclude(.timedOut, by: .usual, at: at)
        #expect(delivery.state == .failed)
    }

    @Test func `nothing but 200 says that an event was taken`() {
        #expect(DeliveryCause(status: 200) == nil)
        #expect(DeliveryCause(status: 202) == .otherAnswer)
        #expect(DeliveryCause(status: 302) == .redirected)
        #expect(DeliveryCause(status: 404) == .clientError)
        #expect(DeliveryCause(status: 503) == .serverError)
        #expect(DeliveryCause.allCases.filter(\.isWithoutAnswer).count == 6)
    }
}

@Suite struct WebhookTargetTests {
    private let server = TargetRule(allowsLoopback: false)
    private let sandbox = TargetRule(allowsLoopback: true)

    @Test(arguments: [
        "https://hooks.example/pc", "https://hooks.example", "HTTPS://Hooks.Example:8443/a?b=c&d=%20e",
        "https://93.184.216.34/x", "https://[2606:2800:220:1:248:1893:25c8:1946]/x", "https://xn--r8jz45g.example/",
    ])
    func `an open https address on a usual port is one`(text: String) throws {
        #expect(try server.target(text).text == text)
        #expect(try sandbox.target(text).text == text)
    }

    @Test(arguments: [
        "", "hooks.example", "ftp://hooks.example/", "http://hooks.example/", "https://hooks.example:22/",
        "https://hooks.example:0443x/", "https://hooks.example:/", "https://user:pw@hooks.example/",
        "https://hooks.example@10.0.0.1/", "https://hooks.example/#x", "https://hooks.example\\@evil.example/",
        "https://hooks.example/a b", "https://hooks.example/\u{0}", "https://hooks.exämple/", "https:///path",
        "https://.example/", "https://a..b/", "https://-a.example/", "https://10.0.0.1/", "https://172.16.0.1/",
        "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/", "https://0.0.0.0/",
        "https://255.255.255.255/", "https://224.0.0.1/", "https://198.18.0.1/", "https://192.0.2.1/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/",
        "https://127.0.0.1.5/", "https://1.2.3/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[::]/",
        "https://[::ffff:10.0.0.1]/", "https://[::ffff:169.254.169.254]/", "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a9fe:a9fe::1]/", "https://[2001:db8::1]/", "https://[2001::1]/", "https://[::1%25lo]/",
        "https://[::1", "https://[hooks.example]/", "https://[1:2:3:4:5:6:7:8:9]/", "https://[1::2::3]/",
    ])
    func `W-01 anything that leads elsewhere, or may be read differently, is none`(text: String) {
        #expect(throws: Refusal.webhookTargetNotAllowed(text)) { try server.target(text) }
        #expect(throws: Refusal.webhookTargetNotAllowed(text)) { try sandbox.target(text) }
    }

    @Test(arguments: [
        "http://127.0.0.1:5000/hook", "http://localhost/hook", "https://localhost:9443/", "http://[::1]:80/",
        "http://hook.localhost:5000/", "https://127.255.0.3/", "http://[::ffff:127.0.0.1]/",
    ])
    func `W-01 only a sandbox sends to the machine it runs on`(text: String) throws {
        #expect(try sandbox.target(text).isLoopback)
        #expect(throws: Refusal.webhookTargetNotAllowed(text)) { try server.target(text) }
    }

    @Test func `W-01 where a name leads is judged address by address`() throws {
        let named = try server.target("https://hooks.example/")
        let here = try sandbox.target("http://localhost:5000/")
        func address(_ text: String) throws -> NetworkAddress { try #require(NetworkAddress(text)) }
        #expect(server.admits(try address("93.184.216.34"), for: named))
        #expect(!server.admits(try address("127.0.0.1"), for: named))
        #expect(!server.admits(try address("::1"), for: named))
        #expect(!server.admits(try address("10.1.2.3"), for: named))
        #expect(sandbox.admits(try address("::1"), for: here))
        #expect(!sandbox.admits(try address("192.168.0.7"), for: here))
        // What is not encrypted stays on this machine, whatever a resolver says of `localhost`.
        #expect(!sandbox.admits(try address("93.184.216.34"), for: here))
    }

    @Test func `addresses are four or sixteen bytes`() {
        #expect(NetworkAddress([127, 0, 0, 1])?.place == .loopback)
        #expect(NetworkAddress([8, 8, 8, 8])?.place == .open)
        #expect(NetworkAddress([UInt8](repeating: 0, count: 15) + [1])?.place == .loopback)
        #expect(NetworkAddress([1, 2, 3]) == nil)
        #expect(NetworkAddress("2001:4860:4860::8888")?.place == .open)
        #expect(NetworkAddress("::ffff:8.8.8.8")?.place == .open)
    }
}
