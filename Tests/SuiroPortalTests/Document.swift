/// A page taken apart, as far as tests need it.
struct Document {
    let html: String

    init(_ html: String) {
        self.html = html
    }

    var title: String { html.firstMatch(of: /<title>([^<]*)<\/title>/).map { String($0.output.1) } ?? "" }

    var headings: [Int] { html.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.output.1) } }

    var links: [String] { values("href", in: "a").map { $0.hasPrefix("mailto:") ? "mailto:" : $0 } }

    /// Names and kinds of what can be filled in.
    var fields: [String] {
        html.matches(of: /<(?:input|textarea|select|button)[^>]*>/).map { match in
            let tag = String(match.output)
            return "\(attribute("type", of: tag) ?? "") \(attribute("name", of: tag) ?? "")"
        }
    }

    private var ids: [String] { html.matches(of: /\ id="([^"]+)"/).map { String($0.output.1) } }

    var repeatedIDs: [String] {
        var seen: Set<String> = []
        return ids.filter { !seen.insert($0).inserted }
    }

    /// Ids that something refers to, and nothing has.
    var missingTargets: [String] {
        let known = Set(ids)
        let referred =
            html.matches(of: /\ (?:aria-labelledby|aria-describedby|for)="([^"]+)"/)
            .flatMap { $0.output.1.split(separator: " ").map(String.init) }
            + links.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
        return referred.filter { !known.contains($0) }
    }

    /// Fields that no label names.
    var unlabelled: [String] {
        let labelled = Set(html.matches(of: /<label[^>]* for="([^"]+)"/).map { String($0.output.1) })
        return html.matches(of: /<(?:input|textarea|select)[^>]*>/).map { String($0.output) }.filter { tag in
            attribute("type", of: tag) != "hidden" && !(attribute("id", of: tag).map(labelled.contains) ?? false)
        }
    }

    /// Tables that a narrow screen would have to scroll the page for.
    var looseTables: Int {
        let regions = html.matches(
            of: /<div class="tablewrap" role="region" tabindex="0" aria-labelledby="[^"]+"><table>/
        )
        return html.matches(of: /<table/).count - regions.count
    }

    private func values(_ name: String, in tag: String) -> [String] {
        html.matches(of: /<([a-z]+) [^>]*>/).filter { $0.output.1 == tag }
            .compactMap { attribute(name, of: String($0.output.0)) }
    }

    private func attribute(_ name: String, of tag: String) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
