extension Migrations {
    /// Registrations, activations, transitions and overage of subscriptions.
    static let provisioning: [Step] = []
    /// Their tables (see `Migrations.tables`).
    static let provisioningTables: [String] = []
}
