import ArgumentParser
import SuiroDomain
import SuiroServer
import SuiroService

/// Makes somebody who can sign in, with a link that is used once (K-13): there is no page that anybody could set up from.
struct AddPerson: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Make a person and show their enrolment link. / 利用者を作り、登録用リンクを表示します。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The tenant they belong to: id or domain. / 所属するテナントの ID またはドメイン。")
    var tenant: String
    @ArgumentParser.Option(help: "Their mail address, which they sign in with. / サインインに使うメール アドレス。")
    var mail: String
    @ArgumentParser.Option(help: "Their name. / 氏名。")
    var name: String
    @ArgumentParser.Option(help: "What they may do; may be repeated. / ロール。複数指定できます。")
    var role: [String]

    func run() async throws {
        try await complaining {
            let roles = try role.map { text in
                guard let role = Role(rawValue: text), role != .app else {
                    let known = Role.allCases.filter { $0 != .app }.map(\.rawValue).joined(separator: ", ")
                    throw Complaint("--role \(text) is none of \(known).")
                }
                return role
            }
            guard (1...300).contains(name.unicodeScalars.count) else {
                throw Complaint("--name takes 1 to 300 characters.")
            }
            guard mail.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil, mail.utf8.count <= 300 else {
                throw Complaint("--mail \(mail) is no mail address.")
            }
            let (_, service, origin) = try await common.open()
            try service.checkVault()
            let home = try await service.tenant(tenant)
            let made: (person: Person, code: String)
            do {
                made = try await service.addPerson(named: name, mail: mail, roles: Set(roles), of: home.id)
            } catch Refusal.invalid {
                throw Complaint("\(mail) is somebody of \(home.name) already; suirod enrol makes a new link.")
            }
            print("person \(made.person.id)")
            print("link \(origin.value)/enrol/\(made.code)")
        }
    }
}

/// A new link for somebody who is there.
struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Show a new enrolment link of a person. / 利用者の新しい登録用リンクを表示します。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The tenant they belong to: id or domain. / 所属するテナントの ID またはドメイン。")
    var tenant: String
    @ArgumentParser.Option(help: "Their mail address. / メール アドレス。")
    var mail: String
    @Flag(help: "They have enrolled before and lost what they sign in with. / 登録済みの利用者を再登録します。")
    var again = false

    func run() async throws {
        try await complaining {
            let (_, service, origin) = try await common.open()
            try service.checkVault()
            let home = try await service.tenant(tenant)
            do {
                let code = try await service.renewEnrolment(of: mail, in: home.id, again: again)
                print("link \(origin.value)/enrol/\(code)")
            } catch Refusal.invalid {
                throw Complaint("\(mail) has enrolled; say --again to let them enrol anew.")
            } catch Refusal.notFound {
                throw Complaint("There is nobody with the mail address \(mail) at \(home.name).")
            }
        }
    }
}

extension PartnerService {
    fileprivate func checkVault() throws {
        guard vault != nil else {
            throw Complaint("Name a place for the master key: master.key.file or SUIRO_MASTER_KEY_FILE.")
        }
    }
}
