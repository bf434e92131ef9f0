package import SuiroDomain
import SuiroStore

/// A database, or a copy of one, that belongs to another cloud.
package struct ForeignCloud: Error, Hashable, CustomStringConvertible {
    package let kept: String
    package let own: Cloud

    package var description: String {
        """
        This database belongs to the cloud '\(kept)', and this server to '\(own.rawValue)'; nothing was changed. / \
        このデータベースはクラウド「\(kept)」のもので、このサーバーは「\(own.rawValue)」です。何も変更していません。
        """
    }
}

extension PartnerService {
    private static let cloudSetting = "cloud"

    /// One cloud, one world: a database belongs to the first cloud that opened it, for good.
    package func claimDatabase() async throws {
        let (own, name) = (cloud, Self.cloudSetting)
        let kept = try await readAsSystem { tx in try tx.setting(name) }
        if kept == own.rawValue { return }
        _ = try await writeAsSystem { tx in
            let kept = try tx.setting(name) ?? own.rawValue
            guard kept == own.rawValue else { throw ForeignCloud(kept: kept, own: own) }
            try tx.set(name, to: own.rawValue)
            return true
        }
    }

    /// Replaces everything by a copy of the same cloud. Nobody stays signed in to the portal: who had signed out or was
    /// turned away after the copy was made shall not come back by it. What had ended in the database that is replaced ends in
    /// the copy too, and nobody is served from it before somebody has confirmed it (D-11).
    package func restore(_ lines: [String]) async throws {
        let (own, name) = (cloud, Self.cloudSetting)
        _ = try await writeAsSystem { tx in
            let (endings, newest) = (try tx.endings(), try tx.setting(Self.newestInstant))
            try tx.restore(lines)
            let kept = try tx.setting(name) ?? ""
            guard kept == own.rawValue else { throw ForeignCloud(kept: kept, own: own) }
            try tx.end(endings)
            try tx.deletePortalSessions()
            try freeze(tx, seen: newest)
            return true
        }
        forgetBooks()
    }
}
