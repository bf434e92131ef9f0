package import SuiroDomain
import Yams

/// The catalogue of what can be moved, as it ships: data with a version, because it changes without notice (OP-07).
package enum MobilityFile {
    /// Read once; a file that cannot be read stops the program, because guessing would be worse (S-31).
    package static let shipped: Result<MobilityCatalog, any Error> = Result { try read() }

    private static func read() throws -> MobilityCatalog {
        let file = try YAMLDecoder().decode(File.self, from: Assets.text("Catalog/service-moves.yaml"))
        return MobilityCatalog(
            version: file.version,
            services: file.services.map { entry in
                ServiceMobility(
                    service: entry.service,
                    verdict: entry.verdict,
                    flags: entry.flags,
                    source: entry.source
                )
            }
        )
    }

    private struct File: Decodable {
        let version: String
        let services: [Entry]
    }

    private struct Entry: Decodable {
        let service: String
        let verdict: ServiceVerdict
        let flags: [ServiceMobility.Flag]
        let source: String
    }
}
