import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// What the list of all access is narrowed by, as the address says it.
struct AccessReviewFilter {
    let kind: AccessKind?
    let customer: String
    let ending: String
    let unused: String
    let question: AccessQuestion
    let mistakes: [Mistake]

    init(_ visit: Visit) {
        let query = visit.exchange.query
        kind = query["kind"].flatMap(AccessKind.init(rawValue:))
        (customer, ending, unused) = (query["customer"] ?? "", query["ending"] ?? "", query["unused"] ?? "")
        var mistakes: [Mistake] = []
        func days(_ name: String, _ text: String) -> Int? {
            guard !text.isEmpty else { return nil }
            if let days = Int(text.trimmed.halfWidth), (0...3650).contains(days) { return days }
            mistakes.append(Mistake(field: name, text: visit.say("portal.accessAll.days.mistake")))
            return nil
        }
        let id = ID<Customer>(customer.trimmed)
        if !customer.isEmpty, id == nil {
            mistakes.append(Mistake(field: "customer", text: visit.say("portal.accessAll.customerId.mistake")))
        }
        question = AccessQuestion(
            kind: kind,
            customer: id,
            endingWithin: days("ending", ending),
            unusedFor: days("unused", unused)
        )
        self.mistakes = mistakes
    }

    /// The same filter in an address.
    var address: String {
        [("kind", kind?.rawValue ?? ""), ("customer", customer), ("ending", ending), ("unused", unused)]
            .filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }
}

extension AccessPosition {
    init?(encoded text: String?) {
        guard let bytes = text?.base64URLDecoded,
            let position = try? JSONDecoder().decode(AccessPosition.self, from: Data(bytes))
        else { return nil }
        self = position
    }

    var encoded: String { (try? JSONEncoder().encode(self)).map { Array($0).base64URL } ?? "" }
}

/// What is looked at of all access.
enum AccessTopic: CaseIterable {
    case list, calendar, unused, delegations
}

extension Visit {
    /// The ways between the pages about access.
    func accessViews(_ current: AccessTopic, _ visitor: Visitor) -> HTML {
        let isPartner = visitor.organization.kind.isPartner
        let list = isPartner ? Place.access : Place.access(of: visitor.organization.id.as(Customer.self))
        let links = AccessTopic.allCases.map { view -> HTML in
            let (address, text) =
                switch view {
                case .list: (list, say("portal.accessAll.view.list"))
                case .calendar: (Place.accessCalendar, say("portal.accessAll.view.calendar"))
                case .unused: (Place.unusedAccess, say("portal.accessAll.view.unused"))
                case .delegations: (Place.delegations, say("portal.accessAll.view.delegations"))
                }
            return "<a href=\"\(address)\"\(HTML.when(view == current, " aria-current=\"page\""))>\(text)</a>"
        }
        return """
            <nav class="views noprint" aria-label="\(say("portal.accessAll.views"))">\(links.joined(by: " "))</nav>

            """
    }

    /// The way to the next page of a list, and back to its first.
    func onward(_ place: String, _ query: String, next: AccessPosition?, isFirst: Bool) -> HTML {
        guard !isFirst || next != nil else { return .nothing }
        let first: HTML = "<a href=\"\(place)?\(query)\">\(say("portal.pages.first"))</a>"
        let on: HTML? = next.map { position in
            let address = "\(place)?\(query.isEmpty ? "" : query + "&")after=\(position.encoded)"
            return "<a rel=\"next\" href=\"\(address)\">\(say("portal.pages.next"))</a>"
        }
        return """
            <nav class="pages noprint" aria-label="\(say("portal.pages"))">\(HTML.when(!isFirst, first)) \(on)</nav>

            """
    }
}
