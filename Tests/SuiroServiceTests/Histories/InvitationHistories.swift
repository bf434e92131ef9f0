import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// An invitation between two people of the customer and two of the partner.
struct InvitationHistories: Sendable {
    typealias Way = Door<InvitationModel.Input, InvitationModel.Output>

    private let stage: Stage
    private let hasAddress: Bool

    init(on driver: TestDriver, count: Int, hasAddress: Bool) async throws {
        stage = try await Stage(on: driver, casts: count, invitations: [Courting(hasAddress: hasAddress)])
        self.hasAddress = hasAddress
    }

    func play(_ index: Int, _ chance: inout Chance) -> Play<InvitationModel> {
        let customer: [InvitationModel.Input] = [
            .readAsCustomer, .readAsCustomer, .open, .open, .acceptOtherTerms, .accept, .decline,
        ]
        let partner: [InvitationModel.Input] = [
            .readAsPartner, .readAsPartner, .remind, .remind, .remind, .withdraw, .askAgain,
        ]
        let scripts = [customer, customer, partner, partner].map { inputs in
            (0..<4).map { _ in chance.step(chance.one(of: inputs)) as Play<InvitationModel>.Script.Element }
        }
        return Play(rules: InvitationModel(hasAddress: hasAddress), scripts: scripts, door: door(index))
    }

    private func door(_ index: Int) -> Way {
        let (cast, request) = (stage.casts[index], stage.casts[index].invitations[0])
        return { [stage] ask in
            let (service, admin) = stage.call(ask, as: cast.admin)
            let agent = stage.call(ask, as: cast.agents[0]).context
            do {
                switch ask.input {
                case .readAsCustomer:
                    let view = try await service.invitation(request.code, admin)
                    return .seen(view.request, view.state)
                case .readAsPartner:
                    let view = try await service.relationshipRequest(request.id, agent)
                    return .seen(view.request, view.state)
                case .open:
                    try await service.openInvitation(request.code, admin)
                    return .done
                case .accept:
                    let outcome = try await service.acceptInvitation(request.code, termsHash: stage.terms[0], admin)
                    return .seen(outcome.request, outcome.state)
                case .acceptOtherTerms:
                    let outcome = try await service.acceptInvitation(request.code, termsHash: "of other terms", admin)
                    return .seen(outcome.request, outcome.state)
                case .decline:
                    let outcome = try await service.declineInvitation(request.code, reason: nil, admin)
                    return .seen(outcome.request, outcome.state)
                case .withdraw:
                    let view = try await service.withdraw(request.id, agent)
                    return .seen(view.request, view.state)
                case .remind:
                    let view = try await service.remind(request.id, agent)
                    return .seen(view.request, view.state)
                case .askAgain:
                    _ = try await service.requestRelationship(stage.wish(cast), agent)
                    return .done
                }
            } catch Refusal.invitationClosed(let ending) {
                return .closed(ending)
            } catch StoreError.contention {
                throw TurnedAway()
            } catch Refusal.termsChanged {
                return .termsChanged
            }
        }
    }
}

extension InvitationModel.Output {
    fileprivate static func seen(_ request: RelationshipRequest, _ state: String) -> Self {
        .seen(.init(name: state, reminders: request.reminders, revision: request.revision))
    }
}
