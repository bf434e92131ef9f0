/// One change to some of a customer's subscriptions, one after another. The first that is refused ends it; what was
/// changed before stays changed.
struct SubscriptionChanges {
    let customer: String
    let subscriptions: [String]
    /// The action of the options that decides.
    let action: String

    /// Tells what the server would answer, when until, and what it costs, and changes nothing.
    func rehearse(in session: Session) async throws {
        let client = try session.client()
        for id in subscriptions {
            let path: Path = "/multichannel/v1/customers/\(customer)/subscriptions/\(id)/options"
            let options = try await client.get(path)
            let item = options["items"].elements.first { $0["action"].text == action } ?? .null
            show(item, of: id, edition: options["policyEdition"].text, session)
        }
        session.printer.say("dryRun.nothingChanged")
    }

    /// Sends the change for each of them, and says of each what has been done.
    func make(_ change: JSON, in session: Session, saying done: (_ id: String) -> Void) async throws {
        let client = try session.client()
        for id in subscriptions {
            let answer = try await client.send("PATCH", "/v1/customers/\(customer)/subscriptions/\(id)", change)
            session.printer.record(answer, as: .soldSubscriptions)
            done(id)
        }
    }

    private func show(_ item: JSON, of id: String, edition: String?, _ session: Session) {
        let (words, printer) = (session.words, session.printer)
        guard printer.format == .table || printer.format == .wide else { return printer.record(item, as: .options) }
        let what = words(
            "why.what",
            [
                "action": words.word(action, in: "action"),
                "verdict": words.word(item["verdict"].text ?? "-", in: "verdict"),
            ]
        )
        let explainer = Explainer(words: words, moments: printer.moments)
        let explanation = explainer.explanation(of: item, what: what, edition: edition, correlationID: nil)
        session.terminal.write(printer.table.pairs([("ID", id)] + explanation.lines(words)))
    }
}

extension Listing {
    /// What the calling partner sold, as Partner Center shows it.
    static let soldSubscriptions = Listing(
        [
            Column("name", "friendlyName"), Column("status", "status", .word("state")), Column("quantity"),
            Column("ends", "commitmentEndDate", .day), Column("autoRenew", "autoRenewEnabled"), Column("id"),
        ],
        empty: Phrase("empty.subscriptions")
    )
}
