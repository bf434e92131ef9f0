import ArgumentParser

struct SubscriptionWhy: Act {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "What may be done, and why not / 実行できる操作と、できない理由を表示します",
        discussion: """
            suiro subscription why 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f \
              --action switchPartner --at 2027-04-01
            """
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Id of the subscription / サブスクリプションの ID")
    var subscription: String

    @Option(help: "Only this action, in five lines / この操作だけを 5 行で説明")
    var action: String?

    @Option(help: "As of this date / この日付の時点で判断")
    var at: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = try session.checked(instant: at).map { [QueryItem("at", $0)] } ?? []
        let path: Path = "/multichannel/v1/customers/\(customer)/subscriptions/\(subscription)/options"
        let answer = try await session.client().call("GET", path, query: query)
        let options = answer.json ?? .null
        if let action {
            try explain(action, in: options, correlationID: answer.correlationID, session)
        } else {
            list(options, session)
        }
    }

    private func list(_ options: JSON, _ session: Session) {
        let printer = session.printer
        if printer.format == .json { return printer.record(options, as: .options) }
        if let route = options.at("classification.route").text {
            printer.say(
                "why.classification",
                [
                    "route": session.words.word(route, in: "route"),
                    "rule": options.at("classification.rule").text ?? "-",
                    "edition": options["policyEdition"].text ?? "-",
                ]
            )
        }
        printer.list(options["items"].elements, as: .options)
    }

    private func explain(_ action: String, in options: JSON, correlationID: String?, _ session: Session) throws {
        let items = options["items"].elements
        guard let item = items.first(where: { $0["action"].text?.lowercased() == action.lowercased() }) else {
            let known = items.compactMap { $0["action"].text }.joined(separator: ", ")
            throw Failure(.notFound, "why.noSuchAction", ["action": action, "known": known.isEmpty ? "-" : known])
        }
        let words = session.words
        let printer = session.printer
        let isPlain = item["verdict"].text == "allowed"
        guard printer.format == .table || printer.format == .wide, !isPlain else {
            return printer.record(item, as: .options)
        }
        let name = item["action"].text ?? action
        let what = words(
            "why.what",
            [
                "action": words.word(name, in: "action"),
                "verdict": words.word(item["verdict"].text ?? "-", in: "verdict"),
            ]
        )
        let explanation = Explainer(words: words, moments: printer.moments).explanation(
            of: item,
            what: what,
            edition: options["policyEdition"].text,
            correlationID: correlationID
        )
        session.terminal.write(printer.table.pairs(explanation.lines(words)))
    }
}
