import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Whoever only looks has decided nothing, and leaves nothing behind; whoever asks what may be done is answered for the
/// record (INV-09).
@Suite struct LookingTests {
    private struct Glance {
        let name: String
        let look: (CallContext) async throws -> Void
    }

    private func isKept(_ context: CallContext, _ stage: MoveStage) async throws -> Bool {
        do {
            return try await !stage.service.decisions(context.correlation, stage.context(.target)).isEmpty
        } catch Refusal.notFound(.decision, _) {
            return false
        }
    }

    @Test(arguments: TestDriver.available)
    func `INV-09 lists and single reads of subscriptions and moves keep no decision`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        let (service, buyer, id) = (stage.service, stage.buyer, move.move.id)
        let glances = [
            Glance(name: "subscriptions") { _ = try await service.subscriptions(of: buyer, $0) },
            Glance(name: "subscription") { _ = try await service.subscription(usage, of: buyer, $0) },
            Glance(name: "moves of a customer") { _ = try await service.moves(of: buyer, $0) },
            Glance(name: "moves of a partner") { _ = try await service.moves(role: .target, state: nil, $0) },
            Glance(name: "moves that wait") { _ = try await service.movesWaiting($0) },
            Glance(name: "move") { _ = try await service.move(id, $0) },
        ]
        for glance in glances {
            let context = stage.context(.target)
            try await glance.look(context)
            #expect(try await !isKept(context, stage), "\(glance.name)")
        }
    }

    @Test(arguments: TestDriver.available)
    func `INV-09 options, previews and requests keep what they read`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let (service, buyer, wish) = (stage.service, stage.buyer, stage.wish(usage))
        let questions = [
            Glance(name: "options") { _ = try await service.options(for: usage, of: buyer, at: nil, $0) },
            Glance(name: "preview") { _ = try await service.previewMove(wish, of: buyer, $0) },
            Glance(name: "request") { _ = try await service.requestMove(wish, of: buyer, $0) },
        ]
        for question in questions {
            let context = stage.context(.target)
            try await question.look(context)
            #expect(try await isKept(context, stage), "\(question.name)")
        }
    }
}
