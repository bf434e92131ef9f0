import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// A package wherever it is on its way from the program's files to the rules that hold (SM-14).
package struct PackageView: Codable, Sendable {
    /// Of a package that ships with the program, its name.
    package let id: String
    package let package: PolicyPackage
    package let stage: PackageStage
    package let draftedAt: Instant?
    package let effective: Instant?
    /// What people call the edition it made.
    package let editionName: String?
    package let announcement: ID<Announcement>?
    /// The text it was read from, where that was kept.
    package let text: String?
    /// What keeps it from being announced.
    package let faults: [InputFault]
}

/// What a text says before anybody keeps it.
package struct PackageCheck: Sendable {
    package let name: String?
    package let rows: [PolicyRow]
    package let faults: [InputFault]
    package let changes: [PolicyChange]
}

extension PartnerService {
    /// The packages that ship with the program, then everything that was drafted, the newest first.
    package func packages(_ context: CallContext) async throws -> [PackageView] {
        try await read(context, .readPackages, in: .system) { tx in
            try PolicyFiles.names().map { try shipped($0, tx) } + tx.drafts().map { try view($0, tx) }
        }
    }

    /// A draft by its id, or a shipped package by its name.
    package func package(_ id: String, _ context: CallContext) async throws -> PackageView {
        try await read(context, .readPackages, in: .system) { tx in try find(id, tx) }
    }

    /// Everything that is wrong with a text, and what it would change today; keeps nothing.
    package func checkPackage(_ text: String, _ context: CallContext) async throws -> PackageCheck {
        try await read(context, .draftPolicy, in: .system) { tx in
            let book = try deliberation(tx).book
            switch PolicyFiles.read(text) {
            case .failure(let failure):
                return PackageCheck(name: nil, rows: [], faults: failure.faults, changes: [])
            case .success(let package):
                let now = tx.permit.intent.at
                let next = book.publishing(package, effective: now)
                return PackageCheck(
                    name: package.name,
                    rows: package.rows,
                    faults: package.faults(over: book),
                    changes: book.changes(to: next, in: cloud, from: now)
                )
            }
        }
    }

    /// Keeps a package as a draft, or says everything that is wrong with it.
    package func draftPackage(_ text: String, _ context: CallContext) async throws -> PackageView {
        let package: PolicyPackage
        switch PolicyFiles.read(text) {
        case .success(let read): package = read
        case .failure(let failure): throw Refusal.invalid(failure.faults)
        }
        return try await write(context, .draftPolicy, in: .system) { tx, _ in
            let draft = PackageDraft(
                id: environment.newUUID().lowercased,
                package: package,
                draftedAt: tx.permit.intent.at,
                text: text
            )
            try tx.insert(draft)
            try tx.record(.policyDrafted(draft.id), Remark(details: ["package": package.name]))
            return try view(draft, tx)
        }
    }

    /// The text of a package that ships with the program and is not installed: the policy owner drafts from it.
    package func shippedPackage(_ name: String) throws -> String {
        guard try PolicyFiles.names().contains(name) else { throw Refusal.notFound(.policyPackage, name) }
        return try PolicyFiles.text(name)
    }

    func find(_ id: String, _ tx: Transaction) throws -> PackageView {
        if let draft = try tx.draft(id) { return try view(draft, tx) }
        guard try PolicyFiles.names().contains(id) else { throw Refusal.notFound(.policyPackage, id) }
        return try shipped(id, tx)
    }

    private func shipped(_ name: String, _ tx: Transaction) throws -> PackageView {
        let package = try PolicyFiles.shipped(name)
        return PackageView(
            id: name,
            package: package,
            stage: .shipped,
            draftedAt: nil,
            effective: nil,
            editionName: nil,
            announcement: nil,
            text: try PolicyFiles.text(name),
            faults: package.faults(over: try deliberation(tx).book)
        )
    }

    private func view(_ draft: PackageDraft, _ tx: Transaction) throws -> PackageView {
        let book = try deliberation(tx).book
        let stage = PackageStage(
            effective: draft.effective,
            isWithdrawn: draft.withdrawnEdition != nil,
            package: draft.package,
            book: book,
            at: tx.permit.intent.at
        )
        let edition = draft.publishedEdition
        return PackageView(
            id: draft.id,
            package: draft.package,
            stage: stage,
            draftedAt: draft.draftedAt,
            effective: draft.effective,
            editionName: try edition.map { try self.book($0, tx).name },
            announcement: try edition.flatMap { number in
                try tx.announcements().first { $0.edition == number }?.id
            },
            text: draft.text,
            faults: edition == nil ? draft.package.faults(over: book) : []
        )
    }
}
