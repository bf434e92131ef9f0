import Foundation
package import SuiroAPI
import SuiroHTTP
import SuiroService

extension Opening {
    /// What the settings say about keys and issuers.
    package static func gate(_ settings: ServerSettings, isSandbox: Bool) throws -> TokenGate.Settings {
        var gate = TokenGate.Settings()
        gate.isSandbox = isSandbox
        gate.master = try masterKey(settings).map { MasterKey(bytes: $0) }
        gate.issuer = try settings.issuer.map(issuerName)
        gate.firstIssuer = try settings.publicURL.map(issuerName)
        gate.fetch = KeySetFetch.network()
        if let path = settings.issuersFile {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ServerSettings.Fault.file("\(path) (issuers.file)")
            }
            gate.issuers = try ExternalIssuer.read(Array(data))
        }
        return gate
    }

    private static func issuerName(_ text: String) throws -> String {
        let name = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard name.hasPrefix("https://") || name.hasPrefix("http://"), name.utf8.count <= 300,
            name.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            throw ServerSettings.Fault.unknown(setting: "issuer", value: text, allowed: "https://…")
        }
        return name
    }
}
