package import SuiroDomain

extension Transaction {
    /// What a cart line names; `nil` where the catalogue has nothing of this id.
    package func catalogItem(_ id: CatalogItemID) throws -> CatalogItem? {
        try session.first(
            """
            SELECT p.body, s.body, a.body FROM catalog_availability a
            JOIN catalog_sku s ON s.product_id = a.product_id AND s.id = a.sku_id
            JOIN catalog_product p ON p.id = a.product_id
            WHERE a.product_id = \(id.product) AND a.sku_id = \(id.sku) AND a.id = \(id.availability)
            """
        ) { cursor in try Self.item(&cursor) }
    }

    /// The item by which an offer is bought in a country; `nil` where the catalogue does not have it there.
    package func catalogItem(of offer: String, in country: String) throws -> CatalogItem? {
        try session.first(
            """
            SELECT p.body, s.body, a.body FROM catalog_sku s
            JOIN catalog_availability a ON a.product_id = s.product_id AND a.sku_id = s.id
            JOIN catalog_product p ON p.id = s.product_id
            WHERE s.offer_id = \(offer.uppercased()) AND a.country = \(country.uppercased())
            ORDER BY CASE a.segment WHEN 'commercial' THEN 0 ELSE 1 END, s.product_id, s.id, a.id LIMIT 1
            """
        ) { cursor in try Self.item(&cursor) }
    }

    private static func item(_ cursor: inout Cursor) throws -> CatalogItem {
        let product: JSONText<CatalogProduct> = try cursor.next()
        let sku: JSONText<CatalogSKU> = try cursor.next()
        let availability: JSONText<CatalogAvailability> = try cursor.next()
        return CatalogItem(product: product.value, sku: sku.value, availability: availability.value)
    }

    package func save(_ product: CatalogProduct) throws {
        try session.run(
            """
            INSERT INTO catalog_product (id, title, kind, body)
            VALUES (\(product.id), \(product.title), \(product.kind.rawValue), \(JSONText(product)))
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, body = excluded.body
            """
        )
    }

    package func save(_ sku: CatalogSKU) throws {
        try session.run(
            """
            INSERT INTO catalog_sku (product_id, id, offer_id, body)
            VALUES (\(sku.product), \(sku.id), \(sku.offer), \(JSONText(sku)))
            ON CONFLICT (product_id, id) DO UPDATE SET offer_id = excluded.offer_id, body = excluded.body
            """
        )
    }

    package func save(_ availability: CatalogAvailability) throws {
        try session.run(
            """
            INSERT INTO catalog_availability (product_id, sku_id, id, country, segment, body)
            VALUES (\(availability.product), \(availability.sku), \(availability.id), \(availability.country),
                \(availability.segment.rawValue), \(JSONText(availability)))
            ON CONFLICT (product_id, sku_id, id) DO UPDATE SET country = excluded.country,
                segment = excluded.segment, body = excluded.body
            """
        )
    }
}
