import ArgumentParser

struct PolicyDiff: Act {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "List the values that differ between two dates / 2 つの日付の間で異なる値の一覧を表示します",
        discussion: "suiro policy diff 2017-06-09 2027-01-01"
    )

    @Argument(help: "The earlier date / 前の日付")
    var before: String

    @Argument(help: "The later date / 後の日付")
    var after: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let old = try await rows(at: before, client, session)
        let new = try await rows(at: after, client, session)
        let topics = Set(old.keys).union(new.keys).sorted()
        let changes = topics.compactMap { topic -> JSON? in
            let (was, becomes) = (old[topic] ?? .null, new[topic] ?? .null)
            guard was["value"] != becomes["value"] else { return nil }
            let row = becomes.isNull ? was : becomes
            let from = becomes.isNull ? was["effectiveTo"] : becomes["effectiveFrom"]
            return [
                "key": row["key"], "scope": row["scope"], "effectiveFrom": from, "old": was, "new": becomes,
            ]
        }
        session.printer.list(changes, as: .policyChanges)
    }

    /// What holds on a day, by key and place.
    private func rows(at day: String, _ client: Client, _ session: Session) async throws -> [String: JSON] {
        let day = try session.checked(instant: day) ?? day
        let rows = try await client.all("/multichannel/v1/policies", query: [QueryItem("at", day)])
        return Dictionary(rows.map { ("\($0["key"].text ?? "") \($0["scope"].compact)", $0) }) { _, last in last }
    }
}
