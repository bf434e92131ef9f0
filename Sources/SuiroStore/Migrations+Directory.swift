extension Migrations {
    /// Customers' directories: users, who has which role, and who has which licence of which product.
    static let directory = Step(
        name: "0024-directory",
        statements: [
            """
            CREATE TABLE directory_user (
                customer_id TEXT NOT NULL REFERENCES organization (id),
                id TEXT NOT NULL,
                principal_name TEXT NOT NULL CHECK (length(principal_name) BETWEEN 3 AND 320),
                principal_key TEXT NOT NULL,
                first_name TEXT,
                last_name TEXT,
                display_name TEXT NOT NULL,
                display_key TEXT NOT NULL,
                usage_location TEXT CHECK (length(usage_location) = 2),
                immutable_id TEXT,
                phone_number TEXT,
                deleted_at TEXT CHECK (length(deleted_at) = 24),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0),
                PRIMARY KEY (customer_id, id)
            )
            """,
            // Of a name that was deleted another user may be made; the deleted one then cannot come back under it.
            """
            CREATE UNIQUE INDEX directory_user_name ON directory_user (customer_id, principal_key)
            WHERE deleted_at IS NULL
            """,
            """
            CREATE TABLE directory_role_member (
                customer_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                role TEXT NOT NULL,
                added_at TEXT NOT NULL CHECK (length(added_at) = 24),
                PRIMARY KEY (customer_id, user_id, role),
                FOREIGN KEY (customer_id, user_id) REFERENCES directory_user (customer_id, id)
            )
            """,
            """
            CREATE TABLE user_license (
                customer_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                product_id TEXT NOT NULL,
                excluded TEXT NOT NULL,
                assigned_at TEXT NOT NULL CHECK (length(assigned_at) = 24),
                PRIMARY KEY (customer_id, user_id, product_id),
                FOREIGN KEY (customer_id, user_id) REFERENCES directory_user (customer_id, id)
            )
            """,
            "CREATE INDEX user_license_product ON user_license (customer_id, product_id)",
            """
            CREATE TABLE license_product (
                part_number TEXT NOT NULL PRIMARY KEY,
                id TEXT NOT NULL,
                name TEXT NOT NULL,
                plans TEXT NOT NULL
            )
            """,
        ]
    )
}
