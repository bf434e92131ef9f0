import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// A flag of the policy as this cloud has it now.
package struct SwitchView: Codable, Sendable {
    package let key: String
    /// `nil` where no row answers, which is a no.
    package let value: Bool?
    package let row: PolicyRow?
    /// When the value changes next, by what has been published.
    package let changes: Instant?

    /// Since when and why the policy owner overrides what the packages say.
    package var emergency: [Language: String]? { row?.emergency }
}

/// What setting a flag at once would do.
package struct SwitchPreview: Sendable {
    package let now: SwitchView
    package let changes: [PolicyChange]
    package let impact: Impact
    package let recipients: Int
}

extension PartnerService {
    /// Every flag there is, with its value in this cloud.
    package func switches(_ context: CallContext) async throws -> [SwitchView] {
        try await read(context, .readPackages, in: .system) { tx in
            let book = try deliberation(tx).book
            return PolicyVocabulary.flags.map { state(of: $0, in: book, at: tx.permit.intent.at) }
        }
    }

    package func previewSwitch(_ key: String, to value: Bool, _ context: CallContext) async throws -> SwitchPreview {
        try await read(context, .overridePolicy, in: .system) { tx in
            let (book, now) = (try deliberation(tx).book, tx.permit.intent.at)
            let next = try overriding(key, value, inBothLanguages { _ in "" }, book, at: now)
            let changes = book.changes(to: next, in: cloud, from: now)
            return SwitchPreview(
                now: state(of: key, in: book, at: now),
                changes: changes,
                impact: try impact(from: book, to: next, changes: changes, on: .everyone, tx),
                recipients: try tx.newsReaders().count
            )
        }
    }

    /// Sets a flag for this whole cloud at once and tells everybody so afterwards: the emergency override of 6.1.
    package func setSwitch(
        _ key: String,
        to value: Bool,
        because reason: [Language: String],
        _ context: CallContext
    ) async throws -> Publication {
        try await write(context, .overridePolicy, in: .system) { tx, deliberation in
            let missing = Language.allCases.filter { (reason[$0] ?? "").isEmpty }
            guard missing.isEmpty else {
                throw Refusal.invalid(missing.map { InputFault(field: "reason.\($0.rawValue)", code: .required) })
            }
            let now = deliberation.at
            let book = try overriding(key, value, reason, deliberation.book, at: now)
            _ = try requireChannels(&deliberation)
            try tx.insert(book, from: PolicyRow.emergencyPackage, effective: now)
            var details = ["key": key, "value": PolicyValue.flag(value).text]
            for (language, text) in reason { details["reason.\(language.rawValue)"] = text }
            try tx.record(
                .policyOverridden(key: key),
                Remark(
                    rule: book.emergency(on: key, in: cloud, at: now)?.id,
                    edition: book.edition,
                    details: details
                )
            )
            let announcement = Announcement(
                id: environment.newID(),
                kind: .emergency,
                title: inBothLanguages { language in
                    let words = value ? "announcement.emergency.on" : "announcement.emergency.off"
                    return self.words.say(words, language, ["key": .text(key)])
                },
                summary: reason,
                advice: inBothLanguages { words.say("announcement.emergency.advice", $0) },
                keys: [key],
                edition: book.edition,
                announcedAt: now,
                effective: now,
                channels: Self.newsChannels
            )
            let package = PolicyRow.emergencyPackage
            return try announce(announcement, of: book, after: deliberation.book, from: package, tx)
        }
    }

    private func overriding(
        _ key: String,
        _ value: Bool,
        _ reason: [Language: String],
        _ book: PolicyBook,
        at now: Instant
    ) throws(Refusal) -> PolicyBook {
        guard let shape = PolicyVocabulary.shapes[key] else { throw .notFound(.policy, key) }
        guard shape.takes(.flag(value)) else {
            throw .invalid([InputFault(field: "key", code: .wrongType, value: key)])
        }
        guard let next = book.setting(key, to: value, in: cloud, because: reason, at: now) else {
            throw .switchAlreadySet(key: key)
        }
        return next
    }

    private func state(of key: String, in book: PolicyBook, at now: Instant) -> SwitchView {
        let here: Circumstances = [.cloud: cloud.rawValue]
        let row = book.row(key, for: here, at: now)
        var value: Bool?
        if case .flag(let flag)? = row?.value { value = flag }
        return SwitchView(key: key, value: value, row: row, changes: book.nextChange(of: key, for: here, after: now))
    }
}
