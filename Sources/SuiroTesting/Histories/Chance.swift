import Foundation

/// A random source that does the same again from the same seed (SplitMix64).
package struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    package mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }

    /// True once in `count` times.
    package mutating func isOnce(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }
}

/// The seeds of one test.
package enum Seeds {
    /// As many as asked for; or, where `SUIRO_SEED` names one, that one as often: the choices are the same every time,
    /// the meetings of the processes are not.
    package static func chosen(_ count: Int) -> [UInt64] {
        let one = ProcessInfo.processInfo.environment["SUIRO_SEED"].flatMap { UInt64($0) }
        return (1...max(count, 1)).map { one ?? UInt64($0) }
    }
}
