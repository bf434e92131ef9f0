package import Foundation

/// One HTTP request, complete.
package struct Call: Equatable, Sendable {
    package var method: String
    package var url: URL
    package var headers: [Header]
    package var body: Data?

    /// Only these leave the server as it was.
    package var isRead: Bool { ["GET", "HEAD", "OPTIONS"].contains(method) }

    package subscript(header name: String) -> String? { headers[name] }
}

package struct Header: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What came back, whatever its status.
package struct Answer: Equatable, Sendable {
    package var status: Int
    package var headers: [Header]
    package var body: Data

    package init(status: Int, headers: [Header] = [], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var json: JSON? { JSON(body) }
    package var correlationID: String? { headers["MS-CorrelationId"] }
    package var requestID: String? { headers["MS-RequestId"] }
}

extension [Header] {
    /// The value of a header, whose name is compared without case.
    package subscript(name: String) -> String? {
        first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// The way to the server: a request in, an answer out. It throws only when no answer came.
package struct Transport: Sendable {
    package var send: @Sendable (Call) async throws -> Answer

    package init(send: @escaping @Sendable (Call) async throws -> Answer) {
        self.send = send
    }
}
