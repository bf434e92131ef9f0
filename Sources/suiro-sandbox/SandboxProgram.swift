import ArgumentParser
import Foundation
import Logging
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroPortal
import SuiroSandbox
import SuiroServer
import SuiroService
import SuiroStore

/// The server with a test clock and worlds to build: for developers, CI and demonstrations.
@main
struct SandboxProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suiro-sandbox",
        abstract: "Suiro with a test clock, worlds and an outbox. / テスト時計・世界づくり・送信箱つきの Suiro。",
        subcommands: [Up.self, Empty.self],
        defaultSubcommand: Up.self
    )
}

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the sandbox. / サンドボックスを起動します。"
    )

    @Flag(help: "Seed personas and a customer for every case. / 登場人物と、あらゆる場合の顧客を用意します。")
    var demo = false
    @ArgumentParser.Option(help: "Port to listen on; 0 lets the system choose. / 待ち受けるポート。0 なら空きポートを選びます。")
    var port = 8080
    @ArgumentParser.Option(help: "Address to listen on. / 待ち受けるアドレス。")
    var host = "127.0.0.1"
    @ArgumentParser.Option(help: "Folder of a durable SQLite database. / 永続する SQLite のフォルダー。")
    var data: String?
    @ArgumentParser.Option(
        name: .customLong("database-url"),
        help: "postgresql://… in place of SQLite. / SQLite の代わりに使う PostgreSQL。"
    )
    var databaseURL: String?
    @ArgumentParser.Option(help: "public, usgov or germany. / クラウド。")
    var cloud = "public"
    @ArgumentParser.Option(help: "Where the test clock starts, RFC 3339. / テスト時計の開始時刻。")
    var clock: String?
    @ArgumentParser.Option(
        name: .customLong("ready-file"),
        help: "Written once the server answers. / 応答できるようになったら書くファイル。"
    )
    var readyFile: String?
    @Flag(name: .customLong("allow-remote-demo"), help: "Listen on other than loopback. / ループバック以外でも待ち受けます。")
    var allowRemoteDemo = false
    @ArgumentParser.Option(name: .customLong("log-level"), help: "debug, info, warning or error. / ログの詳しさ。")
    var logLevel = "warning"
    @Flag(help: "Limit rates as suirod does. / suirod と同じ回数制限をかけます。")
    var limits = false
    @ArgumentParser.Option(
        name: .customLong("limit"),
        help: "NAME=VALUE, as docs/limits.en.md lists them; switches limits on. / 制限の名前と値。制限を有効にします。"
    )
    var limit: [String] = []

    func run() async throws {
        do {
            try await serve()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            FileHandle.standardError.write(Data("suiro-sandbox: \(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private func serve() async throws {
        guard allowRemoteDemo || ["127.0.0.1", "localhost", "::1"].contains(host) || host.hasPrefix("127.") else {
            throw Refusal(
                description: "The sandbox listens on loopback only; --allow-remote-demo lifts that for \(host)."
            )
        }
        let start = try clock.map { text in
            guard let instant = Instant(text) else {
                throw Refusal(description: "--clock \(text) is not an RFC 3339 instant, such as 2027-03-28T10:00:00Z.")
            }
            return instant
        }
        var flags = ["host": host, "port": "\(port)", "cloud": cloud, "log.level": logLevel]
        flags["data"] = data
        flags["database.url"] = databaseURL
        flags["limits.rates"] = limits || !limit.isEmpty ? "on" : "off"
        flags.merge(try Limits.flags(limit)) { _, last in last }
        let settings = try await ServerSettings.read(file: nil, flags: flags)
        let store = try await Opening.store(settings)
        let ticking = TravellingClock()
        let origin = Opening.Origin("http://\(host):\(port)")
        var environment = Environment.real(origin: { origin.value })
        environment.now = { ticking.now }
        environment = try Opening.auditing(settings, environment)
        let words = try Words.load()
        var limited = PartnerService(
            store: store,
            cloud: settings.cloud,
            words: words,
            environment: environment,
            isSandbox: true
        )
        limited.quota = settings.limits.quota
        limited.canaries = PartnerService.canaries(settings.canaries)
        let service = limited
        try await service.claimDatabase()
        let gate = try await TokenGate(service: service, settings: Opening.gate(settings, isSandbox: true))
        let logger = Opening.logger(settings)
        let dispatcher = WebhookDispatcher(service, logger)
        let sandbox = try await Sandbox(service: service, gate: gate, clock: ticking) {
            await dispatcher.settle(within: .seconds(20))
        }
        if let start {
            try await sandbox.set(to: start)
        } else if try await !sandbox.resumeClock() {
            try await sandbox.set(to: ticking.now)
        }
        try await service.install()
        if demo { try await sandbox.seedDemo() }
        try await sandbox.keepInitial()
        let throttle = settings.limits.throttle
        let site = Site(
            api: API(service: service, gate: gate, throttle: throttle),
            portal: Portal(
                service: service,
                words: words,
                signIn: signIn(sandbox, gate),
                isSandbox: true,
                throttle: throttle
            ),
            extra: sandbox.routes,
            throttle: throttle,
            admission: settings.limits.admission,
            disturb: { exchange in
                exchange.path.lowercased().hasPrefix("/sandbox/") ? nil : await sandbox.faults.disturb(exchange)
            },
            listen: { exchange in sandbox.recorder.listen(to: &exchange) }
        )
        let server = WebServer(
            site,
            settings: .init(settings),
            logger: logger,
            sweep: {
                try await gate.turnKeys()
                try await service.sweep()
            },
            deliver: { await dispatcher.run() },
            archive: service.store.archive
        )
        let ready = Ready(sandbox: sandbox, cloud: settings.cloud, host: settings.host, file: readyFile)
        try await server.run { port in
            origin.value = "http://\(settings.host):\(port)"
            try await ready.announce(url: origin.value)
        }
    }

    private func signIn(_ sandbox: Sandbox, _ gate: TokenGate) -> SignIn {
        SignIn(
            issuer: { gate.issuer(of: "\($0)") },
            personas: {
                try await sandbox.personas().map { persona in
                    Persona(
                        key: persona.key,
                        name: persona.person.name,
                        organization: persona.organization.name,
                        kind: persona.organization.kind,
                        roles: persona.person.roles.sorted { $0.rawValue < $1.rawValue },
                        id: persona.person.id,
                        language: persona.person.language
                    )
                }
            },
            authenticate: { token in
                let now = sandbox.clock.now
                return (try? await gate.verify(token: token, at: now)).map {
                    Proven($0.person, SignInProof(amr: $0.amr, at: now))
                }
            }
        )
    }
}

/// Serves one empty route, for measurements that want to know what the server library alone costs.
struct Empty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "empty-route",
        abstract: "Serve an empty route, for measuring. / 計測用に空の経路を提供します。",
        shouldDisplay: false
    )

    @ArgumentParser.Option(help: "Port to listen on; 0 lets the system choose. / 待ち受けるポート。")
    var port = 0

    func run() async throws {
        var logger = Logger(label: "suiro.empty") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        try await EmptyRoute.run(port: port, logger: logger) { port in
            print("http://127.0.0.1:\(port)/empty")
            fflush(nil)
        }
    }
}
