import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// A list as Graph answers it: `$filter`, `$orderby`, `$select`, `$count`, `$top` with `@odata.nextLink`.
struct GraphCollection {
    private static let largestPage = 300

    let items: [JSONValue]
    /// What stands after `$metadata#`.
    let context: String
    /// The members that may be asked about, in lower case.
    let properties: Set<String>

    func reply(_ call: Call) async throws -> Reply {
        let query = call.exchange.query
        var found = items
        if let text = query["$filter"] {
            let filter = try ODataFilter(text, properties: properties)
            found = found.filter(filter.matches)
        }
        if let order = query["$orderby"] { found = try sorted(found, by: order) }
        let top = try query.whole("$top", in: 1...1_000_000).map { min($0, Self.largestPage) } ?? Self.largestPage
        let start = try await first(of: found, call)
        let page = found.dropFirst(start).prefix(top)
        let selected = try query["$select"].map(names)
        let isCounted = query["$count"]?.lowercased() == "true"
        return try Reply.json { writer in
            writer.member("@odata.context", "\(call.graphRoot)/$metadata#\(context)")
            if isCounted { writer.member("@odata.count", found.count) }
            if start + page.count < found.count, let last = page.last {
                try writer.member("@odata.nextLink", next(call, after: last, at: start + page.count))
            }
            writer.array("value", page) { writer, item in writer.value(item.keeping(selected)) }
        }
    }

    /// Where a page begins: after the item that the last one ended with, or at its place if that has gone.
    private func first(of found: [JSONValue], _ call: Call) async throws -> Int {
        let skipping = try call.exchange.query.whole("$skip", in: 0...1_000_000)
        guard let token = call.exchange.query["$skiptoken"] else { return skipping ?? 0 }
        guard let position = await call.opened(token, as: Position.self), position.place >= 0 else {
            throw BadInput("$skiptoken", .malformed)
        }
        let index = found.firstIndex { $0.at(["id"]) == .string(position.id) }
        return min(index.map { $0 + 1 } ?? position.place, found.count)
    }

    private struct Position: Codable {
        let id: String
        let place: Int
    }

    /// The same question, going on from there.
    private func next(_ call: Call, after last: JSONValue, at place: Int) throws -> String {
        let id = if case .string(let id) = last.at(["id"]) { id } else { "" }
        let token = try call.token(Position(id: id, place: place))
        let kept = call.exchange.query.text.split(separator: "&").filter { part in
            let name = String(part.prefix { $0 != "=" }).formDecoded.lowercased()
            return name != "$skiptoken" && name != "$skip"
        }
        let query = (kept.map(String.init) + ["$skiptoken=\(token)"]).joined(separator: "&")
        return "\(call.origin)\(call.exchange.path)?\(query)"
    }

    private func names(_ text: String) throws -> Set<String> {
        let names = Set(text.split(separator: ",").map { $0.trimming(" ").lowercased() })
        for name in names where !properties.contains(name) { throw BadInput("$select", .unknown, name) }
        return names
    }

    private func sorted(_ found: [JSONValue], by text: String) throws -> [JSONValue] {
        let keys = try text.split(separator: ",").map { part -> (path: [String], isDown: Bool) in
            let words = part.split(separator: " ").map(String.init)
            guard let name = words.first, words.count <= 2, ["asc", "desc"].contains(words.dropFirst().first ?? "asc")
            else { throw BadInput("$orderby", .malformed, text) }
            let path = name.split(separator: "/").map { $0.lowercased() }
            guard let first = path.first, properties.contains(first) else {
                throw BadInput("$orderby", .unknown, name)
            }
            return (path, words.count == 2 && words[1] == "desc")
        }
        return found.enumerated().sorted { left, right in
            for key in keys {
                let order = left.element.at(key.path).order(beside: right.element.at(key.path)) ?? 0
                if order != 0 { return key.isDown ? order > 0 : order < 0 }
            }
            return left.offset < right.offset
        }.map(\.element)
    }
}

extension JSONValue {
    /// Only the members that were asked for; what describes the object itself stays.
    func keeping(_ names: Set<String>?) -> JSONValue {
        guard let names, case .object(let members) = self else { return self }
        return .object(members.filter { $0.name.hasPrefix("@odata.") || names.contains($0.name.lowercased()) })
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> Substring {
        var rest = self
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return rest
    }
}

extension Call {
    var origin: String { service.environment.origin() }

    /// `https://host/v1.0`, in the version that was called.
    var graphRoot: String {
        "\(origin)/\(exchange.path.split(separator: "/").first.map { $0.lowercased() } ?? "v1.0")"
    }
}
