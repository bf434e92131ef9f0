import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// A list as Partner Center wraps it, with the link to the next page where there is one.
struct Page<Item> {
    let items: [Item]
    /// The call's own path without `/v1`, and its query.
    let path: String
    let token: String?

    init(_ items: [Item], of call: Call, token: String? = nil) {
        self.items = items
        let trimmed = call.exchange.path.split(separator: "/").map(String.init)
        let isWire = trimmed.first?.lowercased() == "v1"
        path = "/" + (isWire ? trimmed.dropFirst() : trimmed[...]).joined(separator: "/")
        self.token = token
    }

    /// `beside` adds members to the envelope, such as sums over the whole list.
    func reply(
        _ call: Call,
        nextOffset: Int? = nil,
        beside: (inout JSONWriter) -> Void = { _ in },
        _ write: (inout JSONWriter, Item) throws -> Void
    ) rethrows -> Reply {
        let query = call.exchange.query.text
        return try Reply.json { writer in
            writer.member("totalCount", items.count)
            beside(&writer)
            try writer.array("items", items, write)
            writer.member("continuationToken", token)
            writer.object("links") { writer in
                link("self", query.isEmpty ? path : "\(path)?\(query)", to: &writer)
                if let token { next(token, size: call.exchange.query["size"], to: &writer) }
                if let nextOffset { link("next", pathAndQuery(call, from: nextOffset), to: &writer) }
            }
            writer.object("attributes") { $0.member("objectType", "Collection") }
        }
    }

    /// The same question from a larger offset, for lists that are paged so.
    private func pathAndQuery(_ call: Call, from offset: Int) -> String {
        let kept = call.exchange.query.text.split(separator: "&").filter {
            !$0.lowercased().hasPrefix("offset=")
        }
        return path + "?" + (kept + ["offset=\(offset)"]).joined(separator: "&")
    }

    private func next(_ token: String, size: String?, to writer: inout JSONWriter) {
        writer.object("next") { writer in
            writer.member("uri", "\(path)?" + (size.map { "size=\($0.percentEncoded)&" } ?? "") + "seekOperation=Next")
            writer.member("method", "GET")
            writer.array("headers", [token]) { writer, token in
                writer.object { writer in
                    writer.member("key", "MS-ContinuationToken")
                    writer.member("value", token)
                }
            }
        }
    }
}

/// A link as every resource carries it: relative, without `/v1`.
func link(_ name: StaticString, _ uri: String, method: String = "GET", to writer: inout JSONWriter) {
    writer.object(name) { writer in
        writer.member("uri", uri)
        writer.member("method", method)
        writer.array("headers", EmptyCollection<String>())
    }
}

func attributes(_ type: String, etag: String? = nil, to writer: inout JSONWriter) {
    writer.object("attributes") { writer in
        writer.member("etag", etag)
        writer.member("objectType", type)
    }
}

/// Base64 of `{"id":…,"version":n}`, byte for byte as Partner Center makes it.
func etag(_ id: String, _ revision: Int) -> String {
    Array("{\"id\":\"\(id)\",\"version\":\(revision)}".utf8).base64
}

extension Call {
    /// The revision the caller has seen: from `If-Match`, or from the body, where the SDKs put it.
    func seenRevision(_ fields: Fields? = nil) throws -> Int? {
        let header = exchange.headers[.ifMatch].map { $0.filter { $0 != "\"" } }
        guard let text = try header ?? fields?.object("attributes")?.text("etag"), text != "*" else { return nil }
        guard let bytes = text.base64Decoded, let value = try? JSONReader.read(bytes),
            let revision = try? Fields(value).whole("version", in: 0...Int.max)
        else { throw StoreError.stale }
        return revision
    }

    /// A page size; `0` means the default, as in the SDKs.
    func size(default usual: Int, maximum: Int) throws -> Int {
        guard let size = try exchange.query.whole("size", in: 0...1_000_000), size > 0 else { return usual }
        return min(size, maximum)
    }
}

/// What a continuation token carries: the question and where its next page begins.
protocol PagedQuestion: Codable {
    static var largestPage: Int { get }
    var size: Int { get }
}

extension PagedQuestion {
    static var largestPage: Int { 500 }
}

/// `filter={"Field":…,"Value":…,"Operator":…}`, names in any case.
struct FieldFilter {
    let field: String
    let value: String
    let `operator`: String

    init?(_ call: Call) throws {
        guard let text = call.exchange.query["filter"] else { return nil }
        let fields: Fields
        do {
            fields = try Fields(try JSONReader.read(Array(text.utf8)), path: "filter")
        } catch {
            throw BadInput("filter", .malformed, text)
        }
        field = try fields.requiredText("Field").folded
        value = try fields.text("Value") ?? ""
        self.operator = (try fields.text("Operator") ?? "equals").folded
    }
}
