/// What a service request can be about. Names in people's languages are in the catalogue, under `supportTopic.<id>`.
package struct SupportTopic: Hashable, Sendable {
    /// A whole number on the wire.
    package struct Code: RawRepresentable, Hashable, Codable, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }
    }

    package let code: Code

    /// Matters of the account and its tools, and those that are handed to the provider (SUP-04).
    package static let all: [SupportTopic] = [
        32_444_671, 32_444_672, 32_444_673, 32_444_674, 32_444_675, 32_444_676, 32_444_677,
    ].map { SupportTopic(code: Code(rawValue: $0)) }

    package static func named(_ code: Code) -> SupportTopic? { all.first { $0.code == code } }
}
