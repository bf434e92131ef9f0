import ArgumentParser
import Foundation
import SuiroDomain
import SuiroServer
import SuiroService
import SuiroStore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to the newest schema. / データベースを最新のスキーマにします。"
    )
    @OptionGroup var common: Common

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            print("The \(service.store.kind) database has the newest schema.")
        }
    }
}

struct ImportRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Import usage or cost rows, or a licence catalogue. / 使用量・費用の行、またはライセンス カタログを取り込みます。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "focus, ea or licensing-csv. / 形式。")
    var format: String
    @ArgumentParser.Option(help: "The customer the rows belong to: id or domain. / 行が属する顧客の ID またはドメイン。")
    var customer: String?
    @ArgumentParser.Argument(help: "The CSV file. / CSV ファイル。")
    var file: String

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            guard let handle = FileHandle(forReadingAtPath: file) else { throw Complaint("\(file) cannot be read.") }
            let context = CallContext(caller: .system, correlation: UUID())
            let pieces: Pieces = { each in
                while let data = try handle.read(upToCount: 65_536), !data.isEmpty { try await each(Array(data)) }
            }
            let report: ImportReport
            if format == "licensing-csv" {
                report = try await service.importCatalog(context, pieces)
            } else {
                guard let kind = UsageFormat(rawValue: format) else {
                    throw Complaint("--format \(format) is not focus, ea or licensing-csv.")
                }
                report = try await service.importUsage(kind, for: try await find(service), context, pieces)
            }
            show(report)
            if report.state == .rejected { throw ExitCode(1) }
        }
    }

    private func find(_ service: PartnerService) async throws -> ID<Customer> {
        guard let customer else { throw Complaint("--customer names the customer the rows belong to.") }
        let found = try await service.readAsSystem { tx in
            try ID<Tenant>(customer).flatMap { try tx.organization($0) } ?? tx.organization(domain: customer)
        }
        guard let found, found.kind == .customer else { throw Complaint("There is no customer \(customer).") }
        return found.id.as(Customer.self)
    }

    private func show(_ report: ImportReport) {
        print(
            "\(report.state.rawValue): \(report.rows) rows, \(report.subscriptions) subscriptions, \(report.products) products, \(report.rejected) rejected\(report.isRepeat ? ", imported before" : "")"
        )
        for (currency, amount) in report.totals.sorted(by: { $0.key < $1.key }) { print("total \(amount) \(currency)") }
        for rejection in report.rejections {
            print("line \(rejection.line)\t\(rejection.column)\t\(rejection.value)\t\(rejection.reason)")
        }
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a copy of everything to a file. / すべての控えをファイルに書きます。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The file to write. / 書き出すファイル。")
    var output: String
    @OptionGroup var key: CopyKey

    func run() async throws {
        try await complaining {
            let key = try key.bytes()
            let (_, service, _) = try await common.open()
            let partial = output + ".partial"
            guard
                FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: partial)
            else { throw Complaint("\(output) cannot be written.") }
            let name = service.environment.randomBytes(16)
            let lines = try await service.readAsSystem { tx in
                var count = 0
                var sealed = try key.map { try SealedCopy.Writer(key: $0, name: name, handle.write(contentsOf:)) }
                try tx.dump { line in
                    if sealed == nil {
                        try handle.write(contentsOf: Data((line + "\n").utf8))
                    } else {
                        try sealed?.write((line + "\n").utf8)
                    }
                    count += 1
                }
                try sealed?.finish()
                return count
            }
            try handle.synchronize()
            try handle.close()
            try? FileManager.default.removeItem(atPath: output)
            try FileManager.default.moveItem(atPath: partial, toPath: output)
            print("\(lines) lines in \(output)\(key == nil ? "" : ", sealed")")
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replace everything by a copy. / すべてを控えの内容に置き換えます。"
    )
    @OptionGroup var common: Common
    @Flag(help: "Yes, replace what is there. / 今ある内容を置き換えます。")
    var yes = false
    @OptionGroup var key: CopyKey
    @ArgumentParser.Argument(help: "A file that backup wrote. / backup が書いたファイル。")
    var file: String

    func run() async throws {
        try await complaining {
            guard yes else { throw Complaint("restore replaces everything in the database; say --yes.") }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            let plain: Data
            if let key = try key.bytes() {
                plain = try SealedCopy.open(bytes, key: key)
            } else if SealedCopy.isSealed(bytes) {
                throw Complaint("\(file) is sealed; name its key with --key-file. / 暗号化された控えです。--key-file で鍵を指定してください。")
            } else {
                plain = bytes
            }
            let (_, service, _) = try await common.open()
            let text = String(decoding: plain, as: UTF8.self)
            try await service.restore(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            print("restored from \(file)")
            print("Nobody is served before 'suirod confirm-restore --yes'.")
        }
    }
}

struct ConfirmRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-restore",
        abstract: "List the rights a restored copy brings back, and let them count. / 復元した控えで有効になる権限を示し、確定します。"
    )
    @OptionGroup var common: Common
    @Flag(help: "Yes, they may count. / 有効にします。")
    var yes = false

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            guard let copy = try await service.unconfirmedCopy() else {
                print("No restored copy waits to be confirmed.")
                return
            }
            print("restored \(copy.restored), knows nothing after \(copy.newest)")
            for way in try await service.restoredWays() {
                print("\(way.customer)\t\(way.partner)\t\(way.kind)\tuntil \(way.until)")
            }
            guard yes else { return print("Say --yes to let these rights count.") }
            try await service.confirmCopy()
            print("confirmed")
        }
    }
}
