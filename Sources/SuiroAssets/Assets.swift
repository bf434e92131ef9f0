import Foundation

/// Files that ship beside the programs: words, policies, style, the OpenAPI document.
package enum Assets {
    package enum Failure: Error, CustomStringConvertible {
        case missing(String)

        package var description: String {
            switch self {
            case .missing(let path): "The file Resources/\(path) that ships with this program is missing."
            }
        }
    }

    /// The bytes of `Resources/<path>`.
    package static func bytes(_ path: String) throws -> [UInt8] {
        guard let root = Bundle.module.resourceURL,
            let data = try? Data(contentsOf: root.appendingPathComponent("Resources/" + path))
        else { throw Failure.missing(path) }
        return Array(data)
    }

    package static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The names in `Resources/<folder>`, sorted.
    package static func names(in folder: String) throws -> [String] {
        guard let root = Bundle.module.resourceURL,
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: root.appendingPathComponent("Resources/" + folder).path
            )
        else { throw Failure.missing(folder) }
        return names.sorted()
    }
}
