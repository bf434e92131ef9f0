/// One thing that an edition changes: which row answers about a key in one place before, which after, and from when.
package struct PolicyChange: Hashable, Codable, Sendable {
    package let key: String
    package let scope: Circumstances
    package let from: Instant
    /// Where the old and the new rules say the same again; `nil` means not again.
    package let until: Instant?
    /// `nil` where nothing answered, or nothing will: silence is never permission.
    package let before: PolicyRow?
    package let after: PolicyRow?

    package init(
        key: String,
        scope: Circumstances,
        from: Instant,
        until: Instant?,
        before: PolicyRow?,
        after: PolicyRow?
    ) {
        (self.key, self.scope, self.from, self.until) = (key, scope, from, until)
        (self.before, self.after) = (before, after)
    }

    /// Whether only the sources or the confidence differ.
    package var keepsValue: Bool { before?.value == after?.value }
}

extension PolicyBook {
    /// Everything that `next` answers otherwise in one cloud from `start` on, by key, then by day.
    package func changes(to next: PolicyBook, in cloud: Cloud, from start: Instant) -> [PolicyChange] {
        let here: Circumstances = [.cloud: cloud.rawValue]
        let topics = Set((rows + next.rows).map(\.topic)).filter { $0.scope.canMeet(here) }
        var seen: Set<[String]> = []
        return topics.flatMap { changes(about: $0, to: next, here: here, from: start) }
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }
            // A row for every cloud that gives way to one for this cloud is found on both topics.
            .filter { seen.insert($0.identity).inserted }
    }

    private func changes(
        about topic: PolicyTopic,
        to next: PolicyBook,
        here: Circumstances,
        from start: Instant
    ) -> [PolicyChange] {
        let subject = topic.scope.merging(here) { word, _ in word }
        let turns = (rows + next.rows)
            .filter { $0.key == topic.key && $0.scope.canMeet(subject) }
            .flatMap { [$0.from, $0.until].compactMap(\.self) }
        let starts = [start] + Set(turns).filter { start < $0 }.sorted()
        var changes: [PolicyChange] = []
        for (index, instant) in starts.enumerated() {
            let before = row(topic.key, for: subject, at: instant)
            let after = next.row(topic.key, for: subject, at: instant)
            guard !before.saysTheSame(as: after) else { continue }
            guard before?.scope == topic.scope || after?.scope == topic.scope else { continue }
            let end = index + 1 < starts.count ? starts[index + 1] : nil
            var from = instant
            if let last = changes.last, last.until == instant, last.hasSameRows(before, after) {
                from = changes.removeLast().from
            }
            changes.append(
                PolicyChange(
                    key: topic.key,
                    scope: (after ?? before)?.scope ?? topic.scope,
                    from: from,
                    until: end,
                    before: before,
                    after: after
                )
            )
        }
        return changes
    }
}

extension PolicyRow? {
    fileprivate func saysTheSame(as other: PolicyRow?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let row?, let other?): row.saysTheSame(as: other)
        case (nil, _?), (_?, nil): false
        }
    }
}

extension PolicyChange {
    fileprivate func hasSameRows(_ before: PolicyRow?, _ after: PolicyRow?) -> Bool {
        self.before.saysTheSame(as: before) && self.after.saysTheSame(as: after)
    }

    fileprivate var identity: [String] {
        [before, after].map { "\($0?.package ?? "") \($0?.id.rawValue ?? "")" } + [key, from.description]
    }

    fileprivate var order: [String] {
        [key, from.description] + scope.map { "\($0.key.rawValue)=\($0.value)" }.sorted()
    }
}
