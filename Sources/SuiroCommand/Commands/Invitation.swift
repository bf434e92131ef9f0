/// A partner's request as its customer reads it: the server's own sentences where it sends them, ours where it sends
/// only the scope.
struct Invitation {
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    var partner: String {
        json.at("partner.name").text ?? json["partnerName"].text ?? json["partner"].text ?? "-"
    }

    func granted(_ words: Words) -> [String] {
        let told = sentences(["grants", "granted", "willGrant"])
        if !told.isEmpty { return told }
        let scope = json["scope"]
        var lines: [String] = []
        if scope["reseller"] == true { lines.append(words("approve.granted.reseller")) }
        if scope["delegatedAdmin"] == true { lines.append(words("approve.granted.delegatedAdmin")) }
        let roles = scope["roles"].elements.compactMap { $0.text ?? $0["name"].text }
        if !roles.isEmpty {
            let names = roles.map { words.word($0, in: "role") }.joined(separator: words.comma)
            lines.append(words("approve.granted.roles", ["roles": names]))
        }
        if let days = scope["days"].text { lines.append(words("approve.granted.days", ["days": days])) }
        return lines.isEmpty ? [words("approve.granted.nothing")] : lines
    }

    func unchanged(_ words: Words) -> [String] {
        let told = sentences(["unchanged", "willNotChange", "unaffected"])
        if !told.isEmpty { return told }
        return [
            words("approve.unchanged.bill"), words("approve.unchanged.subscriptions"),
            words("approve.unchanged.others"),
        ]
    }

    /// The first of these members that holds sentences, plain or as `{text}`.
    private func sentences(_ names: [String]) -> [String] {
        names.lazy.map { name in json[name].elements.compactMap { $0.text ?? $0["text"].text } }
            .first { !$0.isEmpty } ?? []
    }
}
