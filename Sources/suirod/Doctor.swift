import ArgumentParser
import Foundation
import SuiroDomain
import SuiroServer
import SuiroService
import SuiroStore

/// Looks at everything that serving rests on, names what is wrong, and says what to do about it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is wrong or missing for serving, and what to do. / 運用の問題と対処を示します。",
        discussion: "Exit code 1 where something is wrong; what is only worth a look leaves it at 0."
    )
    @OptionGroup var common: Common

    func run() async throws {
        try await complaining {
            let (settings, service, _) = try await common.open()
            var findings = try await kept(service)
            findings += try await due(service)
            findings += Self.settings(settings)
            if let folder = settings.data {
                findings += try Self.disk(folder)
                findings.append(Self.archive(settings.archive, at: service.environment.now()))
            }
            for finding in findings { print(finding) }
            if findings.contains(where: { $0.verdict == .wrong }) { throw ExitCode(1) }
        }
    }

    /// One thing that was looked at.
    struct Finding: CustomStringConvertible {
        enum Verdict: String { case ok, look = "LOOK", wrong = "WRONG" }

        let subject: String
        let verdict: Verdict
        let text: String

        init(_ subject: String, _ verdict: Verdict, _ text: String) {
            (self.subject, self.verdict, self.text) = (subject, verdict, text)
        }

        var description: String {
            let pad = { (text: String, width: Int) in text + String(repeating: " ", count: max(1, width - text.count)) }
            return pad(subject, 18) + pad(verdict.rawValue, 7) + text
        }
    }

    /// What the database holds: the rules and the log.
    private func kept(_ service: PartnerService) async throws -> [Finding] {
        let now = service.environment.now()
        let book = try await service.readAsSystem { tx in try tx.newestEdition().flatMap { try tx.book($0) } }
        let broken = Set(try await service.verifyAudit().findings.map(\.place)).sorted()
        var findings = [Finding("database", .ok, service.store.kind)]
        if let book {
            let late = book.rows.filter { $0.isInForce(at: now) && $0.reviewBy < now }
            findings.append(Finding("policy edition", .ok, "\(book.edition), \(book.rows.count) rows"))
            findings.append(
                late.isEmpty
                    ? Finding("policy review", .ok, "no row in force is past the day it was to be looked at again")
                    : Finding(
                        "policy review",
                        .look,
                        "\(late.count) rows in force are past their day; the first: \(late[0].id.rawValue). Publish them again with a later reviewBy, or what has replaced them."
                    )
            )
        } else {
            findings.append(Finding("policy edition", .wrong, "none: start suirod serve once, or publish a package"))
        }
        findings.append(
            broken.isEmpty
                ? Finding("event log", .ok, "whole")
                : Finding("event log", .wrong, "BROKEN at \(broken.joined(separator: ", ")); suirod verify says how")
        )
        return findings
    }

    /// What should have happened by now.
    private func due(_ service: PartnerService) async throws -> [Finding] {
        let now = service.environment.now()
        guard let oldest = try await service.readAsSystem({ tx in try tx.oldestDueWebhook() }) else {
            return [Finding("webhooks", .ok, "nothing is overdue")]
        }
        let minutes = Int((now.milliseconds - oldest.milliseconds) / 60_000)
        return [
            minutes < 10
                ? Finding("webhooks", .ok, "the oldest that is due has waited \(minutes) minutes")
                : Finding(
                    "webhooks",
                    .look,
                    "the oldest that is due has waited \(minutes) minutes: is a suirod serving, and does it reach the receivers?"
                )
        ]
    }

    private static func settings(_ settings: ServerSettings) -> [Finding] {
        [
            settings.auditKey.map { Finding("key of heads", .ok, $0) }
                ?? Finding(
                    "key of heads",
                    settings.data == nil ? .look : .ok,
                    settings.data == nil
                        ? "in the database: name audit.key, so that whoever writes there cannot sign"
                        : "beside the database"
                ),
            settings.publicURL.map { Finding("public url", .ok, $0) }
                ?? Finding("public url", .look, "not set: links in mails name the listening address"),
            (settings.masterKeyFile ?? settings.masterKey.map { _ in "from the settings" })
                .map { Finding("master key", .ok, $0) }
                ?? Finding(
                    "master key",
                    .look,
                    "none: set master.key.file, so that a copy of the database is not a copy of the keys"
                ),
        ]
    }

    /// What is left when the disk is not.
    private static func archive(_ folder: String?, at now: Instant) -> Finding {
        guard let folder else {
            return Finding("archive", .look, "none: set archive.folder, or a lost disk loses all since the last backup")
        }
        do {
            guard let newest = try Recovery(archive: folder).stretches().last?.to else {
                return Finding("archive", .look, "\(folder) is empty: has a suirod served since it was named?")
            }
            // A server that runs copies everything once a day, whether or not anything was written.
            let isFresh = newest.adding(seconds: 26 * 3600) >= now
            return Finding("archive", isFresh ? .ok : .look, "\(folder) can go back to \(newest) and before")
        } catch {
            return Finding("archive", .wrong, "\(error)")
        }
    }

    /// Space, and how long it takes to have a page on the disk: what every write waits for.
    private static func disk(_ folder: String) throws -> [Finding] {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let megabytes = free / 1_048_576
        let space =
            switch megabytes {
            case ..<200: Finding("disk space", .wrong, "\(megabytes) MB left in \(folder): writes will be refused soon")
            case ..<2_048: Finding("disk space", .look, "\(megabytes) MB left in \(folder)")
            default: Finding("disk space", .ok, "\(megabytes) MB left in \(folder)")
            }
        let path = folder + "/suiro.doctor.\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { return [space, Finding("disk", .wrong, "nothing can be written to \(folder)")] }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let page = Data(count: 4096)
        var times: [Duration] = []
        for _ in 0..<20 {
            let began = ContinuousClock.now
            try handle.write(contentsOf: page)
            try handle.synchronize()
            times.append(ContinuousClock.now - began)
        }
        try handle.close()
        let median = times.sorted()[times.count / 2]
        let milliseconds = Double(median.components.attoseconds) / 1e15 + Double(median.components.seconds) * 1e3
        let text = String(format: "%.2f ms for a page, median of \(times.count)", milliseconds)
        return [
            space,
            milliseconds < 50
                ? Finding("disk sync", .ok, text)
                : Finding("disk sync", .look, text + ": every write waits for that; use a faster disk"),
        ]
    }
}
