import ArgumentParser
import Foundation
import SuiroDomain
import SuiroService
import SuiroStore

/// Makes a client for programs that sign in by themselves or act for people, renews what it proves itself with, or
/// ends it.
struct RegisterClient: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Make, renew or revoke a client. / クライアントの作成、シークレットの更新、無効化を行います。"
    )
    @OptionGroup var common: Common
    @ArgumentParser.Option(help: "The tenant it belongs to: id or domain. / 所属するテナントの ID またはドメイン。")
    var tenant: String?
    @ArgumentParser.Option(help: "What people call it. / 名前。")
    var name: String?
    @ArgumentParser.Option(help: "Where people are led back to, exactly; may be repeated. / 戻り先の URI。複数指定できます。")
    var redirect: [String] = []
    @ArgumentParser.Option(
        name: .customLong("public-key"),
        help: "A public JWK in place of a secret. / シークレットの代わりに使う公開鍵 (JWK) のファイル。"
    )
    var publicKey: String?
    @ArgumentParser.Option(help: "Give this client a further secret or key. / クライアントに新しいシークレットか鍵を追加します。")
    var renew: String?
    @ArgumentParser.Option(help: "End this client and all its tokens. / クライアントとそのトークンをすべて無効にします。")
    var revoke: String?

    func run() async throws {
        try await complaining {
            let key = try publicKey.map(Self.key)
            let redirects = try redirect.map(Self.checked)
            guard [renew, revoke, name].compactMap(\.self).count == 1 else {
                throw Complaint("Say one of --name, --renew and --revoke.")
            }
            let (_, service, _) = try await common.open()
            if let revoke {
                let client = try await service.revokeClient(id(revoke, service))
                print("revoked \(client.id)")
            } else if let renew {
                let (client, secret) = try await service.renewClient(id(renew, service), key: key)
                show(client, secret, key)
            } else {
                try await register(service, redirects, key)
            }
        }
    }

    private func register(_ service: PartnerService, _ redirects: [String], _ key: ClientKey?) async throws {
        guard let name, (1...300).contains(name.unicodeScalars.count) else {
            throw Complaint("--name takes 1 to 300 characters.")
        }
        guard let tenant else { throw Complaint("--tenant names the tenant the client belongs to.") }
        let home = try await service.tenant(tenant)
        let (client, secret) = try await service.registerClient(
            named: name,
            of: home.id,
            redirects: redirects,
            key: key
        )
        show(client, secret, key)
    }

    private func show(_ client: Client, _ secret: String, _ key: ClientKey?) {
        print("client_id \(client.id)")
        print(key.map { "key_id \($0.id)" } ?? "client_secret \(secret)")
    }

    private func id(_ text: String, _ service: PartnerService) async throws -> ID<Client> {
        guard let id = ID<Client>(text), try await service.readAsSystem({ tx in try tx.client(id) }) != nil else {
            throw Complaint("There is no client \(text).")
        }
        return id
    }

    private static func key(_ path: String) throws -> ClientKey {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint("\(path) cannot be read.")
        }
        do {
            return try ClientKey(jwk: text)
        } catch ClientKey.Fault.privateKey {
            throw Complaint("\(path) is a private key; only the public one belongs here.")
        } catch {
            throw Complaint("\(path) is no public JWK of P-256 or of RSA with 2048 bits or more.")
        }
    }

    /// `https`, or a program on the same machine; compared byte by byte afterwards.
    private static func checked(_ uri: String) throws -> String {
        let isPlain = uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'<>\\;,*`#".utf8.contains($0) }
        let isKnown =
            uri.wholeMatch(of: /https:\/\/[^\/?@]+([\/?].*)?/) != nil
            || uri.wholeMatch(of: /http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?([\/?].*)?/) != nil
        guard isPlain, isKnown, uri.utf8.count <= 1000 else {
            throw Complaint("--redirect \(uri) is no https address, nor one of this machine, without a fragment.")
        }
        return uri
    }
}

extension PartnerService {
    /// The tenant of that id or domain.
    func tenant(_ text: String) async throws -> Organization {
        let home = try await readAsSystem { tx in
            try ID<Tenant>(text).flatMap { try tx.organization($0) } ?? tx.organization(domain: text)
        }
        guard let home else { throw Complaint("There is no tenant \(text).") }
        return home
    }
}
