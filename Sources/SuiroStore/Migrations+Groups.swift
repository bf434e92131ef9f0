extension Migrations {
    /// A partner's security groups and who is in them: what the roles of a relationship are given to.
    static let groups = Step(
        name: "0017-groups",
        statements: [
            // A member is of the group's own tenant: the reference below cannot point anywhere else.
            "CREATE UNIQUE INDEX person_of_tenant ON person (id, tenant_id)",
            """
            CREATE TABLE partner_group (
                tenant_id TEXT NOT NULL REFERENCES organization (id),
                id TEXT NOT NULL,
                name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 256),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0),
                PRIMARY KEY (tenant_id, id)
            )
            """,
            """
            CREATE TABLE partner_group_member (
                tenant_id TEXT NOT NULL,
                group_id TEXT NOT NULL,
                person_id TEXT NOT NULL,
                added_at TEXT NOT NULL CHECK (length(added_at) = 24),
                PRIMARY KEY (tenant_id, person_id, group_id),
                FOREIGN KEY (tenant_id, group_id) REFERENCES partner_group (tenant_id, id),
                FOREIGN KEY (person_id, tenant_id) REFERENCES person (id, tenant_id)
            )
            """,
            "CREATE INDEX partner_group_member_group ON partner_group_member (tenant_id, group_id)",
        ]
    )
}
