import Foundation
import Testing

@testable import SuiroService

/// what lies with others as a copy tells them nothing, and is refused when it is not whole.
@Suite struct SealedCopyTests {
    private static let key = Array(repeating: UInt8(7), count: 32)
    private static let name = Array(repeating: UInt8(1), count: 16)

    private func sealed(_ plain: [UInt8], name: [UInt8] = SealedCopyTests.name) throws -> Data {
        var kept = Data()
        try withUnsafeMutablePointer(to: &kept) { kept in
            var writer = try SealedCopy.Writer(key: Self.key, name: name) { kept.pointee.append($0) }
            for start in stride(from: 0, to: plain.count, by: 1000) {
                try writer.write(plain[start..<min(start + 1000, plain.count)])
            }
            try writer.finish()
        }
        return kept
    }

    /// The sealed pieces of a copy, each with its length before it.
    private func pieces(_ copy: Data) -> (head: Data, pieces: [Data]) {
        let head = copy.prefix(SealedCopy.mark.count + 16)
        var (rest, found) = (copy.dropFirst(head.count), [Data]())
        while !rest.isEmpty {
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) } + 4
            found.append(Data(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return (Data(head), found)
    }

    @Test("R-03: a sealed copy of any size comes back as it was", arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func comesBack(size: Int) throws {
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let copy = try sealed(plain)
        #expect(SealedCopy.isSealed(copy))
        #expect(try Array(SealedCopy.open(copy, key: Self.key)) == plain)
    }

    @Test("R-03: a copy that was changed, cut, shuffled, lengthened or sealed with another key is refused")
    func isRefused() throws {
        let plain = Array(repeating: UInt8(ascii: "a"), count: 200_000)
        let copy = try sealed(plain)
        let (head, parts) = pieces(copy)
        #expect(parts.count == 4)
        var spoiled: [Data] = [
            head, copy.dropLast(1), copy + [0], head + parts[0] + parts[1],
            head + parts[1] + parts[0] + parts[2] + parts[3],
            head + parts[0] + parts[2] + parts[3], copy + parts[3],
            head + parts[0] + parts[0] + parts[1] + parts[2] + parts[3],
        ]
        // Pieces of another copy under the same key.
        let (otherHead, others) = pieces(try sealed(plain, name: Array(repeating: 2, count: 16)))
        spoiled += [head + others[0] + parts[1] + parts[2] + parts[3], otherHead + parts.reduce(Data(), +)]
        for index in stride(from: SealedCopy.mark.count, to: copy.count, by: 997) {
            var changed = copy
            changed[index] ^= 1
            spoiled.append(changed)
        }
        for copy in spoiled {
            #expect(throws: SealedCopy.Fault.cannotBeOpened) { try SealedCopy.open(Data(copy), key: Self.key) }
        }
        #expect(throws: SealedCopy.Fault.cannotBeOpened) {
            try SealedCopy.open(copy, key: Array(repeating: 8, count: 32))
        }
        #expect(throws: SealedCopy.Fault.notSealed) { try SealedCopy.open(Data("[]".utf8), key: Self.key) }
    }

    @Test("R-03: two copies of the same say nothing of each other, and nothing of what is in them")
    func saysNothing() throws {
        let plain = Array(repeating: UInt8(ascii: "a"), count: 70_000)
        let (one, other) = (pieces(try sealed(plain)).pieces, pieces(try sealed(plain)).pieces)
        for (left, right) in zip(one, other) { #expect(left.dropFirst(4) != right.dropFirst(4)) }
        #expect(try sealed(plain).range(of: Data("aaaaaaaa".utf8)) == nil)
    }
}
