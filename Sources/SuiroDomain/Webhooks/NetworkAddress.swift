/// An internet address, and what lies there. For deciding whom the server may be made to call.
package struct NetworkAddress: Hashable, Sendable {
    package enum Place: Sendable { case loopback, open, closed }

    /// Sixteen bytes; an IPv4 address stands in its mapped form.
    private let bytes: [UInt8]

    /// Four bytes of IPv4 or sixteen of IPv6; anything else is `nil`.
    package init?(_ bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.bytes = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        case 16: self.bytes = bytes
        default: return nil
        }
    }

    /// Reads four decimal numbers without leading zeros, or IPv6 without brackets and zone. The other spellings that
    /// some libraries take, such as `0x7f.1` or `2130706433`, are none.
    package init?(_ text: String) {
        guard let bytes = Self.dotted(text) ?? Self.colons(text) else { return nil }
        self.init(bytes)
    }

    /// What may be found there: this machine, the open network, or something that is nobody else's business: private,
    /// link-local, shared, reserved and documentation addresses, and the ways to write IPv4 inside of IPv6.
    package var place: Place {
        if let four = embedded { return Self.place(four) }
        if bytes == [UInt8](repeating: 0, count: 15) + [1] { return .loopback }
        // Global unicast is 2000::/3. Within it: Teredo and other protocol assignments, documentation.
        guard bytes[0] & 0xE0 == 0x20 else { return .closed }
        if bytes.starts(with: [0x20, 0x01]), bytes[2] < 2 { return .closed }
        if bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || bytes.starts(with: [0x3F, 0xFF]) { return .closed }
        return .open
    }

    /// The IPv4 address that a mapped or a 6to4 address stands for.
    private var embedded: [UInt8]? {
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) { return Array(bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return Array(bytes[2..<6]) }
        return nil
    }

    private static func place(_ four: [UInt8]) -> Place {
        switch (four[0], four[1], four[2]) {
        case (127, _, _): .loopback
        case (0, _, _), (10, _, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _), (192, 0, 0),
            (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (224..., _, _):
            .closed
        default: .open
        }
    }

    private static func dotted(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), part == "0" || part.first != "0" else { return nil }
            return UInt8(part)
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func colons(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard text.contains(":"), halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let four = dotted(String(part)) {
                bytes += four
            } else if (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16), part.first != "+" {
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            } else {
                return nil
            }
        }
        return bytes
    }
}
