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
    /// `postgresql://…`, in place of SQLite.
    package var databaseURL: String?
    /// Where people reach the portal, when that is not the address it listens on.
    package var publicURL: String?
    package var logLevel: String
    package var lanes: Int

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
                            ConfigValue(.string(value), isSecret: key == "database.url")
                        )
                    }
                )
            ),
            EnvironmentVariablesProvider(secretsSpecifier: .specific(["SUIRO_DATABASE_URL"])).prefixKeys(with: "suiro"),
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
        publicURL = text("public.url")
        logLevel = text("log.level") ?? "info"
        let lanesText = text("lanes") ?? "8"
        guard let lanes = Int(lanesText), (1...64).contains(lanes) else {
            throw Fault.unknown(setting: "lanes", value: lanesText, allowed: "1 … 64")
        }
        self.lanes = lanes
    }
}
