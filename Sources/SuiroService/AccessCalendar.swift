import SuiroAssets
package import SuiroDomain
package import SuiroStore

/// When ways into tenants end, soonest first.
package struct AccessCalendar: Sendable {
    package struct Entry: Sendable {
        package let path: AccessPath
        package let at: Instant
        /// Whether it goes on from there by itself (GD-11).
        package let isExtended: Bool
    }

    package let entries: [Entry]
    package let from: Instant
    package let to: Instant
    package let now: Instant
}

extension PartnerService {
    /// Every end from `from` on and before `to`. What goes on by itself stands there too, and says so.
    package func accessCalendar(
        from start: Instant?,
        to end: Instant?,
        _ context: CallContext
    ) async throws -> AccessCalendar {
        try await asEitherSide(context) { tx, side, _ in
            let now = tx.permit.intent.at
            let (from, to) = (start ?? now, end ?? (start ?? now).adding(days: 90))
            var (entries, place): ([AccessCalendar.Entry], AccessPosition?) = ([], nil)
            repeat {
                let some = try tx.openPaths(side, AccessFilter(endingBefore: to), after: place, limit: 500)
                for path in some where path.row.grant.until < to && from <= path.row.grant.until {
                    let relationship =
                        path.row.grant.kind == .gdap
                        ? try tx.delegation(path.row.grant.id.as(DelegatedAdminRelationship.self)) : nil
                    entries.append(
                        AccessCalendar.Entry(
                            path: path,
                            at: path.row.grant.until,
                            isExtended: relationship?.autoExtendDays != nil
                        )
                    )
                }
                place = some.count == 500 ? some.last?.position : nil
            } while place != nil
            entries.sort { ($0.at, $0.path.position) < ($1.at, $1.path.position) }
            return AccessCalendar(entries: entries, from: from, to: to, now: now)
        }
    }

    /// The same for people's own calendars.
    package func accessCalendarFile(
        from start: Instant?,
        to end: Instant?,
        _ context: CallContext
    ) async throws -> CalendarFile {
        let calendar = try await accessCalendar(from: start, to: end, context)
        let entries = calendar.entries.map { entry in
            let grant = entry.path.row.grant
            let arguments: [String: Argument] = [
                "company": .text(entry.path.customerName), "partner": .text(entry.path.row.partnerName),
                "kind": .words("accessKind.\(grant.kind.rawValue)"),
            ]
            return CalendarFile.Entry(
                id: "\(grant.id)-\(entry.at.day)@suiro",
                at: entry.at,
                summary: words.say(
                    entry.isExtended ? "calendar.accessExtended" : "calendar.accessEnds",
                    context.language,
                    arguments
                ),
                description: "\(environment.origin())/customers/\(grant.customer)/people-and-access"
            )
        }
        return CalendarFile(entries: entries, stamp: calendar.now)
    }
}
