import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// A move of usage between two partners, with two people of each of the three parties at once.
struct MoveHistories: Sendable {
    typealias Way = Door<MoveModel.Input, MoveModel.Output>

    private let stage: MovingStage

    init(on driver: TestDriver, count: Int) async throws {
        stage = try await MovingStage(on: driver, casts: count)
    }

    func play(_ index: Int, _ chance: inout Chance) async throws -> Play<MoveModel> {
        typealias Script = Play<MoveModel>.Script
        let initiator: MoveParty = chance.isOnce(in: 2) ? .customer : .target
        let parties = MoveParty.allCases + MoveParty.allCases
        let scripts: [Script] = parties.map { party in
            (0..<4).map { _ in chance.step(MoveModel.Input(party: party, wish: wish(party, &chance))) }
        }
        let usage = try await stage.hold(index)
        let move = try await stage.request(usage, index, by: initiator)
        return Play(
            rules: MoveModel(initiator: initiator),
            scripts: scripts,
            door: door(index, move.move.id, terms: move.termsHash)
        )
    }

    /// Mostly what takes the move further, so that its end meets it at every point.
    private func wish(_ party: MoveParty, _ chance: inout Chance) -> MoveModel.Wish {
        let steps = MoveModel.steps.filter { $0.who == party || $0.who == nil }.map(\.step)
        switch Int.random(in: 0..<20, using: &chance) {
        case ..<8: return .approve
        case ..<14: return .step(chance.isOnce(in: 6) ? chance.one(of: MoveStep.allCases) : chance.one(of: steps))
        case ..<17: return .read
        case 17: return .retract
        case 18: return .withdraw
        default: return chance.isOnce(in: 2) ? .decline : .read
        }
    }

    private func door(_ index: Int, _ id: ID<Move>, terms: String) -> Way {
        { [stage] ask in
            let (service, context) = stage.call(ask, as: ask.input.party, of: index)
            do {
                switch ask.input.wish {
                case .read: return .seen(.init(try await service.move(id, context)))
                case .approve: return .seen(.init(try await service.answerMove(id, .approve(terms: terms), context)))
                case .decline: return .seen(.init(try await service.answerMove(id, .decline(reason: nil), context)))
                case .retract: return .seen(.init(try await service.answerMove(id, .retract, context)))
                case .withdraw: return .seen(.init(try await service.withdrawMove(id, reason: nil, context)))
                case .step(let step): return .seen(.init(try await service.doStep(step, of: id, StepInput(), context)))
                }
            } catch Refusal.moveNotOpen(let state) {
                return .notOpen(state)
            } catch Refusal.stepLocked(_, let first) {
                return .locked(waitsFor: first)
            } catch let refusal as Refusal {
                return .refused(refusal.reason)
            } catch StoreError.contention {
                throw TurnedAway()
            }
        }
    }
}

extension MoveModel.State {
    fileprivate init(_ view: MoveView) {
        self.init(
            approved: Set(view.move.consents.filter { $0.isApproved(of: view.termsHash) }.map(\.party)),
            done: view.steps.count { $0.state == .done },
            ending: [.withdrawn, .declined, .expired, .completed, .finishedWithErrors].contains(view.state)
                ? view.state : nil,
            revision: view.move.revision
        )
    }
}

/// Casts of a customer and two partners that it knows; the first sells it usage, the second shall.
struct MovingStage: Sendable {
    private let stage: Stage

    init(on driver: TestDriver, casts count: Int) async throws {
        stage = try await Stage(
            on: driver,
            casts: count,
            partners: [.direct, .direct],
            invitations: [Courting(partner: 0), Courting(partner: 1)]
        )
    }

    func customer(_ index: Int) -> ID<Customer> { stage.casts[index].customerID }

    /// The server a process calls, and the person as whom.
    func call<Input>(
        _ ask: Ask<Input>,
        as party: MoveParty,
        of index: Int
    ) -> (service: PartnerService, context: CallContext) {
        let cast = stage.casts[index]
        switch party {
        case .customer: return stage.call(ask, as: cast.admin)
        case .source: return stage.call(ask, as: cast.agents[0])
        case .target: return stage.call(ask, as: cast.agents[1])
        }
    }

    /// Both relationships, and the usage that the first partner sells.
    func hold(_ index: Int) async throws -> ID<Subscription> {
        let cast = stage.casts[index]
        for (invitation, terms) in zip(cast.invitations, stage.terms) {
            let (service, admin) = call(Ask((), by: 0), as: .customer, of: index)
            _ = try await service.acceptInvitation(invitation.code, termsHash: terms, admin)
        }
        let service = call(Ask((), by: 0), as: .customer, of: index).service
        let seller = Party(kind: .partner, id: cast.partners[0].id, name: cast.partners[0].name)
        let usage = Subscription(
            id: ID(UUID()),
            customer: cast.customerID,
            name: "Compute",
            family: .usage,
            channel: .csp,
            source: .managed,
            seller: seller,
            billOwner: seller,
            supportContact: seller,
            createdAt: TestWorld.seedDay
        )
        _ = try await service.writeAsSystem(in: .customer(cast.customerID)) { tx in
            try tx.insert(usage)
            return true
        }
        return usage.id
    }

    func wish(_ usage: ID<Subscription>, _ index: Int) -> MoveWish {
        MoveWish(subscriptions: [usage], target: stage.casts[index].partners[1].id.as(Partner.self))
    }

    func request(_ usage: ID<Subscription>, _ index: Int, by party: MoveParty) async throws -> MoveView {
        let (service, context) = call(Ask((), by: 0), as: party, of: index)
        return try await service.requestMove(wish(usage, index), of: customer(index), context)
    }
}
