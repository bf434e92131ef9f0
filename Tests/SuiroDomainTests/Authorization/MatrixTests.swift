import Foundation
import SuiroDomain
import Testing

/// The gate against a model that was written from the domain alone (Tests/Matrix/model.py). Both enumerate the same
/// cells; `decisions.txt` is what the model decides.
@Suite struct MatrixTests {
    private static let golden: [String] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Matrix/decisions.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }()

    @Test func `D-02: the model and the gate speak of the same actions, roles and situations`() throws {
        let matrix = try Matrix()
        #expect(Array(Self.golden.prefix(2)) == matrix.head)
        let actions = Self.golden.dropFirst(2).map { String($0.prefix { $0 != " " }) }
        #expect(Set(actions) == Set(Action.allCases.map(\.rawValue)))
        #expect(matrix.cells > 6_000_000)
    }

    @Test(arguments: Action.allCases)
    func `D-02: every cell is decided as the model decides it`(action: Action) throws {
        let matrix = try Matrix()
        let theirs = Self.golden.filter { $0.hasPrefix("\(action.rawValue) ") }
        let mine = matrix.lines(of: action)
        #expect(mine.count == theirs.count)
        for (mine, theirs) in zip(mine, theirs) where mine != theirs {
            Issue.record("\(matrix.difference(mine, theirs))")
        }
    }
}
