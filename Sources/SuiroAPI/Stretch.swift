import FoundationEssentials
import SuiroDomain
import SuiroHTTP

/// A part of a list whose next part is asked for by the same call with one thing changed: `offset`, or a token.
struct Stretch<Item> {
    let items: [Item]
    let next: Next?

    enum Next {
        case offset(Int, size: Int)
        /// `key` is the query's name for going on: two spellings are on the wire.
        case token(String, key: String)
    }

    func reply(_ call: Call, _ write: (inout JSONWriter, Item) -> Void) -> Reply {
        let page = Page<Item>([], of: call)
        let query = call.exchange.query.text
        return Reply.json { writer in
            writer.member("totalCount", items.count)
            writer.array("items", items) { writer, item in writer.object { write(&$0, item) } }
            if case .token(let token, "seekOperation")? = next { writer.member("continuationToken", token) }
            writer.object("links") { writer in
                link("self", query.isEmpty ? page.path : "\(page.path)?\(query)", to: &writer)
                if let next { self.next(next, of: call, page.path, to: &writer) }
            }
            writer.object("attributes") { $0.member("objectType", "Collection") }
        }
    }

    private func next(_ next: Next, of call: Call, _ path: String, to writer: inout JSONWriter) {
        let going: Set<String> = ["offset", "size", "seekoperation", "seek_operation"]
        var query = call.exchange.query.items.filter { !going.contains($0.name) && !$0.name.isEmpty }
            .map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        var token: String?
        switch next {
        case .offset(let offset, let size): query += ["size=\(size)", "offset=\(offset)"]
        case .token(let value, let key):
            if let size = call.exchange.query["size"] { query.append("size=\(size.percentEncoded)") }
            query.append("\(key)=Next")
            token = value
        }
        writer.object("next") { writer in
            writer.member("uri", "\(path)?\(query.joined(separator: "&"))")
            writer.member("method", "GET")
            writer.array("headers", [token].compactMap(\.self)) { writer, token in
                writer.object { writer in
                    writer.member("key", "MS-ContinuationToken")
                    writer.member("value", token)
                }
            }
        }
    }
}

extension JSONWriter {
    /// An amount as the wire has it: a number of JSON, with every digit.
    mutating func member(_ name: StaticString, number: Decimal) {
        member(name, json: .number(number.plain()))
    }
}

/// What the wire writes where there is no date (conventions, section 11).
let noDate = "0001-01-01T00:00:00"
