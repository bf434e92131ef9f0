extension Migrations {
    /// Devices, their batches and configuration policies.
    static let devices: [Step] = []
    /// Their tables (see `Migrations.tables`).
    static let devicesTables: [String] = []
}
