package import FoundationEssentials

extension Decimal {
    /// The amount cut in proportion to `weights`. The parts are written with at most twelve decimals, or as many as the
    /// amount itself has, and the last one takes what remains, so that together they are the amount, exactly.
    func divided(by weights: [Int64]) -> [Decimal] {
        let total = weights.reduce(0, +)
        guard weights.count > 1, total > 0 else { return weights.map { _ in self } }
        let digits = max(fractionDigits, 12)
        var parts: [Decimal] = []
        var (passed, given): (Int64, Decimal) = (0, 0)
        for weight in weights.dropLast() {
            passed += weight
            let divisor = passed.commonDivisor(with: total)
            let upToHere = (self * Decimal(passed / divisor) / Decimal(total / divisor)).truncated(digits: digits)
            parts.append(upToHere - given)
            given = upToHere
        }
        return parts + [self - given]
    }

    private var fractionDigits: Int {
        plain().split(separator: ".").dropFirst().first?.utf8.count ?? 0
    }

    /// Without what stands behind `digits` decimals.
    package func truncated(digits: Int) -> Decimal {
        let magnitude = self < 0 ? -self : self
        let parts = magnitude.plain().split(separator: ".")
        guard parts.count == 2, parts[1].utf8.count > digits else { return self }
        let text = digits == 0 ? String(parts[0]) : "\(parts[0]).\(parts[1].prefix(digits))"
        guard let cut = Decimal(string: text) else { return self }
        return self < 0 ? -cut : cut
    }

    /// The largest number of `digits` decimals that is not larger.
    func floored(digits: Int) -> Decimal {
        let cut = truncated(digits: digits)
        return self < cut ? cut - Decimal.unit(digits: digits) : cut
    }

    /// One in the last of `digits` decimals.
    static func unit(digits: Int) -> Decimal { Decimal(sign: .plus, exponent: -digits, significand: 1) }
}

extension [Decimal] {
    /// The amounts in whole units of `digits` decimals, so that they add up to `total`: each rounded down, and what is
    /// then missing given out unit by unit to those that lost most, the earlier first among equals.
    ///
    /// `total` is a rounding of the exact sum. Each result is less than one unit away from its amount.
    func apportioned(to total: Decimal, digits: Int) -> [Decimal] {
        let unit = Decimal.unit(digits: digits)
        var result = map { $0.floored(digits: digits) }
        var missing = total - result.reduce(0, +)
        let lost = zip(self, result).map { $0 - $1 }
        for index in indices.sorted(by: { (lost[$1], $0) < (lost[$0], $1) }) {
            guard missing >= unit else { break }
            result[index] += unit
            missing -= unit
        }
        return result
    }
}

extension Int64 {
    /// Euclid's; both are positive here.
    fileprivate func commonDivisor(with other: Int64) -> Int64 {
        var (left, right) = (self, other)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
