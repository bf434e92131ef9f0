import SuiroAPI
import SuiroAssets
import Testing

/// The document and the table of operations, held against each other.
@Suite struct OpenAPITests {
    /// Documented but not in the table: health belongs to the server, the sandbox to a program of its own.
    private static let elsewhere = ["sandbox.", "health.", "metrics"]

    /// `get /v1/customers` with its id, as the document says.
    private func documented() throws -> [String: String] {
        try OpenAPIDocument.operations().filter { _, id in !Self.elsewhere.contains { id.hasPrefix($0) } }
    }

    private func key(_ operation: Operation) -> String {
        "\(operation.method)".lowercased() + " " + operation.path
    }

    @Test func `every operation is documented under its id and method and path`() throws {
        let documented = try documented()
        #expect(!Operation.all.isEmpty)
        for operation in Operation.all {
            #expect(documented[key(operation)] == operation.id, "\(key(operation))")
        }
    }

    @Test func `every documented operation is served`() throws {
        let served = Set(Operation.all.map { "\(key($0)) \($0.id)" })
        for (place, id) in try documented() {
            #expect(served.contains("\(place) \(id)"), "\(place) \(id)")
        }
    }

    @Test func `the document says which tokens an operation takes`() throws {
        let access = try OpenAPIDocument.access()
        for operation in Operation.all {
            #expect(access[operation.id] == operation.access.rawValue, "\(operation.id)")
        }
    }

    @Test func `no id stands twice`() throws {
        let documented = try OpenAPIDocument.operations().values
        #expect(Set(documented).count == documented.count)
        #expect(Set(Operation.all.map(\.id)).count == Operation.all.count)
    }
}
