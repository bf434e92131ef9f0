/// What a cart line names: `product:sku:availability`, compared without regard to case and kept in capitals.
package struct CatalogItemID: Hashable, Codable, Sendable, CustomStringConvertible {
    package let product: String
    package let sku: String
    package let availability: String

    package init(product: String, sku: String, availability: String) {
        (self.product, self.sku, self.availability) =
            (product.uppercased(), sku.uppercased(), availability.uppercased())
    }

    /// `nil` unless the text has exactly three parts, each of 1 to 40 letters, digits, hyphens or underscores.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ Self.isPart($0) }) else { return nil }
        self.init(product: String(parts[0]), sku: String(parts[1]), availability: String(parts[2]))
    }

    package var description: String { "\(product):\(sku):\(availability)" }

    private static func isPart(_ text: Substring) -> Bool {
        let bytes = text.utf8
        return (1...40).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
