import SuiroDomain
import Testing

/// Every state of a relationship request and every transition (SM-1).
@Suite struct RelationshipRequestTests {
    typealias State = RelationshipRequest.State

    enum Move: String, CaseIterable, Sendable {
        case open, accept, decline, withdraw, supersede, remind

        /// The state that follows an open one; `nil` where it stays.
        var next: String? {
            switch self {
            case .open: "opened"
            case .accept: "accepted"
            case .decline: "declined"
            case .withdraw: "withdrawn"
            case .supersede: "superseded"
            case .remind: nil
            }
        }

        func apply(to request: inout RelationshipRequest, at now: Instant) throws(Refusal) -> Event? {
            switch self {
            case .open: try request.open(at: now)
            case .accept: try request.accept(for: Sample.customer, at: now)
            case .decline: try request.decline(for: Sample.customer, reason: "later", at: now)
            case .withdraw: try request.withdraw(at: now)
            case .supersede: try request.supersede(at: now)
            case .remind: try request.remind(at: now)
            }
        }
    }

    private static let start = Instant("2017-06-02") ?? .earliest
    private static let now = Instant("2017-06-09") ?? .earliest
    private static let expires = Instant("2017-08-30") ?? .earliest
    private static let open: [State] = [.draft, .sent(at: start), .opened(at: start)]

    @Test(arguments: open, Move.allCases)
    func `an open request goes where the move leads`(state: State, move: Move) throws {
        var request = try Sample.request(state: state, mail: nil)
        let event = try move.apply(to: &request, at: Self.now)
        #expect(request.state(at: Self.now).name == move.next ?? state.name)
        let changed = !(move == .open && state.name == "opened")
        #expect((event != nil) == changed)
        #expect(request.revision == (changed ? 2 : 1))
    }

    @Test(arguments: RelationshipRequest.Ending.allCases, Move.allCases)
    func `from a closed request there is no way back`(ending: RelationshipRequest.Ending, move: Move) throws {
        let before = try Sample.request(state: .closed(ending, at: Self.start), customer: Sample.customer)
        var request = before
        #expect(throws: Refusal.invitationClosed(ending)) { try move.apply(to: &request, at: Self.now) }
        #expect(request == before)
    }

    @Test(arguments: open, Move.allCases)
    func `the millisecond it expires it is over, and not one earlier`(state: State, move: Move) throws {
        var last = try Sample.request(state: state)
        #expect(throws: Never.self) { try move.apply(to: &last, at: Self.expires.adding(milliseconds: -1)) }
        var late = try Sample.request(state: state)
        #expect(late.state(at: Self.expires) == .closed(.expired, at: Self.expires))
        #expect(throws: Refusal.invitationClosed(.expired)) { try move.apply(to: &late, at: Self.expires) }
    }

    @Test(arguments: open, [Move.accept, .decline])
    func `the first who decides binds it to a tenant, and a bound one is for that tenant only`(
        state: State,
        move: Move
    ) throws {
        var unbound = try Sample.request(state: state)
        _ = try move.apply(to: &unbound, at: Self.now)
        #expect(unbound.customer == Sample.customer)
        var bound = try Sample.request(state: state, customer: Sample.id(99))
        #expect(throws: Refusal.wrongTenant) { try move.apply(to: &bound, at: Self.now) }
        #expect(bound.customer == Sample.id(99))
        #expect(bound.state == state)
    }

    @Test func `a reason for declining is kept`() throws {
        var request = try Sample.request(state: .opened(at: Self.start))
        #expect(try Move.decline.apply(to: &request, at: Self.now)?.name == "relationshipRequestDeclined")
        #expect(request.declineReason == "later")
    }

    @Test func `reminding counts, and sends a draft that has an address`() throws {
        var addressed = try Sample.request(state: .draft)
        _ = try addressed.remind(at: Self.now)
        _ = try addressed.remind(at: Self.now)
        #expect(addressed.reminders == 2)
        #expect(addressed.state == .sent(at: Self.now))
        var unaddressed = try Sample.request(state: .draft, mail: nil)
        _ = try unaddressed.remind(at: Self.now)
        #expect(unaddressed.state == .draft)
    }

    @Test func `every ending has its own reason`() {
        #expect(Set(RelationshipRequest.Ending.allCases.map(\.reason)).count == 5)
    }
}
