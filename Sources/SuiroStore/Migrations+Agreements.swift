extension Migrations {
    /// Agreements with the vendor and their confirmation by the customer; incidents of its services.
    static let agreements: [Step] = []
    /// Their tables (see `Migrations.tables`).
    static let agreementsTables: [String] = []
}
