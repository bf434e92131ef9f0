import Foundation
package import SuiroDomain

/// What one process does next.
package struct Step<Input: Sendable, Output: Sendable>: Sendable {
    package enum Delivery: Sendable {
        case heard
        /// The process gives up waiting and goes on; what it asked for is still under way.
        case unheard
        /// The first answer is lost on its way, and the same request is sent again under the same key.
        case repeated
    }

    package let delivery: Delivery
    /// What is asked, given what this process has heard so far, oldest first.
    package let input: @Sendable ([Output]) -> Input

    package init(_ input: Input, _ delivery: Delivery = .heard) {
        (self.delivery, self.input) = (delivery, { _ in input })
    }

    package init(_ delivery: Delivery = .heard, asking input: @escaping @Sendable ([Output]) -> Input) {
        (self.delivery, self.input) = (delivery, input)
    }
}

/// One call as it reaches the service under test.
package struct Ask<Input: Sendable>: Sendable {
    package let process: Int
    package let input: Input
    package let key: RequestKey

    package init(_ input: Input, by process: Int) {
        (self.process, self.input) = (process, input)
        key = RequestKey(id: UUID(), digest: "history")
    }

    /// The same call, gone astray: under its key it now asks for something else.
    package init(_ input: Input, insteadOf other: Ask) {
        (process, self.input, key) = (other.process, input, other.key)
    }
}

/// The way to the service under test. It throws `TurnedAway`, and otherwise only what is no answer of the service.
package typealias Door<Input: Sendable, Output: Sendable> = @Sendable (Ask<Input>) async throws -> Output

/// The service asked to come again: nothing was done, and nothing was said about the object.
package struct TurnedAway: Error {
    package init() {}
}

/// Runs processes side by side and writes down what each of them saw.
package final class Recorder<Input: Sendable, Output: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var moment = 0
    private var operations: [History<Input, Output>.Operation] = []
    private var turnedAway = 0
    private let door: Door<Input, Output>

    private init(_ door: @escaping Door<Input, Output>) {
        self.door = door
    }

    /// One process a script. Returns when everything has ended, even what nobody waited for.
    package static func record(
        _ scripts: [[Step<Input, Output>]],
        through door: @escaping Door<Input, Output>
    ) async throws -> History<Input, Output> {
        let recorder = Recorder(door)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (process, script) in scripts.enumerated() {
                group.addTask { try await recorder.play(script, as: process) }
            }
            try await group.waitForAll()
        }
        return recorder.lock.withLock { History(recorder.operations, turnedAway: recorder.turnedAway) }
    }

    private func play(_ script: [Step<Input, Output>], as process: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { abandoned in
            var heard: [Output] = []
            for step in script {
                let ask = Ask(step.input(heard), by: process)
                let called = tick()
                switch step.delivery {
                case .unheard:
                    abandoned.addTask { [self] in _ = try await call(ask) }
                    write(ask, called, .unknown)
                case .heard:
                    guard let output = try await call(ask) else { continue }
                    write(ask, called, .answered(output, at: tick()))
                    heard.append(output)
                case .repeated:
                    _ = try await call(ask)
                    let again = try await call(ask)
                    write(ask, called, again.map { .answered($0, at: tick()) } ?? .unknown)
                    heard += again.map { [$0] } ?? []
                }
            }
            try await abandoned.waitForAll()
        }
    }

    private func call(_ ask: Ask<Input>) async throws -> Output? {
        do {
            return try await door(ask)
        } catch is TurnedAway {
            lock.withLock { turnedAway += 1 }
            return nil
        }
    }

    private func tick() -> Int {
        lock.withLock {
            moment += 1
            return moment
        }
    }

    private func write(_ ask: Ask<Input>, _ called: Int, _ outcome: History<Input, Output>.Outcome) {
        lock.withLock {
            operations.append(.init(process: ask.process, called: called, input: ask.input, outcome: outcome))
        }
    }
}
