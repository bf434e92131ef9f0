import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// How to get to each page about moves.
struct MoveWay {
    private let world: World
    private let browser: Browser

    init(_ world: World, _ browser: Browser) {
        (self.world, self.browser) = (world, browser)
    }

    private var wizard: String { "/switches/new?customer=\(world.customer)" }
    private var switching: String { "\(wizard)&subscription=\(world.usage)" }
    private var licence: String { "\(wizard)&subscription=\(world.license)" }

    /// `nil` for pages about something else.
    func go(to page: Shown) async throws -> Reply? {
        switch page {
        case .moves: try await asked("/switches?role=incoming")
        case .movesOwn: try await asked("/switches")
        case .movesNone: try await browser.get("/switches?state=completed")
        case .newMoveCustomer: try await browser.get("/switches/new")
        case .newMoveSubjects, .newMoveSubjectsOwn: try await browser.get(wizard)
        case .newMoveSubjectsMistake: try await browser.get("\(switching)&subscription=\(world.license)&step=2")
        case .newMoveTarget: try await browser.get(licence)
        case .newMoveTargetMistakes:
            try await browser.get("\(licence)&to=other&other=Tozai&cutover=yesterday&step=3")
        case .newMovePreview: try await browser.get("\(switching)&cutover=2026-12-10&step=3")
        case .newMoveBlocked: try await browser.get("\(licence)&kind=switchPartner&step=3")
        case .newMoveAsking: try await browser.get("\(licence)&kind=replaceLicense&plan=wait&step=4")
        case .newMoveChanged: try await changed()
        case .move, .moveToAnswer: try await asked { Place.of($0) }
        case .moveAnswerMistake: try await answered(nil)
        case .moveCheckApprove: try await answered("approve")
        case .moveCheckDecline: try await answered("decline")
        case .moveDeclined: try await declined()
        case .moveStep: try await browser.get(Place.of(try await world.agreed()))
        case .moveAssess: try await assessing(nil)
        case .moveAssessMistake: try await assessing("leave")
        case .moveDetails: try await detailing()
        case .moveCheckStep: try await granting()
        case .moveHandover: try await browser.get(Place.of(try await world.handedOver()))
        case .moveCompleted: try await browser.get(Place.of(try await world.completed()))
        case .withdrawMove: try await asked { "\(Place.of($0))/withdraw" }
        case .leftoverRemove: try await leftover("remove")
        case .leftoverSignOff: try await leftover("signOff")
        case .accessLeftovers: try await left()
        case .subscriptionMoving: try await asked("/customers/\(world.customer)/subscriptions/\(world.usage)")
        case .homeMoves, .homeCustomerMoves: try await asked("/")
        default: nil
        }
    }

    /// Addresses as the pages write them.
    private enum Place {
        static func of(_ move: MoveView) -> String { "/switches/\(move.move.id)" }
    }

    private func asked(_ path: (MoveView) -> String) async throws -> Reply {
        try await browser.get(path(try await world.requested()))
    }

    private func asked(_ path: String) async throws -> Reply { try await asked { _ in path } }

    /// The number of seats has changed between reading and asking.
    private func changed() async throws -> Reply {
        try await browser.get("\(licence)&kind=replaceLicense&plan=wait&step=4")
        let (license, customer) = (world.license, world.customer)
        _ = try await world.service.writeAsSystem(in: .customer(customer)) { tx in
            guard var subscription = try tx.subscription(license, of: customer) else { return false }
            subscription.quantity = 11
            subscription.revision += 1
            try tx.update(subscription)
            return true
        }
        return try await browser.post("/switches/new")
    }

    private func answered(_ answer: String?) async throws -> Reply {
        let place = Place.of(try await world.requested())
        try await browser.get(place)
        let fields: KeyValuePairs<String, String> = answer.map { ["answer": $0] } ?? [:]
        return try await browser.post("\(place)/check", fields)
    }

    private func declined() async throws -> Reply {
        let place = Place.of(try await world.requested())
        try await browser.get(place)
        try await browser.post("\(place)/check", ["answer": "decline"])
        return try await browser.follow(try await browser.post("\(place)/refusal", ["reason": "Not this year"]))
    }

    private func assessing(_ verdict: String?) async throws -> Reply {
        try await world.used()
        let place = Place.of(try await world.agreed(world.elsewhere))
        let reply = try await browser.get(place)
        guard let verdict else { return reply }
        return try await browser.post("\(place)/steps/assess", ["service-new": "Fax", "verdict-0": verdict])
    }

    private func detailing() async throws -> Reply {
        let move = try await world.played(try await world.agreed(world.elsewhere), until: .enterDetails)
        try await browser.get(Place.of(move))
        return try await browser.post("\(Place.of(move))/steps/enterDetails", ["detail-regions": "Japan East"])
    }

    private func granting() async throws -> Reply {
        let place = Place.of(try await world.handedOver())
        try await browser.get(place)
        return try await browser.post("\(place)/steps/grantAccess", ["evidence": "Ticket 7"])
    }

    private func leftover(_ decision: String) async throws -> Reply {
        let id = try world.leftover(try await world.handedOver())
        return try await browser.get("/customers/\(world.customer)/leftovers/\(id)?decision=\(decision)")
    }

    private func left() async throws -> Reply {
        _ = try await world.completed()
        return try await browser.get("/customers/\(world.customer)/people-and-access")
    }
}
