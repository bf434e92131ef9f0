import ArgumentParser

/// What a plan and a request have in common: what moves, to whom, and how.
struct MoveOptions: ParsableArguments {
    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Ids of the subscriptions / サブスクリプションの ID")
    var subscriptions: [String]

    @ArgumentParser.Option(help: "The partner it goes to; a partner means itself / 将来のパートナー（省略すると自社）")
    var to: String?

    @ArgumentParser.Option(help: "replaceLicense, recreate, switchPartner or transferLicense / 切り替えの種類")
    var kind: String?

    @Flag(help: "A licence: wait until its term ends / ライセンス: 期間の終わりまで待つ")
    var wait = false

    @Flag(help: "A licence: cancel it first / ライセンス: 先に取り消す")
    var cancelFirst = false

    @ArgumentParser.Option(help: "Not before this date / この日時より前には切り替えない")
    var cutover: String?

    func body(_ session: Session) throws -> JSON {
        guard !(wait && cancelFirst) else { throw Failure(.usage, "move.onePlan") }
        var members: JSON = .object([]).setting("subscriptionIds", to: .array(subscriptions.map { .string($0) }))
        let plan = wait ? "wait" : cancelFirst ? "cancelFirst" : nil
        let texts = [
            ("toPartner", to), ("kind", kind), ("plan", plan), ("cutover", try session.checked(instant: cutover)),
        ]
        for (name, value) in texts {
            if let value {
                members = members.setting(name, to: .string(value.count == 10 ? value + "T00:00:00Z" : value))
            }
        }
        return members
    }
}
