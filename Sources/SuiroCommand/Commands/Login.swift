import ArgumentParser
import Foundation

struct Login: Act {
    static let configuration = CommandConfiguration(
        abstract: "Keep a sign-in for the next commands / サインインを保存します",
        discussion: """
            Without --token the token is read from standard input, so that it stays out of the shell's history.
            --token を省くと標準入力から読み取るため、シェルの履歴に残りません。

            suiro login --url http://127.0.0.1:8080 --token TOKEN
            suiro login --ready-file ready.json --as misaki
            """
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let connection = try Connection(options(session), in: session.surroundings)
        let origin = connection.address
        guard let token = connection.token else { throw Failure(.signInNeeded, "signIn.noToken", ["url": origin]) }
        try await session.client(connection).checkToken()
        // Before anything is kept, the server has taken the token.
        let profile = Profile(
            url: origin,
            token: token,
            sandboxToken: connection.sandboxToken,
            persona: connection.persona,
            readyFile: connection.ready.map { URL(fileURLWithPath: $0.path).standardizedFileURL.path }
        )
        try profile.store(at: Profile.path(in: session.surroundings))
        if connection.isCleartext { session.printer.say("login.cleartext", ["url": origin]) }
        session.printer.say("login.done", ["url": origin, "path": Profile.path(in: session.surroundings)])
    }

    /// The options, with the token from standard input where nothing else says who signs in.
    private func options(_ session: Session) throws -> GlobalOptions {
        var options = globals
        let surroundings = session.surroundings
        let isNamed = options.persona != nil || surroundings.variable("SUIRO_AS") != nil
        guard options.token == nil, surroundings.variable("SUIRO_TOKEN") == nil, !isNamed else { return options }
        if session.terminal.errIsScreen { session.terminal.err(session.words("login.prompt") + " ") }
        options.token = session.terminal.readLine()?.trimmingCharacters(in: .whitespaces)
        guard options.token?.isEmpty == false else { throw Failure(.signInNeeded, "login.nothingRead") }
        return options
    }
}

extension Client {
    /// Whether the server takes the token: any considered answer but 401 says that it knows who asks.
    func checkToken() async throws {
        do {
            _ = try await call("GET", "/multichannel/v1/announcements")
        } catch let problem as Problem where problem.status != 401 && problem.status < 500 {
            // This person may not read announcements, or there are none; the token itself was accepted.
        }
    }
}

extension Connection {
    /// Whether a token would cross a network unencrypted.
    fileprivate var isCleartext: Bool {
        origin.scheme == "http" && !["127.0.0.1", "::1", "[::1]", "localhost"].contains(origin.host() ?? "")
    }
}
