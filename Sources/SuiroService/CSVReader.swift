/// Reads CSV (RFC 4180) as it arrives, in pieces of any size, holding one record at a time.
///
/// Each record comes with the line it began on. A quoted field may hold commas, quotes and line ends.
struct CSVReader {
    struct Record: Sendable {
        let line: Int
        let fields: [String]
    }

    enum Fault: Error, Equatable {
        /// A quote that never closes, or text after a closing quote.
        case quoting(line: Int)
        case recordTooLong(line: Int)
        case notUTF8(line: Int)
        /// Databases end a text at a NUL.
        case nul(line: Int)
    }

    private static let longestRecord = 1_048_576
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var size = 0
    private var line = 1
    private var recordLine = 1
    private var state = State.start
    private var isFirst = true

    private enum State { case start, plain, quoted, afterQuote, afterReturn }

    /// Takes a piece and hands each finished record on.
    mutating func read(_ bytes: [UInt8], _ each: (Record) throws -> Void) throws {
        for byte in bytes {
            size += 1
            guard size <= Self.longestRecord else { throw Fault.recordTooLong(line: recordLine) }
            try take(byte, each)
        }
    }

    /// What is left when the last line has no end.
    mutating func finish(_ each: (Record) throws -> Void) throws {
        switch state {
        case .quoted: throw Fault.quoting(line: recordLine)
        case .start where fields.isEmpty && field.isEmpty: break
        case .start, .plain, .afterQuote, .afterReturn:
            if state != .afterReturn { try endRecord(each) }
        }
    }

    private mutating func take(_ byte: UInt8, _ each: (Record) throws -> Void) throws {
        if state == .afterReturn {
            state = .start
            if byte == 0x0A { return }
        }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
        case (.quoted, _):
            if byte == 0x0A { line += 1 }
            field.append(byte)
        case (.afterQuote, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.start, UInt8(ascii: "\"")): state = .quoted
        case (.plain, UInt8(ascii: "\"")) where isFirst && field == Self.byteOrderMark:
            field = []
            state = .quoted
        case (_, UInt8(ascii: ",")): try endField()
        case (_, 0x0D):
            line += 1
            try endRecord(each)
            state = .afterReturn
        case (_, 0x0A):
            line += 1
            try endRecord(each)
        case (.afterQuote, _): throw Fault.quoting(line: recordLine)
        default:
            field.append(byte)
            state = .plain
        }
    }

    private mutating func endField() throws {
        var bytes = field
        if isFirst, bytes.starts(with: Self.byteOrderMark) { bytes.removeFirst(3) }
        isFirst = false
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault.notUTF8(line: recordLine) }
        guard !bytes.contains(0) else { throw Fault.nul(line: recordLine) }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRecord(_ each: (Record) throws -> Void) throws {
        let isBlank = fields.isEmpty && field.isEmpty && state == .start
        if !isBlank {
            try endField()
            try each(Record(line: recordLine, fields: fields))
        }
        fields.removeAll(keepingCapacity: true)
        size = 0
        recordLine = line
        state = .start
    }
}
