import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    private static let fileLimit = 10_000

    /// The same as the page, for spreadsheets.
    func auditFile(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let language = visit.exchange.query["lang"].flatMap(Language.init(rawValue:)) ?? visit.language
        let filter = AuditFilter(visit, limit: Self.fileLimit)
        guard filter.mistakes.isEmpty else {
            throw BadInput(filter.mistakes.map { InputFault(field: $0.field, code: .malformed) })
        }
        let rows = try await service.audit(filter.query, visit.context(visitor))
        let heads = [
            "portal.audit.time", "portal.audit.event", "portal.audit.affected", "portal.audit.who",
            "portal.audit.organization", "portal.audit.result", "portal.audit.rule", "portal.reference",
        ].map { words.say($0, language) }
        let lines = rows.map { row in
            let entry = row.entry
            let event = words.has("event.\(entry.event)") ? words.say("event.\(entry.event)", language) : entry.event
            let result = words.say(entry.hasSucceeded ? "portal.audit.succeeded" : "portal.audit.failed", language)
            return [
                entry.at.short, event, row.customerName ?? "", entry.callerName, entry.tenantName, result,
                entry.rule ?? entry.details["rule"] ?? "", entry.correlation,
            ]
        }
        let text = CSVText.of([heads] + lines, language)
        return .file(Array(text.utf8), type: "text/csv; charset=utf-8", name: "audit.csv")
    }
}
