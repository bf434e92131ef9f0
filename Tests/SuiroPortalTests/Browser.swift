import Foundation
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroPortal

/// Somebody at a browser: keeps cookies, and fills in forms as they were shown.
final class Browser {
    private let portal: Portal
    private let table: RouteTable
    private(set) var cookies: [String: String] = [:]
    private(set) var page = ""

    init(_ world: World) {
        portal = world.portal
        table = RouteTable(world.portal.routes)
    }

    /// Signed in, and reading in a language.
    convenience init(_ world: World, as who: Who?, in language: Language = .en) async throws {
        self.init(world)
        if let who {
            try await get("/sign-in")
            let reply = try await post("/sign-in", ["persona": who.rawValue])
            guard reply.status == .seeOther else { throw World.Missing.value("a session") }
        }
        cookies["__Host-suiro_lang"] = language.rawValue
    }

    @discardableResult
    func get(_ uri: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, uri, headers: headers)
    }

    /// Posts what the page would: its hidden fields, and these.
    @discardableResult
    func post(
        _ path: String,
        _ fields: KeyValuePairs<String, String> = [:],
        from site: String? = "same-origin"
    ) async throws -> Reply {
        let own = Set(fields.map(\.key))
        let all = hidden(in: path).filter { !own.contains($0.name) } + fields.map { (name: $0.key, value: $0.value) }
        return try await submit(path, all, from: site)
    }

    /// Posts exactly these fields.
    func submit(
        _ path: String,
        _ fields: [(name: String, value: String)],
        from site: String? = "same-origin"
    ) async throws -> Reply {
        let body = fields.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return try await send(.post, path, headers: Self.origin(site), body: body)
    }

    private static func origin(_ site: String?) -> HTTPFields {
        guard let site, let name = HTTPField.Name("Sec-Fetch-Site") else { return [:] }
        return [name: site]
    }

    /// Goes where the last answer led to.
    @discardableResult
    func follow(_ reply: Reply) async throws -> Reply {
        guard let location = reply.headers[.location] else { throw World.Missing.value("a place to go on to") }
        return try await get(location)
    }

    /// The hidden fields of the form on the page that leads to `path`.
    func hidden(in path: String) -> [(name: String, value: String)] {
        let forms = page.components(separatedBy: "<form").dropFirst()
        let form = forms.first { $0.contains("action=\"\(path)\"") }.map { $0.components(separatedBy: "</form>")[0] }
        return (form ?? "").matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/).map {
            (String($0.output.1), String($0.output.2))
        }
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        headers: HTTPFields,
        body: String = ""
    ) async throws -> Reply {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; "
            )
        }
        let target = uri.split(separator: "#").first.map(String.init) ?? uri
        var exchange = Exchange(method: method, uri: target, headers: headers, body: .bytes(Array(body.utf8)))
        let reply: Reply
        switch table.match(method, exchange.path) {
        case .found(let route, let parameters):
            exchange.parameters = parameters
            do {
                reply = try await route.answer(exchange)
            } catch {
                reply = await portal.page(for: error, exchange)
            }
        case .otherMethods, .none: reply = await portal.notFound(exchange)
        }
        keep(reply.headers)
        if reply.status != .seeOther { page = String(decoding: reply.body, as: UTF8.self) }
        return reply
    }

    private func keep(_ headers: HTTPFields) {
        for text in headers[values: .setCookie] {
            let pair = text.split(separator: ";")[0].split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            cookies[String(pair[0])] = text.contains("Max-Age=0") ? nil : String(pair[1])
        }
    }
}

extension Reply {
    /// The number under which the server kept what it did.
    var correlation: String { HTTPField.Name("MS-CorrelationId").flatMap { headers[$0] } ?? "" }

    var text: String { String(decoding: body, as: UTF8.self) }
}
