package import Foundation
import Testing

/// Expected texts kept as files beside the tests; `make goldens` writes them anew, and a change is read like code.
package enum Golden {
    package static func compare(_ text: String, with name: String, beside file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Goldens")
        try compare(text, with: name, in: folder)
    }

    package static func compare(_ text: String, with name: String, in folder: URL) throws {
        let path = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["SUIRO_REWRITE_GOLDENS"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: path)
            return
        }
        let expected = try String(contentsOf: path, encoding: .utf8)
        guard text != expected else { return }
        let pairs = zip(text.split(separator: "\n"), expected.split(separator: "\n"))
        let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
        Issue.record(
            "\(name) differs first at line \((first?.offset ?? 0) + 1): '\(first?.element.0 ?? "")' was '\(first?.element.1 ?? "")'"
        )
    }
}
