import SuiroHTTP
import SuiroServer
import Testing

/// A gate that a planted slow handler waits behind.
private actor Hold {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for one in waiting { one.resume() }
        waiting = []
    }
}

@Suite struct AdmissionTests {
    @Test func `P14: at ten times what it can do, admitted work is done and the rest hears no at once`() async throws {
        var settings = Admission.Settings()
        // Slow machines must not run out of the calm while the test counts.
        (settings.slots, settings.calm) = (16, .seconds(3600))
        let admission = Admission(settings)
        let hold = Hold()
        let running = (0..<14).map { _ in
            Task {
                guard await admission.enter(.read) else { return false }
                await hold.wait()
                admission.leave(.read)
                return true
            }
        }
        while !admission.lines.contains("suiro_running{class=\"read\"} 14") { await Task.yield() }
        // The first to come may hope for a slot; it hears no after its 50 ms, and from then on nobody waits.
        let clock = ContinuousClock()
        #expect(await admission.enter(.read) == false)
        var times: [Duration] = []
        for _ in 0..<140 {
            let start = clock.now
            #expect(await admission.enter(.read) == false)
            times.append(clock.now - start)
        }
        #expect(times.sorted()[70] < .milliseconds(5))
        // A full house of reads leaves room for people, and for those who take rights away.
        #expect(await admission.enter(.portal))
        #expect(await admission.enter(.vital))
        await hold.open()
        for task in running { #expect(await task.value) }
        admission.leave(.portal)
        admission.leave(.vital)
        #expect(await admission.enter(.read))
        admission.leave(.read)
        #expect(admission.lines.contains("suiro_shed_total{class=\"read\"} 141"))
        #expect(admission.lines.contains("suiro_admitted_total{class=\"read\"} 15"))
    }

    @Test func `who waits gets the slot that is given back, the higher class first`() async {
        var settings = Admission.Settings()
        // Longer than any machine is busy: here nobody gives up.
        (settings.slots, settings.wait) = (4, .seconds(3600))
        let admission = Admission(settings)
        for _ in 0..<4 { #expect(await admission.enter(.portal)) }
        let read = Task { await admission.enter(.read) }
        while !admission.lines.contains("suiro_queued{class=\"read\"} 1") { await Task.yield() }
        let portal = Task { await admission.enter(.portal) }
        while !admission.lines.contains("suiro_queued{class=\"portal\"} 1") { await Task.yield() }
        admission.leave(.portal)
        #expect(await portal.value)
        #expect(admission.lines.contains("suiro_queued{class=\"read\"} 1"))
        admission.leave(.portal)
        admission.leave(.portal)
        #expect(await read.value)
    }
}

@Suite struct ProxiesTests {
    @Test(arguments: [
        ("", "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.0/8", "10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.0/8", "10.1.2.3", ["6.6.6.6, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("10.0.0.0/8", "10.1.2.3", ["nonsense"], "10.1.2.3"),
        ("10.0.0.0/8", "::ffff:10.1.2.3", ["2001:db8:1:2:aaaa::1"], "2001:db8:1:2::/64"),
        ("10.0.0.5", "10.0.0.6", ["198.51.100.1"], "10.0.0.6"),
    ])
    func `ASVS 4.1.3: an address that somebody claims counts only from a machine of ours`(
        trusted: String,
        peer: String,
        forwarded: [String],
        expected: String
    ) throws {
        let proxies = try #require(Proxies(trusted))
        #expect(proxies.caller(peer: peer, forwarded: forwarded) == expected)
    }

    @Test(arguments: ["x", "10.0.0.0/33", "10.0.0.0/", "1.2.3"])
    func `what is no network is refused`(text: String) { #expect(Proxies(text) == nil) }
}
