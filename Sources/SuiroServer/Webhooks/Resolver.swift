import Foundation
import SuiroDomain

/// Where names lead.
enum Resolver {
    /// What speaks against calling a target; `nil` when every address that its name leads to may be called. One that
    /// may not is enough to object: which of them a connection would take is not ours to choose.
    static func objection(to target: WebhookTarget, by rule: TargetRule) -> DeliveryCause? {
        let found = target.address.map { [$0] } ?? addresses(of: target.host)
        guard !found.isEmpty else { return .nameUnknown }
        return found.allSatisfy { rule.admits($0, for: target) } ? nil : .addressNotAllowed
    }

    private static func addresses(of name: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            guard let entry, let address = entry.pointee.ai_addr else { return nil }
            switch entry.pointee.ai_family {
            case AF_INET:
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { four in
                    withUnsafeBytes(of: four.pointee.sin_addr) { NetworkAddress(Array($0)) }
                }
            case AF_INET6:
                return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { six in
                    withUnsafeBytes(of: six.pointee.sin6_addr) { NetworkAddress(Array($0)) }
                }
            default: return nil
            }
        }
    }
}
