import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP

extension Portal {
    /// An answer with the headers every answer of the portal carries.
    func reply(_ answer: Answer, _ visit: Visit) -> Reply {
        switch answer {
        case .page(let page):
            var reply = Reply(page.status, body: Array(document(page, visit).text.utf8))
            reply.headers[.contentType] = "text/html; charset=utf-8"
            reply.headers[.contentLanguage] = visit.language.rawValue
            if let seconds = page.retryAfter { reply.headers[.retryAfter] = "\(seconds)" }
            reply.headers[.vary] = "Accept-Language, Cookie"
            return guarded(reply, visit, leadsTo: page.leadsTo)
        case .seeOther(let address, let cookies):
            var reply = Reply(.seeOther)
            reply.headers[.location] = address
            for cookie in cookies { reply.headers.append(HTTPField(name: .setCookie, value: cookie)) }
            return guarded(reply, visit)
        case .forgetting(let address, let cookies):
            var reply = self.reply(.seeOther(address, cookies: cookies), visit)
            // Not "cookies": that would sign out of whatever else has a name in the same domain.
            if let name = HTTPField.Name("Clear-Site-Data") { reply.headers[name] = "\"cache\", \"storage\"" }
            return reply
        case .file(let bytes, let type, let name):
            var reply = Reply(.ok, body: bytes)
            reply.headers[.contentType] = type
            reply.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            return guarded(reply, visit)
        }
    }

    /// No scripts, no frames, no other site's anything; and nothing of it is kept on the way.
    private func guarded(_ reply: Reply, _ visit: Visit, leadsTo site: String? = nil) -> Reply {
        var reply = reply
        let targets = site.map { "'self' \($0)" } ?? "'self'"
        reply.headers[.contentSecurityPolicy] = """
            default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; script-src 'none'; \
            object-src 'none'; form-action \(targets); base-uri 'none'; frame-ancestors 'none'
            """
        reply.headers[.xContentTypeOptions] = "nosniff"
        // Not "no-referrer": with that, browsers name no origin with our own forms either, and it could not be checked.
        if let name = HTTPField.Name("Referrer-Policy") { reply.headers[name] = "same-origin" }
        if let name = HTTPField.Name("MS-CorrelationId") {
            reply.headers[name] = visit.correlation.lowercased
        }
        reply.headers[.cacheControl] = "no-store"
        return reply
    }
}
