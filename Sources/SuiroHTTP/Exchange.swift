package import HTTPTypes
import SuiroDomain

/// A request, free of any server library: what routes see, and what tests make.
package struct Exchange: Sendable {
    package let method: HTTPRequest.Method
    /// The path as it came, undecoded.
    package let path: String
    package let query: Query
    package let headers: HTTPFields
    package var body: Body
    /// The `Host` the client named, where it named one.
    package let authority: String?
    /// What stood in the place of each `{name}` of the route, decoded.
    package var parameters: [String: String] = [:]
    /// The network it came from, as limits count it; never more than one caller can choose.
    package var caller = "unknown"
    /// The network around an IPv4 address, /24, where somebody who guesses would have neighbouring addresses as well.
    package var neighbourhood: String {
        let parts = caller.split(separator: ".")
        return parts.count == 4 ? parts.prefix(3).joined(separator: ".") + ".0/24" : caller
    }
    /// Bytes of path and query as they came.
    package let uriLength: Int

    package init(
        method: HTTPRequest.Method,
        uri: String,
        headers: HTTPFields = [:],
        body: Body = .bytes([]),
        authority: String? = nil
    ) {
        let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.method = method
        uriLength = uri.utf8.count
        path = mark.map { String(uri[..<$0]) } ?? uri
        query = Query(mark.map { String(uri[uri.utf8.index(after: $0)...]) } ?? "")
        self.headers = headers
        self.body = body
        self.authority = authority
    }
}

/// What came with a request: collected already, or still arriving.
package enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces in order. Reading throws when the deadline or the limit is passed, or the client goes away.
    case stream(
        @Sendable (_ limit: Int, _ each: @escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void
    )
}

/// Why a body could not be read.
package enum BodyFault: Error, Equatable {
    case tooLarge(limit: Int)
    case tooSlow
}

/// The body ended before the length it had announced, or came in no form that HTTP knows.
package struct BodyCutOff: Error {
    package init() {}
}

extension Body {
    /// The whole body, of at most `limit` bytes.
    package func collect(limit: Int) async throws -> [UInt8] {
        switch self {
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw BodyFault.tooLarge(limit: limit) }
            return bytes
        case .stream(let read):
            let collected = Collector()
            try await read(limit) { await collected.append($0) }
            return await collected.bytes
        }
    }

    /// Piece by piece.
    package func forEach(limit: Int, _ each: @escaping @Sendable ([UInt8]) async throws -> Void) async throws {
        switch self {
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw BodyFault.tooLarge(limit: limit) }
            try await each(bytes)
        case .stream(let read):
            try await read(limit, each)
        }
    }

    private actor Collector {
        var bytes: [UInt8] = []
        func append(_ more: [UInt8]) { bytes += more }
    }
}

/// An answer.
package struct Reply: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: [UInt8]
    /// A body that is written piece by piece, after `body`, for files that need not fit into memory: each call answers
    /// the next piece, and `nil` after the last.
    package typealias Pieces = @Sendable () async throws -> [UInt8]?
    package var pieces: Pieces?

    package init(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    package static func json(_ status: HTTPResponse.Status = .ok, bytes: [UInt8]) -> Reply {
        Reply(status, headers: [.contentType: "application/json; charset=utf-8"], body: bytes)
    }

    /// A bare array, without an envelope, where the wire has it so.
    package static func jsonArray<Item>(
        _ items: some Sequence<Item>,
        _ write: (inout JSONWriter, Item) throws -> Void
    ) rethrows -> Reply {
        var writer = JSONWriter()
        try writer.array(items, write)
        return .json(bytes: writer.bytes)
    }

    /// One object, written member by member.
    package static func json(
        _ status: HTTPResponse.Status = .ok,
        _ write: (inout JSONWriter) throws -> Void
    ) rethrows -> Reply {
        .json(status, bytes: try JSONWriter.object(write))
    }

    package static func text(_ status: HTTPResponse.Status = .ok, _ text: String, type: String = "text/plain") -> Reply
    {
        Reply(status, headers: [.contentType: "\(type); charset=utf-8"], body: Array(text.utf8))
    }
}

/// The part of a URI after `?`. Names are found without regard to case.
package struct Query: Sendable {
    package let text: String
    package let items: [(name: String, value: String)]

    package init(_ text: String) {
        self.text = text
        guard !text.isEmpty else {
            items = []
            return
        }
        items = text.split(separator: "&").prefix(100).map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                String(parts[0]).formDecoded.lowercased(), parts.count > 1 ? String(parts[1]).formDecoded : ""
            )
        }
    }

    /// The first value of the name; empty is absence.
    package subscript(_ name: String) -> String? {
        items.first { $0.name == name.lowercased() }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// A whole number in `range`, or a complaint that names the parameter.
    package func whole(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text) else { throw BadInput(name, .wrongType, text) }
        guard range.contains(number) else { throw BadInput(name, .outOfRange, text) }
        return number
    }
}

extension String {
    /// `+` and `%xx` undone; what is not valid stays as it came.
    package var formDecoded: String { replacing("+", with: " ").percentDecoded }

    package var percentDecoded: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var bytes: [UInt8] = []
        let source = Array(utf8)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let value = UInt8(String(decoding: source[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Safe anywhere in a query.
    package var percentEncoded: String {
        let safe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let digits = Array("0123456789ABCDEF")
        var text = ""
        for byte in utf8 {
            if safe.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return text
    }
}
