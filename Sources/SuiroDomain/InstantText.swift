/// How instants are written and read: RFC 3339, UTC, always the same width in the database.
extension Instant: LosslessStringConvertible {
    /// `2017-06-09T00:00:00.000Z`, 24 characters: sorts as text.
    package var description: String { text(fraction: true) }

    /// The shortest RFC 3339 form: no fraction when it is zero.
    package var short: String { text(fraction: milliseconds % 1000 != 0) }

    /// `2017-06-09`.
    package var day: String { String(description.prefix(10)) }

    private func text(fraction: Bool) -> String {
        let civil = CivilTime(self)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var end = 0
            func put(_ number: Int, _ width: Int, then separator: Character) {
                var rest = number
                for index in (0..<width).reversed() {
                    buffer[end + index] = UInt8(48 + rest % 10)
                    rest /= 10
                }
                buffer[end + width] = separator.asciiValue ?? 0
                end += width + 1
            }
            put(civil.year, 4, then: "-")
            put(civil.month, 2, then: "-")
            put(civil.day, 2, then: "T")
            put(civil.hour, 2, then: ":")
            put(civil.minute, 2, then: ":")
            put(civil.second, 2, then: fraction ? "." : "Z")
            if fraction { put(civil.millisecond, 3, then: "Z") }
            return end
        }
    }

    /// Reads RFC 3339 with any offset and fraction, or a bare `yyyy-MM-dd` as midnight UTC. Dates that do not exist
    /// (2017-02-29) are refused, never moved.
    package init?(_ text: String) {
        var text = text
        guard let instant = text.withUTF8({ Instant(utf8: $0) }) else { return nil }
        self = instant
    }

    /// The same of the text's bytes, where they are.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), year > 0, (1...12).contains(month),
            (1...CivilTime.daysInMonth(month, of: year)).contains(day)
        else { return nil }
        var civil = CivilTime(year: year, month: month, day: day)
        if reader.isAtEnd {
            self = civil.instant
            return
        }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2), hour < 24, minute < 60,
            second < 60
        else { return nil }
        (civil.hour, civil.minute, civil.second) = (hour, minute, second)
        if reader.skip(".") {
            guard let fraction = reader.fraction() else { return nil }
            civil.millisecond = fraction
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        self = civil.instant.adding(seconds: -offset)
    }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 instant")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

private struct DigitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard index + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        index += width
        return value
    }

    /// One to nine digits after the point, cut to milliseconds.
    mutating func fraction() -> Int? {
        var value = 0
        var digits = 0
        while index < bytes.count, (48...57).contains(bytes[index]), digits < 9 {
            if digits < 3 { value = value * 10 + Int(bytes[index] - 48) }
            digits += 1
            index += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 3)..<3 { value *= 10 }
        return value
    }

    /// Seconds east of UTC. `Z`, `+09:00`, or nothing, which Partner Center's clients mean as UTC.
    mutating func offset() -> Int? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
