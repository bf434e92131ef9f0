import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroStore

extension PartnerService {
    /// What every database has: the vendor and its people, the default policy package, and offers to order. Runs at
    /// each start and changes nothing the second time.
    package func install() async throws {
        try await claimDatabase()
        let package = try PolicyFiles.shipped(PolicyFiles.defaultPackage)
        let offers = try JSONDecoder().decode([Offer].self, from: Data(try Assets.bytes("Catalog/offers.json")))
        let products = try JSONDecoder().decode(
            [LicenseProduct].self,
            from: Data(try Assets.bytes("Catalog/license-products.json"))
        )
        let catalogue = try ShippedCatalogue.read()
        _ = try await writeAsSystem { tx in
            if try tx.vendor() == nil { try installVendor(tx) }
            if try tx.newestEdition() == nil {
                try tx.insert(
                    PolicyBook(edition: 1, rows: package.rows),
                    from: package.name,
                    effective: tx.permit.intent.at
                )
            } else {
                try supplement(package, tx)
            }
            for offer in offers where try tx.offer(offer.id) == nil { try tx.save(offer) }
            try catalogue.install(tx)
            for product in products where try tx.licenseProduct(product.partNumber) == nil { try tx.save(product) }
            return true
        }
    }

    /// A database of an earlier version knows nothing about keys that the program has learnt to ask for since; without
    /// them everything that asks would be refused. What is said about other keys is not touched.
    private func supplement(_ package: PolicyPackage, _ tx: Transaction) throws {
        let book = try deliberation(tx).book
        let known = Set(book.rows.map(\.key))
        let rows = package.rows.filter { !known.contains($0.key) }
        guard !rows.isEmpty else { return }
        let now = tx.permit.intent.at
        let added = PolicyPackage(name: package.name, title: package.title, summary: package.summary, rows: rows)
        let next = book.publishing(added, effective: now)
        let draft = PackageDraft(
            id: environment.newUUID().lowercased,
            package: added,
            draftedAt: now,
            text: nil
        )
        try tx.insert(next, from: package.name, effective: now)
        try tx.insert(draft)
        try tx.publish(draft, as: next.edition)
        let keys = Array(Set(rows.map(\.key))).sorted().joined(separator: ", ")
        try tx.record(
            .policyPublished(edition: next.edition),
            Remark(edition: next.edition, details: ["package": package.name, "keys": keys])
        )
    }

    private func installVendor(_ tx: Transaction) throws {
        let vendor = Organization(
            id: environment.newID(),
            kind: .vendor,
            name: "Microsoft",
            domain: "vendor.example",
            country: "US",
            language: .en,
            createdAt: tx.permit.intent.at
        )
        try tx.insert(vendor)
        let people: [(String, Language, Role)] = [
            ("Sofia Lindqvist", .en, .policyOwner), ("Amara Osei", .en, .auditor), ("Noor Haddad", .en, .operator),
        ]
        for (name, language, role) in people {
            let mail = name.lowercased().replacing(" ", with: ".") + "@vendor.example"
            try tx.insert(
                Person(
                    id: environment.newID(),
                    tenant: vendor.id,
                    name: name,
                    mail: mail,
                    language: language,
                    roles: [role]
                )
            )
        }
    }
}
