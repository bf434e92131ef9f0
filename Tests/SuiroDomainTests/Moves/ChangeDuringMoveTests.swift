import SuiroDomain
import Testing

/// Every change of a subscription between every two turns of a move: what was agreed to is what is carried out,
/// or somebody is asked again.
@Suite struct ChangeDuringMoveTests {
    /// What can happen to a subscription while somebody wants to move it.
    enum Change: String, CaseIterable, Sendable {
        case moreSeats, fewerSeats, renamed, repriced, resold, otherChannel, otherFamily
        case suspended, disabled, expired, deleted
        case otherSupport, otherPartnerOfRecord, otherAlias

        /// What a party reads before it agrees, so that agreements to it as it was count no longer.
        var isRead: Bool {
            switch self {
            case .moreSeats, .fewerSeats, .renamed, .repriced, .resold, .otherChannel, .otherFamily: true
            case .suspended, .disabled, .expired, .deleted, .otherSupport, .otherPartnerOfRecord, .otherAlias: false
            }
        }

        /// What keeps a subscription from being moved at all.
        var isAnEnd: Bool {
            switch self {
            case .suspended, .disabled, .expired, .deleted: true
            default: false
            }
        }

        func happen(to subscription: inout Subscription, _ now: Instant) throws {
            let stranger = Party(kind: .partner, id: nil, name: "Kita Cloud")
            switch self {
            case .moreSeats: subscription.quantity = (subscription.quantity ?? 0) + 1
            case .fewerSeats: subscription.quantity = (subscription.quantity ?? 2) - 1
            case .renamed: subscription.name += " (renamed)"
            case .repriced: subscription.monthlyCost = try Sample.money("7100")
            case .resold: (subscription.seller, subscription.billOwner) = (stranger, stranger)
            case .otherChannel: subscription.channel = subscription.channel == .open ? .direct : .open
            case .otherFamily: subscription.family = subscription.family == .usage ? .license : .usage
            case .suspended: subscription.status = .suspended
            case .disabled: subscription.status = .disabled
            case .expired: subscription.status = .expired
            case .deleted: subscription.status = .deleted
            case .otherSupport: subscription.supportContact = stranger
            case .otherPartnerOfRecord: subscription.partnerOfRecord = stranger
            case .otherAlias: subscription.aliases.append("contract 4711")
            }
            subscription.revision += 1
        }
    }

    @Test(arguments: MoveLine.all, Change.allCases)
    func `X-03 what changes between two agreements is agreed to anew, or the move does not go on`(
        line: MoveLine,
        change: Change
    ) throws {
        var scene = try line.scene()
        try scene.request()
        let parties = line.consents.sorted()
        for party in parties.dropLast() { _ = try scene.take(.approve(party)) }
        let last = try #require(parties.last)
        var unchanged = scene
        let goesOn = try unchanged.take(.approve(last))
        #expect(goesOn != .refused(.termsChanged) && unchanged.move?.progress != nil, "the control")

        let before = try #require(scene.move)
        try change.happen(to: &scene.subscriptions[0], scene.now)
        let result = try scene.take(.approve(last))
        // What buys anew while the old one ends does not ask how the old one does.
        guard line.hasCutOver || !change.isAnEnd else { return }
        if change.isRead || change.isAnEnd {
            #expect(scene.move?.progress == nil, "\(change) was carried out unseen: \(result)")
            #expect(scene.successions.isEmpty && scene.leftovers.isEmpty)
            if case .refused = result { #expect(scene.move == before, "a refusal changes nothing") }
        } else {
            #expect(result == goesOn, "\(change) is nobody's term")
        }
    }

    @Test(arguments: MoveLine.all.filter(\.hasCutOver), Change.allCases)
    func `X-03 what changes after the last agreement never changes hands unless it is still what it was`(
        line: MoveLine,
        change: Change
    ) throws {
        var scene = try line.scene()
        try line.agree(on: &scene)
        // A form has steps of people before its cut-over; a switch by itself is fixed at once.
        guard scene.move?.progress?.cutover == nil else { return }
        try change.happen(to: &scene.subscriptions[0], scene.now)
        for index in line.first..<line.steps.count {
            guard let who = line.steps[index].who else { break }
            _ = try scene.take(.step(line.steps[index].step, who))
        }
        if change.isAnEnd { #expect(scene.successions.isEmpty, "what has ended was handed over") }
        // Either everything of it went or nothing: three facts that change hands together (INV-03).
        #expect([0, 3].contains(scene.successions.count))
        #expect(Set(scene.successions.map(\.from)).count <= 1)
    }
}
