import SuiroDomain
import SuiroService

extension Portal {
    /// One announcement: what changes, from when, who of the reader's own is affected, what to do.
    func announcementPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let entry = try await service.announcement(visit.id("id", .announcement), visit.context(visitor))
        let item = entry.announcement
        let title = item.title[visit.language] ?? ""
        return .page(
            Page(
                title: title,
                section: .announcements,
                crumbs: [Crumb(address: Place.announcements, title: visit.say("portal.announcements.title"))],
                content: """
                    \(visit.done)<h1>\(title)</h1>
                    <p>\(visit.state(item, isWithdrawn: entry.withdrawnBy != nil))</p>
                    \(withdrawn(entry, visit))<p class="lead">\(item.summary[visit.language] ?? "")</p>
                    \(visit.facts([
                        (visit.say("portal.announcements.effective"), visit.longDay(item.effective)),
                        (visit.say("portal.announcements.announced"), visit.longDay(item.announcedAt)),
                        (visit.say("portal.announcements.edition"), "\(entry.editionName)"),
                    ]))\
                    \(entry.withdrawnBy == nil ? consequences(entry, visit, visitor) : .nothing)\
                    <h2 id="changes">\(visit.say("portal.announcement.changes"))</h2>
                    \(visit.changeTable(entry.changes, labelled: "changes"))\
                    \(rules(entry, visit))\(visit.elsewhere(commands(item.id)))
                    """
            )
        )
    }

    /// Who of the reader's own is affected, for spreadsheets.
    func affectedFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let impact = try await service.affected(by: visit.id("id", .announcement), visit.context(visitor))
        return visit.file(impact, name: "affected.csv")
    }

    private func withdrawn(_ entry: AnnouncementEntry, _ visit: Visit) -> HTML {
        guard let later = entry.withdrawnBy else { return .nothing }
        let title = later.title[visit.language] ?? ""
        return visit.note(
            visit.say("portal.announcement.withdrawn"),
            .warning,
            "<p><a href=\"\(Place.announcement(later.id))\">\(title)</a></p>"
        )
    }

    /// For whom, and what to do about it.
    private func consequences(_ entry: AnnouncementEntry, _ visit: Visit, _ visitor: Visitor) -> HTML {
        """
        \(entry.affected.map { affected($0, entry.announcement, visit, visitor) })\
        <h2>\(visit.say("portal.announcement.toDo"))</h2>
        <p>\(toDo(entry, visit))</p>

        """
    }

    private func affected(_ impact: Impact, _ item: Announcement, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let kind = visitor.organization.kind
        let heading =
            kind == .vendor ? visit.say("portal.announcement.affected.all") : visit.say("portal.announcement.affected")
        guard !impact.rows.isEmpty else {
            return "<h2>\(heading)</h2>\n<p>\(visit.say("portal.announcement.affected.none"))</p>\n"
        }
        return """
            <h2 id="affected">\(heading)</h2>
            \(sums(impact, visit))\
            <p class="noprint"><a href="\(Place.affectedFile(item.id))">\(visit.say("portal.audit.csv"))</a></p>
            \(visit.impactTable(impact, labelled: "affected", names: ImpactNames(kind)))
            """
    }

    private func toDo(_ entry: AnnouncementEntry, _ visit: Visit) -> String {
        if let advice = entry.announcement.advice[visit.language] { return advice }
        return entry.affected?.turns.isEmpty == true
            ? visit.say("portal.announcement.toDo.nothing") : visit.say("announcement.advice")
    }

    /// The rules behind it; each change above names its source.
    private func rules(_ entry: AnnouncementEntry, _ visit: Visit) -> HTML {
        let rules = Set(entry.changes.compactMap { $0.after ?? $0.before }.flatMap(\.rules).map(\.description))
        guard !rules.isEmpty else { return .nothing }
        return visit.facts([(visit.say("portal.policies.rule"), visit.rules(rules.sorted().map { RuleID($0) }))])
    }

    private func commands(_ id: ID<Announcement>) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/announcements/\(id)"
        return ["suiro announcement show \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }
}
