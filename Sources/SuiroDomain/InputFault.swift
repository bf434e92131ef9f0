/// One thing that is wrong with what was sent: where, why, and the value as it came.
package struct InputFault: Hashable, Codable, Sendable {
    package enum Code: String, Codable, CaseIterable, Sendable {
        case required, unknown, wrongType, outOfRange, tooLong, malformed, conflictsWithAnotherRow, duplicate
    }

    /// A path such as `scope.roles[0]`.
    package let field: String
    package let code: Code
    package let value: String?

    package init(field: String, code: Code, value: String? = nil) {
        (self.field, self.code, self.value) = (field, code, value)
    }
}
