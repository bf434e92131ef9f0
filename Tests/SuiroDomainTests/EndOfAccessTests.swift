import Foundation
import SuiroDomain
import Testing

/// No right stands for ever, whatever is done to it and in which order.
@Suite struct EndOfAccessTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }

    private static let start = Instant("2024-01-01T00:00:00Z") ?? .earliest
    private static let year: Int64 = 366 * 86_400_000

    private func relationship(_ roles: [DirectoryRole], _ duration: String) throws -> DelegatedAdminRelationship {
        DelegatedAdminRelationship(
            id: ID(UUID()),
            partner: ID(UUID()),
            draft: DelegationDraft(
                customer: ID(UUID()),
                displayName: "Helpdesk",
                duration: try #require(GrantDuration(duration)),
                roles: roles,
                autoExtendDays: nil
            ),
            createdBy: nil,
            createdAt: Self.start
        )
    }

    @Test(arguments: 0..<200)
    func `D-01 no state that can be reached gives anything without an end`(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 99)
        var now = Self.start
        var current = try relationship([.helpdeskAdministrator, .globalReader], ["P1D", "P90D", "P2Y"][seed % 3])
        let customer = try #require(current.customer)
        for _ in 0..<60 {
            now = now.adding(milliseconds: Int64.random(in: 0...(90 * 86_400_000), using: &dice))
            switch Int.random(in: 0..<7, using: &dice) {
            case 0: _ = try? current.lock(until: now.adding(days: 90), at: now)
            case 1: _ = try? current.approve(for: customer, by: ID(UUID()), processing: seed % 2 * 300, at: now)
            case 2: _ = try? current.setAutoExtend(180, at: now)
            case 3: _ = try? current.setAutoExtend(nil, at: now)
            case 4: _ = try? current.narrow(to: [.globalReader], at: now)
            case 5 where seed % 5 == 0: _ = try? current.terminate(.init(at: now, by: nil, side: nil))
            default: _ = current.announce(remindingAt: [30, 7, 1], at: now)
            }
            guard current.isLive(at: now) else {
                #expect(current.grant(at: now)?.isLive(at: now) != true, "INV-08")
                continue
            }
            let end = try #require(current.end(at: now))
            #expect(now < end && end.milliseconds - now.milliseconds <= 2 * Self.year)
            let grant = try #require(current.grant(at: now))
            #expect(grant.until == end && grant.isLive(at: end.adding(milliseconds: -1)) && !grant.isLive(at: end))
        }
    }

    @Test func `what is not in force is extended by nobody, and what ended by somebody is not revived`() throws {
        var draft = try relationship([.globalReader], "P30D")
        var book = Deliberation(book: PolicyBook(edition: 0, rows: []), at: Self.start, cloud: .public)
        #expect(try draft.keepOn(&book) == .impossible)
        let customer = try #require(draft.customer)
        _ = try draft.lock(until: Self.start.adding(days: 90), at: Self.start)
        #expect(try draft.keepOn(&book) == .impossible)
        _ = try draft.approve(for: customer, by: ID(UUID()), processing: 0, at: Self.start)
        #expect(throws: (any Error).self, "without a row nothing is extended") { _ = try draft.keepOn(&book) }
        let end = try #require(draft.end(at: Self.start))
        var after = Deliberation(book: PolicyBook(edition: 0, rows: []), at: end, cloud: .public)
        #expect(try draft.keepOn(&after) == .needsConsent(.ended, row: nil))
        _ = try draft.terminate(.init(at: Self.start, by: nil, side: nil))
        #expect(try draft.keepOn(&after) == .impossible)
    }
}
