package import SuiroDomain

// What the catalogue holds for a market: something is in it where it can be bought there.
extension Transaction {
    package func catalogProducts(_ view: TargetView, in market: CatalogMarket) throws -> [CatalogProduct] {
        let found: [CatalogProduct] = try session.all(
            """
            SELECT p.body FROM catalog_product p
            WHERE EXISTS (SELECT 1 FROM catalog_availability a WHERE a.country = \(market.country)
                AND a.product_id = p.id \(Self.segment(market)))
            ORDER BY p.title, p.id
            """
        ) { cursor in (try cursor.next() as JSONText).value }
        return found.filter { view.kinds.contains($0.kind) }
    }

    package func catalogProduct(_ id: String, in country: String) throws -> CatalogProduct? {
        try session.first(
            """
            SELECT p.body FROM catalog_product p
            WHERE p.id = \(id.uppercased()) AND EXISTS (SELECT 1 FROM catalog_availability a
                WHERE a.country = \(country) AND a.product_id = p.id)
            """
        ) { cursor in (try cursor.next() as JSONText).value }
    }

    package func catalogSKUs(of product: String, in market: CatalogMarket) throws -> [CatalogSKU] {
        try session.all(
            """
            SELECT s.body FROM catalog_sku s
            WHERE s.product_id = \(product.uppercased()) AND EXISTS (SELECT 1 FROM catalog_availability a
                WHERE a.country = \(market.country) AND a.product_id = s.product_id AND a.sku_id = s.id
                \(Self.segment(market)))
            ORDER BY s.id
            """
        ) { cursor in (try cursor.next() as JSONText).value }
    }

    package func catalogAvailabilities(
        of product: String,
        sku: String,
        in market: CatalogMarket
    ) throws -> [CatalogAvailability] {
        try session.all(
            """
            SELECT a.body FROM catalog_availability a
            WHERE a.country = \(market.country) AND a.product_id = \(product.uppercased())
                AND a.sku_id = \(sku.uppercased()) \(Self.segment(market))
            ORDER BY a.segment, a.id
            """
        ) { cursor in (try cursor.next() as JSONText).value }
    }

    /// Offers of one shelf of the catalogue, or those that stand on an offer; all of them, in the order of their names.
    package func everyOffer() throws -> [Offer] { try offers(offset: 0, limit: 1_000_000) }

    private static func segment(_ market: CatalogMarket) -> SQL {
        market.segment.map { "AND a.segment = \($0.rawValue)" } ?? ""
    }
}

extension Transaction {
    package func hasCatalogProduct(_ id: String) throws -> Bool {
        try session.first("SELECT 1 FROM catalog_product WHERE id = \(id)") { cursor -> Int in try cursor.next() }
            != nil
    }

    package func hasCatalogSKU(_ sku: CatalogSKU) throws -> Bool {
        try session.first("SELECT 1 FROM catalog_sku WHERE product_id = \(sku.product) AND id = \(sku.id)") {
            cursor -> Int in try cursor.next()
        } != nil
    }
}
