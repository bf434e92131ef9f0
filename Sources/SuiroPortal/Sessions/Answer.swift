import HTTPTypes
import SuiroHTTP

/// What a handler answers with, before the headers that every answer carries.
enum Answer: Sendable {
    case page(Page)
    /// The browser shall ask for another page.
    case seeOther(String, cookies: [String] = [])
    /// The same, and the browser shall forget what it kept of this portal.
    case forgetting(String, cookies: [String])
    /// A file to be kept.
    case file([UInt8], type: String, name: String)
}

/// A page before its frame is put around it.
struct Page: Sendable {
    var title: String
    var status: HTTPResponse.Status = .ok
    /// The item of the navigation it belongs to.
    var section: Section?
    /// Narrow pages are for customers who come to decide: nothing but the matter itself.
    var isNarrow = false
    /// Something was wrong with what was sent; the title says so first.
    var hasProblem = false
    /// Seconds after which it is worth asking again.
    var retryAfter: Int?
    var crumbs: [Crumb] = []
    /// Another site that the page's form leads on to, where it does.
    var leadsTo: String?
    var content: HTML
}

/// A step of the way back.
struct Crumb: Sendable {
    let address: String
    let title: String
}
