import Dispatch
import Foundation

/// A connection and the only queue that may touch it.
final class Lane: @unchecked Sendable {
    private let queue = DispatchQueue(label: "suiro.postgres.lane")
    private let connection = PostgresConnection()
    private let url: String

    /// Connects when it is first used.
    init(url: String) {
        self.url = url
    }

    func run<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        if !self.connection.wasOpened { try self.connection.open(self.url) }
                        return try body(self.connection)
                    }
                )
            }
        }
    }
}

/// Hands out idle lanes, in the order they were asked for.
final class LanePool: @unchecked Sendable {
    private let lock = NSLock()
    private var idle: [Lane] = []
    private var waiting: [CheckedContinuation<Lane, Never>] = []
    private let meter: StoreMeter?

    init(_ meter: StoreMeter?) {
        self.meter = meter
    }

    func add(_ lane: Lane) {
        giveBack(lane)
    }

    func use<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        let asked = ContinuousClock.now
        let lane = await take()
        meter?.waitedForLane(ContinuousClock.now - asked)
        defer { giveBack(lane) }
        return try await lane.run(body)
    }

    private func take() async -> Lane {
        if let lane = lock.withLock({ idle.popLast() }) { return lane }
        return await withCheckedContinuation { continuation in
            let lane: Lane? = lock.withLock {
                if let lane = idle.popLast() { return lane }
                waiting.append(continuation)
                return nil
            }
            if let lane { continuation.resume(returning: lane) }
        }
    }

    private func giveBack(_ lane: Lane) {
        let next: CheckedContinuation<Lane, Never>? = lock.withLock {
            if !waiting.isEmpty { return waiting.removeFirst() }
            idle.append(lane)
            return nil
        }
        next?.resume(returning: lane)
    }
}

/// Lets this process's writers of one scope go for a connection one after another, in the order they came: those who wait
/// hold none. Other processes' writers are kept apart by the scope's lock in the database.
final class ScopeTurns: @unchecked Sendable {
    private let lock = NSLock()
    /// Who waits, by scope; a scope that somebody writes in has an entry.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    func begin(_ scope: String) async {
        if lock.withLock({ takeFree(scope) }) { return }
        await withCheckedContinuation { continuation in
            let isFree = lock.withLock {
                if takeFree(scope) { return true }
                waiting[scope]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func end(_ scope: String) {
        let next: CheckedContinuation<Void, Never>? = lock.withLock {
            guard waiting[scope]?.isEmpty == false else {
                waiting[scope] = nil
                return nil
            }
            return waiting[scope]?.removeFirst()
        }
        next?.resume()
    }

    private func takeFree(_ scope: String) -> Bool {
        guard waiting[scope] == nil else { return false }
        waiting[scope] = []
        return true
    }
}
