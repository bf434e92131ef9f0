import FoundationEssentials
import SuiroAssets
import SuiroDomain

/// The texts of the vendor's agreements that ship with the program.
struct AgreementTemplates: Sendable {
    private struct Row: Decodable {
        let id: String
        let kind: AgreementKind
        let rank: Int
        let document: String
    }

    let all: [AgreementTemplate]

    static func read() throws -> AgreementTemplates {
        let rows = try JSONDecoder().decode([Row].self, from: Data(try Assets.bytes("Catalog/agreements.json")))
        return AgreementTemplates(
            all: rows.compactMap { row in
                ID(row.id).map { AgreementTemplate(id: $0, kind: row.kind, rank: row.rank, document: row.document) }
            }
        )
    }

    func named(_ id: ID<AgreementTemplate>) throws -> AgreementTemplate {
        guard let found = all.first(where: { $0.id == id }) else {
            throw Refusal.notFound(.agreementTemplate, "\(id)")
        }
        return found
    }
}
