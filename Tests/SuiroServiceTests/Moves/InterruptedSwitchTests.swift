import Foundation
import SuiroDomain
import SuiroService
import SuiroTesting
import Synchronization
import Testing

@testable import SuiroStore

/// A switch that is cut off at every statement it writes by leaves no bill without an owner and none with two.
@Suite struct InterruptedSwitchTests {
    @Test("X-06: cut off at a thousand points a switch leaves no gap or overlap", arguments: TestDriver.available)
    func cutOffEverywhere(driver: TestDriver) async throws {
        let knife = Knife()
        let store = Store(driver: CutDriver(base: try await driver.open().driver, knife: knife))
        let stage = try await MoveStage(in: TestWorld(keptIn: store, at: TestWorld.seedDay))
        var held: [ID<Subscription>] = []
        for number in 1...16 { held.append(try await stage.hold("Compute \(number)", .usage, .csp, cost: "31000")) }
        let wish = MoveWish(subscriptions: held, target: stage.target.id.as(Partner.self))
        var points = 0
        func untilDone<Value: Sendable>(_ attempt: () async throws -> Value) async throws -> Value {
            for point in 1... {
                let before = try await everything(stage)
                knife.cut(at: point)
                do {
                    let value = try await attempt()
                    knife.rest()
                    return value
                } catch StoreError.unavailable(Knife.words) {
                    knife.rest()
                    points += 1
                    try await check(held, stage)
                    #expect(try await everything(stage) == before, "point \(point) left something behind")
                }
            }
            throw CancellationError()
        }
        var view = try await untilDone { try await stage.request(wish) }
        for consent in view.move.consents {
            let seen = view
            view = try await untilDone { try await stage.approve(seen, by: consent.party) }
        }
        view = try await stage.look(view)
        while let next = view.steps.first(where: { $0.state == .ready }), let party = next.who.party {
            let seen = view
            if next.step == .removeAccess {
                view = try await untilDone { try await stage.clear(seen) }
            } else {
                view = try await untilDone { try await stage.step(next.step, of: seen, by: party) }
            }
            try await check(held, stage)
        }
        #expect(view.state == .completed)
        #expect(points >= 1000, "\(points)")
        for id in held { #expect(try await stage.subscription(id).billOwner.id == stage.target.id) }
    }

    /// Every bill: from the beginning to the end of time, each turn ends where the next begins, all passed on or none.
    private func check(_ held: [ID<Subscription>], _ stage: MoveStage) async throws {
        let buyer = stage.buyer
        let turns = try await stage.service.readAsSystem { tx in
            try tx.everySubscription(of: buyer).filter { held.contains($0.id) }.map { subscription in
                subscription.billOwners(
                    from: .earliest,
                    to: .latest,
                    try tx.successions(of: subscription.id, in: buyer)
                )
            }
        }
        #expect(turns.count == held.count)
        #expect(Set(turns.map(\.count)).count == 1, "some are passed on and some are not")
        for turns in turns {
            #expect(turns.first?.from == .earliest && turns.last?.to == .latest)
            #expect(turns.allSatisfy { $0.from < $0.to })
            #expect(zip(turns, turns.dropFirst()).allSatisfy { $0.to == $1.from && $0.party != $1.party })
            let sum = turns.reduce(0) { $0 + $1.to.milliseconds - $1.from.milliseconds }
            #expect(sum == Instant.latest.milliseconds - Instant.earliest.milliseconds)
        }
    }

    /// What a switch could have changed, by number.
    private func everything(_ stage: MoveStage) async throws -> [String] {
        try await stage.service.readAsSystem { tx in
            try [
                "move", "move_item", "succession", "subscription_alias", "leftover", "access_grant", "consent",
                "event_log",
                "mail", "webhook_delivery", "receipt",
            ].map { table in
                let count = try tx.session.first("SELECT COUNT(*) FROM \(SQL(verbatim: table))") { cursor -> Int in
                    try cursor.next()
                }
                return "\(table) \(count ?? 0)"
            }
                + tx.session.all("SELECT id, revision FROM move") { cursor in
                    "\(try cursor.next() as String) \(try cursor.next() as Int)"
                }
        }
    }
}

/// Where the next write is cut off.
private final class Knife: Sendable {
    static let words = "cut off"
    private enum State { case resting, waiting(Int), counting(Int), cut }
    private let state = Mutex(State.resting)

    /// The next write fails at its statement of that number, and with it all after it.
    func cut(at point: Int) { state.withLock { $0 = .waiting(point) } }

    func rest() { state.withLock { $0 = .resting } }

    func begin() {
        state.withLock { state in if case .waiting(let point) = state { state = .counting(point) } }
    }

    /// A write that has come to its end was long enough.
    func end() {
        state.withLock { state in if case .counting = state { state = .resting } }
    }

    func statement() throws {
        try state.withLock { state in
            switch state {
            case .resting, .waiting: return
            case .counting(let left) where left > 1: state = .counting(left - 1)
            case .counting, .cut:
                state = .cut
                throw StoreError.unavailable(Self.words)
            }
        }
    }
}

private struct CutDriver: Driver {
    var meter: StoreMeter { base.meter }
    let base: any Driver
    let knife: Knife

    var kind: String { base.kind }

    func read<T: Sendable>(
        ahead: @escaping @Sendable () -> [SQL],
        _ body: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        try await base.read(ahead: ahead, body)
    }

    func write<T: Sendable>(
        in scope: Scope,
        isNamed: Bool,
        _ body: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        let knife = knife
        return try await base.write(in: scope, isNamed: isNamed) { session in
            knife.begin()
            let value = try body(CutSession(base: session, knife: knife))
            knife.end()
            return value
        }
    }
}

private struct CutSession: Session {
    let base: any Session
    let knife: Knife

    var dialect: Dialect { base.dialect }

    func each(_ sql: SQL, _ body: (inout Cursor) throws -> Bool) throws {
        try knife.statement()
        try base.each(sql, body)
    }

    @discardableResult func run(_ sql: SQL) throws -> Int {
        try knife.statement()
        return try base.run(sql)
    }
}
