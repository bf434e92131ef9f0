import SuiroAssets
package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// What is wrong with the vendor's services, and its announcements as messages; for one customer, what its partner
    /// tells it. `isResolved` narrows it.
    package func serviceIncidents(
        for customer: ID<Customer>?,
        isResolved: Bool?,
        _ context: CallContext
    ) async throws -> [ServiceIncident] {
        let tenant = try context.tenant
        return try await read(context, .readServiceRequests, in: scope(customer, tenant)) { tx in
            let incidents = try tx.serviceIncidents(isResolved: isResolved)
            let news = try tx.announcements().map { message(from: $0, context.language, tx.permit.intent.at) }
            return incidents + news.filter { isResolved == nil || $0.isResolved == isResolved }
        }
    }

    /// Writes down an incident, in place of what was known of it.
    package func keep(_ incident: ServiceIncident) async throws {
        _ = try await writeAsSystem(in: .system) { tx in
            try tx.save(incident)
            return true
        }
    }

    /// An announcement as a message of the status page; it is over on the day the change holds.
    private func message(from news: Announcement, _ language: Language, _ now: Instant) -> ServiceIncident {
        ServiceIncident(
            id: "\(news.id)",
            kind: .messageCenter,
            workload: words.say("serviceIncident.program", language),
            severity: .information,
            area: news.title[language] ?? news.title[.en] ?? "",
            started: news.announcedAt,
            ended: news.effective <= now ? news.effective : nil,
            messages: [
                ServiceIncident.Message(
                    at: news.announcedAt,
                    text: news.summary[language] ?? news.summary[.en] ?? ""
                )
            ],
            reach: 0
        )
    }
}
