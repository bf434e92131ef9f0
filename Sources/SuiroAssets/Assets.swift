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
        guard let data = try? Data(contentsOf: root.appendingPathComponent(path)) else { throw Failure.missing(path) }
        return Array(data)
    }

    package static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The names in `Resources/<folder>`, sorted.
    package static func names(in folder: String) throws -> [String] {
        guard
            let names = try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        else { throw Failure.missing(folder) }
        return names.sorted()
    }

    /// Not `resourceURL`: that is the bundle itself or the folder `Resources` in it, depending on the bundle's shape.
    private static var root: URL { Bundle.module.bundleURL.appendingPathComponent("Resources") }
}
