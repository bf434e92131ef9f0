import HTTPTypes
package import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Sandbox {
    var time: [Operation] {
        [
            Operation(.get, "/clock") { _, _ in clockReply() },
            Operation(.put, "/clock") { _, body in
                let fields = try Self.fields(body)
                try await set(to: try fields.required("now", fields.instant("now")))
                return clockReply()
            },
            Operation(.post, "/clock/advance") { _, body in
                let text = try Self.fields(body).requiredText("by")
                guard let duration = CalendarDuration(text) else { throw BadInput("by", .malformed, text) }
                try await set(to: clock.now.adding(duration))
                return clockReply()
            },
        ]
    }

    /// Sets the clock, keeps it, and returns when everything due by then has been announced.
    package func set(to instant: Instant) async throws {
        clock.set(to: instant)
        try await keepClock()
        try await service.sweep()
        await deliver()
    }

    func keepClock() async throws {
        let offset = clock.offset
        _ = try await service.writeAsSystem { tx in
            try tx.set("clockOffset", to: "\(offset)")
            return true
        }
    }

    /// Takes up the clock that the database remembers; answers whether it remembered one.
    package func resumeClock() async throws -> Bool {
        guard let text = try await service.readAsSystem({ tx in try tx.setting("clockOffset") }),
            let offset = Int64(text)
        else { return false }
        clock.offset = offset
        return true
    }

    private func clockReply() -> Reply {
        Reply.json { $0.member("now", clock.now) }
    }
}
