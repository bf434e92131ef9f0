import Crypto
package import Foundation

/// A copy of everything as it may lie with others (R-03): AES-256-GCM, piece by piece, under a key of its own that is
/// derived from the key file and the random name that the copy begins with. Each piece is bound to its place and to
/// whether it is the last one, so a copy that was cut, shuffled, mixed from two or changed is refused as a whole.
package enum SealedCopy {
    package static let mark = Array("suiro-sealed-copy 1\n".utf8)
    static let pieceSize = 65_536
    private static let nameSize = 16

    package enum Fault: Error, CustomStringConvertible {
        case notSealed, cannotBeOpened

        package var description: String {
            switch self {
            case .notSealed: "The file is no sealed copy."
            case .cannotBeOpened:
                "The copy cannot be opened: it was sealed with another key, or it is not whole. / 控えを開けません。別の鍵で暗号化されたか、内容が完全ではありません。"
            }
        }
    }

    /// Whether a file begins as a sealed copy does.
    package static func isSealed(_ bytes: Data) -> Bool { bytes.starts(with: mark) }

    /// Takes bytes, and hands on what is to be kept.
    package struct Writer {
        private let key: SymmetricKey
        private let keep: (Data) throws -> Void
        private var waiting = Data()
        private var index: UInt64 = 0

        package init(key: [UInt8], name: [UInt8], _ keep: @escaping (Data) throws -> Void) throws {
            precondition(name.count == nameSize, "a copy's name has 16 bytes")
            self.key = SealedCopy.key(key, name)
            self.keep = keep
            try keep(Data(mark + name))
        }

        package mutating func write(_ bytes: some Sequence<UInt8>) throws {
            waiting.append(contentsOf: bytes)
            while waiting.count > pieceSize {
                try seal(waiting.prefix(pieceSize), isLast: false)
                waiting = Data(waiting.dropFirst(pieceSize))
            }
        }

        /// Writes the last piece; without it nothing can be restored.
        package mutating func finish() throws {
            try seal(waiting, isLast: true)
            waiting = Data()
        }

        private mutating func seal(_ plain: Data, isLast: Bool) throws {
            let box = try AES.GCM.seal(plain, using: key, authenticating: SealedCopy.place(index, isLast))
            guard let sealed = box.combined else { throw Fault.cannotBeOpened }
            try keep(Data(SealedCopy.size(sealed.count)) + sealed)
            index += 1
        }
    }

    /// What was sealed, if all of it is there.
    package static func open(_ bytes: Data, key: [UInt8]) throws -> Data {
        guard isSealed(bytes) else { throw Fault.notSealed }
        var rest = Data(bytes.dropFirst(mark.count))
        guard rest.count > nameSize else { throw Fault.cannotBeOpened }
        let key = Self.key(key, Array(rest.prefix(nameSize)))
        rest = rest.dropFirst(nameSize)
        var (plain, index) = (Data(), UInt64(0))
        while true {
            guard rest.count >= 4 else { throw Fault.cannotBeOpened }
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard count <= pieceSize + 28, rest.count >= count,
                let box = try? AES.GCM.SealedBox(combined: Data(rest.prefix(count)))
            else { throw Fault.cannotBeOpened }
            rest = rest.dropFirst(count)
            let isLast = rest.isEmpty
            guard let piece = try? AES.GCM.open(box, using: key, authenticating: place(index, isLast)) else {
                throw Fault.cannotBeOpened
            }
            plain.append(piece)
            if isLast { return plain }
            index += 1
        }
    }

    private static func key(_ bytes: [UInt8], _ name: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(bytes)),
            salt: Data(name),
            info: Data("suiro sealed copy".utf8),
            outputByteCount: 32
        )
    }

    private static func place(_ index: UInt64, _ isLast: Bool) -> Data {
        Data("\(index) \(isLast ? "last" : "more")".utf8)
    }

    private static func size(_ count: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } }
}
