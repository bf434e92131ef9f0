package import FoundationEssentials

/// An amount of one currency, exact: decimals are never turned into binary fractions.
package struct Money: Hashable, Codable, Sendable {
    package let amount: Decimal
    package let currency: Currency

    package init(_ amount: Decimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    /// As many decimals as the currency has, more only where the amount needs them.
    package var text: String { amount.plain(minimumFraction: currency.minorDigits) }

    package static func zero(_ currency: Currency) -> Money { Money(0, currency) }
}

/// An ISO 4217 code: three capital letters.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init?(_ code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        description = code
    }

    /// Digits after the point, from ISO 4217's table; two where the table has nothing special.
    package var minorDigits: Int {
        switch description {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}

extension Currency: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let currency = Currency(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 4217 code")
        }
        self = currency
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Decimal {
    /// Reads a plain decimal of at most 30 digits, with an optional sign, point and small exponent. No thousands
    /// separators, no infinities, and nothing that `Decimal` would round.
    package init?(exactly text: String) {
        var digits = 0
        var points = 0
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case 48...57: digits += 1
            case UInt8(ascii: "."): points += 1
            case UInt8(ascii: "-") where index == 0, UInt8(ascii: "+") where index == 0: break
            default: return nil
            }
        }
        guard digits > 0, digits <= 30, points <= 1, let value = Decimal(string: text) else { return nil }
        self = value
    }

    /// Digits and a point, never an exponent.
    package func plain(minimumFraction: Int = 0) -> String {
        var text = "\(self)"
        let fraction = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        guard fraction < minimumFraction else { return text }
        if fraction == 0 { text += "." }
        return text + String(repeating: "0", count: minimumFraction - fraction)
    }
}
