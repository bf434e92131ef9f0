import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

package struct Publication: Codable, Sendable {
    package let package: String
    package let edition: Int
    package let editionName: String
    package let announcement: Announcement
}

/// What publishing a package would do, before it is done.
package struct PublicationPreview: Sendable {
    package let package: PackageView
    /// The day that was asked for, or the earliest one.
    package let effective: Instant
    /// The first day on which it may hold, for all the news that has to go out before.
    package let earliest: Instant
    package let channels: [String]
    /// How many people are written to.
    package let recipients: Int
    package let changes: [PolicyChange]
}

extension PartnerService {
    /// Where every announcement goes out; S-29 asks for the portal and at least one more.
    static let newsChannels = ["portal", "mail"]

    /// What would happen: the rules that change, who is told, and the earliest day.
    package func previewPublication(
        of id: String,
        effective: Instant?,
        _ context: CallContext
    ) async throws -> PublicationPreview {
        try await read(context, .readImpact, in: .system) { tx in
            var deliberation = try deliberation(tx)
            let view = try find(id, tx)
            let earliest = earliestDay(&deliberation)
            let day = effective ?? earliest
            let next = deliberation.book.publishing(view.package, effective: day)
            return PublicationPreview(
                package: view,
                effective: day,
                earliest: earliest,
                channels: Self.newsChannels,
                recipients: try tx.newsReaders().count,
                changes: deliberation.book.changes(to: next, in: cloud, from: deliberation.at)
            )
        }
    }

    /// Publishes a draft: a new edition that holds from `effective` on, announced in the portal and by mail before it
    /// does (S-27, S-29, SM-14).
    package func publishPackage(
        _ id: String,
        effective: Instant?,
        _ context: CallContext
    ) async throws -> Publication {
        try await write(context, .publishPolicy, in: .system) { tx, deliberation in
            guard let draft = try tx.draft(id) else { throw Refusal.notFound(.policyPackage, id) }
            guard draft.publishedEdition == nil else { throw Refusal.packagePublished }
            let earliest = earliestDay(&deliberation)
            let day = effective ?? earliest
            guard day >= earliest else { throw Refusal.effectiveTooEarly(earliest: earliest) }
            let faults = draft.package.faults(over: deliberation.book)
            guard faults.isEmpty else { throw Refusal.invalid(faults) }
            let channels = try requireChannels(&deliberation)
            let book = deliberation.book.publishing(draft.package, effective: day)
            try tx.insert(book, from: draft.package.name, effective: day)
            try tx.publish(draft, as: book.edition)
            try tx.record(
                .policyPublished(edition: book.edition),
                Remark(
                    rule: channels,
                    edition: book.edition,
                    details: ["package": draft.package.name, "effective": day.short]
                )
            )
            let announcement = Announcement(
                id: environment.newID(),
                title: draft.package.title,
                summary: draft.package.summary,
                advice: draft.package.advice,
                keys: Array(Set(draft.package.rows.map(\.key))).sorted(),
                edition: book.edition,
                announcedAt: deliberation.at,
                effective: day,
                channels: Self.newsChannels
            )
            return try announce(announcement, of: book, after: deliberation.book, from: draft.package.name, tx)
        }
    }

    /// Takes back what was announced and does not hold yet: a new edition without its rows, announced as such (SM-14).
    package func withdrawPackage(_ id: String, _ context: CallContext) async throws -> Publication {
        try await write(context, .withdrawPolicy, in: .system) { tx, deliberation in
            guard let draft = try tx.draft(id) else { throw Refusal.notFound(.policyPackage, id) }
            let stage = try find(id, tx).stage
            guard stage == .announced, let withdrawn = draft.publishedEdition, let day = draft.effective else {
                throw Refusal.packageNotAnnounced(stage)
            }
            let channels = try requireChannels(&deliberation)
            let others = try tx.standingPublications().filter { $0.id != id }.compactMap { other in
                other.effective.map { (package: other.package, effective: $0) }
            }
            let book = deliberation.book.republishing(others, on: try self.book(1, tx))
            let name = "\(draft.package.name)-withdrawn"
            try tx.insert(book, from: name, effective: deliberation.at)
            try tx.withdraw(draft, by: book.edition)
            try tx.record(
                .policyWithdrawn(edition: withdrawn),
                Remark(rule: channels, edition: book.edition, details: ["package": draft.package.name])
            )
            let announcement = Announcement(
                id: environment.newID(),
                kind: .withdrawal,
                title: inBothLanguages { language in
                    let title = draft.package.title[language] ?? ""
                    return words.say("announcement.withdrawal.title", language, ["title": .text(title)])
                },
                summary: inBothLanguages {
                    words.say("announcement.withdrawal.summary", $0, ["date": .day(day)])
                },
                advice: inBothLanguages { words.say("announcement.withdrawal.advice", $0) },
                keys: Array(Set(draft.package.rows.map(\.key))).sorted(),
                edition: book.edition,
                announcedAt: deliberation.at,
                effective: deliberation.at,
                channels: Self.newsChannels,
                withdraws: withdrawn
            )
            return try announce(announcement, of: book, after: deliberation.book, from: name, tx)
        }
    }

    func inBothLanguages(_ text: (Language) -> String) -> [Language: String] {
        Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, text($0)) })
    }

    /// How long news has to be out before its change holds. Databases that were made before there was such a row ask
    /// for nothing: otherwise no package could ever bring it.
    private func earliestDay(_ deliberation: inout Deliberation) -> Instant {
        let days = try? deliberation.decide(.announcementLeadDays).value
        return deliberation.at.adding(days: days ?? 0)
    }

    /// The row that says how many channels news needs, or the refusal where there are not as many (S-29).
    func requireChannels(_ deliberation: inout Deliberation) throws(Refusal) -> PolicyRow.ID {
        let channels = try deliberation.decide(.announcementChannels)
        guard channels.value <= Self.newsChannels.count else {
            throw .tooFewChannels(required: channels.value, row: channels.row)
        }
        return channels.row
    }
}
