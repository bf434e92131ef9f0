import ArgumentParser
import Foundation

struct RelationshipRequest: Act {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask a customer for a relationship / 顧客に関係を要求します",
        discussion: """
            suiro relationship request --domain mirai.example --to ichiro@mirai.example --name "田中 一郎" \
              --for-language ja --role "Helpdesk administrator" --days 180 --eml request.eml
            """
    )

    @Option(help: "The customer's domain / 顧客のドメイン")
    var domain: String?

    @Option(help: "Mail address of the recipient / 宛先のメール アドレス")
    var to: String?

    @Option(help: "Name of the recipient / 宛先の氏名")
    var name: String?

    @Option(help: ArgumentHelp("Language of the mail / メールの言語", valueName: "ja|en"))
    var forLanguage: Language?

    @Option(help: "A role to ask for; repeat for more / 要求する役割（複数指定可）")
    var role: [String] = []

    @Option(help: "Days the roles last / 役割の有効日数")
    var days: Int?

    @Option(help: "Id of your indirect provider / 間接プロバイダーの ID")
    var provider: String?

    @Flag(inversion: .prefixedNo, help: "Ask for the reseller relationship / 再販業者関係を要求")
    var reseller = true

    @Flag(
        inversion: .prefixedNo,
        help: "Ask for delegated administration; usual without --role / 委任された管理を要求（--role がないときの既定）"
    )
    var delegatedAdmin: Bool?

    @Option(help: "Write the mail to this file (- for output) / メールをこのファイルに書き込む（- は標準出力）", completion: .file())
    var eml: String?

    @Flag(help: "Print the link and nothing else / リンクだけを表示")
    var printLink = false

    @Flag(help: "Show the request, send nothing / 要求を表示するだけで送らない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let body = body(otherwise: session.words.language)
        if dryRun {
            session.terminal.write(body.pretty + "\n")
            return session.printer.say("dryRun.nothingSent")
        }
        let answer = try await session.client().send("POST", "/multichannel/v1/relationshiprequests", body)
        if let eml { try write(answer.at("draft.eml").text ?? "", to: eml, session) }
        if printLink {
            session.terminal.write((answer["url"].text ?? "") + "\n")
        } else if eml != "-" {
            session.printer.record(answer, as: .newRequest)
        }
        let id = answer["id"].text ?? "-"
        session.printer.say("relationship.requested", ["id": id])
    }

    /// Days are left to the policy in force when none are given.
    func body(otherwise language: Language) -> JSON {
        var recipient: JSON = .object([])
        if let name { recipient = recipient.setting("name", to: .string(name)) }
        if let to { recipient = recipient.setting("email", to: .string(to)) }
        var scope: JSON = ["reseller": .bool(reseller), "roles": .array(role.map(JSON.string))]
        // Left out, policy decides: in some eras it cannot be separated (REL-09).
        if let delegatedAdmin { scope = scope.setting("delegatedAdmin", to: .bool(delegatedAdmin)) }
        if let days { scope = scope.setting("days", to: .number(String(days))) }
        var body: JSON = .object([])
        if let domain { body = body.setting("customerDomain", to: .string(domain)) }
        body = body.setting("recipient", to: recipient)
        body = body.setting("language", to: .string((forLanguage ?? language).rawValue))
        body = body.setting("scope", to: scope)
        if let provider { body = body.setting("indirectProviderId", to: .string(provider)) }
        return body
    }

    private func write(_ mail: String, to path: String, _ session: Session) throws {
        if path == "-" { return session.terminal.write(mail) }
        do {
            try Data(mail.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(.failed, "file.unwritable", ["path": path])
        }
        session.printer.say("relationship.mailWritten", ["path": path])
    }
}

extension Listing {
    fileprivate static let newRequest = Listing([
        Column("id"), Column("state", "state", .word("state")), Column("expires", "expires", .instant), Column("code"),
        Column("url"), Column("subject", "draft.subject"), Column("body", "draft.body"),
    ])
}
