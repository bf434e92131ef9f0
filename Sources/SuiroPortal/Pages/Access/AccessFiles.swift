import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// The same as the pages, for spreadsheets and calendars.
extension Portal {
    func accessFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let filter = AccessReviewFilter(visit)
        guard filter.mistakes.isEmpty else {
            throw BadInput(filter.mistakes.map { InputFault(field: $0.field, code: .malformed) })
        }
        let language = language(visit)
        let heads = [
            "portal.accessAll.customer", "portal.accessAll.customerId", "portal.access.partner", "portal.access.kind",
            "portal.access.roles", "portal.access.granted", "portal.access.until", "portal.access.used",
            "portal.unused.since", "portal.accessTerms.hash",
        ].map { words.say($0, language) }
        var (lines, place): ([[String]], AccessPosition?) = ([], nil)
        repeat {
            let page = try await service.accessPaths(filter.question, after: place, limit: 500, visit.context(visitor))
            lines += page.paths.map { path in
                let (row, grant) = (path.row, path.row.grant)
                return [
                    path.customerName, "\(grant.customer)", row.partnerName,
                    words.say("accessKind.\(grant.kind.rawValue)", language), grant.roles.joined(separator: " "),
                    row.consent.at.short, grant.until.short, row.lastUsedAt?.short ?? "",
                    grant.unusedSince(row.lastUsedAt)?.short ?? "", row.consent.termsHash,
                ]
            }
            place = page.next
        } while place != nil
        return csv([heads] + lines, "access.csv", language)
    }

    func unusedFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let language = language(visit)
        let heads = [
            "portal.accessAll.customer", "portal.accessAll.customerId", "portal.access.partner", "portal.access.kind",
            "portal.unused.finding", "portal.unused.since", "portal.unused.roles", "portal.access.until",
        ].map { words.say($0, language) }
        var (lines, place): ([[String]], AccessPosition?) = ([], nil)
        repeat {
            let page = try await service.unusedRights(for: nil, after: place, limit: 500, visit.context(visitor))
            lines += page.rights.map { right in
                let grant = right.path.row.grant
                return [
                    right.path.customerName, "\(grant.customer)", right.path.row.partnerName,
                    words.say("accessKind.\(grant.kind.rawValue)", language),
                    words.say("unusedRight.\(right.finding.rawValue)", language), right.unusedSince.short,
                    right.unassigned.map(\.rawValue).joined(separator: " "), grant.until.short,
                ]
            }
            place = page.next
        } while place != nil
        return csv([heads] + lines, "unused-access.csv", language)
    }

    /// The dates of the next year, for the visitor's own calendar.
    func accessCalendarFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let end = visit.now.adding(days: 365)
        let file = try await service.accessCalendarFile(from: visit.now, to: end, visit.context(visitor))
        return .file(Array(file.text.utf8), type: "text/calendar; charset=utf-8", name: "suiro-access.ics")
    }

    private func language(_ visit: Visit) -> Language {
        visit.exchange.query["lang"].flatMap(Language.init(rawValue:)) ?? visit.language
    }

    private func csv(_ lines: [[String]], _ name: String, _ language: Language) -> Answer {
        .file(Array(CSVText.of(lines, language).utf8), type: "text/csv; charset=utf-8", name: name)
    }
}
