import Foundation
import SuiroCommand
import Testing

@Suite struct ErrorCodeTests {
    @Test func `a code is explained without a server, in either language`() async {
        let outcome = await Rehearsal(answer: { _ in .ok("{}") }).run("explain", "800024", "-o", "json")
        #expect(outcome.out.contains("not eligible"))
        #expect(outcome.calls.isEmpty)
        #expect(outcome.status == .ok)
    }

    @Test func `of a code that is not known the nearest are named`() async {
        let outcome = await Rehearsal(answer: { _ in .ok("{}") }).run("explain", "800099")
        #expect(outcome.status == .notFound)
        #expect(outcome.err.contains("800098"))
        #expect(outcome.calls.isEmpty)
    }

    @Test func `every code that the server answers is explained`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/SuiroAPI/Fault.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        let pattern = /\(\.[a-zA-Z]+, ([0-9_]+)[,)]/
        let answered = text.matches(of: pattern).compactMap { Int($0.output.1.replacing("_", with: "")) }
        #expect(answered.count > 40)
        let known = Set(ErrorCode.all.map(\.code))
        #expect(Set(answered).subtracting(known).isEmpty)
        #expect(known.count == ErrorCode.all.count)
    }

    @Test func `all 227 codes that the vendor publishes are explained, each once`() {
        #expect(ErrorCode.all.count == 227)
        #expect(Set(ErrorCode.all.map(\.code)).count == 227)
        for code in [0, 2006, 10012, 13605, 500_600, 600_074, 800_069, 900_148, 900_203] {
            #expect(ErrorCode.all.contains { $0.code == code }, "\(code)")
        }
    }

    @Test func `what a code means and what to do are whole sentences in both languages`() {
        for code in ErrorCode.all {
            for sentence in [code.meaning, code.advice] {
                #expect(sentence.english.last == ".", "\(code.code)")
                #expect(sentence.japanese.last == "。", "\(code.code)")
            }
        }
    }
}
