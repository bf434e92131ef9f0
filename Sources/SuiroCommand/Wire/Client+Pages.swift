import Foundation

/// One page of a list, in Partner Center's envelope, in Graph's, or as a bare array.
package struct Page: Equatable, Sendable {
    package let items: [JSON]
    package let continuationToken: String?
    package let nextLink: String?

    package init(_ json: JSON) {
        if json.isArray {
            items = json.elements
        } else {
            items = json["items"].isArray ? json["items"].elements : json["value"].elements
        }
        let next = json.at("links.next")
        let header = next["headers"].elements.first { $0["key"].text?.lowercased() == "ms-continuationtoken" }
        continuationToken = json["continuationToken"].text ?? header?["value"].text
        nextLink = next["uri"].text ?? json["@odata.nextLink"].text
    }
}

extension Client {
    /// Every item of a list, over all its pages.
    package func all(_ path: Path, query: [QueryItem] = []) async throws -> [JSON] {
        var items: [JSON] = []
        try await pages(path, query: query) { items += Page($0).items }
        return items
    }

    /// Reads a list page by page, in order, until there is no next one.
    ///
    /// A continuation token asks the same path again with `seekOperation=Next`; without a token the link is followed,
    /// inside this origin only. A server that names the same page twice is stopped.
    package func pages(
        _ path: Path,
        query: [QueryItem] = [],
        headers: [Header] = [],
        each: (JSON) throws -> Void
    ) async throws {
        var seen: Set<String> = []
        var document = try await call("GET", path, query: query, headers: headers).json ?? .null
        while true {
            try each(document)
            let page = Page(document)
            guard let mark = page.continuationToken ?? page.nextLink else { return }
            guard seen.insert(mark).inserted else {
                throw Failure(.failed, "pages.loop", ["path": path.encoded])
            }
            if let token = page.continuationToken {
                let kept = query.filter { $0.name.lowercased() != "seekoperation" }
                document =
                    try await call(
                        "GET",
                        path,
                        query: kept + [QueryItem("seekOperation", "Next")],
                        headers: headers + [Header("MS-ContinuationToken", token)]
                    ).json ?? .null
            } else {
                document = try await call("GET", local(mark, from: path), headers: headers).json ?? .null
            }
        }
    }

    /// The path of a next link. Partner Center writes them without `/v1`, Graph with scheme and host.
    private func local(_ link: String, from path: Path) throws -> Path {
        if link.hasPrefix("/") {
            let isBare = path.encoded.hasPrefix("/v1/") && !link.hasPrefix("/v1/")
            return Path(verbatim: isBare ? "/v1" + link : link)
        }
        guard Connection.isSame(connection.origin, link), let parts = URLComponents(string: link) else {
            throw Failure(.failed, "pages.otherOrigin", ["url": link])
        }
        return Path(verbatim: parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? ""))
    }
}
