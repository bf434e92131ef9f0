import Foundation
import SuiroDomain
import Testing

@Suite struct ServiceRequestTests {
    private static let now = Instant("2026-11-23T09:00:00Z") ?? .earliest
    private static let later = Instant("2026-11-23T10:00:00Z") ?? .latest
    private static let partner = ID<Tenant>(UUID())
    private let agent = ServiceRequest.Contact(
        id: nil,
        organization: partner,
        organizationName: "Harbor Lane",
        firstName: "Aiko",
        lastName: "Mori"
    )

    private func request() throws -> ServiceRequest {
        ServiceRequest(
            ServiceRequest.Draft(
                customer: nil,
                topic: SupportTopic.all[0].code,
                title: "Mail",
                description: "No mail arrives",
                severity: .critical,
                product: nil,
                country: nil
            ),
            number: ServiceRequestNumber(on: Self.now, chance: [1, 2, 3, 4, 5, 6, 7, 8]),
            by: agent,
            of: Self.partner.as(Partner.self),
            at: Self.now
        )
    }

    @Test func `SUP-15: the partner closes its request and opens it again; when it was closed stays known`() throws {
        var request = try request()
        var change = ServiceRequest.Change()
        change.status = .closed
        #expect(try request.apply(change, by: agent, at: Self.later))
        #expect(request.status == .closed && request.closedAt == Self.later && request.revision == 2)
        #expect(try request.apply(change, by: agent, at: Self.later) == false)
        change.status = .open
        #expect(try request.apply(change, by: agent, at: Self.later))
        #expect(request.status == .open && request.closedAt == Self.later && request.revision == 3)
    }

    @Test func `SUP-15: that attention is needed only the engineers say`() throws {
        var request = try request()
        let before = request
        var change = ServiceRequest.Change()
        change.status = .attentionNeeded
        #expect(throws: Refusal.self) { try request.apply(change, by: agent, at: Self.later) }
        #expect(request == before)
    }

    @Test func `a note carries who wrote it and when, and every note counts`() throws {
        var request = try request()
        var change = ServiceRequest.Change()
        change.note = "Still so"
        #expect(try request.apply(change, by: agent, at: Self.later))
        #expect(try request.apply(change, by: agent, at: Self.later))
        #expect(request.notes.map(\.author) == ["Aiko Mori", "Aiko Mori"])
        #expect(request.notes.map(\.at) == [Self.later, Self.later] && request.modifiedAt == Self.later)
    }

    @Test func `a number is fifteen digits that begin with the day`() {
        for chance in [[UInt8](repeating: 0, count: 8), [UInt8](repeating: 255, count: 8)] {
            let number = ServiceRequestNumber(on: Self.now, chance: chance)
            #expect(number.description.count == 15 && number.description.hasPrefix("6261123"))
            #expect(ServiceRequestNumber(number.description) == number)
        }
        for text in ["", "1234567890123456", "12a", "１２"] { #expect(ServiceRequestNumber(text) == nil) }
    }
}
