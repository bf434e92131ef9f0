import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Announcements by the day they take effect, the latest first.
    func announcementsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let all = try await service.announcements(visit.context(visitor))
        let filter = NewsFilter(visit)
        let kept = all.filter { filter.keeps($0, visit) }
        let withdrawn = Set(all.compactMap(\.withdraws))
        let title = visit.say("portal.announcements.title")
        let none = all.isEmpty ? visit.say("portal.announcements.empty") : visit.say("portal.announcements.none")
        return .page(
            Page(
                title: title,
                section: .announcements,
                content: """
                    <h1>\(title)</h1>
                    \(HTML.when(!all.isEmpty, form(filter, visit)))\
                    \(kept.isEmpty ? "<p>\(none)</p>\n" : HTML.each(kept) { card($0, withdrawn, visit) })\
                    \(visit.elsewhere(commands))
                    """
            )
        )
    }

    private func form(_ filter: NewsFilter, _ visit: Visit) -> HTML {
        let clear: HTML = "<a href=\"\(Place.announcements)\">\(visit.say("portal.filter.clear"))</a>"
        let key = visit.say("portal.announcements.filter.key")
        let from = visit.say("portal.announcements.filter.from")
        let shown: [(NewsFilter.Shown, String)] = [
            (.all, visit.say("portal.announcements.filter.all")),
            (.coming, visit.say("portal.announcements.coming")), (.holds, visit.say("portal.announcements.holds")),
        ]
        let choices = shown.map { Choice(value: $0.0.rawValue, label: $0.1, isChosen: filter.show == $0.0) }
        return """
            <form class="filter noprint" action="\(Place.announcements)">\
            \(visit.field("key", label: key, value: filter.key))\
            \(visit.field("from", label: from, value: filter.from, type: "date"))\
            \(visit.choices("show", legend: visit.say("portal.announcements.filter.show"), choices))\
            <button type="submit">\(visit.say("portal.filter"))</button>\(HTML.when(filter.isNarrow, clear))</form>

            """
    }

    private func card(_ item: Announcement, _ withdrawn: Set<Int>, _ visit: Visit) -> HTML {
        """
        <article class="card" aria-labelledby="a-\("\(item.id)")"><p>\(visit.longDay(item.effective)) \
        \(visit.state(item, isWithdrawn: withdrawn.contains(item.edition)))</p><h2 id="a-\("\(item.id)")">\
        <a href="\(Place.announcement(item.id))">\(item.title[visit.language] ?? "")</a></h2>
        <p>\(item.summary[visit.language] ?? "")</p></article>

        """
    }

    private var commands: [String] {
        [
            "suiro announcement list",
            "curl -H \"Authorization: Bearer $TOKEN\" \(service.environment.origin())/multichannel/v1/announcements",
        ]
    }
}

/// What the timeline is narrowed by, as the address says it.
private struct NewsFilter {
    enum Shown: String { case all, coming, holds }

    let key: String
    let from: String
    let show: Shown

    init(_ visit: Visit) {
        let query = visit.exchange.query
        (key, from) = (query["key"]?.trimmed ?? "", query["from"] ?? "")
        show = query["show"].flatMap(Shown.init(rawValue:)) ?? .all
    }

    var isNarrow: Bool { !key.isEmpty || !from.isEmpty || show != .all }

    /// A word of a key or of the title; days from the one that is given; what holds or what is to come.
    func keeps(_ item: Announcement, _ visit: Visit) -> Bool {
        let word = key.lowercased()
        let texts = item.keys + [item.title[visit.language] ?? ""]
        let holds = item.effective <= visit.now
        return (key.isEmpty || texts.contains { $0.lowercased().contains(word) })
            && (Instant(from.halfWidth.replacing("/", with: "-")).map { $0 <= item.effective } ?? true)
            && (show == .all || (show == .holds) == holds)
    }
}

extension Visit {
    /// Whether it holds, and what kind of news it is where it is no ordinary one.
    func state(_ item: Announcement, isWithdrawn: Bool) -> HTML {
        guard !isWithdrawn else { return badge(say("packageStage.withdrawn"), .plain) }
        let holds = item.effective <= now
        let state = holds ? say("portal.announcements.holds") : say("portal.announcements.coming")
        let kind: HTML =
            switch item.kind {
            case .change: .nothing
            case .withdrawal: badge(say("portal.announcements.withdrawal"), .plain)
            case .emergency: badge(say("portal.switches.emergency"), .warning)
            }
        return "\(badge(state, holds ? .good : .warning)) \(kind)"
    }
}
