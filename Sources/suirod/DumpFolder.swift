import Foundation
import SuiroService

/// A folder with what was dumped, however deep. Everything is read before anything is written.
struct DumpFolder {
    private static let endings = ["json", "jsonl", "ndjson", "csv", "txt"]
    private let root: String
    private let files: [String]
    /// Files that are no dump by their ending.
    let unread: [String]

    init(_ path: String) throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw Complaint("There is no folder \(path).")
        }
        guard isDirectory.boolValue else { throw Complaint("\(path) is a file; --from names the folder it is in.") }
        guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil,
            let found = FileManager.default.enumerator(atPath: path)
        else { throw Complaint("\(path) cannot be read.") }
        var names: [String] = []
        for case let name as String in found {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { names.append(name) }
        }
        root = path
        let shown = names.sorted().filter { !$0.split(separator: "/").contains { part in part.hasPrefix(".") } }
        files = shown.filter(Self.isDump)
        unread = shown.filter { !Self.isDump($0) }
    }

    private static func isDump(_ name: String) -> Bool {
        guard let ending = name.split(separator: ".").last else { return false }
        return endings.contains(ending.lowercased())
    }

    /// Reads every file. One that breaks off, or is not what its ending says, stops the import before it begins: what is
    /// missing from it would be missing here, and nobody would know.
    func read() throws -> [DumpFile] {
        guard !files.isEmpty else { throw Complaint("There is no JSON or CSV file in \(root).") }
        var read: [DumpFile] = []
        var broken: [String] = []
        for name in files {
            guard let data = FileManager.default.contents(atPath: root + "/" + name) else {
                broken.append("\(name): cannot be read")
                continue
            }
            do {
                read.append(try DumpFile(path: name, bytes: [UInt8](data)))
            } catch {
                broken.append("\(name): \(error)")
            }
        }
        guard broken.isEmpty else {
            throw Complaint("Nothing was imported.\n" + broken.joined(separator: "\n"))
        }
        return read
    }
}
