import Foundation
package import SuiroHTTP

/// Lets in as much work as the server can do at once and turns the rest away, at once: a queue that grows answers
/// nobody (reliability 2.3 rule 8). What would be let in within `wait` may wait for it.
package final class Admission: @unchecked Sendable {
    package struct Settings: Sendable {
        /// Requests that are worked on at once.
        package var slots = 64
        /// Slots beside those, for health and for taking rights away.
        package var reserved = 8
        package var wait = Duration.milliseconds(50)
        /// Requests that wait at once.
        package var queue = 128
        /// After a request has waited in vain nobody waits, until nothing was turned away for that long.
        package var calm = Duration.seconds(2)

        package init() {}
    }

    private struct Waiter {
        let id: Int
        let since: ContinuousClock.Instant
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Count {
        var admitted = 0
        var shed = 0
        var waited = Duration.zero
        var longest = Duration.zero

        mutating func begin(after waited: Duration) {
            admitted += 1
            guard waited > .zero else { return }
            self.waited += waited
            longest = max(longest, waited)
        }
    }

    private let settings: Settings
    private let lock = NSLock()
    private var running: [Work: Int] = [:]
    private var all = 0
    private var waiting: [Work: [Waiter]] = [:]
    private var queued = 0
    private var counts: [Work: Count] = [:]
    private var busyUntil: ContinuousClock.Instant?
    private var next = 0

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Whether the work may begin. Whoever hears yes says `leave` when it is done.
    package func enter(_ work: Work) async -> Bool {
        if lock.withLock({ entersAtOnce(work) }) { return true }
        return await withCheckedContinuation { continuation in
            lock.lock()
            if entersAtOnce(work) {
                lock.unlock()
                continuation.resume(returning: true)
                return
            }
            let now = ContinuousClock.now
            let isBusy = busyUntil.map { now < $0 } ?? false
            guard !isBusy || work == .vital, queued < settings.queue else {
                shed(work, now)
                lock.unlock()
                continuation.resume(returning: false)
                return
            }
            next += 1
            let id = next
            waiting[work, default: []].append(Waiter(id: id, since: now, continuation: continuation))
            queued += 1
            lock.unlock()
            Task { [self, wait = settings.wait] in
                try? await Task.sleep(for: wait)
                giveUp(id, work)
            }
        }
    }

    /// Nobody who waits for as much or more is passed.
    private func entersAtOnce(_ work: Work) -> Bool {
        guard isRoom(for: work), queued == 0 || !waiting.contains(where: { $0.key >= work && !$0.value.isEmpty }) else {
            return false
        }
        begin(work, Duration.zero)
        return true
    }

    package func leave(_ work: Work) {
        let admitted: [CheckedContinuation<Bool, Never>] = lock.withLock {
            running[work, default: 1] -= 1
            all -= 1
            return queued == 0 ? [] : admitWaiting()
        }
        for continuation in admitted { continuation.resume(returning: true) }
    }

    private func giveUp(_ id: Int, _ work: Work) {
        let waiter: Waiter? = lock.withLock {
            guard let index = waiting[work]?.firstIndex(where: { $0.id == id }) else { return nil }
            shed(work, ContinuousClock.now)
            queued -= 1
            return waiting[work]?.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
    }

    /// The highest class first, and in it the one that has waited longest.
    private func admitWaiting() -> [CheckedContinuation<Bool, Never>] {
        var admitted: [CheckedContinuation<Bool, Never>] = []
        let now = ContinuousClock.now
        for work in Work.allCases.sorted(by: >) {
            while isRoom(for: work), let first = waiting[work]?.first {
                waiting[work]?.removeFirst()
                queued -= 1
                begin(work, now - first.since)
                admitted.append(first.continuation)
            }
        }
        return admitted
    }

    /// The lower the class, the fewer slots it may fill, so that there is always one for the higher.
    private func isRoom(for work: Work) -> Bool {
        let slots = settings.slots
        return switch work {
        case .vital: all < slots + settings.reserved
        case .portal: all < slots
        case .write: all < max(1, slots * 15 / 16)
        case .read: all < max(1, slots * 14 / 16)
        case .export: all < max(1, slots * 14 / 16) && running[.export, default: 0] < max(1, slots / 4)
        }
    }

    private func begin(_ work: Work, _ waited: Duration) {
        running[work, default: 0] += 1
        all += 1
        counts[work, default: Count()].begin(after: waited)
    }

    private func shed(_ work: Work, _ now: ContinuousClock.Instant) {
        counts[work, default: Count()].shed += 1
        busyUntil = now + settings.calm
    }

    /// What Prometheus reads.
    package var lines: [String] {
        let counts = lock.withLock { self.counts }
        let running = lock.withLock { self.running }
        let queued = lock.withLock { self.waiting.mapValues { $0.count } }
        var lines: [String] = []
        func add(_ name: String, _ help: String, _ type: String, _ value: (Work) -> String) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
            for work in Work.allCases { lines.append("\(name){class=\"\(work.name)\"} \(value(work))") }
        }
        add("suiro_admitted_total", "Requests that were let in.", "counter") { "\(counts[$0]?.admitted ?? 0)" }
        add("suiro_shed_total", "Requests that were answered 503 unseen.", "counter") { "\(counts[$0]?.shed ?? 0)" }
        add("suiro_running", "Requests under way.", "gauge") { "\(running[$0] ?? 0)" }
        add("suiro_queued", "Requests that wait to be let in.", "gauge") { "\(queued[$0] ?? 0)" }
        add("suiro_queue_seconds_total", "Time that admitted requests waited.", "counter") {
            Self.seconds(counts[$0]?.waited)
        }
        add("suiro_queue_seconds_longest", "The longest that one of them waited.", "gauge") {
            Self.seconds(counts[$0]?.longest)
        }
        return lines
    }

    private static func seconds(_ duration: Duration?) -> String { String((duration ?? .zero) / Duration.seconds(1)) }
}

extension Work {
    fileprivate var name: String {
        switch self {
        case .export: "export"
        case .read: "read"
        case .write: "write"
        case .portal: "portal"
        case .vital: "vital"
        }
    }
}
