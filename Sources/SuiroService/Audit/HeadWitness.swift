import Foundation
package import SuiroStore

/// A file outside of the database that heads are appended to, one line a head: what has been handed over cannot be taken
/// back there. Put it on another machine, or where only appending is allowed.
package struct HeadWitness: Sendable {
    private let path: String

    /// A file, or a folder that it is kept in.
    package init(_ place: String, cloud: String) {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
        path = isFolder.boolValue ? "\(place)/audit-heads-\(cloud).jsonl" : place
    }

    /// The number of the last head that the file has.
    func last() throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return HeadFile.read(text).map(\.number).max() ?? 0
    }

    func append(_ heads: [KeptHead]) throws {
        guard !heads.isEmpty else { return }
        let descriptor = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw HeadKey.Fault(description: "The witness \(path) cannot be written.") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(try HeadFile.lines(heads).utf8))
        try handle.synchronize()
    }
}

/// Heads as lines of JSON.
package enum HeadFile {
    package static func lines(_ heads: [KeptHead]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try heads.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    }

    /// Lines that are no heads are passed over here; the verifier misses the heads that they should have been.
    package static func read(_ text: String) -> [KeptHead] {
        text.split(separator: "\n").compactMap { try? JSONDecoder().decode(KeptHead.self, from: Data($0.utf8)) }
    }
}
