import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// Ten people who ask for the same subscription, withdraw what they see, and ask again.
struct MoveRequestHistories: Sendable {
    typealias Way = Door<MoveRequestModel.Input, MoveRequestModel.Output>

    private let stage: MovingStage

    init(on driver: TestDriver, count: Int) async throws {
        stage = try await MovingStage(on: driver, casts: count)
    }

    func play(_ index: Int, _ chance: inout Chance) async throws -> Play<MoveRequestModel> {
        let scripts = (0..<10).map { _ in
            [chance.step(.request)] + (0..<3).map { _ in step(&chance) }
        }
        return Play(rules: MoveRequestModel(), scripts: scripts, door: door(index, try await stage.hold(index)))
    }

    /// Who has seen an open move may withdraw it; it may have ended since.
    private func step(_ chance: inout Chance) -> Play<MoveRequestModel>.Script.Element {
        let kind = Int.random(in: 0..<4, using: &chance)
        return chance.step { heard in
            let known = heard.compactMap { output -> ID<Move>? in
                switch output {
                case .opened(let id): id
                case .seen(let one, _): one
                case .taken, .withdrawn, .notOpen: nil
                }
            }
            switch kind {
            case 0: return .request
            case 1: return known.last.map { .withdraw($0) } ?? .read
            default: return .read
            }
        }
    }

    private func door(_ index: Int, _ usage: ID<Subscription>) -> Way {
        { [stage] ask in
            let (service, context) = stage.call(ask, as: ask.process % 4 < 2 ? .customer : .target, of: index)
            let customer = stage.customer(index)
            do {
                switch ask.input {
                case .request:
                    let view = try await service.requestMove(stage.wish(usage, index), of: customer, context)
                    return .opened(view.move.id)
                case .withdraw(let id):
                    _ = try await service.withdrawMove(id, reason: nil, context)
                    return .withdrawn
                case .read:
                    let moves = try await service.moves(of: customer, context)
                    return .seen(open: moves.first { $0.state == .awaitingConsent }?.move.id, moves: moves.count)
                }
            } catch Refusal.moveBlocked(let blocker) where blocker.reason == .alreadyMoving {
                return .taken
            } catch Refusal.moveNotOpen(.withdrawn) {
                return .notOpen
            } catch StoreError.contention {
                throw TurnedAway()
            }
        }
    }
}
