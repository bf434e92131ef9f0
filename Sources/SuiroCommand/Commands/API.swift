import ArgumentParser
import Foundation

struct API: Act {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "A raw call / API を直接呼び出します",
        discussion: """
            suiro api GET /v1/customers -f size=100 --paginate
            suiro api POST /sandbox/v1/partners -f name=Tozai -f kind=direct -f country=JP -H 'MS-CorrelationId: ID'
            suiro api PUT /sandbox/v1/faults --input faults.json
            """
    )

    static let usualFormat = OutputFormat.json

    @Argument(help: "GET, POST, PUT, PATCH, DELETE, HEAD")
    var method: String

    @Argument(help: "The path, from the origin's root / オリジンのルートからのパス")
    var path: String

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp(
            "A field: query of a read, JSON body of a write / フィールド（読み取りはクエリ、書き込みは JSON 本文）",
            valueName: "k=v"
        )
    )
    var field: [String] = []

    @Option(name: [.customShort("H"), .long], help: ArgumentHelp("A header / ヘッダー", valueName: "h: v"))
    var header: [String] = []

    @Option(help: "Body from this file (- for input) / 本文のファイル（- は標準入力）", completion: .file())
    var input: String?

    @Flag(help: "All pages as one document / すべてのページを 1 つの文書にまとめる")
    var paginate = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let method = method.uppercased()
        let fields = try Fields(field)
        let headers = try header.map(Self.header)
        let isRead = ["GET", "HEAD"].contains(method)
        let query = isRead || input != nil ? fields.query : []
        let target = try local(client)
        if paginate, method == "GET" {
            return try await all(target, query, headers, client, session)
        }
        let body =
            try input.map { try Self.body(from: $0, session) } ?? (isRead || fields.isEmpty ? nil : .json(fields.body))
        let answer = try await client.call(method, target, query: query, headers: headers, body: body)
        if let json = answer.json {
            session.print(json)
        } else if !answer.body.isEmpty {
            session.terminal.out(answer.body)
        }
    }

    private func all(
        _ target: Path,
        _ query: [QueryItem],
        _ headers: [Header],
        _ client: Client,
        _ session: Session
    ) async throws {
        var first: JSON?
        var items: [JSON] = []
        try await client.pages(target, query: query, headers: headers) { page in
            first = first ?? page
            items += Page(page).items
        }
        guard let first else { return }
        if first.isArray { return session.print(.array(items)) }
        guard !Page(first).items.isEmpty || first["items"].isArray || first["value"].isArray else {
            return session.print(first)
        }
        // The envelope of the first page, holding the items of all: what leads to further pages would mislead.
        var whole = first.removing("continuationToken", "links", "@odata.nextLink")
        whole = whole.setting(first["items"].isArray ? "items" : "value", to: .array(items))
        if !first["totalCount"].isNull { whole = whole.setting("totalCount", to: .number(String(items.count))) }
        session.print(whole)
    }

    /// A full address is taken if it belongs to the server the token is for.
    private func local(_ client: Client) throws -> Path {
        guard path.lowercased().hasPrefix("http") else {
            return Path(verbatim: path.hasPrefix("/") ? path : "/" + path)
        }
        guard Connection.isSame(client.connection.origin, path), let parts = URLComponents(string: path) else {
            throw Failure(.usage, "pages.otherOrigin", ["url": path])
        }
        return Path(verbatim: parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? ""))
    }

    private static func header(_ text: String) throws -> Header {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw Failure(.usage, "api.header", ["text": text])
        }
        let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        return Header(String(text[..<colon]), value)
    }

    private static func body(from path: String, _ session: Session) throws -> Client.Body {
        let data = path == "-" ? session.terminal.readAll() : FileManager.default.contents(atPath: path)
        guard let data else { throw Failure(.failed, "file.unreadable", ["path": path]) }
        let types = ["csv": "text/csv", "yaml": "application/yaml", "yml": "application/yaml"]
        let type = types[(path as NSString).pathExtension.lowercased()] ?? "application/json"
        return Client.Body(type: type, data: data)
    }
}

extension Session {
    /// The document itself; its items where a form was asked for that has rows.
    fileprivate func print(_ json: JSON) {
        switch printer.format {
        case .json: terminal.write(json.pretty + "\n")
        case .jsonl, .csv, .id, .table, .wide:
            let isList = json.isArray || json["items"].isArray || json["value"].isArray
            let items = isList ? Page(json).items : [json]
            printer.list(items, as: .generic(for: items))
        }
    }
}
