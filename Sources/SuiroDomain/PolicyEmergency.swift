extension PolicyBook {
    /// The emergency that overrides a key in one cloud at an instant, where there is one (6.1).
    package func emergency(on key: String, in cloud: Cloud, at instant: Instant) -> PolicyRow? {
        rows.first { $0.isEmergency(on: key, in: cloud) && $0.isInForce(at: instant) }
    }

    /// The next edition, in which a flag has one value everywhere in one cloud from `now` on, whatever the packages say
    /// and until the policy owner sets it again; `nil` where it has that value already. Where the packages say the
    /// same, the override ends instead, and what they announced for later holds again.
    package func setting(
        _ key: String,
        to value: Bool,
        in cloud: Cloud,
        because reason: [Language: String],
        at now: Instant
    ) -> PolicyBook? {
        let overriding = emergency(on: key, in: cloud, at: now)
        guard overriding?.value != .flag(value) else { return nil }
        let kept = rows.compactMap { row in
            row.isEmergency(on: key, in: cloud) ? row.ending(at: now) : row
        }
        let lifted = PolicyBook(edition: edition + 1, rows: kept)
        if lifted.answers(key, with: value, everywhereIn: cloud, at: now) {
            return overriding == nil ? nil : lifted
        }
        let row = PolicyRow(
            id: PolicyRow.ID(rawValue: "emergency-\(edition + 1)"),
            key: key,
            value: .flag(value),
            scope: [.cloud: cloud.rawValue],
            from: now,
            rules: ["6.1", "X-02"],
            source: reason[.en] ?? "",
            reviewBy: now,
            package: PolicyRow.emergencyPackage,
            emergency: reason
        )
        return PolicyBook(edition: edition + 1, rows: kept + [row])
    }

    private func answers(_ key: String, with value: Bool, everywhereIn cloud: Cloud, at now: Instant) -> Bool {
        let here: Circumstances = [.cloud: cloud.rawValue]
        let possible = rows.filter { $0.key == key && $0.scope.canMeet(here) && $0.isInForce(at: now) }
        return row(key, for: here, at: now) != nil && possible.allSatisfy { $0.value == .flag(value) }
    }
}

extension PolicyRow {
    /// The name of editions that an emergency made.
    package static let emergencyPackage = "emergency"

    fileprivate func isEmergency(on key: String, in cloud: Cloud) -> Bool {
        emergency != nil && self.key == key && scope == [.cloud: cloud.rawValue]
    }
}
