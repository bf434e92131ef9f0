import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Sandbox {
    var limits: [Operation] {
        [
            Operation(.get, "/limits") { _, _ in write(try await service.sandboxLimits()) },
            Operation(.put, "/limits") { _, body in
                let fields = try Self.fields(body)
                let limits =
                    try fields.flag("vendors") == true
                    ? .vendors
                    : SandboxLimits(
                        customers: fields.whole("customers", in: 0...1_000_000),
                        subscriptions: fields.whole("subscriptions", in: 0...1_000_000),
                        seats: fields.whole("seats", in: 0...10_000_000)
                    )
                try await service.set(limits)
                return write(limits)
            },
        ]
    }

    private func write(_ limits: SandboxLimits) -> Reply {
        Reply.json { writer in
            writer.member("customers", limits.customers)
            writer.member("subscriptions", limits.subscriptions)
            writer.member("seats", limits.seats)
        }
    }
}
