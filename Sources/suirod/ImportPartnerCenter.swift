import ArgumentParser
import Foundation
import SuiroDomain
import SuiroService

/// Brings a partner's customers along: from what scripts dump from Partner Center's API, and from the portal's exports.
struct ImportPartnerCenter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner-center",
        abstract: "Import a partner's customers from a dump of Partner Center. / パートナー センターから出力した顧客を取り込みます。",
        discussion: "Exit code 0: all of it is in the database; 2: some was left out; 1: none of it could be imported."
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The folder with the files that were dumped. / 出力したファイルのフォルダー。")
    var from: String
    @ArgumentParser.Option(help: "The partner they are customers of: domain or id. / 顧客のパートナー（ドメインまたは ID）。")
    var partner: String?
    @Flag(name: .customLong("dry-run"), help: "Say what would be done, and change nothing. / 変更せずに結果だけを示します。")
    var dryRun = false
    @ArgumentParser.Option(help: "Write what was left out to this CSV or TSV file. / 取り込めなかったものを CSV か TSV に書きます。")
    var report: String?

    func run() async throws {
        try await complaining {
            let folder = try DumpFolder(from)
            let dump = PartnerCenterDump(try folder.read())
            let (_, service, _) = try await common.open()
            let seller = try await find(service)
            let done = try await service.importPartnerCenter(dump, for: seller.id, isRehearsal: dryRun) { done, all in
                if done.isMultiple(of: 100), done < all { complain("\(done) of \(all) customers") }
            }
            let account = ImportAccount(done, isRehearsal: dryRun, unread: folder.unread)
            for line in account.lines(of: seller) { print(line) }
            if let report { try account.write(to: report) }
            if !done.hasTakenAnything { throw ExitCode(1) }
            if !done.leftOut.isEmpty { throw ExitCode(2) }
        }
    }

    private func find(_ service: PartnerService) async throws -> Organization {
        let found = try await service.importingPartners(partner)
        guard let first = found.first else {
            throw Complaint(
                partner.map { "There is no partner \($0) here that sells." }
                    ?? "There is no partner here that sells: the database must have the partner before its customers."
            )
        }
        guard found.count == 1 else {
            let names = found.map { "\($0.domain) (\($0.name))" }.joined(separator: ", ")
            throw Complaint("--partner names whose customers they are: \(names).")
        }
        return first
    }
}

/// A line for whoever watches, beside what comes out.
private func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}
