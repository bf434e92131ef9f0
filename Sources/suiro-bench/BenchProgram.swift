import ArgumentParser
import Foundation
import Logging
import SuiroServer

@main
struct BenchProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suiro-bench",
        abstract: "Measures suirod beside what the same machine can do at best.",
        subcommands: [MakeWorld.self, Measure.self, Empty.self],
        defaultSubcommand: Measure.self
    )
}

/// The ceiling of every ratio: the server library with nothing behind it.
struct Empty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "empty-route",
        abstract: "Serve a route that does nothing, until SIGTERM."
    )

    func run() async throws {
        var logger = Logger(label: "empty")
        logger.logLevel = .error
        try await EmptyRoute.run(port: 0, logger: logger) { port in
            print("http://127.0.0.1:\(port)/empty")
            fflush(nil)
        }
    }
}
