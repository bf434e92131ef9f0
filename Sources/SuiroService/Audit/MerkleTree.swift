import Crypto
import FoundationEssentials
import SuiroStore

/// The root of a hash tree over a list, after RFC 6962, section 2.1.
enum MerkleTree {
    static func root(_ leaves: [[UInt8]]) -> [UInt8] {
        guard !leaves.isEmpty else { return Array(SHA256.hash(data: [UInt8]())) }
        return root(leaves.map { Array(SHA256.hash(data: [0] + $0)) }[...])
    }

    private static func root(_ hashes: ArraySlice<[UInt8]>) -> [UInt8] {
        guard hashes.count > 1 else { return hashes[hashes.startIndex] }
        // The largest power of two that is smaller than the number of leaves.
        var left = 1
        while left * 2 < hashes.count { left *= 2 }
        let middle = hashes.startIndex + left
        return Array(SHA256.hash(data: [1] + root(hashes[..<middle]) + root(hashes[middle...])))
    }
}

extension MerkleTree {
    /// The root over the ends of all chains, in the order of their scopes.
    static func root(of ends: [ChainEnd]) -> String {
        root(ends.map { Array("\($0.scope)#\($0.sequence) \($0.hash)".utf8) }).hexadecimal
    }
}
