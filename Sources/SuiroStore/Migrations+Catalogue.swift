extension Migrations {
    /// Products, SKUs, availabilities and inventory of the catalogue.
    static let catalogue: [Step] = [
        Step(
            name: "0032-catalogue",
            statements: [
                """
                CREATE TABLE catalog_product (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 40),
                    title TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    body TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE catalog_sku (
                    product_id TEXT NOT NULL REFERENCES catalog_product (id),
                    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 40),
                    offer_id TEXT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (product_id, id)
                )
                """,
                """
                CREATE TABLE catalog_availability (
                    product_id TEXT NOT NULL,
                    sku_id TEXT NOT NULL,
                    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 40),
                    country TEXT NOT NULL CHECK (length(country) = 2),
                    segment TEXT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (product_id, sku_id, id),
                    FOREIGN KEY (product_id, sku_id) REFERENCES catalog_sku (product_id, id)
                )
                """,
                """
                CREATE INDEX catalog_availability_country ON catalog_availability (country, product_id, sku_id)
                """,
            ]
        )
    ]
    /// Their tables (see `Schema.tables`).
    static let catalogueTables = ["catalog_product", "catalog_sku", "catalog_availability"]
}
