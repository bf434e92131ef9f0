import ArgumentParser
import Foundation
import SuiroDomain
import SuiroServer
import SuiroService
import SuiroStore

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: """
            Check the event log and its signed heads: in the database, or in a file that export-audit wrote. / \
            イベント ログと署名済みのヘッドを、データベースまたは書き出したファイルで検証します。
            """
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(name: .customLong("export"), help: "A file that export-audit wrote. / 書き出したファイル。")
    var export: String?
    @ArgumentParser.Option(help: "Heads that a witness has kept. / 証人が控えたヘッド。")
    var heads: String?
    @ArgumentParser.Option(help: "Public keys, one a line. / 公開鍵。1 行に 1 つ。")
    var key: String?

    func run() async throws {
        try await complaining {
            let witnessed = try heads.map { HeadFile.read(try Self.text(of: $0)) } ?? []
            let keys = try key.map { HeadPublicKey.read(try Self.text(of: $0)) }
            if let key, keys?.isEmpty == true { throw Complaint("\(key) has no public key in it.") }
            let verifier: AuditVerifier
            if let export {
                verifier = try verify(file: export, witnessed, keys ?? [])
            } else {
                let (_, service, _) = try await common.open()
                verifier = try await service.verifyAudit(witnessed: witnessed, keys: keys)
            }
            try report(verifier, checksSignatures: export == nil || keys != nil)
        }
    }

    static func text(of path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint("\(path) cannot be read.")
        }
        return text
    }

    private func verify(file: String, _ witnessed: [KeptHead], _ keys: [HeadPublicKey]) throws -> AuditVerifier {
        guard let lines = LineReader(file) else { throw Complaint("\(file) cannot be read.") }
        guard let first = try lines.next(), let header = AuditLines.header(first) else {
            throw Complaint("\(file): \(AuditFinding.Kind.noFile.text).")
        }
        var verifier = AuditVerifier(
            AuditVerifier.Ground(
                heads: nil,
                witnessed: witnessed,
                keys: keys,
                cloud: Cloud(rawValue: header.cloud),
                isPartial: header.isPartial
            )
        )
        var number = 1
        while let line = try lines.next() {
            number += 1
            guard let row = AuditLines.row(line) else { throw Complaint("\(file): line \(number) is no entry.") }
            verifier.take(row)
        }
        verifier.finish()
        return verifier
    }

    /// One line for each scope with trouble: its first broken link.
    private func report(_ verifier: AuditVerifier, checksSignatures: Bool) throws {
        let summary = "\(verifier.entries) entries, \(verifier.scopes) scopes, \(verifier.goodHeads) heads"
        if !checksSignatures { print("Signatures were not checked: name --key. / 署名は未検証です。--key を指定してください。") }
        if verifier.stepsBack > 0 {
            print("A clock went back \(verifier.stepsBack) times. / 時計が \(verifier.stepsBack) 回戻っています。")
        }
        guard !verifier.findings.isEmpty else {
            print("The event log is whole: \(summary). / イベント ログに異常はありません。")
            return
        }
        var first: [String: AuditFinding] = [:]
        for finding in verifier.findings {
            let subject = finding.scope.isEmpty ? finding.place : finding.scope
            if first[subject] == nil { first[subject] = finding }
        }
        for finding in first.values.sorted(by: { $0.place < $1.place }) {
            print("\(finding.place)\t\(finding.kind.rawValue)\t\(finding.kind.text)")
        }
        throw Complaint("The event log is broken in \(first.count) places; \(summary). / イベント ログが壊れています。")
    }
}

/// Lines of a file that may be larger than memory.
private final class LineReader {
    private let handle: FileHandle
    private var rest = Data()
    private var isAtEnd = false

    init?(_ path: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
    }

    func next() throws -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest = rest[rest.index(after: end)...]
                return line
            }
            guard !isAtEnd else {
                defer { rest = Data() }
                return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
            }
            let more = try handle.read(upToCount: 1_048_576) ?? Data()
            if more.isEmpty { isAtEnd = true }
            rest = Data(rest) + more
        }
    }
}

struct Heads: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the signed heads of the event log, or write them to a file. / イベント ログの署名済みヘッドを一覧または書き出します。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The file to write them to, one a line. / 書き出すファイル。")
    var output: String?
    @Flag(name: .customLong("public-key"), help: "Show what they are checked with. / 検証用の公開鍵を表示します。")
    var publicKey = false

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            if publicKey { return print(try await service.headKey().publicKey.text) }
            let heads = try await service.readAsSystem { tx in try tx.heads() }
            if let output {
                try Data(try HeadFile.lines(heads).utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
                return print("\(heads.count) heads in \(output)")
            }
            for head in heads {
                guard let said = AuditHead(head.body) else { continue }
                print("\(said.number)\t\(said.day)\t\(said.scopes) scopes\t\(said.entries) entries\t\(said.root)")
            }
        }
    }
}

struct ExportAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-audit",
        abstract: "Write the whole event log to a file, as lines of JSON. / イベント ログ全体を JSON の行としてファイルに書き出します。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The file to write. / 書き出すファイル。")
    var output: String

    func run() async throws {
        try await complaining {
            let (settings, service, _) = try await common.open()
            guard
                FileManager.default.createFile(atPath: output, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: output)
            else { throw Complaint("\(output) cannot be written.") }
            try handle.write(contentsOf: Data(try AuditLines.line(.init(cloud: settings.cloud, of: nil)).utf8))
            var count = 0
            try await service.everyAuditPage { page in
                let text = try page.map { try AuditLines.line($0) }.joined()
                try handle.write(contentsOf: Data(text.utf8))
                count += page.count
            }
            try handle.synchronize()
            try handle.close()
            print("\(count) entries in \(output)")
        }
    }
}
