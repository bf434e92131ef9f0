import HTTPTypes
import SuiroDomain
import SuiroHTTP

extension Portal {
    /// For whoever follows a link of a mail or of another site. The browser keeps the session's cookie back on that way
    /// (SameSite=Strict), so that no other site can show itself our pages; this page asks for the same address once more,
    /// from here, and then the cookie comes along.
    func doorstep(_ exchange: Exchange) -> Reply? {
        guard exchange.method == .get, exchange.headers[.cookie] == nil,
            exchange.said("Sec-Fetch-Site") == "cross-site",
            exchange.said("Sec-Fetch-Mode") == "navigate", exchange.said("Sec-Fetch-Dest") == "document"
        else { return nil }
        let visit = stranger(exchange)
        guard Place.isHere(visit.address) else { return nil }
        var reply = reply(
            .page(
                Page(
                    title: visit.say("portal.doorstep.title"),
                    isNarrow: true,
                    content: """
                        <h1>\(visit.say("portal.doorstep.title"))</h1>
                        <p><a class="btn p" href="\(visit.address)">\(visit.say("portal.doorstep.continue"))</a></p>

                        """
                )
            ),
            visit
        )
        if let name = HTTPField.Name("Refresh") { reply.headers[name] = "0" }
        return reply
    }
}

extension Exchange {
    fileprivate func said(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

extension String {
    /// The same bytes; how many of the first are does not show in the time it takes.
    func equalsInConstantTime(_ other: String) -> Bool {
        let (left, right) = (Array(utf8), Array(other.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
