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
            Serve.self, Migrate.self, Import.self, Backup.self, Restore.self, Moments.self, Verify.self, Doctor.self,
            RegisterClient.self, Heads.self, ExportAudit.self, Keys.self, PersonIdentity.self, RevokeTokens.self,
            AddOrganization.self, AddPerson.self, Enrol.self, ConfirmRestore.self, Deactivate.self, Reactivate.self,
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
        name: .customLong("replica-url"),
        help: "postgresql://… of a standby for lists and reports (database.replica.url). / 一覧とレポートを読むスタンバイ。"
    )
    var replicaURL: String?
    @ArgumentParser.Option(
        name: .customLong("public-url"),
        help: "Where people reach the portal (public.url). / 利用者から見た URL。"
    )
    var publicURL: String?
    @ArgumentParser.Option(
        name: .customLong("audit-key"),
        help: "File of the key that heads are signed with (audit.key). / ヘッドに署名する鍵のファイル。"
    )
    var auditKey: String?
    @ArgumentParser.Option(
        name: .customLong("audit-witness"),
        help: "File or folder that heads are handed to (audit.witness). / ヘッドを渡すファイルまたはフォルダー。"
    )
    var auditWitness: String?
    @ArgumentParser.Option(
        name: .customLong("archive-folder"),
        help: "Folder that everything is copied to as it is written, for SQLite (archive.folder). / 書き込みを順に控えるフォルダー。"
    )
    var archiveFolder: String?
    @ArgumentParser.Option(
        name: .customLong("archive-days"),
        help: "Days that can be gone back to (archive.days, 14). / さかのぼれる日数。"
    )
    var archiveDays: Int?
    @ArgumentParser.Option(name: .customLong("log-level"), help: "debug, info, warning or error (log.level). / ログの詳しさ。")
    var logLevel: String?
    @ArgumentParser.Option(help: "Proxies whose X-Forwarded-For counts (proxies). / 信頼するプロキシ。")
    var proxies: String?
    @ArgumentParser.Option(
        name: .customLong("limit"),
        help: "NAME=VALUE, as docs/limits.en.md lists them (limits.NAME). / 制限の名前と値。"
    )
    var limits: [String] = []
    @ArgumentParser.Option(
        name: .customLong("time-tolerance"),
        help: "Seconds this machine may be behind the database in time (time.tolerance). / 時計の遅れの許容範囲（秒）。"
    )
    var clockTolerance: Int?

    func settings() async throws -> ServerSettings {
        var flags: [String: String] = [:]
        flags["host"] = host
        flags["port"] = port.map(String.init)
        flags["cloud"] = cloud
        flags["data"] = data
        flags["database.url"] = databaseURL
        flags["database.replica.url"] = replicaURL
        flags["public.url"] = publicURL
        flags["audit.key"] = auditKey
        flags["audit.witness"] = auditWitness
        flags["archive.folder"] = archiveFolder
        flags["archive.days"] = archiveDays.map(String.init)
        flags["log.level"] = logLevel
        flags["proxies"] = proxies
        flags["time.tolerance"] = clockTolerance.map(String.init)
        flags.merge(try Limits.flags(limits)) { _, last in last }
        return try await ServerSettings.read(file: config, flags: flags)
    }

    /// Opens the database and the use cases on it; a server needs a place to keep things.
    func open() async throws -> (ServerSettings, PartnerService, Opening.Origin) {
        let (settings, service, origin, _) = try await openWithClock()
        return (settings, service, origin)
    }

    /// The use cases on a database that is only read, also beside a server that writes it.
    func openForReading() async throws -> PartnerService {
        let settings = try await settings()
        guard settings.data != nil, settings.databaseURL == nil else { return try await open().1 }
        return try Self.service(on: try Opening.storeForReading(settings), cloud: settings.cloud)
    }

    static func service(on store: Store, cloud: Cloud) throws -> PartnerService {
        PartnerService(
            store: store,
            cloud: cloud,
            words: try Words.load(),
            environment: .real(origin: { "http://127.0.0.1" }),
            isSandbox: false
        )
    }

    func openWithClock() async throws -> (ServerSettings, PartnerService, Opening.Origin, RatchetClock) {
        let settings = try await settings()
        guard settings.data != nil || settings.databaseURL != nil else {
            throw Complaint(
                "Name a place for the data: --data FOLDER or --database-url postgresql://… / データの置き場所を --data か --database-url で指定してください。"
            )
        }
        let store = try await Opening.store(settings)
        let origin = Opening.Origin(settings.publicURL ?? "http://\(settings.host):\(settings.port)")
        var environment = try Opening.auditing(settings, .real(origin: { origin.value }))
        let clock = RatchetClock(environment.now)
        environment.now = { clock.now }
        var service = PartnerService(
            store: store,
            cloud: settings.cloud,
            words: try Words.load(),
            environment: environment,
            isSandbox: false
        )
        service.quota = settings.limits.quota
        service.canaries = PartnerService.canaries(settings.canaries)
        service.vault = try Opening.vault(settings)
        try await service.keepTime(clock, tolerance: settings.clockTolerance)
        try await service.install()
        return (settings, service, origin, clock)
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
            let (settings, service, origin, clock) = try await common.openWithClock()
            try await service.refuseUnconfirmedCopy()
            let gate = try await TokenGate(service: service, settings: Opening.gate(settings, isSandbox: false))
            let signIn = SignIn(
                issuer: { gate.issuer(of: "\($0)") },
                personas: { [] },
                // A token proves what it was given for, and no later.
                authenticate: { token in
                    (try? await gate.verify(token: token, at: service.environment.now())).map {
                        Proven($0.person, SignInProof(amr: $0.amr, at: $0.authTime ?? $0.issued))
                    }
                }
            )
            let throttle = settings.limits.throttle
            let site = Site(
                api: API(service: service, gate: gate, throttle: throttle),
                portal: Portal(
                    service: service,
                    words: service.words,
                    signIn: signIn,
                    isSandbox: false,
                    throttle: throttle
                ),
                throttle: throttle,
                admission: settings.limits.admission
            )
            let logger = Opening.logger(settings)
            let dispatcher = WebhookDispatcher(service, logger)
            let server = WebServer(
                site,
                settings: .init(settings),
                logger: logger,
                sweep: {
                    try await service.keepTime(clock, tolerance: settings.clockTolerance)
                    try await gate.turnKeys()
                    try await service.sweep()
                },
                deliver: { await dispatcher.run() },
                archive: service.store.archive
            )
            try await server.run { port in
                if settings.publicURL == nil { origin.value = "http://\(settings.host):\(port)" }
                print("suirod \(settings.cloud.rawValue) ready at \(origin.value)")
                fflush(nil)
            }
        }
    }
}
