import SuiroDomain

/// A self-signed X.509 certificate (RFC 5280) over one RSA key: all that receivers need to check our signatures, and
/// too little to need a library for.
struct Certificate {
    let serial: [UInt8]
    let from: Instant
    let until: Instant
    /// SubjectPublicKeyInfo, DER.
    let publicKey: [UInt8]

    /// The certificate, DER. `sign` answers the RSA-SHA256 signature of the bytes it is given.
    func signed(_ sign: ([UInt8]) throws -> [UInt8]) rethrows -> [UInt8] {
        let content = DER.sequence([
            DER.field(0xA0, DER.integer([2])), DER.integer(serial), Self.algorithm, Self.name,
            DER.sequence([DER.time(from), DER.time(until)]), Self.name, publicKey,
            DER.field(0xA3, DER.sequence([Self.usage])),
        ])
        return DER.sequence([content, Self.algorithm, DER.bits(try sign(content))])
    }

    /// sha256WithRSAEncryption
    private static let algorithm = DER.sequence([
        DER.field(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]), DER.field(0x05, []),
    ])

    /// O=Suiro, CN=Suiro webhooks
    private static let name = DER.sequence([part(0x0A, "Suiro"), part(0x03, "Suiro webhooks")])

    private static func part(_ attribute: UInt8, _ text: String) -> [UInt8] {
        let pair = DER.sequence([DER.field(0x06, [0x55, 0x04, attribute]), DER.field(0x0C, Array(text.utf8))])
        return DER.field(0x31, pair)
    }

    /// Key usage, critical: digital signatures and nothing else.
    private static let usage = DER.sequence([
        DER.field(0x06, [0x55, 0x1D, 0x0F]), DER.field(0x01, [0xFF]), DER.field(0x04, [0x03, 0x02, 0x07, 0x80]),
    ])
}

/// The few forms of ASN.1 that a certificate is written in.
private enum DER {
    static func field(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count
        let head: [UInt8] =
            switch length {
            case ..<128: [UInt8(length)]
            case ..<256: [0x81, UInt8(length)]
            default: [0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
            }
        return [tag] + head + content
    }

    static func sequence(_ parts: [[UInt8]]) -> [UInt8] { field(0x30, Array(parts.joined())) }

    /// A positive number, its first bytes made so.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        return field(0x02, (digits.first ?? 0x80) > 0x7F ? [0] + digits : digits)
    }

    static func bits(_ bytes: [UInt8]) -> [UInt8] { field(0x03, [0] + bytes) }

    /// Two digits for the year up to 2049, four from then on (RFC 5280, 4.1.2.5).
    static func time(_ instant: Instant) -> [UInt8] {
        let text = instant.description.prefix(19).filter { $0 != "-" && $0 != ":" && $0 != "T" } + "Z"
        let isShort = (1950..<2050).contains(CivilTime(instant).year)
        return field(isShort ? 0x17 : 0x18, Array((isShort ? text.dropFirst(2) : text[...]).utf8))
    }
}
