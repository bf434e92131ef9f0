import FoundationEssentials
import SuiroDomain
import SuiroService
import SuiroStore

// Moves at Mirai as far as a test needs them: its usage goes from Hokusei to Tozai, or its Azure from the vendor.
extension World {
    /// Usage that Hokusei sold, and a licence of the same partner.
    var usage: ID<Subscription> { ID(number: 105) }
    var license: ID<Subscription> { ID(number: 104) }
    /// Usage that the vendor sold.
    var elsewhere: ID<Subscription> { ID(number: 103) }

    func person(_ party: MoveParty) -> Who {
        switch party {
        case .customer: .tanaka
        case .source: .rival
        case .target: .hanako
        }
    }

    /// Tozai has asked for something; it agrees by asking.
    func requested(_ subscription: ID<Subscription>? = nil, plan: LicensePlan? = nil) async throws -> MoveView {
        let wish = MoveWish(
            subscriptions: [subscription ?? usage],
            kind: plan.map { _ in .replaceLicense },
            plan: plan
        )
        return try await service.requestMove(wish, of: customer, Who.hanako.context)
    }

    /// Everybody has agreed.
    func agreed(_ subscription: ID<Subscription>? = nil) async throws -> MoveView {
        var view = try await requested(subscription)
        for party in view.awaited {
            view = try await service.answerMove(
                view.move.id,
                .approve(terms: view.termsHash),
                person(party).context
            )
        }
        return view
    }

    /// Each does what is its turn, up to a step.
    func played(_ move: MoveView, until stop: MoveStep) async throws -> MoveView {
        var view = move
        while let next = view.next, next.step != stop, let party = next.who.party {
            view = try await service.doStep(next.step, of: view.move.id, StepInput(), person(party).context)
        }
        return try await service.move(view.move.id, Who.tanaka.context)
    }

    /// The subscription has changed hands, and Hokusei's access is still there.
    func handedOver() async throws -> MoveView { try await played(try await agreed(), until: .grantAccess) }

    func leftover(_ move: MoveView) throws -> ID<Leftover> {
        guard let leftover = move.leftovers.first(where: \.isOpen) else { throw Missing.value("a leftover") }
        return leftover.leftover.id
    }

    /// Everything has been done, and Mirai lets one way in stay.
    func completed() async throws -> MoveView {
        let view = try await played(try await handedOver(), until: .removeAccess)
        for (index, leftover) in view.leftovers.filter(\.isOpen).enumerated() {
            _ = try await service.resolveLeftover(
                leftover.leftover.id,
                in: customer,
                index == 0 ? .signOff : .remove,
                reason: index == 0 ? "Still does our backups" : nil,
                isImmediate: false,
                Who.tanaka.context
            )
        }
        return try await service.move(view.move.id, Who.tanaka.context)
    }

    /// What the vendor's costs say of the Azure bought there: one service that is known, one that nobody has judged.
    func used() async throws {
        guard let yen = Currency("JPY") else { throw Missing.value("a currency") }
        let (subscription, start, customer) = (elsewhere, now.adding(days: -30), customer)
        let report = ImportReport(id: "test", format: "focus", at: now)
        let costs = ["Virtual Machines", "Quantum Abacus"].map {
            Cost(service: $0, start: start, end: now, currency: yen, billed: 100, effective: 100)
        }
        _ = try await service.writeAsSystem(in: .customer(customer)) { [now] tx in
            try tx.insert(report, digest: "test".sha256, by: nil, for: customer)
            try tx.replaceCosts(of: subscription, from: start, to: now, with: costs, import: "test")
            return true
        }
    }
}
