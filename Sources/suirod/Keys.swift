import ArgumentParser
import SuiroDomain
import SuiroServer
import SuiroService
import SuiroStore

/// The keys that tokens are signed with.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the signing keys, or rotate them. / 署名キーを一覧・更新します。",
        subcommands: [List.self, Rotate.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the signing keys. / 署名キーを一覧します。")
        @OptionGroup var common: Common

        func run() async throws {
            try await complaining { show(try await Keys.turn(common, isForced: false)) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish the next key; it signs a day later. / 次のキーを公開します。署名に使うのは 1 日後です。"
        )
        @OptionGroup var common: Common

        func run() async throws {
            try await complaining { show(try await Keys.turn(common, isForced: true)) }
        }
    }

    private static func turn(_ common: Common, isForced: Bool) async throws -> ([SigningKey], Instant) {
        let (settings, service, _) = try await common.open()
        let master = try Opening.masterKey(settings).map { MasterKey(bytes: $0) }
        let keys = try await service.turnSigningKeys(under: master, keepsOld: false, isForced: isForced)
        return (keys.map(\.key), service.environment.now())
    }
}

private func show(_ found: (keys: [SigningKey], now: Instant)) {
    let signer = found.keys.signer(at: found.now)
    for key in found.keys {
        let state =
            if key.id == signer?.id {
                "signs"
            } else if found.now < key.signsFrom {
                "waits"
            } else if key.counts(at: found.now) {
                "counts"
            } else {
                "retired"
            }
        let until = key.retiredAt.map { "  until \($0)" } ?? ""
        let wrapped = key.wrapped.hasPrefix("plain.") ? "  NOT WRAPPED" : ""
        print("\(key.id)  \(state)  from \(key.signsFrom)\(until)\(wrapped)")
    }
}

/// Says who a subject of an external issuer is, or that it is nobody any more.
struct PersonIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person-identity",
        abstract: "Bind a subject of another issuer to a person. / 外部の発行者のサブジェクトを人に結びつけます。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The issuer exactly as it stands in tokens. / トークンにあるとおりの発行者。")
    var issuer: String
    @ArgumentParser.Option(help: "The subject: oid or sub. / サブジェクト (oid または sub)。")
    var subject: String
    @ArgumentParser.Option(help: "The person; left out, the binding ends. / 人の ID。省略すると結びつきを解きます。")
    var person: String?

    func run() async throws {
        try await complaining {
            guard (1...500).contains(issuer.utf8.count), (1...255).contains(subject.utf8.count) else {
                throw Complaint("--issuer takes 1 to 500 bytes, --subject 1 to 255.")
            }
            let (_, service, _) = try await common.open()
            let named = person.flatMap { ID<Person>($0) }
            guard person == nil || named != nil, try await service.bind(issuer, subject: subject, to: named) else {
                throw Complaint("There is no person \(person ?? "").")
            }
            print(person.map { "\(subject) is \($0)" } ?? "\(subject) is nobody")
        }
    }
}

/// Ends every token that a person or client was given before.
struct RevokeTokens: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-tokens",
        abstract: "End every token and session of a person. / ある人のトークンとセッションをすべて無効にします。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The person, or the person of a client. / 人、またはクライアントの人の ID。")
    var person: String

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            guard let id = ID<Person>(person), try await service.refuseTokens(of: id) else {
                throw Complaint("There is no person \(person).")
            }
            print("Tokens that were issued before now are nobody's.")
        }
    }
}
