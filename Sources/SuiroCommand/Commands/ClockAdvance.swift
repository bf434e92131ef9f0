import ArgumentParser

struct ClockAdvance: Act {
    static let configuration = CommandConfiguration(
        commandName: "advance",
        abstract: "Let time pass; ends when all that was due has happened / 時計を進めます（期限の処理が済むと終わります）",
        discussion: "suiro sandbox clock advance P31D"
    )

    @Argument(help: "P31D, PT12H, or in short 31d, 2w, 12h, 30m / 期間（P31D、31d など）")
    var by: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        guard let duration = Self.duration(by) else { throw Failure(.usage, "duration.malformed", ["text": by]) }
        let client = try session.client()
        var answer = try await client.send("POST", "/sandbox/v1/clock/advance", ["by": .string(duration)])
        if answer["now"].isNull { answer = try await client.get("/sandbox/v1/clock") }
        session.printer.clock(answer)
    }

    /// ISO 8601 as it is, the short form as ISO 8601.
    private static func duration(_ text: String) -> String? {
        let upper = text.uppercased()
        if upper.wholeMatch(of: /P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?/) != nil {
            return upper
        }
        guard let match = upper.wholeMatch(of: /(\d+)([SMHDW])/) else { return nil }
        return ("SMH".contains(match.2) ? "PT" : "P") + match.1 + match.2
    }
}
