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
            let ours = match.3.matches(of: #/"((?:Suiro|CPostgres|suiro)[A-Za-z-]*)"/#).map { String($0.1) }
            rooms[String(match.2)] = Set(ours)
        }
        return rooms
    }

    @Test func `ARCHITECTURE.md names every room and who may import whom`() throws {
        let declared = try Self.declared()
        #expect(declared.count > 10)
        #expect(try Self.documented() == declared)
    }

    @Test func `the domain imports nothing but FoundationEssentials`() throws {
        let folder = Self.root.appendingPathComponent("Sources/SuiroDomain")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            let imports = text.matches(of: #/^(?:package )?import (\w+)/#.anchorsMatchLineEndings()).map {
                String($0.1)
            }
            #expect(imports.allSatisfy { $0 == "FoundationEssentials" }, "\(file)")
        }
    }

    @Test func `only the store speaks SQL, and only the server knows Hummingbird`() throws {
        let sources = Self.root.appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
            if !file.hasPrefix("SuiroStore/") {
                #expect(!text.contains("import GRDB") && !text.contains("import CPostgres"), "\(file)")
            }
            if !file.hasPrefix("SuiroServer/") { #expect(!text.contains("import Hummingbird"), "\(file)") }
        }
    }
}
