import ArgumentParser
import Foundation
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroServer
import SuiroService

/// Makes an organization: the first thing that an empty database needs, before anybody can be made who signs in.
struct AddOrganization: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Make an organization: a partner, a customer or the vendor. / 組織を作ります。",
        discussion: """
            Then suirod person makes somebody who can sign in, and suirod import partner-center takes a partner's \
            customers along.
            """
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(
        help: "direct, indirectProvider, indirectReseller, advisor, customer or vendor. / 組織の種類。"
    )
    var kind: String
    @ArgumentParser.Option(help: "Its name, as others read it. / 名前。")
    var name: String
    @ArgumentParser.Option(help: "Its domain, which is nobody else's here. / ドメイン。")
    var domain: String
    @ArgumentParser.Option(help: "Its country, two letters. / 国コード（2 文字）。")
    var country: String
    @ArgumentParser.Option(help: "en or ja, the language of its mails. / メールの言語。")
    var language = "en"
    @ArgumentParser.Option(help: "Its tenant id, where it has one already. / 既にあるテナント ID。")
    var id: String?
    @ArgumentParser.Option(name: .customLong("mpn-id"), help: "Its number in the partner network. / パートナー ネットワークの番号。")
    var mpnID: String?
    @ArgumentParser.Option(help: "Of an indirect reseller: its provider, id or domain. / 間接リセラーのプロバイダー。")
    var provider: String?

    func run() async throws {
        try await complaining {
            guard let kind = OrganizationKind(rawValue: kind) else {
                throw Complaint(
                    "--kind \(kind) is none of \(OrganizationKind.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            guard (1...300).contains(name.unicodeScalars.count), OrganizationName(name).isVisible else {
                throw Complaint("--name takes 1 to 300 characters, all of which can be seen.")
            }
            guard domain.isDomain else { throw Complaint("--domain \(domain) is no domain.") }
            guard let language = Language(rawValue: language) else { throw Complaint("--language is en or ja.") }
            guard (provider != nil) == (kind == .indirectReseller) else {
                throw Complaint("--provider names the provider of an indirect reseller, and of nobody else.")
            }
            let tenant = try id.map { text in
                guard let id = ID<Tenant>(text) else { throw Complaint("--id \(text) is no tenant id.") }
                return id
            }
            let (_, service, _) = try await common.open()
            let home: Organization? =
                if let provider { try await service.tenant(provider) } else { nil }
            let organization = Organization(
                id: tenant ?? ID(UUID()),
                kind: kind,
                name: name,
                domain: domain.lowercased(),
                country: country.uppercased(),
                language: language,
                mpnID: mpnID,
                provider: home?.id.as(Partner.self),
                createdAt: service.environment.now()
            )
            do {
                try await service.addOrganization(organization)
            } catch Refusal.domainTaken {
                throw Complaint("The domain \(domain) is another organization's.")
            } catch Refusal.invalid(let faults) {
                let fault = faults.first
                throw Complaint("--\(fault?.field ?? "") \(fault?.value ?? "") is not known here, or is another's.")
            }
            print("organization \(organization.id)")
        }
    }
}
