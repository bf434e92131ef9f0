import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroStore

extension PartnerService {
    /// What every database has: the vendor and its people, the default policy package, and offers to order. Runs at
    /// each start and changes nothing the second time.
    package func install() async throws {
        let package = try PolicyFiles.shipped(PolicyFiles.defaultPackage)
        let offers = try JSONDecoder().decode([Offer].self, from: Data(try Assets.bytes("Catalog/offers.json")))
        _ = try await writeAsSystem { tx in
            if try tx.vendor() == nil { try installVendor(tx) }
            if try tx.newestEdition() == nil {
                try tx.insert(
                    PolicyBook(edition: 1, rows: package.rows),
                    from: package.name,
                    effective: tx.permit.intent.at
                )
            }
            if try tx.offers(offset: 0, limit: 1).isEmpty {
                for offer in offers { try tx.save(offer) }
            }
            return true
        }
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
