import ArgumentParser
import SuiroDomain
import SuiroServer
import SuiroService

/// Lets somebody go: nobody is in as them any more, from the next request on.
struct Deactivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate",
        abstract: "End a person's sessions and tokens, and let them in no more. / 利用者を無効にします。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The tenant they belong to: id or domain. / 所属するテナントの ID またはドメイン。")
    var tenant: String
    @ArgumentParser.Option(help: "Their mail address. / メール アドレス。")
    var mail: String
    @Flag(help: "Also the last administrator. / 最後の管理者も無効にします。")
    var force = false

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            let home = try await service.tenant(tenant)
            switch try await service.deactivate(mail, of: home.id, isForced: force) {
            case .done: print("\(mail) is not let in any more.")
            case .unchanged: print("\(mail) is not let in already.")
            case .nobody: throw Complaint("There is nobody with the mail address \(mail) at \(home.name).")
            case .lastAdministrator:
                throw Complaint("\(mail) is the last administrator of \(home.name); say --force to go on.")
            }
        }
    }
}

/// Lets somebody back in, with what they signed in with before.
struct Reactivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reactivate",
        abstract: "Let a person in again who was deactivated. / 無効にした利用者を元に戻します。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The tenant they belong to: id or domain. / 所属するテナントの ID またはドメイン。")
    var tenant: String
    @ArgumentParser.Option(help: "Their mail address. / メール アドレス。")
    var mail: String

    func run() async throws {
        try await complaining {
            let (_, service, _) = try await common.open()
            let home = try await service.tenant(tenant)
            switch try await service.reactivate(mail, of: home.id) {
            case .done: print("\(mail) can sign in again.")
            case .unchanged: print("\(mail) can sign in already.")
            case .nobody, .lastAdministrator:
                throw Complaint("There is nobody with the mail address \(mail) at \(home.name).")
            }
        }
    }
}
