import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// Access to one customer under concurrent acceptances, endings and uses.
struct AccessHistories: Sendable {
    typealias Way = Door<AccessModel.Input, AccessModel.Output>

    /// A partner can never hold two of one path, nor one that came of nothing.
    struct TornAccess: Error {
        let grants: [AccessGrant]
    }

    private let stage: Stage
    private let rules: AccessModel
    /// What each process chooses from.
    private let choices: [[AccessModel.Input]]
    private let first: Int?

    /// One partner that is related already, and its later invitations: use, revocation, replacement.
    static func ofOneGrant(on driver: TestDriver, count: Int) async throws -> AccessHistories {
        let uses: [AccessModel.Input] = [
            .use(partner: 0), .use(partner: 0), .use(partner: 0), .readAsPartner(0), .leave(partner: 0),
            .end(0, .dap, byPartner: true),
        ]
        let decisions: [AccessModel.Input] = [
            .accept(1), .accept(2), .accept(3), .readAsCustomer, .readAsCustomer,
            .end(0, .resellerTie, byPartner: false),
            .end(1, .resellerTie, byPartner: false), .end(2, .resellerTie, byPartner: false),
            .end(1, .dap, byPartner: false),
        ]
        return try await AccessHistories(
            on: driver,
            count: count,
            partners: [.direct],
            invitations: Array(repeating: Courting(), count: 4),
            choices: [decisions, decisions, uses, uses],
            accepted: 0
        )
    }

    /// Two resellers and an advisor that name the same services (INV-12, REL-16).
    static func ofExclusivity(on driver: TestDriver, count: Int) async throws -> AccessHistories {
        let invitations = [
            Courting(partner: 0, services: ["mail"]), Courting(partner: 1, services: ["mail"]),
            Courting(partner: 0, services: ["mail", "calendar"]), Courting(partner: 1, services: ["calendar"]),
            Courting(partner: 2, services: ["mail"]), Courting(partner: 2, services: []),
        ]
        let accepts = invitations.indices.map(AccessModel.Input.accept)
        let ends = invitations.indices.map { AccessModel.Input.end($0, .dap, byPartner: false) }
        return try await AccessHistories(
            on: driver,
            count: count,
            partners: [.direct, .direct, .advisor],
            invitations: invitations,
            choices: [
                Array(accepts[0..<4]), Array(accepts[0..<4]), accepts + [.readAsCustomer],
                ends + [.readAsCustomer, .readAsCustomer, .leave(partner: 0), .use(partner: 1)],
            ],
            accepted: nil
        )
    }

    private init(
        on driver: TestDriver,
        count: Int,
        partners: [OrganizationKind],
        invitations: [Courting],
        choices: [[AccessModel.Input]],
        accepted first: Int?
    ) async throws {
        stage = try await Stage(on: driver, casts: count, partners: partners, invitations: invitations)
        let invited = invitations.map {
            AccessModel.Invitation(partner: $0.partner, isCSP: partners[$0.partner].isCSP, services: Set($0.services))
        }
        var start = AccessModel.State()
        if let first {
            start.accepted = [first]
            for kind in [AccessKind.resellerTie, .dap] {
                start.live[.init(partner: invited[first].partner, kind: kind)] = first
            }
        }
        (rules, self.choices, self.first) = (AccessModel(invited, start: start), choices, first)
    }

    func play(_ index: Int, _ chance: inout Chance) async throws -> Play<AccessModel> {
        if let first { _ = try await door(index)(Ask(.accept(first), by: 0)) }
        let scripts = choices.map { inputs in
            (0..<4).map { _ -> Play<AccessModel>.Script.Element in
                let input = chance.one(of: inputs)
                return chance.step(input, mayRepeat: !input.isOfPartner)
            }
        }
        return Play(rules: rules, scripts: scripts, door: door(index))
    }

    private func door(_ index: Int) -> Way {
        let cast = stage.casts[index]
        return { [stage] ask in
            let (service, admin) = stage.call(ask, as: cast.admin)
            func agent(_ partner: Int) -> CallContext { stage.call(ask, as: cast.agents[partner]).context }
            do {
                switch ask.input {
                case .accept(let number):
                    let code = cast.invitations[number].code
                    _ = try await service.acceptInvitation(code, termsHash: stage.terms[number], admin)
                    return .done
                case .end(let number, let kind, let isByPartner):
                    guard let id = try await grant(number, kind, cast, service) else { return .neverGranted }
                    let partner = cast.partners.firstIndex {
                        $0.id.as(Partner.self) == cast.invitations[number].partner
                    }
                    let caller = isByPartner ? agent(partner ?? 0) : admin
                    _ = try await service.endAccess(id, in: cast.customerID, caller)
                    return .done
                case .leave(let partner):
                    _ = try await service.removeRelationship(with: cast.customerID, agent(partner))
                    return .done
                case .use(let partner):
                    _ = try await service.subscriptions(of: cast.customerID, agent(partner))
                    return .done
                case .readAsCustomer:
                    return .access(try live(try await service.access(in: cast.customerID, admin), cast))
                case .readAsPartner(let partner):
                    return .access(try live(try await service.access(in: cast.customerID, agent(partner)), cast))
                }
            } catch Refusal.invitationClosed(.accepted) {
                return .used
            } catch Refusal.adminExclusivity(let holder, _) {
                guard let partner = cast.partners.firstIndex(where: { $0.name == holder }) else {
                    throw Refusal.wrongTenant
                }
                return .exclusivity(holder: partner)
            } catch StoreError.contention {
                throw TurnedAway()
            } catch Refusal.noRelationship, Refusal.notDelegated {
                return .stranger
            } catch Refusal.accessEnded {
                return .ended
            }
        }
    }

    /// The grant an invitation brought. Looking it up first takes nothing from the atomicity of ending it: once it is
    /// there, it is there for good.
    private func grant(
        _ number: Int,
        _ kind: AccessKind,
        _ cast: Cast,
        _ service: PartnerService
    ) async throws -> ID<AccessGrant>? {
        let (terms, partner) = (stage.terms[number], cast.invitations[number].partner)
        return try await service.readAsSystem { tx in
            try tx.grants(in: cast.customerID).first {
                $0.grant.kind == kind && $0.grant.partner == partner && $0.consent.termsHash == terms
            }?.grant.id
        }
    }

    private func live(_ view: AccessView, _ cast: Cast) throws -> [AccessModel.Path: Int] {
        let grants = view.grants.filter { $0.grant.isLive(at: view.now) }
        var live: [AccessModel.Path: Int] = [:]
        for row in grants {
            guard let partner = cast.partners.firstIndex(where: { $0.id == row.grant.partner.as(Tenant.self) }),
                let number = stage.terms.firstIndex(of: row.consent.termsHash),
                live.updateValue(number, forKey: .init(partner: partner, kind: row.grant.kind)) == nil
            else { throw TornAccess(grants: grants.map(\.grant)) }
        }
        return live
    }
}
