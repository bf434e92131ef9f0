/// SQLite's write-ahead log as bytes: a header, then a frame for each page that a transaction wrote, the last of them
/// marked (sqlite.org/fileformat2.html, section 4). Frames of an earlier round may stand behind those of this one;
/// salts and running sums tell them apart.
struct WriteAheadLog: Equatable {
    static let headerSize = 32
    static let frameHeaderSize = 24

    /// The running sum that each frame carries on.
    struct Checksum: Hashable, Codable {
        var first: UInt32
        var second: UInt32
    }

    /// A frame's place in the database, and whether it ends a transaction.
    struct Frame {
        let page: Int
        /// The database's size in pages, where the frame ends a transaction.
        let committed: Int?
        /// Where its page stands in the bytes that were read.
        let content: Range<Int>
    }

    let pageSize: Int
    /// Two numbers that are others in each round.
    let salts: [UInt8]
    let checksum: Checksum
    private let isBigEndian: Bool

    var frameSize: Int { Self.frameHeaderSize + pageSize }

    /// Reads a header; `nil` where there is none yet, or half of one.
    init?(header bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize, [0x377f_0682, 0x377f_0683].contains(Self.number(bytes, 0)) else {
            return nil
        }
        isBigEndian = Self.number(bytes, 0) == 0x377f_0683
        pageSize = Int(Self.number(bytes, 8))
        salts = Array(bytes[16..<24])
        checksum = Self.sum(bytes[0..<24], after: Checksum(first: 0, second: 0), isBigEndian: isBigEndian)
        guard checksum == Checksum(first: Self.number(bytes, 24), second: Self.number(bytes, 28)),
            (512...65_536).contains(pageSize)
        else { return nil }
    }

    /// How many of the bytes are whole frames of this round that carry `sum` on, and the sum after them.
    func accepted(_ bytes: [UInt8], after sum: Checksum) -> (
        length: Int, committed: Int, sum: Checksum, atCommit: Checksum
    ) {
        var (at, sum) = (0, sum)
        var (committed, atCommit) = (0, sum)
        while at + frameSize <= bytes.count, Array(bytes[at + 8..<at + 16]) == salts {
            var next = Self.sum(bytes[at..<at + 8], after: sum, isBigEndian: isBigEndian)
            next = Self.sum(
                bytes[at + Self.frameHeaderSize..<at + frameSize],
                after: next,
                isBigEndian: isBigEndian
            )
            guard next == Checksum(first: Self.number(bytes, at + 16), second: Self.number(bytes, at + 20)) else {
                break
            }
            let endsTransaction = Self.number(bytes, at + 4) != 0
            at += frameSize
            sum = next
            if endsTransaction { (committed, atCommit) = (at, sum) }
        }
        return (at, committed, sum, atCommit)
    }

    /// The frames in bytes that were accepted.
    static func frames(in bytes: [UInt8], pageSize: Int) -> [Frame] {
        stride(from: 0, to: bytes.count, by: frameHeaderSize + pageSize).map { at in
            let size = Int(number(bytes, at + 4))
            let start = at + frameHeaderSize
            return Frame(
                page: Int(number(bytes, at)),
                committed: size == 0 ? nil : size,
                content: start..<start + pageSize
            )
        }
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func sum(_ bytes: ArraySlice<UInt8>, after start: Checksum, isBigEndian: Bool) -> Checksum {
        bytes.withUnsafeBytes { raw in
            var (first, second) = (start.first, start.second)
            for at in stride(from: 0, to: raw.count, by: 8) {
                let (one, two) = (
                    raw.loadUnaligned(fromByteOffset: at, as: UInt32.self),
                    raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)
                )
                first &+= (isBigEndian ? UInt32(bigEndian: one) : UInt32(littleEndian: one)) &+ second
                second &+= (isBigEndian ? UInt32(bigEndian: two) : UInt32(littleEndian: two)) &+ first
            }
            return Checksum(first: first, second: second)
        }
    }
}
