package import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// A row and whether it holds at the instant that was asked about.
package struct PolicyRowView: Sendable {
    package let row: PolicyRow
    package let edition: Int
    package let editionName: String
    package let isInForce: Bool
}

extension PartnerService {
    /// All rows of the newest edition; `at` asks which of them hold then.
    package func policies(at instant: Instant?, _ context: CallContext) async throws -> [PolicyRowView] {
        try await read(context, .readPolicies, in: .system) { tx in
            let deliberation = try deliberation(tx)
            let at = instant ?? deliberation.at
            return deliberation.book.rows
                .filter { $0.scope[.cloud] == nil || $0.scope[.cloud] == cloud.rawValue }
                .map { row in
                    PolicyRowView(
                        row: row,
                        edition: deliberation.book.edition,
                        editionName: deliberation.book.name,
                        isInForce: row.isInForce(at: at) && !isOverridden(row, in: deliberation.book, at: at)
                    )
                }
                .filter { instant == nil || $0.isInForce }
                .sorted {
                    ($0.row.key, $0.row.from, $0.row.id.rawValue) < ($1.row.key, $1.row.from, $1.row.id.rawValue)
                }
        }
    }

    package func policies(
        _ key: String,
        at instant: Instant?,
        _ context: CallContext
    ) async throws -> [PolicyRowView] {
        let rows = try await policies(at: instant, context).filter { $0.row.key == key }
        guard !rows.isEmpty || PolicyVocabulary.shapes[key] != nil else { throw Refusal.notFound(.policy, key) }
        return rows
    }

    private func isOverridden(_ row: PolicyRow, in book: PolicyBook, at instant: Instant) -> Bool {
        row.emergency == nil && book.emergency(on: row.key, in: cloud, at: instant) != nil
    }

    /// Every rule that was read for one request of the caller's tenant: why was I refused.
    package func decisions(_ correlation: UUID, _ context: CallContext) async throws -> [DecisionRow] {
        let tenant = try context.tenant
        return try await read(context, .readDecisions, in: .tenant(tenant)) { tx in
            let rows = try tx.decisions(correlation, of: tenant)
            guard !rows.isEmpty else { throw Refusal.notFound(.decision, correlation.lowercased) }
            return rows
        }
    }
}
