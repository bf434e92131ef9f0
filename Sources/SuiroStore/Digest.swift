import Crypto
import FoundationEssentials

extension String {
    /// SHA-256 of the UTF-8 bytes, 64 hexadecimal digits.
    package var sha256: String { Array(utf8).sha256 }
}

extension [UInt8] {
    package var sha256: String { SHA256.hash(data: self).hexadecimal }
}

extension Sequence<UInt8> {
    package var hexadecimal: String {
        var text: [UInt8] = []
        let digits = Array("0123456789abcdef".utf8)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
