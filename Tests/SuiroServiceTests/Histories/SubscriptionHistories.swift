import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// A license between three people of its partner and one of the customer.
struct SubscriptionHistories: Sendable {
    typealias Way = Door<SubscriptionModel.Input, SubscriptionModel.Output>

    private static let seats = 5
    private let stage: Stage

    init(on driver: TestDriver, count: Int) async throws {
        stage = try await Stage(on: driver, casts: count, invitations: [Courting()])
    }

    func play(_ index: Int, _ chance: inout Chance) async throws -> Play<SubscriptionModel> {
        typealias Script = Play<SubscriptionModel>.Script
        let scripts: [Script] = (0..<4).map { process in
            (0..<4).map { _ in process == 3 ? Step(.read) : step(&chance) }
        }
        let id = try await buy(stage.casts[index])
        return Play(
            rules: SubscriptionModel(start: .init(seats: Self.seats)),
            scripts: scripts,
            door: door(stage.casts[index], id)
        )
    }

    /// Half of the changes name the revision that their process saw last, which others may have changed since.
    private func step(_ chance: inout Chance) -> Play<SubscriptionModel>.Script.Element {
        let wishes: [SubscriptionModel.Wish] = [
            .seats(3), .seats(7), .seats(9), .suspend, .suspend, .reactivate, .reactivate, .reactivate, .cancel,
        ]
        let (wish, isRead, isConditional) = (chance.one(of: wishes), chance.isOnce(in: 4), chance.isOnce(in: 2))
        return chance.step { heard in
            if isRead { return .read }
            let revisions = heard.compactMap { if case .seen(let state) = $0 { state.revision } else { nil } }
            return .change(wish, seen: isConditional ? revisions.last ?? 1 : nil)
        }
    }

    /// The relationship, and the order that brings the subscription.
    private func buy(_ cast: Cast) async throws -> ID<Subscription> {
        let (service, admin) = stage.call(Ask((), by: 0), as: cast.admin)
        _ = try await service.acceptInvitation(cast.invitations[0].code, termsHash: stage.terms[0], admin)
        let line = OrderLine(
            number: 0,
            offerID: "796B6B5F-613C-4E24-A17C-EBA730D49C02",
            friendlyName: nil,
            quantity: Self.seats,
            partnerIDOnRecord: nil
        )
        let order = try await service.placeOrder(
            OrderWish(billingCycle: "monthly", currency: "JPY", lines: [line]),
            for: cast.customerID,
            stage.call(Ask((), by: 0), as: cast.agents[0]).context
        )
        return order.subscriptions[0]
    }

    private func door(_ cast: Cast, _ id: ID<Subscription>) -> Way {
        { [stage] ask in
            let isCustomer = ask.process == 3
            let (service, caller) = stage.call(ask, as: isCustomer ? cast.admin : cast.agents[0])
            do {
                switch ask.input {
                case .read:
                    return .seen(.init(try await service.subscription(id, of: cast.customerID, caller)))
                case .change(let wish, let seen):
                    let change = SubscriptionChange(wish, revision: seen)
                    return .seen(.init(try await service.change(id, of: cast.customerID, change, caller)))
                }
            } catch Refusal.notAllowed(let option) {
                return .refused(option.reason)
            } catch StoreError.stale {
                return .stale
            } catch StoreError.contention {
                throw TurnedAway()
            }
        }
    }
}

extension SubscriptionModel.State {
    fileprivate init(_ view: SubscriptionView) {
        self.init(
            seats: view.subscription.quantity ?? 0,
            status: view.status,
            revision: view.subscription.revision
        )
    }
}

extension SubscriptionChange {
    fileprivate init(_ wish: SubscriptionModel.Wish, revision: Int?) {
        switch wish {
        case .seats(let seats): self.init(quantity: seats, revision: revision)
        case .suspend: self.init(status: .suspended, revision: revision)
        case .reactivate: self.init(status: .active, revision: revision)
        case .cancel: self.init(status: .deleted, revision: revision)
        }
    }
}
