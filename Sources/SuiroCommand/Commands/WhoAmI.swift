import ArgumentParser
import Foundation

struct WhoAmI: Act {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Show where and as whom commands run / 接続先と実行者を表示します",
        discussion: "suiro whoami"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let connection = try Connection(globals, in: session.surroundings)
        try await session.client(connection).checkToken()
        session.printer.record(connection.whoAmI, as: .whoAmI)
    }
}

extension Listing {
    fileprivate static let whoAmI = Listing(
        [
            Column("url"), Column("persona"), Column("user"), Column("tenant"), Column("organization"),
            Column("kind", "kind", .word("kind")), Column("roles", "roles", .word("role")),
            Column("until", "until", .instant),
        ],
        id: "user"
    )
}

extension Connection {
    /// What the token says about its bearer, and what the ready file adds.
    var whoAmI: JSON {
        let claims = token.flatMap(Self.claims) ?? .object([])
        let persona =
            ready?.personas.first { $0.value["token"].text == token && token != nil }
            ?? ready?.personas.first {
                $0.name == self.persona && claims.members.isEmpty
            }
        let facts = persona?.value ?? .object([])
        var me: JSON = ["url": .string(origin.absoluteString)]
        func add(_ name: String, _ candidates: JSON...) {
            guard let value = candidates.first(where: { $0.text != nil || !$0.elements.isEmpty }) else { return }
            me = me.setting(name, to: value)
        }
        add("persona", (persona?.name ?? self.persona).map(JSON.string) ?? .null)
        add("user", facts["user"], claims["upn"], claims["unique_name"], claims["preferred_username"], claims["oid"])
        add("tenant", facts["tenant"], claims["tid"])
        add("organization", facts["organization"])
        add("kind", facts["kind"])
        add("roles", facts["roles"], claims["roles"])
        if let seconds = claims["exp"].text.flatMap(Double.init) {
            let until = Date(timeIntervalSince1970: seconds).formatted(.iso8601)
            me = me.setting("until", to: .string(until))
        }
        return me
    }

    /// The claims of a JSON Web Token, unverified: the server verifies, this only shows.
    private static func claims(_ token: String) -> JSON? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var base64 = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        return Data(base64Encoded: String(base64)).flatMap { JSON($0) }
    }
}
