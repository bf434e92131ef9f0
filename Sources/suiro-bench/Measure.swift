import ArgumentParser
import Foundation
import SuiroDomain

/// Runs the fixed mixes against a world, in turns with the ceiling.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure a world that `world` has made.",
        discussion:
            "Every case takes its turn in every round, the empty route among them, so that ratios hold while the machine drifts. Needs wrk."
    )
    @ArgumentParser.Option(help: "The world: a folder, or postgresql://… May be repeated.")
    var at: [Place]
    @ArgumentParser.Option(help: "Seconds of each case in each round.")
    var seconds = 3
    @ArgumentParser.Option(help: "Rounds; medians are told.")
    var rounds = 3
    @ArgumentParser.Option(help: "Connections of a reading case.")
    var connections = 32
    @ArgumentParser.Option(help: "Connections of a writing case.")
    var writers = 64
    @ArgumentParser.Option(help: "The program that is measured.")
    var suirod = ".build/release/suirod"
    @ArgumentParser.Option(help: "How many partners' customers are asked for.")
    var partners = 10
    @ArgumentParser.Option(help: "Also draw the report as SVG into this file.")
    var svg: String?

    func run() async throws {
        let own = CommandLine.arguments[0]
        let empty = try Running(own, ["empty-route"])
        var cases = [
            Case(name: "empty route", group: "", server: empty, url: empty.url, script: nil, connections: connections)
        ]
        var running = [empty]
        defer { for server in running { server.stop() } }
        for place in at {
            let tokens = try await tokens(place)
            let began = ContinuousClock.now
            let server = try Running(
                suirod,
                ["serve", "--port", "0", "--log-level", "error", "--limit", "rates=off"] + place.flags
            )
            let took = (ContinuousClock.now - began) / .milliseconds(1)
            running.append(server)
            print("\(place): ready after \(Int(took)) ms, \(Int(server.resident)) MB in memory")
            cases += mixes(place, server, tokens)
        }
        var report = Report(cases: cases)
        let progress = Progress("rounds", of: rounds * cases.count)
        for round in 0..<rounds {
            for (index, one) in cases.enumerated() {
                try report.add(one.measure(seconds), to: index)
                progress.show(round * cases.count + index + 1)
            }
        }
        print(report.text)
        for (place, server) in zip(at, running.dropFirst()) {
            print("\(place): \(Int(server.resident)) MB in memory after the load")
        }
        if let svg { try Data(report.svg.utf8).write(to: URL(fileURLWithPath: svg)) }
    }

    private func tokens(_ place: Place) async throws -> [String] { try await place.tokens(of: partners) }

    private func mixes(_ place: Place, _ server: Running, _ tokens: [String]) -> [Case] {
        var (customers, subscriptions): ([(path: String, token: Int)], [(path: String, token: Int)]) = ([], [])
        for partner in 0..<partners {
            for number in 1...500 {
                let customer = "/v1/customers/\(World.customer(number, of: partner))"
                customers.append((customer, partner))
                subscriptions.append(
                    ("\(customer)/subscriptions/\(World.subscription(number % 5, of: number, of: partner))", partner)
                )
            }
        }
        let lists = (0..<partners).map { (path: "/v1/customers/\(World.customer(0, of: $0))/subscriptions", token: $0) }
        let changes = (#"{"status":"suspended"}"#, #"{"status":"active"}"#)
        func reading(_ name: String, _ paths: [(path: String, token: Int)]) -> Case {
            let script = Script.get(paths, tokens: tokens)
            return Case(
                name: name,
                group: "\(place)",
                server: server,
                url: server.url,
                script: script,
                connections: connections
            )
        }
        return [
            reading("one customer", customers.shuffled()),
            reading("one subscription", subscriptions.shuffled()),
            reading("100 subscriptions", lists),
            Case(
                name: "a change of one",
                group: "\(place)",
                server: server,
                url: server.url,
                script: Script.patch(subscriptions, tokens: tokens, bodies: changes),
                connections: writers
            ),
        ]
    }
}

/// One thing that is measured.
struct Case {
    let name: String
    /// The database, or nothing for a ceiling.
    let group: String
    let server: Running
    let url: String
    let script: String?
    let connections: Int

    struct Figure {
        let round: Round
        /// Microseconds of the server's processor time for each request.
        let processor: Double
    }

    func measure(_ seconds: Int) throws -> Figure {
        let before = server.processorTime
        let round = try Wrk(connections: connections, seconds: seconds).load(url, script: script)
        guard round.failed * 1000 <= round.requests else {
            throw Complaint("\(group) \(name): \(round.failed) of \(round.requests) were refused")
        }
        return Figure(
            round: round,
            processor: (server.processorTime - before) / Double(max(round.requests, 1)) * 1_000_000
        )
    }
}
