import Foundation
package import Yams

/// The OpenAPI document: written by hand, served as it is, and held against the operations by a test.
package enum OpenAPIDocument {
    package static func node() throws -> Node {
        guard let node = try Yams.compose(yaml: Assets.text("openapi.yaml")) else {
            throw Assets.Failure.missing("openapi.yaml")
        }
        return node
    }

    /// The same document as JSON.
    package static func json() throws -> String {
        let object = try Yams.load(yaml: Assets.text("openapi.yaml")) ?? [:]
        let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    /// `method path` of every operation, in lower case for the method: `get /v1/customers`; with its operationId.
    package static func operations() throws -> [String: String] {
        var operations: [String: String] = [:]
        for (path, item) in try node().mapping?["paths"]?.mapping ?? [:] {
            for (method, operation) in item.mapping ?? [:] where method.string != "parameters" {
                operations["\(method.string ?? "") \(path.string ?? "")"] =
                    operation.mapping?["operationId"]?.string ?? ""
            }
        }
        return operations
    }

    /// The `x-access` of every operation that says one, by operationId.
    package static func access() throws -> [String: String] {
        var access: [String: String] = [:]
        for (_, item) in try node().mapping?["paths"]?.mapping ?? [:] {
            for (_, operation) in item.mapping ?? [:] {
                guard let id = operation.mapping?["operationId"]?.string else { continue }
                access[id] = operation.mapping?["x-access"]?.string
            }
        }
        return access
    }
}
