/// Why a file cannot be read, and where that shows first.
package struct DumpFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case empty, syntax, depth, duplicateMember, loneSurrogate, controlCharacter, notUTF8, notUTF16, quoting,
            recordTooLong, nul
    }

    package let kind: Kind
    /// Counted from 1.
    package let line: Int
    /// Bytes from the beginning of the file; `nil` where only the line is known.
    package var offset: Int?

    package init(_ kind: Kind, line: Int, offset: Int? = nil) {
        (self.kind, self.line, self.offset) = (kind, line, offset)
    }

    package var description: String {
        "line \(line)" + (offset.map { ", byte \($0)" } ?? "") + ": \(kind.rawValue)"
    }
}

extension DumpFault {
    init(_ fault: CSVReader.Fault) {
        switch fault {
        case .quoting(let line): self.init(.quoting, line: line)
        case .recordTooLong(let line): self.init(.recordTooLong, line: line)
        case .notUTF8(let line): self.init(.notUTF8, line: line)
        case .nul(let line): self.init(.nul, line: line)
        }
    }
}

/// The text of a file, whichever way the program that dumped it writes Unicode.
struct DumpText {
    /// UTF-8 without a byte-order mark.
    let bytes: [UInt8]
    private let unitWidth: Int
    private let markWidth: Int

    /// UTF-8 with or without a mark, or UTF-16 as Windows PowerShell 5 writes it with `>`.
    init(_ file: [UInt8]) throws(DumpFault) {
        let littleMark = file.starts(with: [0xFF, 0xFE])
        let bigMark = file.starts(with: [0xFE, 0xFF])
        // JSON and our headings begin with ASCII.
        let littleGuess = file.count > 1 && file[0] != 0 && file[1] == 0
        guard littleMark || bigMark || littleGuess else {
            markWidth = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            (bytes, unitWidth) = (Array(file.dropFirst(markWidth)), 1)
            return
        }
        (unitWidth, markWidth) = (2, littleGuess ? 0 : 2)
        var units: [UInt16] = []
        units.reserveCapacity(file.count / 2)
        var index = markWidth
        while index + 1 < file.count {
            let (first, second) = (UInt16(file[index]), UInt16(file[index + 1]))
            units.append(bigMark ? first << 8 | second : second << 8 | first)
            index += 2
        }
        guard index == file.count, let text = String(validating: units, as: UTF16.self) else {
            throw DumpFault(.notUTF16, line: 1, offset: index == file.count ? nil : index)
        }
        bytes = Array(text.utf8)
    }

    /// Where in the file a place of `bytes` is.
    func offset(of index: Int) -> Int {
        guard unitWidth == 2 else { return markWidth + index }
        return markWidth + 2 * String(decoding: bytes[..<index], as: UTF8.self).utf16.count
    }
}
