import Foundation
import HTTPTypes
import SuiroDomain
package import SuiroHTTP

extension Sandbox {
    var disturbances: [Operation] {
        [
            Operation(.put, "/faults") { _, body in
                let fields = try Self.fields(body)
                let rules = try (fields.array("rules", limit: 100) ?? []).map { item in
                    try FaultInjector.Rule(Fields(item.value, path: item.path))
                }
                faults.set(rules)
                return Reply.json { writer in
                    writer.array("rules", rules) { writer, rule in
                        writer.object { writer in
                            writer.member("match", rule.match)
                            writer.member("status", rule.status)
                            writer.member("delayMs", rule.delay)
                            writer.member("times", rule.times)
                        }
                    }
                }
            }
        ]
    }
}

/// Makes chosen requests fail or wait, a number of times.
package final class FaultInjector: @unchecked Sendable {
    struct Rule: Sendable {
        /// `GET /v1/customers`: a method and the beginning of a path; `*` in place of the method means any.
        let match: String
        let status: Int?
        let delay: Int
        var times: Int?

        init(_ fields: Fields) throws {
            match = try fields.requiredText("match", limit: 500)
            status = try fields.whole("status", in: 400...599)
            delay = try fields.whole("delayMs", in: 0...60_000) ?? 0
            times = try fields.whole("times", in: 0...1_000_000)
        }

        func fits(_ exchange: Exchange) -> Bool {
            guard times != 0 else { return false }
            let parts = match.split(separator: " ", maxSplits: 1).map(String.init)
            let (method, path) = parts.count == 2 ? (parts[0], parts[1]) : ("*", parts[0])
            guard method == "*" || method.uppercased() == exchange.method.rawValue else { return false }
            let wanted = path.lowercased().split(separator: "/")
            let actual = exchange.path.lowercased().split(separator: "/")
            guard wanted.last == "*" else { return wanted == actual }
            return actual.starts(with: wanted.dropLast())
        }
    }

    private let lock = NSLock()
    private var rules: [Rule] = []

    func set(_ new: [Rule]) {
        lock.withLock { rules = new }
    }

    func clear() {
        set([])
    }

    /// Waits as the first fitting rule says, and answers in place of the route where the rule has a status.
    package func disturb(_ exchange: Exchange) async -> Reply? {
        let rule = lock.withLock { () -> Rule? in
            guard let index = rules.firstIndex(where: { $0.fits(exchange) }) else { return nil }
            if let times = rules[index].times { rules[index].times = times - 1 }
            return rules[index]
        }
        guard let rule else { return nil }
        if rule.delay > 0 { try? await Task.sleep(for: .milliseconds(rule.delay)) }
        guard let status = rule.status else { return nil }
        if status == 429 {
            // The shape that Partner Center throttles with.
            var reply = Reply.json(.tooManyRequests) { writer in
                writer.member("statusCode", 429)
                writer.member("message", "Rate limit is exceeded. Try again in 1 seconds.")
            }
            reply.headers[.retryAfter] = "1"
            return reply
        }
        return Reply.json(HTTPResponse.Status(code: status)) { writer in
            writer.member("code", status == 503 ? 800_003 : status)
            writer.member("description", "This answer was ordered by a fault rule of the sandbox.")
            writer.array("data", EmptyCollection<String>())
            writer.member("source", "PartnerFD")
            writer.member("reason", "INJECTED_FAULT")
        }
    }
}
