import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// The partner's customers by name, narrowed by what their name or domain begins with. An id leads to its page.
    func customersPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let sought = visit.exchange.query["q"] ?? ""
        if let id = ID<Customer>(sought.filter { $0 != "{" && $0 != "}" && $0 != " " }) {
            return .seeOther(Place.customer(id))
        }
        let position = CustomerPosition(encoded: visit.exchange.query["after"])
        let page = try await service.customers(
            CustomerFilter(sought),
            after: position,
            limit: 50,
            visit.context(visitor)
        )
        let title = visit.say("portal.customers.title")
        let mayAsk = visitor.may(.requestRelationship, at: visit.now)
        return .page(
            Page(
                title: title,
                section: .customers,
                content: """
                    <div class="head"><h1 id="customers">\(title)</h1>\(HTML.when(mayAsk, requestButton(visit)))</div>
                    \(filter(sought, visit))\(list(page, sought, isFirst: position == nil, visit))
                    """
            )
        )
    }

    private func filter(_ sought: String, _ visit: Visit) -> HTML {
        """
        <form class="filter noprint" action="\(Place.customers)">\
        \(visit.field("q", label: visit.say("portal.customers.filter"), value: sought, type: "search"))\
        <button type="submit">\(visit.say("portal.filter"))</button></form>

        """
    }

    private func list(_ page: CustomerPage, _ sought: String, isFirst: Bool, _ visit: Visit) -> HTML {
        guard !page.rows.isEmpty else {
            return sought.isEmpty
                ? """
                <p>\(visit.say("portal.customers.empty"))</p>
                <p><a class="btn" href="\(Place.newRequest())">\(visit.say("portal.customers.empty.first"))</a></p>

                """
                : """
                <p>\(visit.say("portal.customers.none", ["text": .text(sought)])) \
                <a href="\(Place.customers)">\(visit.say("portal.filter.clear"))</a></p>

                """
        }
        let heads = [
            "portal.customers.name", "portal.customers.domain", "portal.customers.country", "portal.customers.admin",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(page.rows) { row in
            let admin =
                row.hasDelegatedAdmin
                ? visit.badge(visit.say("portal.customers.admin.yes"), .good)
                : visit.badge(visit.say("portal.customers.admin.no"), .plain)
            return """
                <tr><th scope="row"><a href="\(Place.customer(row.organization.id.as(Customer.self)))">\
                \(row.organization.name)</a></th><td>\(row.organization.domain)</td>\
                <td>\(row.organization.country)</td><td>\(admin)</td></tr>

                """
        }
        return visit.table(labelled: "customers", heads, rows) + pages(page, sought, isFirst: isFirst, visit)
    }

    private func pages(_ page: CustomerPage, _ sought: String, isFirst: Bool, _ visit: Visit) -> HTML {
        let query = sought.isEmpty ? "" : "q=\(sought.percentEncoded)"
        let first: HTML = "<a href=\"\(Place.customers)?\(query)\">\(visit.say("portal.pages.first"))</a>"
        let next: HTML? = page.next.map { position in
            let address = "\(Place.customers)?\(query.isEmpty ? "" : query + "&")after=\(position.encoded)"
            return "<a rel=\"next\" href=\"\(address)\">\(visit.say("portal.pages.next"))</a>"
        }
        guard !isFirst || next != nil else { return .nothing }
        return """
            <nav class="pages noprint" aria-label="\(visit.say("portal.pages"))">\
            \(HTML.when(!isFirst, first)) \(next)</nav>

            """
    }
}

extension CustomerFilter {
    /// A text with a point in it and no blank is a domain.
    init(_ sought: String) {
        if sought.isEmpty {
            self = .all
        } else if sought.contains("."), !sought.contains(" ") {
            self = .domain(startsWith: sought.halfWidth)
        } else {
            self = .name(startsWith: sought)
        }
    }
}

extension CustomerPosition {
    init?(encoded text: String?) {
        guard let bytes = text?.base64URLDecoded,
            let position = try? JSONDecoder().decode(CustomerPosition.self, from: Data(bytes))
        else { return nil }
        self = position
    }

    var encoded: String { (try? JSONEncoder().encode(self)).map { Array($0).base64URL } ?? "" }
}
