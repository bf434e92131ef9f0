import Crypto
import Foundation
package import SuiroDomain

/// Six digits that change every 30 seconds (RFC 6238, SHA-1, as every authenticator app has them).
package enum TimeCode {
    package static let seconds = 30

    package static func step(at now: Instant) -> Int { Int(now.milliseconds / 1000) / seconds }

    package static func code(_ seed: [UInt8], at step: Int) -> String {
        let counter = withUnsafeBytes(of: UInt64(step).bigEndian) { Data($0) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: seed)))
        let offset = Int(hash[19] & 15)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = "\(number % 1_000_000)"
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code it is: this one, the one before or the one after, because clocks differ.
    package static func step(of code: String, _ seed: [UInt8], at now: Instant) -> Int? {
        let current = step(at: now)
        return [current, current - 1, current + 1].first { Self.code(seed, at: $0).utf8.elementsEqual(code.utf8) }
    }
}

extension [UInt8] {
    /// As authenticator apps take a secret (RFC 4648, section 6), without padding.
    package var base32: String {
        let letters = Array<Character>("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, bits, count) = ("", UInt32(0), 0)
        for byte in self {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(letters[Int(bits >> UInt32(count)) & 31])
            }
        }
        if count > 0 { text.append(letters[Int(bits << UInt32(5 - count)) & 31]) }
        return text
    }
}
