import Foundation
import HTTPTypes
import SuiroAPI
import SuiroTesting
import Testing

/// Keeps `docs/operations.md` true: the page is printed from the table of operations.
@Suite struct OperationsPageTests {
    @Test func `docs/operations.md lists every operation`() throws {
        var lines = [
            "# Operations", "",
            "Printed from `Operation.all`; `make goldens` writes it anew. `/openapi.json` describes each in full.", "",
            "| operation | method | path | token | largest body |", "|---|---|---|---|---|",
        ]
        for operation in Operation.all {
            let token =
                switch operation.access {
                case .anonymous: "none"
                case .appOrUser: "client or person"
                case .userOnly: "person"
                }
            let limit = operation.limit >= 1_073_741_824 ? "streamed" : "\(operation.limit / 1024) KiB"
            lines.append(
                "| `\(operation.id)` | \(operation.method.rawValue) | `\(operation.path)` | \(token) | \(limit) |"
            )
        }
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs")
        try Golden.compare(lines.joined(separator: "\n") + "\n", with: "operations.md", in: folder)
    }
}
