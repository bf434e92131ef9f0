import ArgumentParser
import Foundation

struct SandboxAs: Act {
    static let configuration = CommandConfiguration(
        commandName: "as",
        abstract: "Be this persona from now on / 以後このペルソナとして実行します",
        discussion: "suiro sandbox as misaki"
    )

    @Argument(help: "Name of the persona in the ready file / 準備完了ファイルにあるペルソナの名前")
    var name: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        var options = globals
        options.persona = name
        options.token = nil
        let connection = try Connection(options, in: session.surroundings)
        let profile = Profile(
            url: connection.address,
            token: connection.token,
            sandboxToken: connection.sandboxToken,
            persona: name,
            readyFile: connection.ready.map { URL(fileURLWithPath: $0.path).standardizedFileURL.path }
        )
        try profile.store(at: Profile.path(in: session.surroundings))
        session.printer.say("sandbox.as", ["name": name, "url": profile.url])
    }
}
