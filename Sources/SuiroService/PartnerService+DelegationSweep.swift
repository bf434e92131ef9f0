import SuiroDomain
import SuiroStore

// What time alone does to granular delegated administration is told once; nothing depends on it having been told.
extension PartnerService {
    /// Answers whether there may be more.
    func sweepDelegations() async throws -> Bool {
        let due = try await readAsSystem { tx in try tx.delegationsNeedingAttention() }
        for relationship in due {
            let scope: Scope = .tenant(relationship.partner.as(Tenant.self))
            try await announcing {
                _ = try await writeAsSystem(in: scope) { tx in try announce(relationship.id, tx) }
            }
        }
        return due.count == 100
    }

    private func announce(_ id: ID<DelegatedAdminRelationship>, _ tx: Transaction) throws -> Bool {
        var deliberation = try deliberation(tx)
        guard var current = try tx.delegation(id) else { return false }
        let read = current.revision
        let (events, reminder) = current.announce(remindingAt: try reminderDays(&deliberation), at: deliberation.at)
        try save(current, seen: read, &deliberation, tx)
        try note(events, current, tx)
        for event in events {
            switch event {
            case .delegation(.delegationExpired, _): try tellParties(of: current, .expired, tx)
            case .delegation(.delegationExtended, _): try tellParties(of: current, .extended, tx)
            default: break
            }
        }
        if let reminder { try tellParties(of: current, .reminder(days: reminder.days), tx) }
        return true
    }
}

/// What the parties of a relationship are told by mail, each in their language.
enum DelegationNews {
    case approved, carriedOver, rejected, terminated, expired, extended, autoExtendChanged
    case reminder(days: Int)

    /// The mail, by its name in the catalogue.
    var mail: String {
        switch self {
        case .approved: "delegationApproved"
        case .carriedOver: "delegationCarriedOver"
        case .rejected: "delegationRejected"
        case .terminated: "delegationTerminated"
        case .expired: "delegationExpired"
        case .extended: "delegationExtended"
        case .autoExtendChanged: "delegationAutoExtend"
        case .reminder: "delegationReminder"
        }
    }
}

extension PartnerService {
    /// The partner's admin agents and the customer's global administrators (GD-12, GD-14); nobody learns by accident.
    func tellParties(
        of relationship: DelegatedAdminRelationship,
        _ news: DelegationNews,
        _ tx: Transaction
    ) throws {
        guard let partner = try tx.organization(relationship.partner.as(Tenant.self)) else { return }
        let customer = try relationship.customer.flatMap { try tx.organization($0.as(Tenant.self)) }
        let now = tx.permit.intent.at
        var people = try tx.people(of: partner.id).filter { $0.isActive && $0.roles.contains(.adminAgent) }.prefix(20)
        if let customer {
            people += try tx.people(of: customer.id).filter { $0.isActive && $0.roles.contains(.globalAdmin) }.prefix(
                20
            )
        }
        let days = if case .reminder(let days) = news { days } else { relationship.autoExtendDays ?? 0 }
        for person in people {
            let isOn = relationship.autoExtendDays != nil ? "on" : "off"
            let arguments: [String: Argument] = [
                "recipient": .text(person.name), "partner": .text(partner.name),
                "name": .text(relationship.displayName),
                "company": .text(customer?.name ?? "—"), "days": .count(days),
                "until": .day(relationship.end(at: now) ?? now),
                "extension": .words("delegation.extension.\(isOn)"),
            ]
            try tx.send(mail(news.mail, to: person, arguments, at: now))
        }
    }
}
