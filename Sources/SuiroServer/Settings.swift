import Configuration
package import SuiroDomain
import SystemPackage

/// How a server shall run: flags over environment (`SUIRO_…`) over the configuration file.
package struct ServerSettings: Sendable {
    package var host: String
    package var port: Int
    package var cloud: Cloud
    /// Folder of the SQLite file; `nil` for memory.
    package var data: String?
    /// The folder that everything is copied to as it is written (SQLite), and for how many days it is kept there.
    package var archive: String?
    package var archiveDays: Int
    /// `postgresql://…`, in place of SQLite.
    package var databaseURL: String?
    /// `postgresql://…` of a standby that answers lists and reports.
    package var replicaURL: String?
    /// Where people reach the portal, when that is not the address it listens on.
    package var publicURL: String?
    /// The file of the key that heads of the event log are signed with; beside the SQLite file, where none is named.
    package var auditKey: String?
    /// The file or folder that heads are handed to.
    package var auditWitness: String?
    /// The base of the built-in issuer's name; left out, the one that was chosen at the first start.
    package var issuer: String?
    /// JSON file with the external issuers that are trusted.
    package var issuersFile: String?
    /// File with the master key in base64, readable by the server alone; beside the data when it is not named.
    package var masterKeyFile: String?
    /// The master key itself, in base64: for the environment, where there is no file.
    package var masterKey: String?
    package var logLevel: String
    package var lanes: Int
    package var limits: Limits
    /// Domains of customers that nobody has business with, separated by commas (D-06).
    package var canaries: String?
    /// Seconds that the machine's clock may be behind the newest instant the database has seen (D-04).
    package var clockTolerance: Int
    /// The machines in front of this one whose word about a caller's address counts.
    package var proxies: Proxies

    private static let archiveOfPostgres = "left out: PostgreSQL archives itself (archive_command)"

    package enum Fault: Error, CustomStringConvertible {
        case unknown(setting: String, value: String, allowed: String)
        case file(String)

        package var description: String {
            switch self {
            case .unknown(let setting, let value, let allowed):
                "The setting \(setting) is '\(value)'; it can be \(allowed). / 設定 \(setting) の値は '\(value)' ですが、\(allowed) を指定してください。"
            case .file(let reason):
                "The configuration file cannot be read: \(reason) / 設定ファイルを読み取れません: \(reason)"
            }
        }
    }

    /// Reads each setting from the first place that has it.
    package static func read(file: String?, flags: [String: String]) async throws -> ServerSettings {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: "flags",
                values: Dictionary(
                    uniqueKeysWithValues: flags.map { key, value in
                        (
                            AbsoluteConfigKey(key.split(separator: ".").map(String.init)),
                            ConfigValue(
                                .string(value),
                                isSecret: ["database.url", "database.replica.url"].contains(key)
                            )
                        )
                    }
                )
            ),
            EnvironmentVariablesProvider(
                secretsSpecifier: .specific([
                    "SUIRO_DATABASE_URL", "SUIRO_DATABASE_REPLICA_URL", "SUIRO_MASTER_KEY_VALUE",
                ])
            )
            .prefixKeys(with: "suiro"),
        ]
        if let file {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
            } catch {
                throw Fault.file("\(file): \(error)")
            }
        }
        return try ServerSettings(ConfigReader(providers: providers))
    }

    private init(_ reader: ConfigReader) throws {
        func text(_ key: ConfigKey, secret: Bool = false) -> String? {
            reader.string(forKey: key, isSecret: secret) ?? reader.int(forKey: key).map(String.init)
        }
        host = text("host") ?? "127.0.0.1"
        let portText = text("port") ?? "8080"
        guard let port = Int(portText), (0...65535).contains(port) else {
            throw Fault.unknown(setting: "port", value: portText, allowed: "0 … 65535")
        }
        self.port = port
        let cloudText = text("cloud") ?? Cloud.public.rawValue
        guard let cloud = Cloud(rawValue: cloudText) else {
            throw Fault.unknown(
                setting: "cloud",
                value: cloudText,
                allowed: Cloud.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        self.cloud = cloud
        data = text("data")
        databaseURL = text("database.url", secret: true)
        if let databaseURL, !databaseURL.hasPrefix("postgresql://"), !databaseURL.hasPrefix("postgres://") {
            throw Fault.unknown(setting: "database.url", value: "…", allowed: "postgresql://…")
        }
        replicaURL = text("database.replica.url", secret: true)
        if let replicaURL,
            databaseURL == nil || !(replicaURL.hasPrefix("postgresql://") || replicaURL.hasPrefix("postgres://"))
        {
            throw Fault.unknown(
                setting: "database.replica.url",
                value: "…",
                allowed: "postgresql://…, beside database.url"
            )
        }
        archive = text("archive.folder")
        if archive != nil, databaseURL != nil {
            throw Fault.unknown(setting: "archive.folder", value: archive ?? "", allowed: Self.archiveOfPostgres)
        }
        let daysText = text("archive.days") ?? "14"
        guard let days = Int(daysText), (1...3650).contains(days) else {
            throw Fault.unknown(setting: "archive.days", value: daysText, allowed: "1 … 3650")
        }
        archiveDays = days
        publicURL = text("public.url")
        auditKey = text("audit.key") ?? (databaseURL == nil ? data.map { "\($0)/suiro-\(cloudText).audit-key" } : nil)
        auditWitness = text("audit.witness")
        issuer = text("issuer")
        issuersFile = text("issuers.file")
        logLevel = text("log.level") ?? "info"
        masterKeyFile = text("master.key.file") ?? data.map { "\($0)/suiro-\(cloud.rawValue).master" }
        masterKey = text("master.key.value", secret: true)
        let lanesText = text("lanes") ?? "8"
        guard let lanes = Int(lanesText), (1...64).contains(lanes) else {
            throw Fault.unknown(setting: "lanes", value: lanesText, allowed: "1 … 64")
        }
        self.lanes = lanes
        limits = try Limits { text(ConfigKey($0)) }
        canaries = text("canaries")
        let toleranceText = text("time.tolerance") ?? "300"
        guard let tolerance = Int(toleranceText), (0...31_536_000).contains(tolerance) else {
            throw Fault.unknown(setting: "time.tolerance", value: toleranceText, allowed: "0 … 31536000")
        }
        clockTolerance = tolerance
        let proxiesText = text("proxies") ?? ""
        guard let proxies = Proxies(proxiesText) else {
            throw Fault.unknown(setting: "proxies", value: proxiesText, allowed: "10.0.0.5, 192.168.0.0/16, …")
        }
        self.proxies = proxies
    }
}
