import Foundation

/// A path below the server's origin. What is interpolated is percent-encoded: no identifier, whatever it holds, can
/// reach another route.
package struct Path: ExpressibleByStringInterpolation, Equatable, Sendable {
    package let encoded: String

    package init(stringLiteral value: String) {
        encoded = value
    }

    /// A path exactly as the user wrote it.
    package init(verbatim: String) {
        encoded = verbatim
    }

    package init(stringInterpolation: Interpolation) {
        encoded = stringInterpolation.text
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ segment: String) {
            text += segment.allSatisfy { $0 == "." } ? segment.replacing(".", with: "%2E") : Path.encode(segment)
        }
    }

    /// Encodes everything but the unreserved characters of RFC 3986.
    package static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}

/// One `name=value` of a query.
package struct QueryItem: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package var encoded: String { Path.encode(name) + "=" + Path.encode(value) }
}
