import ArgumentParser

struct CustomerShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one customer / 顧客を 1 社表示します",
        discussion: "suiro customer show 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 --subscriptions --why"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var id: String

    @Flag(help: "With every subscription in every channel / すべての販売経路のサブスクリプションも表示")
    var subscriptions = false

    @Flag(help: "With what you may do to each of them, and why not / それぞれに実行できる操作と、できない理由も表示")
    var why = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        var customer = try await client.get("/v1/customers/\(id)")
        guard subscriptions || why else { return session.printer.record(customer, as: .customers) }

        var owned = try await client.all("/multichannel/v1/customers/\(id)/subscriptions")
        if why {
            for index in owned.indices {
                guard let subscription = owned[index]["id"].text else { continue }
                let path: Path = "/multichannel/v1/customers/\(id)/subscriptions/\(subscription)/options"
                owned[index] = owned[index].setting("options", to: try await client.get(path))
            }
        }
        customer = customer.setting("subscriptions", to: .array(owned))
        print(customer, owned, session)
    }

    /// People read the customer, then its subscriptions, then what may be done to each. Programs get one document.
    private func print(_ customer: JSON, _ owned: [JSON], _ session: Session) {
        let printer = session.printer
        switch printer.format {
        case .json, .jsonl: return printer.record(customer, as: .customers)
        case .csv, .id: return printer.list(owned, as: .subscriptions)
        case .table, .wide: break
        }
        printer.record(customer, as: .customers)
        session.terminal.write("\n")
        printer.list(owned, as: .subscriptions)
        guard why else { return }
        for subscription in owned {
            let title = subscription["name"].text ?? subscription["id"].text ?? ""
            session.terminal.write("\n" + printer.table.paint.bold(Table.clean(title)) + "\n")
            printer.list(subscription.at("options.items").elements, as: .options)
        }
    }
}
