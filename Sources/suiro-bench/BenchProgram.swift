import ArgumentParser
import Foundation
import Logging
import SuiroServer

@main
struct BenchProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suiro-bench",
        abstract: "Measures suirod beside what the same machine can do at best.",
        subcommands: [MakeWorld.self, Measure.self, Tokens.self, Empty.self],
        defaultSubcommand: Measure.self
    )
}

/// For loads of one's own: a token, and whose customers it opens.
struct Tokens: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Print a token of the first partner's agent, and two addresses that it opens."
    )
    @ArgumentParser.Option(help: "The world: a folder, or postgresql://…")
    var at: Place

    func run() async throws {
        print(try await at.tokens(of: 1)[0])
        let customer = World.customer(1, of: 0)
        print("/v1/customers/\(customer)")
        print("/v1/customers/\(customer)/subscriptions/\(World.subscription(1, of: 1, of: 0))")
        print("/v1/customers/\(World.customer(0, of: 0))/subscriptions")
    }
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
