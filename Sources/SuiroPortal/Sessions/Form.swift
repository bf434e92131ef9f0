import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroStore

/// What a page posted. Names are as the page wrote them; text is trimmed, and empty text is absence.
struct Form: Sendable {
    static let usualLimit = 65_536
    private let fields: Query
    /// The one-time number the page carried.
    let request: UUID?
    /// Changes with every byte that was sent, and with where it was sent.
    let digest: String

    init(_ exchange: Exchange, limit: Int = usualLimit) async throws {
        let bytes = try await exchange.body.collect(limit: limit)
        let text = String(decoding: bytes, as: UTF8.self)
        fields = Query(text)
        request = fields["request"].flatMap { UUID(uuidString: $0) }
        digest = "\(exchange.method.rawValue)\n\(exchange.path)\n\(text)".sha256
    }

    /// The text of a field, at most `limit` characters of it.
    func text(_ name: String, limit: Int = 300) throws -> String? {
        guard let text = fields[name]?.trimmed, !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= limit else { throw BadInput(name, .tooLong, text) }
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\r" || $0 == "\t" }
        guard isPlain else { throw BadInput(name, .malformed) }
        return text
    }

    /// Every value of a field that may be sent more than once.
    func values(_ name: String) -> [String] {
        fields.items.filter { $0.name == name.lowercased() && !$0.value.isEmpty }.map(\.value)
    }

    /// Whether the page had such a field, filled in or not.
    func has(_ name: String) -> Bool { fields.items.contains { $0.name == name.lowercased() } }

    /// What was typed, as it was typed: to be shown again.
    func typed(_ name: String) -> String { fields[name] ?? "" }
}

extension String {
    /// Full-width letters, digits and signs as their plain forms, as addresses and codes are written.
    var halfWidth: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: text += " "
            case 0x30FC, 0x2010...0x2015, 0x2212: text += "-"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
