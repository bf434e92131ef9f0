import HTTPTypes
import SuiroHTTP

/// What a handler answers with, before the headers that every answer carries.
enum Answer: Sendable {
    case page(Page)
    /// The browser shall ask for another page.
    case seeOther(String, cookies: [String] = [])
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
    var crumbs: [Crumb] = []
    var content: HTML
}

/// A step of the way back.
struct Crumb: Sendable {
    let address: String
    let title: String
}
