import ArgumentParser
import Foundation
import Logging
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroPortal
import SuiroServer
import SuiroService
import SuiroStore

/// The server, and what its operators need beside it.
@main
struct ServerProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suirod",
        abstract: "Suiro, the partner centre. / パートナー センター Suiro。",
        subcommands: [
            Serve.self, Migrate.self, Import.self, Backup.self, Restore.self, Verify.self, Doctor.self,
        ]
    )
}

/// Settings that every command takes: flags over environment (SUIRO_…) over the file.
struct Common: ParsableArguments {
    @ArgumentParser.Option(help: "YAML file with settings. / 設定の YAML ファイル。")
    var config: String?
    @ArgumentParser.Option(help: "Address to listen on (host). / 待ち受けるアドレス。")
    var host: String?
    @ArgumentParser.Option(help: "Port to listen on (port). / 待ち受けるポート。")
    var port: Int?
    @ArgumentParser.Option(help: "public, usgov or germany (cloud). / クラウド。")
    var cloud: String?
    @ArgumentParser.Option(help: "Folder of the SQLite database (data). / SQLite のフォルダー。")
    var data: String?
    @ArgumentParser.Option(name: .customLong("database-url"), help: "postgresql://… (database.url). / PostgreSQL。")
    var databaseURL: String?
    @ArgumentParser.Option(
        name: .customLong("public-url"),
        help: "Where people reach the portal (public.url). / 利用者から見た URL。"
    )
    var publicURL: String?
    @ArgumentParser.Option(name: .customLong("log-level"), help: "debug, info, warning or error (log.level). / ログの詳しさ。")
    var logLevel: String?

    func settings() async throws -> ServerSettings {
        var flags: [String: String] = [:]
        flags["host"] = host
        flags["port"] = port.map(String.init)
        flags["cloud"] = cloud
        flags["data"] = data
        flags["database.url"] = databaseURL
        flags["public.url"] = publicURL
        flags["log.level"] = logLevel
        return try await ServerSettings.read(file: config, flags: flags)
    }

    /// Opens the database and the use cases on it; a server needs a place to keep things.
    func open() async throws -> (ServerSettings, PartnerService, Opening.Origin) {
        let settings = try await settings()
        guard settings.data != nil || settings.databaseURL != nil else {
            throw Complaint(
                "Name a place for the data: --data FOLDER or --database-url postgresql://… / データの置き場所を --data か --database-url で指定してください。"
            )
        }
        let store = try await Opening.store(settings)
        let origin = Opening.Origin(settings.publicURL ?? "http://\(settings.host):\(settings.port)")
        let service = PartnerService(
            store: store,
            cloud: settings.cloud,
            words: try Words.load(),
            environment: .real(origin: { origin.value }),
            isSandbox: false
        )
        try await service.install()
        return (settings, service, origin)
    }
}

/// One sentence for the operator.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Runs a command's body; what it throws becomes one sentence and exit code 1.
func complaining(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        FileHandle.standardError.write(Data("suirod: \(error)\n".utf8))
        throw ExitCode(1)
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API and the portal. / API とポータルを提供します。")
    @OptionGroup var common: Common

    func run() async throws {
        try await complaining {
            let (settings, service, origin) = try await common.open()
            let gate = try await TokenGate(service: service)
            let signIn = SignIn(
                personas: { [] },
                authenticate: { token in try? gate.verify(token: token, at: service.environment.now()).person }
            )
            let site = Site(
                api: API(service: service, gate: gate),
                portal: Portal(service: service, words: service.words, signIn: signIn, isSandbox: false)
            )
            let logger = Opening.logger(settings)
            let dispatcher = WebhookDispatcher(service, logger)
            let server = WebServer(
                site,
                settings: .init(host: settings.host, port: settings.port),
                logger: logger,
                sweep: { try await service.sweep() },
                deliver: { await dispatcher.run() }
            )
            try await server.run { port in
                if settings.publicURL == nil { origin.value = "http://\(settings.host):\(port)" }
                print("suirod \(settings.cloud.rawValue) ready at \(origin.value)")
                fflush(nil)
            }
        }
    }
}
