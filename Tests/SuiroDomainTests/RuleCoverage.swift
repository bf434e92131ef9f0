import Foundation
import Testing

enum RuleCoverage {
    static let seed = (1...31).map { String(format: "S-%02d", $0) }
    static let relationships = (1...32).map { String(format: "REL-%02d", $0) }

    /// LC-07, that the provider suspends a customer by itself, is nobody's to do here.
    static let lifecycle = (1...21).map { String(format: "LC-%02d", $0) }.filter { $0 != "LC-07" }

    static let decidedHere = Set(
        seed + lifecycle.filter { $0 != "LC-18" } + [
            "REL-01", "REL-04", "REL-05", "REL-08", "REL-09", "REL-10", "REL-11", "REL-12", "REL-14", "REL-15",
            "REL-16",
            "REL-18", "REL-20", "REL-22", "REL-23", "REL-24", "REL-29", "REL-30",
        ]
    )

    static let needARunningServer: Set<String> = [
        "LC-18", "REL-02", "REL-03", "REL-06", "REL-07", "REL-13", "REL-17", "REL-19", "REL-21", "REL-25", "REL-26",
        "REL-27",
        "REL-28", "REL-31", "REL-32",
    ]
}

@Suite struct RuleCoverageTests {
    @Test func `every rule is decided here or needs a running server`() {
        #expect(RuleCoverage.decidedHere.isDisjoint(with: RuleCoverage.needARunningServer))
        let all = Set(RuleCoverage.seed + RuleCoverage.relationships + RuleCoverage.lifecycle)
        #expect(RuleCoverage.decidedHere.union(RuleCoverage.needARunningServer) == all)
    }

    @Test func `a rule that is decided here has a test that bears its name`() throws {
        try check(RuleCoverage.decidedHere, in: "SuiroDomainTests")
    }

    @Test func `a rule that needs a running server has a test that bears its name`() throws {
        try check(RuleCoverage.needARunningServer, in: "SuiroServiceTests")
    }

    private func check(_ rules: Set<String>, in tests: String) throws {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(tests)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let sources = try files.filter { $0.pathExtension == "swift" }.map {
            try String(contentsOf: $0, encoding: .utf8)
        }
        for id in rules.sorted() {
            #expect(sources.contains { $0.contains("func `\(id) ") }, "\(id)")
        }
    }
}
