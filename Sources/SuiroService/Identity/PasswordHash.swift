import Crypto
import CryptoExtras
import Foundation
import SuiroStore

/// How hard a password is to guess from its hash: scrypt with N = 2^17, r = 8, p = 1, which takes 128 MiB.
package struct PasswordCost: Hashable, Sendable {
    package static let standard = PasswordCost(logRounds: 17)
    package let logRounds: Int
    static let blockSize = 8

    package init(logRounds: Int) {
        self.logRounds = logRounds
    }
}

/// A password as it is kept: how it was hashed, the salt, the hash.
struct PasswordHash {
    private let cost: PasswordCost
    private let salt: [UInt8]
    private let hash: [UInt8]

    init(_ password: [UInt8], _ cost: PasswordCost, salt: [UInt8]) throws {
        (self.cost, self.salt) = (cost, salt)
        hash = try Self.derive(password, cost, salt)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", let rounds = Int(parts[1]), (1...20).contains(rounds),
            let salt = parts[2].base64Decoded, let hash = parts[3].base64Decoded
        else { return nil }
        (cost, self.salt, self.hash) = (PasswordCost(logRounds: rounds), salt, hash)
    }

    var text: String { "scrypt$\(cost.logRounds)$\(salt.base64)$\(hash.base64)" }

    /// Compares every byte, wherever the first difference is.
    func matches(_ password: [UInt8]) throws -> Bool {
        let derived = try Self.derive(password, cost, salt)
        return derived.count == hash.count && zip(derived, hash).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: [UInt8], _ cost: PasswordCost, _ salt: [UInt8]) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password,
            salt: salt,
            outputByteCount: 32,
            rounds: 1 << cost.logRounds,
            blockSize: PasswordCost.blockSize,
            parallelism: 1
        )
        return key.withUnsafeBytes { Array($0) }
    }
}

/// Lets two passwords be hashed at a time, away from the threads that serve; who would wait too long is sent away.
final class PasswordQueue: Sendable {
    private static let most = 32
    private let threads: OperationQueue

    init() {
        threads = OperationQueue()
        threads.maxConcurrentOperationCount = 2
    }

    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        guard threads.operationCount < Self.most else {
            throw StoreError.unavailable("Too many people are signing in at once.")
        }
        return try await withCheckedThrowingContinuation { continuation in
            threads.addOperation { continuation.resume(with: Result(catching: work)) }
        }
    }
}
