import ArgumentParser
import Foundation

struct RelationshipShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one request / 要求を 1 件表示します",
        discussion: "suiro relationship show 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b --wait 60"
    )

    @Argument(help: "Id of the request / 要求の ID")
    var id: String

    @Option(help: ArgumentHelp("Wait up to so many seconds for the answer / 回答を待つ秒数", valueName: "seconds"))
    var wait: Int = 0

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let deadline = session.surroundings.now().addingTimeInterval(Double(wait))
        var request = try await client.get("/multichannel/v1/relationshiprequests/\(id)")
        if wait > 0, request.isOpen { session.printer.say("relationship.waiting", ["id": id]) }
        while request.isOpen, session.surroundings.now() < deadline {
            try await session.surroundings.sleep(.seconds(1))
            request = try await client.get("/multichannel/v1/relationshiprequests/\(id)")
        }
        session.printer.record(request, as: .relationshipRequests)
        if wait > 0, request.isOpen { throw Failure(.waiting, "relationship.stillWaiting", ["id": id]) }
    }
}

extension JSON {
    /// Whether the customer can still decide about this request.
    fileprivate var isOpen: Bool {
        ["draft", "sent", "opened", "pending"].contains(self["state"].text?.lowercased())
    }
}
