import Foundation
import Testing

/// Holds what is written about the rooms against what the package says.
@Suite struct ArchitectureTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// `target: what it imports of ours`, from the table in ARCHITECTURE.md: `| SuiroAPI | SuiroDomain, … |`.
    private static func documented() throws -> [String: Set<String>] {
        var rooms: [String: Set<String>] = [:]
        for line in try text("ARCHITECTURE.md").split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 3 else { continue }
            let name = cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            let imports = cells[1].split(separator: ",").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            rooms[name] = Set(imports.filter { $0 != "–" })
        }
        return rooms
    }

    /// The same from Package.swift, tests left out.
    private static func declared() throws -> [String: Set<String>] {
        let manifest = try text("Package.swift")
        var rooms: [String: Set<String>] = [:]
        let pattern = #/\.(target|executableTarget)\(\s*name: "([^"]+)"(.*?)swiftSettings/#.dotMatchesNewlines()
        for match in manifest.matches(of: pattern) {
            let ours = match.3.matches(of: #/"((?:Suiro|CPostgres|CSQLite|suiro)[A-Za-z-]*)"/#).map { String($0.1) }
            rooms[String(match.2)] = Set(ours)
        }
        return rooms
    }

    @Test func `ARCHITECTURE.md names every room and who may import whom`() throws {
        let declared = try Self.declared()
        #expect(declared.count > 10)
        #expect(try Self.documented() == declared)
    }

    /// Every Swift file below a folder, however deep, by its path from the root, with its text.
    private static func swiftFiles(under folder: String) throws -> [(path: String, text: String)] {
        let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
        let found = try (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
            .map { ("\(folder)/\($0)", try text("\(folder)/\($0)")) }
        return found
    }

    @Test func `the domain imports nothing but FoundationEssentials`() throws {
        let files = try Self.swiftFiles(under: "Sources/SuiroDomain")
        #expect(files.contains { $0.path.hasPrefix("Sources/SuiroDomain/Moves/") })
        for (path, text) in files {
            let imports = text.matches(of: #/^\s*(?:@\w+ )?(?:\w+ )?import (?:\w+ )?(\w+)/#.anchorsMatchLineEndings())
                .map { String($0.1) }
            #expect(imports.allSatisfy { $0 == "FoundationEssentials" }, "\(path)")
        }
    }

    @Test func `only the store speaks SQL, and only the server knows Hummingbird`() throws {
        for (path, text) in try Self.swiftFiles(under: "Sources") {
            if !path.hasPrefix("Sources/SuiroStore/") {
                #expect(!text.contains("import CSQLite") && !text.contains("import CPostgres"), "\(path)")
            }
            if !path.hasPrefix("Sources/SuiroServer/") { #expect(!text.contains("import Hummingbird"), "\(path)") }
        }
    }

    private static let longestFile = 400

    /// Files that were longer when they were first counted. A line may leave this list, and a number may fall; nothing is
    /// ever added.
    private static let tooLong = [
        "Sources/SuiroDomain/Options.swift": 405,
        "Sources/SuiroStore/Migrations.swift": 410,
    ]

    @Test func `no file is longer than four hundred lines, and those that were do not grow`() throws {
        let files = try Self.swiftFiles(under: "Sources") + Self.swiftFiles(under: "Tests")
        var unseen = Set(Self.tooLong.keys)
        for (path, text) in files {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            unseen.remove(path)
            #expect(lines <= Self.tooLong[path] ?? Self.longestFile, "\(path) has \(lines) lines")
            if Self.tooLong[path] != nil {
                #expect(lines > Self.longestFile, "\(path) has only \(lines) lines: it leaves the list")
            }
        }
        #expect(unseen.isEmpty, "no longer there")
        #expect(Self.tooLong.count <= 2)
    }
}
