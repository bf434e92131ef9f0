import ArgumentParser
import Foundation
import SuiroDomain
import SuiroServer
import SuiroService
import SuiroStore

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a copy of everything to a file, also while a server runs. / すべての控えをファイルに書きます。稼働中でもかまいません。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The file to write. / 書き出すファイル。")
    var output: String
    @OptionGroup var key: CopyKey

    func run() async throws {
        try await complaining {
            let key = try key.bytes()
            let service = try await common.openForReading()
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
        abstract:
            "Replace everything by a copy, or by what an archive holds of a moment. / すべてを控え、またはアーカイブの時点の内容に置き換えます。"
    )
    @OptionGroup var common: Common
    @Flag(help: "Yes, replace what is there. / 今ある内容を置き換えます。")
    var yes = false
    @OptionGroup var key: CopyKey
    @ArgumentParser.Option(
        help: "A folder that a server has copied to (archive.folder), instead of a file. / ファイルの代わりに、アーカイブのフォルダー。"
    )
    var archive: String?
    @ArgumentParser.Option(
        help: "The moment to go back to, such as 2026-11-24T10:00:00Z; left out, the newest. / 戻る時点。省略すると最新。"
    )
    var at: String?
    @ArgumentParser.Argument(help: "A file that backup wrote. / backup が書いたファイル。")
    var file: String?

    func run() async throws {
        try await complaining {
            guard yes else { throw Complaint("restore replaces everything in the database; say --yes.") }
            let (lines, source) = try await lines()
            let (_, service, _) = try await common.open()
            try await service.restore(lines)
            print("restored from \(source)")
            print("Nobody is served before 'suirod confirm-restore --yes'.")
        }
    }

    private func lines() async throws -> (lines: [String], source: String) {
        switch (file, archive) {
        case (let file?, nil) where at == nil: return (try lines(of: file), file)
        case (nil, let archive?): return try await lines(of: archive, at: at)
        default:
            throw Complaint(
                "Name a file, or --archive FOLDER and perhaps --at TIME. / ファイル、または --archive フォルダー（と --at 時点）を指定してください。"
            )
        }
    }

    private func lines(of file: String) throws -> [String] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let plain: Data
        if let key = try key.bytes() {
            plain = try SealedCopy.open(bytes, key: key)
        } else if SealedCopy.isSealed(bytes) {
            throw Complaint("\(file) is sealed; name its key with --key-file. / 暗号化された控えです。--key-file で鍵を指定してください。")
        } else {
            plain = bytes
        }
        return String(decoding: plain, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// The archive's database is made beside where temporary files are, read, and removed.
    private func lines(of archive: String, at text: String?) async throws -> (lines: [String], source: String) {
        let limit = try text.map { text in
            guard let instant = Instant(text) else {
                throw Complaint(
                    "--at \(text) is not an RFC 3339 instant, such as 2026-11-24T10:00:00Z. / --at には RFC 3339 の時刻を指定してください。"
                )
            }
            return instant
        }
        let recovery = Recovery(archive: archive)
        let moment = try recovery.moment(notAfter: limit)
        let folder = FileManager.default.temporaryDirectory.path + "/suiro-restore-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try recovery.write(moment, to: "\(folder)/copy.sqlite")
        let service = try Common.service(on: .sqlite(path: "\(folder)/copy.sqlite"), cloud: .public)
        let lines = try await service.readAsSystem { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return lines
        }
        return (lines, "\(archive) as of \(moment.at)")
    }
}

/// What an archive can go back to.
struct Moments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what an archive can go back to, and whether it is whole. / アーカイブで戻れる期間と、欠けがないかを示します。",
        discussion: "Exit code 1 where something is missing or changed."
    )
    @ArgumentParser.Argument(help: "A folder that a server copies to (archive.folder). / アーカイブのフォルダー。")
    var archive: String

    func run() async throws {
        try await complaining {
            let recovery = Recovery(archive: archive)
            let stretches = try recovery.stretches()
            guard !stretches.isEmpty else { throw ArchiveFault.nothing }
            for stretch in stretches { print("\(stretch.from) to \(stretch.to)") }
            let pieces = try recovery.check { done, all in
                guard isatty(STDERR_FILENO) != 0 else { return }
                FileHandle.standardError.write(Data("\r\(done) of \(all)\(done == all ? "\n" : "")".utf8))
            }
            print("\(pieces) files, each as it was written")
        }
    }
}
