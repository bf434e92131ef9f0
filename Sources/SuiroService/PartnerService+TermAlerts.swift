import SuiroAssets
import SuiroDomain
import SuiroStore

// Who hears that a term is about to end without a choice (LC-20, OP-32). What happens at the end is computed from the
// subscription alone, whether or not anybody was told.
extension PartnerService {
    /// Every alert whose day has come, each once, and of one subscription only the latest.
    func sweepTermAlerts() async throws {
        let days = try await readAsSystem { tx in try deliberation(tx).book.termEndAlertDays }
        for (day, sooner) in zip(days, days.dropFirst() + [0]) {
            var last: UndecidedTerm?
            repeat {
                let after = last
                let (due, end) = try await readAsSystem { tx in
                    let page = try tx.undecidedTerms(within: day, beyond: sooner, after: after)
                    let due = try page.filter { try alert($0, tx) != nil }
                    return (due, page.count == 100 ? page.last : nil)
                }
                for term in due { try await tellOnce(term) }
                last = end
            } while last != nil
        }
    }

    private func tellOnce(_ term: UndecidedTerm) async throws {
        try await announcing {
            _ = try await writeAsSystem(in: .customer(term.customer)) { tx in
                guard let (alert, subscription) = try alert(term, tx) else { return false }
                try tx.insert(alert)
                try tx.record(
                    .termEndAlerted(alert.subscription),
                    Remark(
                        partner: subscription.seller.id?.as(Partner.self),
                        customer: alert.customer,
                        rule: alert.row,
                        edition: try deliberation(tx).book.edition,
                        details: [
                            "name": subscription.name, "days": "\(alert.day)", "end": alert.outlook.end.short,
                            "outcome": alert.outlook.turn.name,
                        ]
                    )
                )
                try tell(alert, subscription, tx)
                return true
            }
        }
    }

    /// The alert that is due and has not been told. Where nobody has written a rule, nothing can be told.
    private func alert(_ term: UndecidedTerm, _ tx: Transaction) throws -> (TermAlert, Subscription)? {
        guard let subscription = try tx.subscription(term.subscription, of: term.customer) else { return nil }
        var deliberation = try deliberation(tx)
        do {
            guard let alert = try subscription.termAlert(&deliberation), try !tx.hasTold(alert) else { return nil }
            return (alert, subscription)
        } catch Refusal.policyMissing {
            return nil
        }
    }

    /// The seller's admin agents, who can choose, and the customer's global administrators, whom it costs.
    private func tell(_ alert: TermAlert, _ subscription: Subscription, _ tx: Transaction) throws {
        guard let customer = try tx.organization(alert.customer.as(Tenant.self)) else { return }
        let agents = try subscription.seller.id.map { try tx.people(of: $0) } ?? []
        let readers =
            agents.filter { $0.isActive && $0.roles.contains(.adminAgent) }.prefix(20)
            + (try tx.people(of: customer.id)).filter { $0.isActive && $0.roles.contains(.globalAdmin) }.prefix(20)
        for person in readers {
            let link = "\(environment.origin())/customers/\(alert.customer)/subscriptions/\(alert.subscription)"
            let choices = alert.choices.map { words.say("termEndChoice.\($0.rawValue)", person.language) }
            let arguments: [String: Argument] = [
                "recipient": .text(person.name), "company": .text(customer.name),
                "partner": .text(subscription.seller.name), "subscription": .text(subscription.name),
                "end": .day(alert.outlook.end), "link": .text(link),
                "outlook": .text(words.sentence(of: alert.outlook, person.language)),
                "choices": .text(choices.joined(separator: "\n")),
            ]
            let kind =
                switch alert.outlook.turn {
                case .runsOn: "termEndRunsOn"
                case .stops: "termEndStops"
                }
            try tx.send(mail(kind, to: person, arguments, link: link, at: tx.permit.intent.at))
        }
    }
}

extension TermOutlook.Turn {
    /// The word in the audit log.
    fileprivate var name: String {
        switch self {
        case .runsOn: "runsOn"
        case .stops: "stops"
        }
    }
}
