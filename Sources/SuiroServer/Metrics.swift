import Foundation
package import HTTPTypes

/// Counts and durations of requests by operation, in the text form that Prometheus reads. Labels are route patterns,
/// never paths, so what a caller sends cannot make the number of series grow.
package final class Metrics: @unchecked Sendable {
    private struct Series {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)

        mutating func note(_ took: Double) {
            count += 1
            seconds += took
            for (index, bound) in Metrics.bounds.enumerated() where took <= bound { buckets[index] += 1 }
        }
    }

    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private static let methods: Set = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]
    private let lock = NSLock()
    private var series: [Key: Series] = [:]
    private let began = Date()

    package init() {}

    package func observe(_ method: HTTPRequest.Method, _ route: String, _ status: HTTPResponse.Status, _ took: Duration)
    {
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        let key = Key(
            method: Self.methods.contains(method.rawValue) ? method.rawValue : "other",
            route: route,
            status: status.code
        )
        lock.withLock { series[key, default: Series()].note(seconds) }
    }

    package func text(_ more: [String] = []) -> String {
        let all = lock.withLock { series }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        var lines = [
            "# HELP suiro_uptime_seconds Time since the server started.", "# TYPE suiro_uptime_seconds gauge",
            "suiro_uptime_seconds \(Int(Date().timeIntervalSince(began)))",
            "# HELP suiro_operation_seconds Time to answer a request.", "# TYPE suiro_operation_seconds histogram",
        ]
        for (key, one) in all {
            let labels = "operation=\"\(key.method) \(key.route)\",status=\"\(key.status)\""
            for (index, bound) in Self.bounds.enumerated() {
                lines.append("suiro_operation_seconds_bucket{\(labels),le=\"\(bound)\"} \(one.buckets[index])")
            }
            lines.append("suiro_operation_seconds_bucket{\(labels),le=\"+Inf\"} \(one.count)")
            lines.append("suiro_operation_seconds_sum{\(labels)} \(one.seconds)")
            lines.append("suiro_operation_seconds_count{\(labels)} \(one.count)")
        }
        lines += more
        return lines.joined(separator: "\n") + "\n"
    }
}
