import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// An announcement with everything its readers ask: what changes, from when, and who of theirs is affected.
package struct AnnouncementEntry: Sendable {
    package let announcement: Announcement
    package let editionName: String
    /// Old and new side by side, in this cloud.
    package let changes: [PolicyChange]
    /// Among the reader's own customers, or what it bought; `nil` for people who may not read about those.
    package let affected: Impact?
    /// The announcement that took this one back.
    package let withdrawnBy: Announcement?
}

extension PartnerService {
    package func announcements(_ context: CallContext) async throws -> [Announcement] {
        try await read(context, .readAnnouncements, in: .system) { tx in try tx.announcements() }
    }

    package func announcement(_ id: ID<Announcement>, _ context: CallContext) async throws -> AnnouncementEntry {
        try await read(context, .readAnnouncements, in: .system) { tx in
            guard let found = try tx.announcement(id) else { throw Refusal.notFound(.announcement, "\(id)") }
            let (old, new, changes) = try changes(of: found, tx)
            var affected: Impact?
            if let principal = tx.permit.principal, Action.readAffected.admits(principal) {
                affected = try impact(from: old, to: new, changes: changes, on: ImpactCircle(principal), tx)
            }
            return AnnouncementEntry(
                announcement: found,
                editionName: new.name,
                changes: changes,
                affected: affected,
                withdrawnBy: try tx.announcements().first { $0.withdraws == found.edition }
            )
        }
    }

    /// Who of the caller's own is affected.
    package func affected(by id: ID<Announcement>, _ context: CallContext) async throws -> Impact {
        try await read(context, .readAffected, in: .system) { tx in
            guard let found = try tx.announcement(id) else { throw Refusal.notFound(.announcement, "\(id)") }
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "tenant") }
            let (old, new, changes) = try changes(of: found, tx)
            return try impact(from: old, to: new, changes: changes, on: ImpactCircle(principal), tx)
        }
    }

    /// An edition tells of what it answers otherwise than the one before it.
    private func changes(
        of announcement: Announcement,
        _ tx: Transaction
    ) throws -> (old: PolicyBook, new: PolicyBook, changes: [PolicyChange]) {
        let old = try book(announcement.edition - 1, tx)
        let new = try book(announcement.edition, tx)
        return (old, new, old.changes(to: new, in: cloud, from: announcement.announcedAt))
    }

    /// Puts an announcement into the portal and writes to every administrator, in the edition's own transaction.
    func announce(
        _ announcement: Announcement,
        of book: PolicyBook,
        after old: PolicyBook,
        from package: String,
        _ tx: Transaction
    ) throws -> Publication {
        try tx.insert(announcement)
        let changes = old.changes(to: book, in: cloud, from: announcement.announcedAt)
        let lines = inBothLanguages { words.lines(changes, $0) }
        for person in try tx.newsReaders() {
            let link = "\(environment.origin())/announcements/\(announcement.id)"
            let arguments: [String: Argument] = [
                "title": .text(announcement.title[person.language] ?? ""),
                "summary": .text(announcement.summary[person.language] ?? ""),
                "changes": .text(lines[person.language] ?? ""), "effective": .day(announcement.effective),
                "recipient": .text(person.name), "link": .text(link),
            ]
            try tx.send(mail("announcement", to: person, arguments, link: link, at: announcement.announcedAt))
        }
        try tx.record(.announcementMade("\(announcement.id)"), Remark(edition: book.edition))
        return Publication(
            package: package,
            edition: book.edition,
            editionName: try tx.book(book.edition)?.name ?? book.name,
            announcement: announcement
        )
    }
}

extension Transaction {
    /// Who is written to when rules change: every administrator of every organization.
    func newsReaders() throws -> [Person] {
        try organizations().flatMap { try people(of: $0.id) }
            .filter { $0.isActive && !$0.roles.isDisjoint(with: [.adminAgent, .globalAdmin]) }
    }
}
