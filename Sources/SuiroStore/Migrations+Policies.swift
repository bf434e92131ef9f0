extension Migrations {
    /// An announced package can be taken back; the edition that did so is kept beside the one that announced it.
    static let withdrawals = Step(
        name: "0009-policy-withdrawals",
        statements: [
            """
            ALTER TABLE policy_package ADD COLUMN withdrawn_edition BIGINT REFERENCES policy_edition (edition)
                CHECK (withdrawn_edition IS NULL OR published_edition IS NOT NULL)
            """
        ]
    )
}
