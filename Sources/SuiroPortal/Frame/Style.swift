import HTTPTypes
import SuiroAssets
import SuiroHTTP
import SuiroStore

/// The style sheet and the icon: the same for everybody, kept by browsers.
struct Style: Sendable {
    private let bytes: [UInt8]
    private let version: String

    init() {
        bytes = (try? Assets.bytes("Style/portal.css")) ?? []
        version = String(bytes.sha256.prefix(12))
    }

    /// Changes whenever the sheet does, so that browsers may keep it for good.
    var address: String { "/style.css?v=\(version)" }

    func sheet(_ exchange: Exchange) -> Reply {
        var headers: HTTPFields = [.contentType: "text/css; charset=utf-8", .eTag: "\"\(version)\""]
        let isCurrent = exchange.query["v"] == version
        headers[.cacheControl] = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        headers[.xContentTypeOptions] = "nosniff"
        if exchange.headers[.ifNoneMatch] == "\"\(version)\"" { return Reply(.notModified, headers: headers) }
        return Reply(.ok, headers: headers, body: bytes)
    }

    var icon: Reply {
        let drawing = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b4fb3" d="M0 3q4-3 8 0t8 0v2q-4 \
            3-8 0T0 5zm0 5q4-3 8 0t8 0v2q-4 3-8 0t-8 0zm0 5q4-3 8 0t8 0v2q-4 3-8 0t-8 0z"/></svg>
            """
        var reply = Reply.text(.ok, drawing, type: "image/svg+xml")
        reply.headers[.cacheControl] = "public, max-age=86400"
        reply.headers[.xContentTypeOptions] = "nosniff"
        return reply
    }
}
