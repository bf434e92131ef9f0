import SuiroDomain
import SuiroService

extension Portal {
    /// Announcements by the day they take effect, the latest first.
    func announcementsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let all = try await service.announcements(visit.context(visitor))
        let title = visit.say("portal.announcements.title")
        let list = HTML.each(all) { entry($0, visit) }
        return .page(
            Page(
                title: title,
                section: .announcements,
                content: """
                    <h1>\(title)</h1>
                    \(all.isEmpty ? "<p>\(visit.say("portal.announcements.empty"))</p>\n" : list)\
                    \(visit.elsewhere(commands))
                    """
            )
        )
    }

    private func entry(_ item: Announcement, _ visit: Visit) -> HTML {
        let holds = item.effective <= visit.now
        let state = visit.say(holds ? "portal.announcements.holds" : "portal.announcements.coming")
        let keys = item.keys.map { "<a href=\"\(Place.policies(key: $0))\">\($0)</a>" as HTML }
        return """
            <article class="card" aria-labelledby="a-\("\(item.id)")"><h2 id="a-\("\(item.id)")">\
            \(item.title[visit.language] ?? "")</h2>
            <p>\(visit.badge(state, holds ? .good : .warning))</p>
            <p>\(item.summary[visit.language] ?? "")</p>
            \(visit.facts([
                (visit.say("portal.announcements.effective"), visit.longDay(item.effective)),
                (visit.say("portal.announcements.announced"), visit.longDay(item.announcedAt)),
                (visit.say("portal.announcements.edition"), "\(item.edition)"),
                (visit.say("portal.announcements.keys"), "<ul>\(HTML.each(keys) { "<li>\($0)</li>" })</ul>"),
            ]))</article>

            """
    }

    private var commands: [String] {
        [
            "suiro announcement list",
            "curl -H \"Authorization: Bearer $TOKEN\" \(service.environment.origin())/multichannel/v1/announcements",
        ]
    }
}
