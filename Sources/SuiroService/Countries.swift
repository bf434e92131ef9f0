import FoundationEssentials
import SuiroAssets
import SuiroDomain

/// The rules for addresses that ship with the program (decision 0044).
enum Countries {
    private static let all: Result<[String: CountryRules], any Error> = Result {
        let rows = try JSONDecoder().decode([CountryRules].self, from: Data(try Assets.bytes("Catalog/countries.json")))
        return Dictionary(rows.map { ($0.country, $0) }) { first, _ in first }
    }

    /// By two letters, in any case.
    static func rules(of country: String) throws -> CountryRules? { try all.get()[country.uppercased()] }
}
