import ArgumentParser
import Foundation

struct Explain: Act {
    static let configuration = CommandConfiguration(
        abstract: "Explain an answer, a rule, an error code, or the exit codes / 応答、規則、エラー コード、終了コードを説明します",
        discussion: """
            suiro explain 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b
            suiro explain S-16
            suiro explain 800024
            suiro explain exit-codes
            """
    )

    @Argument(
        help: """
            MS-CorrelationId, id of a rule, code of an error, or exit-codes / MS-CorrelationId、規則の ID、エラー コード、または \
            exit-codes
            """
    )
    var subject: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        if subject == "exit-codes" {
            exitCodes(session)
        } else if let code = Int(subject) {
            try error(code, session)
        } else if UUID(uuidString: subject) != nil {
            try await decision(session)
        } else {
            try await rule(session)
        }
    }

    private func exitCodes(_ session: Session) {
        let codes = Ending.allCases.map { status -> JSON in
            ["code": .number(String(status.rawValue)), "meaning": .string(session.words("exit.\(status)"))]
        }
        session.printer.list(codes, as: Listing([Column("code"), Column("meaning")], id: "code"))
    }

    /// What a code says; the server is not asked.
    private func error(_ code: Int, _ session: Session) throws {
        guard let known = ErrorCode.all.first(where: { $0.code == code }) else {
            let near = ErrorCode.near(code).map(String.init).joined(separator: ", ")
            throw Failure(.notFound, "explain.noCode", ["code": subject, "near": near])
        }
        let language = session.words.language
        let item: JSON = [
            "code": .number(String(known.code)), "status": .number(String(known.status)),
            "meaning": .string(known.meaning[language]), "next": .string(known.advice[language]),
        ]
        session.printer.record(item, as: .errorCode)
    }

    /// Every rule that was read for one request.
    private func decision(_ session: Session) async throws {
        let path: Path = "/multichannel/v1/decisions/\(subject.lowercased())"
        let decision = try await session.client().get(path)
        let printer = session.printer
        guard printer.format == .table || printer.format == .wide else {
            if printer.format == .json { return printer.record(decision, as: .decision) }
            return printer.list(rules(of: decision), as: .decisionRules)
        }
        printer.record(decision, as: .decision)
        let rules = rules(of: decision)
        guard !rules.isEmpty else { return }
        session.terminal.write("\n")
        printer.list(rules, as: .decisionRules)
    }

    private func rules(of decision: JSON) -> [JSON] {
        ["items", "rules", "decisions", "reads"].lazy.map { decision[$0].elements }.first { !$0.isEmpty } ?? []
    }

    private func rule(_ session: Session) async throws {
        let rows = try await session.client().all("/multichannel/v1/policies").filter { row in
            let names = (row["rule"].text ?? "").split { " ,;/".contains($0) }
            return names.contains { $0.lowercased() == subject.lowercased() }
        }
        guard !rows.isEmpty else { throw Failure(.notFound, "explain.nothing", ["subject": subject]) }
        session.printer.list(rows, as: .policyRows)
    }
}

extension Listing {
    fileprivate static let errorCode = Listing(
        [Column("code"), Column("status"), Column("meaning"), Column("next")],
        id: "code"
    )

    fileprivate static let decision = Listing(
        [
            Column("correlationId"), Column("requestId"), Column("at", "at", .instant), Column("operation"),
            Column("method"), Column("path"), Column("caller"), Column("customer", "customerId"),
            Column("verdict", "verdict", .word("verdict")), Column("rule"), Column("reason"),
            Column("edition", "policyEdition"),
        ],
        id: "correlationId"
    )

    fileprivate static let decisionRules = Listing(
        [
            Column("rule"), Column("key"), Column("value"), Column("verdict", "verdict", .word("verdict")),
            Column("text"), Column("row", wide: true), Column("policyRow", wide: true), Column("scope", wide: true),
            Column("reason", wide: true), Column("source", wide: true), Column("edition", wide: true),
        ],
        id: "rule"
    )
}
