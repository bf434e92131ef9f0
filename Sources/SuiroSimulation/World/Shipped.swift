import SuiroAssets
import SuiroDomain

/// What ships with the program, read once.
enum Shipped {
    static let first = book("2017-06")
    static let later = package("2026")
    static let mobility: MobilityCatalog = {
        do {
            return try MobilityFile.shipped.get()
        } catch {
            preconditionFailure("the catalogue of services cannot be read: \(error)")
        }
    }()

    private static func package(_ name: String) -> PolicyPackage {
        do {
            return try PolicyFiles.shipped(name)
        } catch {
            preconditionFailure("the package \(name) cannot be read: \(error)")
        }
    }

    private static func book(_ name: String) -> PolicyBook {
        PolicyBook(edition: 1, name: name, rows: package(name).rows)
    }
}
