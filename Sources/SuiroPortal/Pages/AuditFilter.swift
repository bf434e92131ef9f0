import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// What the audit log is narrowed by, as the address says it.
struct AuditFilter {
    let customer: String
    let from: String
    let to: String
    let position: EntryPosition?
    let mistakes: [Mistake]
    let query: AuditQuery

    /// Days are whole: the last one counts until its end.
    init(_ visit: Visit, limit: Int) {
        let query = visit.exchange.query
        (customer, from, to) = (query["customer"] ?? "", query["from"] ?? "", query["to"] ?? "")
        position = EntryPosition(encoded: query["before"])
        var mistakes: [Mistake] = []
        let id = ID<Customer>(customer.trimmed)
        if !customer.isEmpty, id == nil {
            mistakes.append(Mistake(field: "customer", text: visit.say("portal.audit.customer.mistake")))
        }
        func day(_ name: String, _ text: String) -> Instant? {
            guard !text.isEmpty else { return nil }
            if let day = Instant(text.halfWidth.replacing("/", with: "-")) { return day }
            mistakes.append(Mistake(field: name, text: visit.say("portal.date.mistake")))
            return nil
        }
        let start = day("from", from)
        let end = day("to", to)
        self.query = AuditQuery(
            from: start,
            to: end.map { $0.startOfDay.adding(days: 1).adding(milliseconds: -1) },
            customer: id,
            position: position,
            limit: limit
        )
        self.mistakes = mistakes
    }

    /// The same filter in an address.
    var address: String {
        [("customer", customer), ("from", from), ("to", to)].filter { !$0.1.isEmpty }
            .map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }
}

extension EntryPosition {
    init?(encoded text: String?) {
        guard let bytes = text?.base64URLDecoded,
            let position = try? JSONDecoder().decode(EntryPosition.self, from: Data(bytes))
        else { return nil }
        self = position
    }

    var encoded: String { (try? JSONEncoder().encode(self)).map { Array($0).base64URL } ?? "" }
}
