package import Foundation

/// All that the program takes from outside: tests put their own here.
package struct Surroundings: Sendable {
    package var environment: [String: String]
    package var terminal: Terminal
    package var transport: Transport
    package var now: @Sendable () -> Date
    package var newUUID: @Sendable () -> UUID
    package var sleep: @Sendable (Duration) async throws -> Void
    package var timeZone: TimeZone

    package init(
        environment: [String: String],
        terminal: Terminal,
        transport: Transport,
        now: @escaping @Sendable () -> Date = { Date() },
        newUUID: @escaping @Sendable () -> UUID = { UUID() },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        timeZone: TimeZone = .current
    ) {
        self.environment = environment
        self.terminal = terminal
        self.transport = transport
        self.now = now
        self.newUUID = newUUID
        self.sleep = sleep
        self.timeZone = timeZone
    }

    /// This process, its terminal and the network.
    package static var process: Surroundings {
        Surroundings(environment: ProcessInfo.processInfo.environment, terminal: .standard, transport: .network)
    }

    /// A variable's value; an empty one counts as not set.
    package func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `TZ` decides when it is set. Without it a Japanese reader is taken to be in Japan, wherever the machine is.
    package func zone(for language: Language) -> TimeZone {
        if variable("TZ") == nil, language == .japanese, let tokyo = TimeZone(identifier: "Asia/Tokyo") { return tokyo }
        return timeZone
    }
}
