import Foundation
import SuiroDomain
import SuiroService

/// A clock that stands still, and numbers and chance that count: the same world, byte for byte, every time.
final class Surroundings: @unchecked Sendable {
    private let lock = NSLock()
    private var count: UInt64
    private var instant: Instant

    init(_ now: Instant, from count: UInt64 = 0) {
        (instant, self.count) = (now, count)
    }

    var environment: Environment {
        Environment(
            now: { self.now },
            newUUID: { self.uuid() },
            randomBytes: { self.bytes($0) },
            origin: { "https://partner.example" }
        )
    }

    var now: Instant {
        get { lock.withLock { instant } }
        set { lock.withLock { instant = newValue } }
    }

    private func next() -> UInt64 {
        lock.withLock {
            count += 1
            return count
        }
    }

    private func uuid() -> UUID {
        let digits = String(next(), radix: 16)
        let text = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return UUID(uuidString: text) ?? UUID()
    }

    private func bytes(_ count: Int) -> [UInt8] {
        let seed = next()
        return (0..<count).map { UInt8(truncatingIfNeeded: seed &* 31 &+ UInt64($0) &* 7) }
    }
}
