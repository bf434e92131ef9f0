extension Migrations {
    /// Qualifications, validations and domains of customers.
    static let vetting: [Step] = []
    /// Their tables (see `Migrations.tables`).
    static let vettingTables: [String] = []
}
