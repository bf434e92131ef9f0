/// A random source that does the same again from the same seed (SplitMix64).
struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[below(values.count)]
    }

    /// One of them, or nothing where there is none.
    mutating func any<Value>(of values: [Value]) -> Value? {
        values.isEmpty ? nil : one(of: values)
    }

    /// True `percent` times in a hundred.
    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    mutating func below(_ count: Int) -> Int {
        Int(next() % UInt64(max(count, 1)))
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }
}
