import SuiroDomain
package import SuiroStore

extension PartnerService {
    private static let pageOfExport = 1000

    /// A page of the entries that the caller may see, oldest first within its scope: an auditor's are all, anybody
    /// else's those that concern their tenant. `nil` after the last page.
    package func auditExport(
        after last: LoggedRow?,
        _ context: CallContext
    ) async throws -> (header: AuditLines.Header, rows: [LinkedRow], next: LoggedRow?) {
        let tenant = try context.tenant
        return try await read(context, .readAudit, in: .tenant(tenant)) { tx in
            let whose = tx.permit.principal?.kind == .vendor ? nil : tenant
            let rows = try tx.loggedRows(concerning: whose?.description, after: last, limit: Self.pageOfExport)
            let next = rows.count == Self.pageOfExport ? rows.last?.row : nil
            return (AuditLines.Header(cloud: cloud, of: whose), rows, next)
        }
    }

    /// The same for the operator's own hands, all entries.
    package func everyAuditPage(_ each: ([LinkedRow]) throws -> Void) async throws {
        var last: LoggedRow?
        while true {
            let page = try await readAsSystem { [last] tx in
                try tx.loggedRows(after: last, limit: Self.pageOfExport)
            }
            try each(page)
            guard page.count == Self.pageOfExport, let end = page.last?.row else { return }
            // Somebody has written what no scope is: going on from there would begin again.
            guard !end.scope.isEmpty, end.scope != last?.scope || end.sequence > last?.sequence ?? 0 else {
                throw StoreError.corrupt(column: "event_log.scope")
            }
            last = end
        }
    }

    /// Verifies the database against its own heads, and against those that a witness has kept.
    package func verifyAudit(witnessed: [KeptHead] = [], keys: [HeadPublicKey]? = nil) async throws -> AuditVerifier {
        let known: [HeadPublicKey] = if let keys { keys } else { [try await headKey().publicKey] }
        let heads = try await readAsSystem { tx in try tx.heads() }
        var verifier = AuditVerifier(
            AuditVerifier.Ground(heads: heads, witnessed: witnessed, keys: known, cloud: cloud)
        )
        try await everyAuditPage { page in for row in page { verifier.take(row) } }
        verifier.finish()
        return verifier
    }
}
