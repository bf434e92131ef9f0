import HTTPTypes
import SuiroAPI
import SuiroHTTP

/// What can be no request of ours by its outside alone, told before anything else is looked at (P16).
enum Outline {
    static let longestURI = 8192
    static let longestHead = 16_384

    static func fault(_ exchange: Exchange) -> Fault? {
        guard exchange.uriLength <= longestURI else {
            return .unfit(.uriTooLong, "URI_TOO_LONG", words: "fault.uriTooLong", limit: longestURI)
        }
        // As it stood on the wire: name, colon, blank, value, line end.
        let head = exchange.headers.reduce(0) { $0 + $1.name.canonicalName.utf8.count + $1.value.utf8.count + 4 }
        guard head <= longestHead else {
            return .unfit(
                .requestHeaderFieldsTooLarge,
                "HEADERS_TOO_LARGE",
                words: "fault.headersTooLarge",
                limit: longestHead
            )
        }
        guard let host = exchange.authority, !host.isEmpty else {
            return .unfit(.badRequest, "HOST_MISSING", words: "fault.hostMissing")
        }
        // A packed body would be unpacked to nobody knows how much.
        let encodings = exchange.headers[values: .contentEncoding]
        guard encodings.allSatisfy({ $0.lowercased() == "identity" || $0.isEmpty }) else {
            return .unfit(.unsupportedMediaType, "ENCODING_NOT_TAKEN", words: "fault.encodingNotTaken")
        }
        return nil
    }
}
