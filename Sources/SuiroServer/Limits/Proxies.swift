import Foundation
import SuiroHTTP

/// The machines whose word about a caller's address counts. Everybody else's `X-Forwarded-For` is a claim (ASVS 4.1.3).
package struct Proxies: Sendable {
    package static let none = Proxies([])
    private let networks: [Network]

    private init(_ networks: [Network]) {
        self.networks = networks
    }

    /// Addresses and networks, separated by commas: `10.0.0.5, 192.168.0.0/16, ::1`.
    package init?(_ text: String) {
        var networks: [Network] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let network = Network(String(part)) else { return nil }
            networks.append(network)
        }
        self.networks = networks
    }

    /// The address to count by: that of the peer, or the nearest one a trusted peer names that is no proxy itself.
    package func caller(peer: String?, forwarded: [String]) -> String {
        guard let peer, let bytes = Address.bytes(peer) else { return "unknown" }
        guard networks.contains(where: { $0.contains(bytes) }) else { return Address.network(bytes) }
        let named = forwarded.joined(separator: ",").split(separator: ",").suffix(20)
        for text in named.reversed() {
            guard let one = Address.bytes(text.filter { $0 != " " && $0 != "[" && $0 != "]" }) else { break }
            if !networks.contains(where: { $0.contains(one) }) { return Address.network(one) }
        }
        return Address.network(bytes)
    }

    private struct Network: Sendable {
        let bytes: [UInt8]
        let bits: Int

        init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let bytes = Address.bytes(String(parts[0])) else { return nil }
            let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
            guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
            (self.bytes, self.bits) = (bytes, bits)
        }

        func contains(_ other: [UInt8]) -> Bool {
            guard other.count == bytes.count else { return false }
            return (0..<bits).allSatisfy { bit in
                (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }
}

private enum Address {
    /// Four or sixteen bytes; an IPv4 address that is written as an IPv6 one is the IPv4 address.
    static func bytes(_ text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        let plain = String(text.prefix { $0 != "%" })
        guard inet_pton(AF_INET6, plain, &sixteen) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        let mapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return mapped ? Array(bytes.suffix(4)) : bytes
    }

    /// An IPv4 address, or the half of an IPv6 address that names a network: the other half is the caller's choice.
    static func network(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":") + "::/64"
    }
}
