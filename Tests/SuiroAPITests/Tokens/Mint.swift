import Crypto
import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting

/// Makes tokens by hand, right or wrong, with a key that the gate under test trusts or not.
struct Mint {
    let key = P256.Signing.PrivateKey()

    /// The name this key has as a thumbprint (RFC 7638).
    var thumbprint: String {
        let members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        return Array(SHA256.hash(data: Data(members.utf8))).base64URL
    }

    private var point: [UInt8] { Array(key.publicKey.rawRepresentation) }
    var x: String { Array(point[..<32]).base64URL }
    var y: String { Array(point[32...]).base64URL }

    /// A server of that cloud whose only key this is.
    func world(
        _ cloud: Cloud = .public,
        on store: Store? = nil,
        settings: TokenGate.Settings = .init()
    ) async throws -> (TestWorld, TokenGate) {
        let world = try await TestWorld(keptIn: store ?? Store.sqlite(), cloud: cloud)
        let text = Array(key.rawRepresentation).base64
        _ = try await world.service.writeAsSystem { tx in try tx.secret("tokenKey", or: text) }
        return (world, try await TokenGate(service: world.service, settings: settings))
    }

    func token(_ claims: String, header: String? = nil) throws -> String {
        let header = header ?? "{\"alg\":\"ES256\",\"kid\":\"\(thumbprint)\",\"typ\":\"JWT\"}"
        let signed = "\(Array(header.utf8).base64URL).\(Array(claims.utf8).base64URL)"
        return "\(signed).\(Array(try key.signature(for: Data(signed.utf8)).rawRepresentation).base64URL)"
    }

    /// The claims of an access token of the built-in issuer, with what `changes` says otherwise (`nil` leaves out).
    static func claims(
        _ issuer: String,
        person: ID<Person>,
        tenant: ID<Tenant>,
        at now: Instant,
        lifetime: Int = 3600,
        _ changes: [String: String?] = [:]
    ) -> String {
        let seconds = Int(now.milliseconds / 1000)
        var members: [(String, String)] = [
            ("iss", "\"\(issuer)\""), ("aud", "\"suiro\""), ("tid", "\"\(tenant)\""), ("oid", "\"\(person)\""),
            ("sub", "\"\(person)\""), ("jti", "\"\(UUID().uuidString.lowercased())\""), ("iat", "\(seconds)"),
            ("nbf", "\(seconds)"), ("exp", "\(seconds + lifetime)"), ("idtyp", "\"user\""),
            ("scp", "\"user_impersonation\""), ("amr", "[\"pwd\",\"mfa\"]"),
        ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}

/// One server's routes, called without a network.
struct Server {
    let table: RouteTable

    init(_ world: TestWorld, _ gate: TokenGate) {
        table = RouteTable(API(service: world.service, gate: gate).routes)
    }

    func call(
        _ method: HTTPRequest.Method = .get,
        path: String,
        token: String,
        body: String = ""
    ) async throws -> Reply {
        var exchange = Exchange(
            method: method,
            uri: path,
            headers: [.authorization: "Bearer \(token)"],
            body: .bytes(Array(body.utf8))
        )
        guard case .found(let route, let parameters) = table.match(method, exchange.path) else {
            return Reply(.notFound)
        }
        exchange.parameters = parameters
        return try await route.answer(exchange)
    }
}
