import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What changes, from when, and who of the reader's own is affected (S-29).
extension Operation {
    private static let base = "/multichannel/v1/announcements"

    static let announcements: [Operation] = [
        Operation("multichannel.announcements.list", .get, base) { call in
            let announcements = try await call.service.announcements(call.context)
            return Page(announcements, of: call).reply(call) { writer, item in
                writer.object { write(item, call, to: &$0) }
            }
        },
        Operation("multichannel.announcements.get", .get, base + "/{announcement_id}") { call in
            let entry = try await call.service.announcement(call.id("announcement_id", .announcement), call.context)
            return Reply.json { write(entry, call, to: &$0) }
        },
        Operation("multichannel.announcements.affected", .get, base + "/{announcement_id}/affected") { call in
            try call.reply(
                try await call.service.affected(by: call.id("announcement_id", .announcement), call.context)
            )
        },
    ]
}

func write(_ announcement: Announcement, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", announcement.id)
    writer.member("kind", announcement.kind.rawValue)
    writer.member("title", announcement.title[call.language])
    writer.member("text", announcement.summary[call.language])
    writer.array("keys", announcement.keys)
    writer.member("publishedAt", announcement.announcedAt)
    writer.member("effectiveFrom", announcement.effective)
    writer.array("channels", announcement.channels)
    writer.member("edition", "\(announcement.edition)")
}

private func write(_ entry: AnnouncementEntry, _ call: Call, to writer: inout JSONWriter) {
    write(entry.announcement, call, to: &writer)
    writer.member("policyEdition", entry.editionName)
    writer.member("whatToDo", entry.announcement.advice[call.language] ?? call.say("announcement.advice"))
    writer.member("withdrawnBy", entry.withdrawnBy?.id)
    let rows = entry.changes.flatMap { [$0.after ?? $0.before].compactMap(\.self) }
    let rules = rows.flatMap(\.rules).map(\.description)
    writer.array("rules", Array(Set(rules)).sorted())
    writer.array("sources", Array(Set(rows.map(\.source))).sorted())
    if let affected = entry.affected {
        writer.member("affectedCustomers", affected.customers)
        writer.member("affectedSubscriptions", affected.subscriptions)
    }
    write(entry.changes, call, to: &writer)
}
