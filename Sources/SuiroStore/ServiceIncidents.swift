package import SuiroDomain

extension Transaction {
    /// The newest first; `isResolved` narrows it to those that are over, or that are not.
    package func serviceIncidents(isResolved: Bool?) throws -> [ServiceIncident] {
        var filter: SQL = "1 = 1"
        if let isResolved { filter = "is_resolved = \(isResolved ? "yes" : "no")" }
        return try session.all(
            "SELECT body FROM service_incident WHERE \(filter) ORDER BY started_at DESC, id LIMIT 1000"
        ) { cursor in (try cursor.next() as JSONText<ServiceIncident>).value }
    }

    /// Keeps an incident, in place of what was known of it.
    package func save(_ incident: ServiceIncident) throws {
        try session.run("DELETE FROM service_incident WHERE id = \(incident.id)")
        try session.run(
            """
            INSERT INTO service_incident (id, workload, is_resolved, started_at, body)
            VALUES (\(incident.id), \(incident.workload), \(incident.isResolved ? "yes" : "no"),
                \(incident.started), \(JSONText(incident)))
            """
        )
    }
}
