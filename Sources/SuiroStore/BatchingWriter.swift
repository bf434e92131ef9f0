import Dispatch
import Foundation

/// Puts the writes that wait at the same moment under one commit, each in a savepoint of its own: durable commits are
/// affordable only when they are shared. Nobody is answered before the shared commit is on disk.
final class BatchingWriter: @unchecked Sendable {
    /// A write that waits: it is done, and answered when the commit that it shares is on disk; or it is refused, when
    /// there was no transaction to do it in.
    private struct Job: Sendable {
        let perform: @Sendable (SQLiteConnection) -> @Sendable (Result<Void, any Error>) -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private static let largestBatch = 256
    /// Touched on the queue alone.
    private let connection: SQLiteConnection
    private let meter: StoreMeter
    /// Called between two commits, when those who waited for the first have been answered.
    private let afterCommit: @Sendable (SQLiteConnection) -> Void
    private let queue = DispatchQueue(label: "suiro.sqlite.writer")
    private let lock = NSLock()
    /// Jobs that no batch has taken yet.
    private var waiting: [Job] = []

    /// Takes the connection for itself.
    init(
        _ connection: SQLiteConnection,
        meter: StoreMeter,
        afterCommit: @escaping @Sendable (SQLiteConnection) -> Void = { _ in }
    ) {
        (self.connection, self.meter, self.afterCommit) = (connection, meter, afterCommit)
    }

    func run<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        meter.began()
        defer { meter.ended() }
        return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
            let job = Job { connection in
                let outcome: Result<T, any Error> = Result { try connection.savepoint(body) }
                return { commit in
                    switch commit {
                    case .success: continuation.resume(with: outcome)
                    case .failure(let error): continuation.resume(throwing: error)
                    }
                }
            } refuse: { error in
                continuation.resume(throwing: error)
            }
            lock.withLock { waiting.append(job) }
            queue.async { self.drain() }
        }
    }

    /// Runs `body` when no batch is under way.
    func between<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    private func take() -> [Job] {
        lock.withLock {
            let taken = Array(waiting.prefix(Self.largestBatch))
            waiting.removeFirst(taken.count)
            return taken
        }
    }

    private func drain() {
        let jobs = take()
        guard !jobs.isEmpty else { return }
        let began = ContinuousClock.now
        var answers: [@Sendable (Result<Void, any Error>) -> Void] = []
        let commit: Result<Void, any Error> = Result { try perform(jobs, &answers) }
        meter.committed(answers.count, in: ContinuousClock.now - began)
        // A disk that is full shows at the commit: nobody's write happened, and all of them may be asked for again.
        for answer in answers { answer(commit) }
        guard case .failure(let error) = commit else { return afterCommit(connection) }
        for job in jobs.dropFirst(answers.count) { job.refuse(error) }
    }

    private func perform(_ jobs: [Job], _ answers: inout [@Sendable (Result<Void, any Error>) -> Void]) throws {
        try connection.control("BEGIN IMMEDIATE")
        do {
            for job in jobs {
                answers.append(job.perform(connection))
                // SQLite has undone the whole batch, with those that were well.
                guard connection.isInTransaction else {
                    throw StoreError.unavailable("SQLite ended the transaction: the disk is full or cannot be read.")
                }
            }
            try connection.control("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.control("ROLLBACK") }
            throw error
        }
    }
}
