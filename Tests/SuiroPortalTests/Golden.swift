import Foundation
import Testing

/// Pages as they were agreed on, kept beside the tests. `SUIRO_REWRITE_GOLDENS=1` writes them anew.
enum Golden {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Goldens")

    static func expect(_ page: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appendingPathComponent(name + ".html")
        let page = normalized(page)
        if ProcessInfo.processInfo.environment["SUIRO_REWRITE_GOLDENS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(page.utf8).write(to: file)
            return
        }
        let agreed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard page != agreed else { return }
        let lines = zip(page.split(separator: "\n"), agreed.split(separator: "\n"))
        let difference = lines.first { $0 != $1 }.map { "is:  \($0)\nwas: \($1)" } ?? "one is longer"
        Issue.record("\(name) differs.\n\(difference)", sourceLocation: sourceLocation)
    }

    /// The style sheet may change without the pages changing.
    private static func normalized(_ page: String) -> String {
        page.replacing(/style\.css\?v=[0-9a-f]+/, with: "style.css")
    }

    static var names: Set<String> {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return Set(files.filter { $0.hasSuffix(".html") }.map { String($0.dropLast(5)) })
    }
}
