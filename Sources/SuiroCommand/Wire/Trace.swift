import Foundation

/// Writes requests and answers for `--verbose`. No secret passes it.
package struct Trace: Sendable {
    private let write: @Sendable (String) -> Void

    package init(write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    package func sending(_ call: Call) {
        write("> \(call.method) \(call.url.absoluteString)\n")
        for header in call.headers { write("> \(header.name): \(Self.masked(header))\n") }
        if let body = call.body { write("> \(Self.masked(body))\n") }
    }

    package func received(_ answer: Answer) {
        write("< \(answer.status)\n")
        for header in answer.headers.sorted(by: { $0.name < $1.name }) {
            write("< \(header.name): \(Self.masked(header))\n")
        }
        if !answer.body.isEmpty { write("< \(Self.masked(answer.body))\n") }
    }

    package func failed(_ error: any Error) {
        write("! \(error.localizedDescription)\n")
    }

    private static let mask = "***"

    private static func masked(_ header: Header) -> String {
        switch header.name.lowercased() {
        case "authorization": String(header.value.prefix { $0 != " " }) + " " + mask
        case "cookie", "set-cookie": mask
        default: header.value
        }
    }

    /// JSON with its secret members masked. A body that is not JSON can hold a secret anywhere, so only its size is
    /// told.
    private static func masked(_ body: Data) -> String {
        JSON(body).map { masked($0).compact } ?? "(\(body.count) bytes)"
    }

    private static func masked(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(members.map { JSON.Member(name: $0.name, value: isSecret($0) ? .string(mask) : masked($0.value)) })
        case .array(let elements): .array(elements.map(masked))
        case .null, .bool, .number, .string: json
        }
    }

    /// `tokens` as a whole is secret, `continuationToken` is not.
    private static func isSecret(_ member: JSON.Member) -> Bool {
        let name = member.name.lowercased().replacing("_", with: "")
        if name == "continuationtoken" { return false }
        let words = ["token", "tokens", "secret", "password", "assertion"]
        return words.contains { name.hasSuffix($0) } && !member.value.isNull
    }
}
