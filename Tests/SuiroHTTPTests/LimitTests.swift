import HTTPTypes
import SuiroHTTP
import Testing

/// A clock that only the test moves.
private final class Hand: @unchecked Sendable {
    var now = ContinuousClock.now
}

@Suite struct LimitTests {
    @Test(arguments: [
        ("100/s", Rate(100)), ("100/s burst 200", Rate(100, burst: 200)), ("10/min", Rate(10, per: 60)),
        ("20/h", Rate(20, per: 3600)),
    ])
    func `a rate is read as settings write it`(text: String, rate: Rate) { #expect(Rate(text) == rate) }

    @Test(arguments: ["", "100", "0/s", "-1/s", "1e300/s", "10/day", "10/s burst", "10/s burst 0", "9999999/s"])
    func `what is no rate is none`(text: String) { #expect(Rate(text) == nil) }

    @Test func `a burst goes through, the next waits, and waiting is enough`() throws {
        let hand = Hand()
        let throttle = Throttle([.clients: Rate(10, per: 60)], now: { hand.now })
        for _ in 1...10 { try throttle.take(.clients, "a") }
        #expect(throws: Throttled(seconds: 6)) { try throttle.take(.clients, "a") }
        try throttle.take(.clients, "b")
        hand.now += .milliseconds(5999)
        #expect(throws: Throttled(seconds: 1)) { try throttle.take(.clients, "a") }
        hand.now += .milliseconds(1)
        try throttle.take(.clients, "a")
        try throttle.take(.partner, "a")
    }

    @Test func `a clock that goes back fills nothing and breaks nothing`() throws {
        let hand = Hand()
        let throttle = Throttle([.partner: Rate(1)], now: { hand.now })
        try throttle.take(.partner, "a")
        hand.now -= .seconds(3600)
        #expect(throws: Throttled.self) { try throttle.take(.partner, "a") }
    }

    @Test func `callers cannot make the memory grow, and those known before keep their own share`() {
        let start = ContinuousClock.now
        let buckets = Buckets(Rate(1, per: 60, burst: 2), capacity: 100)
        #expect(buckets.take("known", at: start) == nil)
        var refused = 0
        for number in 0..<10_000 where buckets.take("stranger \(number)", at: start) != nil { refused += 1 }
        #expect(buckets.counts.keys == 100)
        #expect(refused == 10_000 - 99 - 2)
        #expect(buckets.take("known", at: start) == nil)
        #expect(buckets.take("late", at: start + .seconds(600)) == nil)
        #expect(buckets.counts.keys == 1)
    }

    @Test func `of exports, two run at a time`() throws {
        let throttle = Throttle([:], exports: 2)
        let first = try throttle.sit("a")
        _ = try throttle.sit("a")
        _ = try throttle.sit("b")
        #expect(throws: Throttled(seconds: 5)) { try throttle.sit("a") }
        first.leave()
        _ = try throttle.sit("a")
    }

    @Test func `D-06: who walks through five hundred customers stops at twenty, and not with those of the hour`() throws
    {
        let hand = Hand()
        let throttle = Throttle([:], round: 20, now: { hand.now })
        var reached = 0
        for number in 1...500 where (try? throttle.visit("c\(number)", by: "agent")) != nil { reached += 1 }
        #expect(reached == 20)
        try throttle.visit("c7", by: "agent")
        try throttle.visit("c77", by: "colleague")
        hand.now += .seconds(3599)
        #expect { try throttle.visit("c77", by: "agent") } throws: {
            ($0 as? RoundEnded)?.seconds == 1 && ($0 as? RoundEnded)?.isNews == false
        }
        hand.now += .seconds(1)
        try throttle.visit("c77", by: "agent")
    }
}

@Suite struct WorkTests {
    @Test func `health and what takes rights away come before everything else`() {
        #expect(Work(.get, "/readyz", isPage: false) == .vital)
        #expect(Work(.delete, "/multichannel/v1/customers/{c}/access/{id}", isPage: false) == .vital)
        #expect(Work(.post, "/customers/{id}/access/{accessId}/end", isPage: true) == .vital)
        #expect(Work(.post, "/multichannel/v1/killswitches", isPage: false) == .vital)
        #expect(Work(.get, "/audit.csv", isPage: true) == .export)
        #expect(Work(.get, "/customers", isPage: true) == .portal)
        #expect(Work(.post, "/v1/customers", isPage: false) == .write)
        #expect(Work(.get, "/v1/customers", isPage: false) == .read)
    }
}
