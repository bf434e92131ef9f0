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
