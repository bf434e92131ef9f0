import Crypto
import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// Calls its argument with one piece of a file after another.
package typealias Pieces = @Sendable (@escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void

extension PartnerService {
    /// Imports usage or cost rows, and the subscriptions they name as observed ones (S-06, S-11). All rows or none; the
    /// same file twice changes nothing; a newer statement of a month replaces the older one.
    package func importUsage(
        _ format: UsageFormat,
        for customer: ID<Customer>,
        _ context: CallContext,
        _ pieces: Pieces
    ) async throws -> ImportReport {
        // Who may not import is turned away before the first byte is read.
        try await read(context, .importUsage, in: .customer(customer)) { _ in }
        let intake = UsageIntake(format: format)
        try await pieces { try await intake.take($0) }
        let (statement, digest) = try await intake.finish()
        let context = context.carrying("\(format.rawValue) \(digest)")
        return try await write(context, .importUsage, in: .customer(customer)) { tx, _ in
            if var known = try tx.completedImport(digest: digest, format: format.rawValue, for: customer) {
                known.isRepeat = true
                return known
            }
            var report = ImportReport(
                id: environment.newUUID().lowercased,
                format: format.rawValue,
                at: tx.permit.intent.at
            )
            (report.rows, report.rejected, report.rejections) =
                (statement.rows, statement.rejected, statement.rejections)
            report.state = statement.rejected == 0 ? .completed : .rejected
            if report.state == .completed {
                report.totals = statement.totals
                report.subscriptions = Set(statement.sums.keys.map(\.account)).count
            }
            try tx.insert(report, digest: digest, by: context.caller.tenant, for: customer)
            if report.state == .completed {
                try keep(statement, for: customer, import: report.id, tx)
                try announceBudgets(of: customer, tx)
            }
            try tx.record(
                .usageImported(report.id),
                Remark(
                    customer: customer,
                    details: [
                        "format": format.rawValue, "rows": "\(report.rows)", "rejected": "\(report.rejected)",
                        "state": report.state.rawValue,
                    ],
                    hasSucceeded: report.state == .completed
                )
            )
            return report
        }
    }

    /// Imports products and their service plans. All or none.
    package func importCatalog(_ context: CallContext, _ pieces: Pieces) async throws -> ImportReport {
        // The catalogue serves every partner: outside the sandbox only the vendor's people change it.
        try await read(context, .importCatalog, in: .system) { tx in
            guard isSandbox || tx.permit.principal?.kind.isPartner != true else {
                throw Refusal.accessDenied(missing: "vendor")
            }
        }
        let intake = CatalogIntake()
        try await pieces { try await intake.take($0) }
        let (catalog, digest) = try await intake.finish()
        let context = context.carrying(digest)
        return try await write(context, .importCatalog, in: .system) { tx, _ in
            var report = ImportReport(
                id: environment.newUUID().lowercased,
                format: "licensing-csv",
                at: tx.permit.intent.at
            )
            if var known = try tx.completedImport(digest: digest, format: report.format, for: nil) {
                known.isRepeat = true
                return known
            }
            (report.rows, report.rejected, report.rejections) = (catalog.rows, catalog.rejected, catalog.rejections)
            report.state = catalog.rejected == 0 ? .completed : .rejected
            report.products = report.state == .completed ? catalog.offers.count : 0
            if report.state == .completed {
                for offer in catalog.offers.values.sorted(by: { $0.id < $1.id }) { try tx.save(offer) }
                for product in catalog.products.values { try tx.save(product) }
            }
            try tx.insert(report, digest: digest, by: context.caller.tenant, for: nil)
            try tx.record(
                .catalogImported(report.id),
                Remark(
                    details: ["products": "\(report.products)", "rejected": "\(report.rejected)"],
                    hasSucceeded: report.state == .completed
                )
            )
            return report
        }
    }

    package func importReport(_ id: String, _ context: CallContext) async throws -> ImportReport {
        let tenant = try context.tenant
        return try await read(context, .readImport, in: .tenant(tenant)) { tx in
            guard let report = try tx.importReport(id.lowercased(), visibleTo: tenant) else {
                throw Refusal.notFound(.import, String(id.prefix(80)))
            }
            return report
        }
    }
}

/// Takes a usage file in as it arrives.
private actor UsageIntake {
    private var statement: UsageStatement
    private var reader = CSVReader()
    private var hash = SHA256()
    private var isBroken = false

    init(format: UsageFormat) {
        statement = UsageStatement(format: format)
    }

    func take(_ bytes: [UInt8]) throws {
        hash.update(data: bytes)
        guard !isBroken else { return }
        do {
            var records: [CSVReader.Record] = []
            defer { for record in records { statement.take(record) } }
            try reader.read(bytes) { records.append($0) }
        } catch let fault as CSVReader.Fault {
            note(fault)
        }
    }

    func finish() throws -> (UsageStatement, String) {
        if !isBroken {
            do {
                try reader.finish { statement.take($0) }
            } catch let fault as CSVReader.Fault {
                note(fault)
            }
        }
        if !statement.hasHeader { statement.reject([.init(line: 1, column: "", value: "", reason: "missingHeader")]) }
        return (statement, hash.finalize().hexadecimal)
    }

    private func note(_ fault: CSVReader.Fault) {
        isBroken = true
        statement.reject([fault.rejection])
    }
}

/// Takes a catalogue file in as it arrives.
private actor CatalogIntake {
    private var catalog = LicenseCatalog()
    private var reader = CSVReader()
    private var hash = SHA256()
    private var isBroken = false

    func take(_ bytes: [UInt8]) throws {
        hash.update(data: bytes)
        guard !isBroken else { return }
        do {
            var records: [CSVReader.Record] = []
            try reader.read(bytes) { records.append($0) }
            for record in records { catalog.take(record) }
        } catch let fault as CSVReader.Fault {
            note(fault)
        }
    }

    func finish() throws -> (LicenseCatalog, String) {
        if !isBroken {
            do {
                try reader.finish { catalog.take($0) }
            } catch let fault as CSVReader.Fault {
                note(fault)
            }
        }
        if !catalog.hasHeader { catalog.reject(1, "", "", "missingHeader") }
        return (catalog, hash.finalize().hexadecimal)
    }

    private func note(_ fault: CSVReader.Fault) {
        isBroken = true
        catalog.reject(fault.rejection.line, "", "", fault.rejection.reason)
    }
}

extension CSVReader.Fault {
    fileprivate var rejection: ImportReport.Rejection {
        switch self {
        case .quoting(let line): .init(line: line, column: "", value: "", reason: "quoting")
        case .recordTooLong(let line): .init(line: line, column: "", value: "", reason: "recordTooLong")
        case .notUTF8(let line): .init(line: line, column: "", value: "", reason: "notUTF8")
        case .nul(let line): .init(line: line, column: "", value: "", reason: "nul")
        }
    }
}
