import Foundation
import SuiroCommand
import Testing

@Suite struct ManualTests {
    /// A command or option of the manual.
    struct Entry: Sendable, CustomTestStringConvertible {
        let name: String
        let json: JSON
        var testDescription: String { name }
    }

    private static func commands(_ json: JSON, path: [String] = []) -> [Entry] {
        let path = path + [json["commandName"].text ?? ""]
        let here = Entry(name: path.joined(separator: " "), json: json)
        let below = json["subcommands"].elements.filter { $0["commandName"] != "help" }
        return [here] + below.flatMap { commands($0, path: path) }
    }

    static let commands = commands(JSON(text: Program.manual)?["command"] ?? .null)
    static let leaves = commands.filter { command in
        !command.json["subcommands"].elements.contains { $0["commandName"] != "help" }
    }

    @Test func `the tree is the promised one`() {
        #expect(
            Self.leaves.map(\.name) == [
                "suiro login", "suiro logout", "suiro whoami", "suiro version", "suiro customer list",
                "suiro customer show", "suiro subscription list", "suiro subscription why",
                "suiro subscription suspend", "suiro subscription resume", "suiro subscription cancel",
                "suiro subscription set-quantity",
                "suiro statement show",
                "suiro relationship request", "suiro relationship list", "suiro relationship show",
                "suiro relationship remind", "suiro relationship withdraw", "suiro relationship approve",
                "suiro relationship decline", "suiro move plan", "suiro move request", "suiro move list",
                "suiro move status", "suiro move approve", "suiro move decline", "suiro move done",
                "suiro move withdraw",
                "suiro move renew", "suiro move calendar", "suiro move leftovers", "suiro move resolve",
                "suiro access list", "suiro access calendar", "suiro access unused", "suiro access extend",
                "suiro access remove", "suiro policy list",
                "suiro policy show", "suiro policy diff", "suiro policy packages", "suiro policy check",
                "suiro policy draft", "suiro policy impact", "suiro policy publish", "suiro policy withdraw",
                "suiro policy kill", "suiro announcement list", "suiro announcement show", "suiro webhook show",
                "suiro webhook register", "suiro webhook test",
                "suiro webhook deliveries", "suiro webhook resend", "suiro audit tail",
                "suiro sandbox status", "suiro sandbox clock show", "suiro sandbox clock set",
                "suiro sandbox clock advance", "suiro sandbox reset", "suiro sandbox outbox",
                "suiro sandbox snapshot save", "suiro sandbox snapshot restore", "suiro sandbox as",
                "suiro sandbox fault", "suiro api", "suiro explain",
            ]
        )
    }

    @Test(arguments: commands)
    func `every command says what it does in both languages`(command: Entry) throws {
        try expectBoth(#require(command.json["abstract"].text))
    }

    @Test(arguments: leaves)
    func `every option says what it is in both languages`(command: Entry) throws {
        for argument in command.json["arguments"].elements where argument["shouldDisplay"] == true {
            let name = argument["valueName"].text ?? ""
            // Names of methods are the same in both, and the parser brings its own two.
            guard !["method", "help", "version"].contains(name) else { continue }
            try expectBoth(#require(argument["abstract"].text, "\(command.name) \(name)"))
        }
    }

    @Test(arguments: leaves)
    func `every command has an example that parses`(command: Entry) throws {
        let examples = (command.json["discussion"].text ?? "").split(separator: "\n").filter { $0.hasPrefix("suiro ") }
        try #require(!examples.isEmpty)
        for example in examples {
            #expect(example.hasPrefix(command.name))
            #expect(Program.understands(Self.arguments(String(example))), "\(example)")
        }
    }

    @Test(arguments: [
        ["-o", "json", "--lang", "ja", "customer", "list"], ["customer", "-o", "json", "list", "--lang", "ja"],
        ["customer", "list", "--lang", "ja", "-o", "json"], ["customer", "list", "--lang=ja", "--output=json"],
    ])
    func `global options stand anywhere`(arguments: [String]) async {
        let outcome = await Rehearsal(answer: { _ in .ok(#"{"items":[]}"#) }).run(arguments)
        #expect(outcome.out == "[]\n")
        #expect(outcome.calls.first?[header: "X-Locale"] == "ja-JP")
    }

    private func expectBoth(_ text: String) {
        let halves = text.split(separator: " / ", maxSplits: 1)
        #expect(halves.count == 2, "\(text)")
        #expect(halves.first.map { $0.unicodeScalars.allSatisfy { $0.value < 0x3000 } } == true, "\(text)")
        #expect(halves.last.map { $0.unicodeScalars.contains { $0.value >= 0x3000 } } == true, "\(text)")
    }

    /// Splits as a shell does, as far as the examples need it.
    private static func arguments(_ line: String) -> [String] {
        line.matches(of: /"([^"]*)"|'([^']*)'|(\S+)/)
            .map { String($0.output.1 ?? $0.output.2 ?? $0.output.3 ?? "") }
            .dropFirst().map { $0 }
    }
}
