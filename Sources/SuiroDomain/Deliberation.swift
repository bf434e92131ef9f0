/// One rule that was read on the way to an answer: enough to say years later why it came out as it did (INV-09).
package struct ReadRule: Hashable, Codable, Sendable {
    package let key: String
    package let row: PolicyRow.ID?
    package let rule: RuleID?
    package let value: PolicyValue?
    package let inputs: [String: String]
    package let edition: Int
    package let at: Instant
    package var verdict: String

    package init(
        key: String,
        row: PolicyRow.ID?,
        rule: RuleID?,
        value: PolicyValue?,
        inputs: [String: String],
        edition: Int,
        at instant: Instant,
        verdict: String
    ) {
        (self.key, self.row, self.rule, self.value) = (key, row, rule, value)
        (self.inputs, self.edition, self.at, self.verdict) = (inputs, edition, instant, verdict)
    }
}

/// What was decided and by which row.
package struct Decision<Value: Sendable>: Sendable {
    package let value: Value
    package let row: PolicyRow.ID
    package let rule: RuleID
    package let edition: Int
}

/// A book being read for one question at one instant. It keeps a note of every row it was asked for, so no policy is
/// read without a record.
package struct Deliberation: Sendable {
    package let book: PolicyBook
    package let at: Instant
    package let cloud: Cloud
    private var notes: [Note] = []

    /// A row that was asked for, as it was asked for. Most questions are only shown and never written down.
    private struct Note: Sendable {
        let key: String
        let row: PolicyRow?
        let subject: Circumstances
        let edition: Int
        let at: Instant
        var verdict: String
    }

    /// What has been read until now, to be kept.
    package var read: [ReadRule] {
        notes.map { note in
            ReadRule(
                key: note.key,
                row: note.row?.id,
                rule: note.row?.rules.first,
                value: note.row?.value,
                inputs: Dictionary(uniqueKeysWithValues: note.subject.map { ($0.key.rawValue, $0.value) }),
                edition: note.edition,
                at: note.at,
                verdict: note.verdict
            )
        }
    }

    /// How many rows have been asked for until now.
    package var count: Int { notes.count }

    package init(book: PolicyBook, at instant: Instant, cloud: Cloud) {
        (self.book, self.at, self.cloud) = (book, instant, cloud)
    }

    /// The row in force, or the refusal `POLICY_MISSING`: silence is never permission.
    package mutating func decide<Value>(
        _ key: PolicyKey<Value>,
        for subject: Circumstances = [:],
        at instant: Instant? = nil
    ) throws(Refusal) -> Decision<Value> {
        let instant = instant ?? at
        var subject = subject
        subject[.cloud] = cloud.rawValue
        let row = book.row(key.name, for: subject, at: instant)
        let value = row.flatMap { key.read($0.value) }
        note(key.name, row, subject, instant, verdict: value == nil ? "POLICY_MISSING" : "read")
        guard let row, let value else { throw .policyMissing(key: key.name) }
        return Decision(value: value, row: row.id, rule: row.rules.first ?? "6.1", edition: book.edition)
    }

    /// When the answer to `key` next changes by policy alone.
    package func nextChange<Value>(of key: PolicyKey<Value>, for subject: Circumstances = [:]) -> Instant? {
        var subject = subject
        subject[.cloud] = cloud.rawValue
        return book.nextChange(of: key.name, for: subject, after: at)
    }

    /// Notes what came of the rules read so far for one action.
    package mutating func conclude(_ verdict: String, from start: Int) {
        for index in notes.indices.dropFirst(start) where notes[index].verdict == "read" {
            notes[index].verdict = verdict
        }
    }

    /// Takes over what another deliberation has read, such as one that looked ahead.
    package mutating func absorb(_ other: Deliberation) {
        notes += other.notes
    }

    private mutating func note(
        _ key: String,
        _ row: PolicyRow?,
        _ subject: Circumstances,
        _ instant: Instant,
        verdict: String
    ) {
        notes.append(
            Note(key: key, row: row, subject: subject, edition: book.edition, at: instant, verdict: verdict)
        )
    }
}
