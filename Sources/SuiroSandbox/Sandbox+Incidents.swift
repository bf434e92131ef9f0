import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Sandbox {
    var incidents: [Operation] {
        [
            Operation(.post, "/serviceincidents") { _, body in try await addIncident(Self.fields(body)) },
            Operation(.post, "/validationcodes") { _, body in try await addValidationCode(Self.fields(body)) },
        ]
    }

    /// Gives a partner a code to qualify offices of a government with, as the vendor does.
    private func addValidationCode(_ fields: Fields) async throws -> Reply {
        let uses = try fields.whole("maxCreates", in: 1...1_000_000) ?? 1
        let code = ValidationCode(
            id: "\(Int.random(in: 100_000_000...999_999_999))",
            partner: try fields.required("partnerId", fields.id("partnerId")),
            organizationName: try fields.text("organizationName", limit: 200) ?? "",
            maximum: uses,
            remaining: uses
        )
        try await service.issue(code)
        return Reply.json(.created) { writer in
            writer.member("validationId", code.id)
            writer.member("maxCreates", code.maximum)
        }
    }

    /// Makes an incident of a service, or tells more of one: the same `id` again takes its place.
    private func addIncident(_ fields: Fields) async throws -> Reply {
        let id = try fields.text("id", limit: 40) ?? "MO\(100_000 + Int.random(in: 0..<900_000))"
        let text = try fields.requiredText("message", limit: 4000)
        let isResolved = try fields.flag("resolved") ?? false
        let incident = ServiceIncident(
            id: id,
            kind: try fields.word("messageType") ?? .incident,
            workload: try fields.requiredText("workload", limit: 100),
            severity: try fields.word("severity") ?? .warning,
            area: try fields.text("impactedArea", limit: 300) ?? text,
            started: try fields.instant("startTime") ?? clock.now,
            ended: isResolved ? try fields.instant("endTime") ?? clock.now : nil,
            messages: [ServiceIncident.Message(at: clock.now, text: text)],
            reach: try fields.whole("impactedCustomers", in: 0...1_000_000) ?? 0
        )
        try await service.keep(incident)
        return Reply.json(.created) { writer in
            writer.member("id", incident.id)
            writer.member("resolved", incident.isResolved)
        }
    }
}
