package import FoundationEssentials

/// GUIDs are in every row and every answer, so they are read and written without the detour over Foundation's own text.
extension UUID {
    /// `8-4-4-4-12` digits in either case; anything else is `nil`.
    package init?(text: String) {
        var text = text
        guard let uuid = text.withUTF8({ UUID(utf8: $0) }) else { return nil }
        self = uuid
    }

    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var value: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isRead = withUnsafeMutableBytes(of: &value) { target in
            var (from, to) = (0, 0)
            while from < 36 {
                if from == 8 || from == 13 || from == 18 || from == 23 {
                    guard bytes[from] == UInt8(ascii: "-") else { return false }
                    from += 1
                    continue
                }
                guard let high = Self.digit(bytes[from]), let low = Self.digit(bytes[from + 1]) else { return false }
                target[to] = high << 4 | low
                from += 2
                to += 1
            }
            return true
        }
        guard isRead else { return nil }
        self.init(uuid: value)
    }

    /// Lower case, 36 characters.
    package var lowercased: String {
        String(unsafeUninitializedCapacity: 36) { target in
            withUnsafeBytes(of: uuid) { source in
                var to = 0
                for (index, byte) in source.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        target[to] = UInt8(ascii: "-")
                        to += 1
                    }
                    target[to] = Self.letter(byte >> 4)
                    target[to + 1] = Self.letter(byte & 15)
                    to += 2
                }
            }
            return 36
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func letter(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
