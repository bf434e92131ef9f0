import Foundation

/// What a password must be: long, and nothing that everybody tries first. No rules of composition (ASVS 6.2).
package enum PasswordRule: Equatable, Sendable {
    case tooShort, tooLong, tooCommon

    package static let shortest = 12
    package static let longest = 256

    /// What is wrong with it, if anything is. Characters are counted as people count them, bytes are kept as they came.
    package static func fault(_ password: String, of words: [String]) -> PasswordRule? {
        guard password.count >= shortest else { return .tooShort }
        guard password.utf8.count <= longest * 4, password.count <= longest else { return .tooLong }
        let plain = password.lowercased()
        guard !common.contains(plain), Set(plain).count >= 4, !isRun(plain) else { return .tooCommon }
        // The name of the account, or of the house, with something around it.
        for word in words.map({ $0.lowercased() }) where word.count >= 4 && plain.contains(word) {
            if plain.count - word.count < 6 { return .tooCommon }
        }
        return nil
    }

    /// `123456789012`, `abcdefghijkl`.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }
        return steps.filter { abs($0) == 1 }.count * 4 >= steps.count * 3
    }

    private static let common: Set<String> = [
        "password1234", "password12345", "password123456", "passwordpassword", "password2024", "password2025",
        "password2026", "qwertyuiop12", "qwertyuiop123", "qwertyuiopas", "qwertyqwerty", "qwerty123456",
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "zaq12wsxcde3", "q1w2e3r4t5y6", "asdfghjklqwerty",
        "administrator", "administrator1", "adminadminadmin", "letmeinletmein", "welcome12345", "welcome123456",
        "iloveyou1234", "iloveyou12345", "changemechangeme", "changeme1234", "correcthorsebatterystaple",
        "correct horse battery staple", "p@ssw0rd1234", "p@ssword1234", "p@ssw0rdp@ssw0rd", "summer202420",
        "123qweasdzxc", "qazwsxedcrfv", "trustno1trustno1", "monkeymonkey", "dragondragon", "sunshine1234",
        "princess1234", "football1234", "baseball1234", "superman1234", "michael12345", "microsoft1234",
        "partnercenter", "partnercentre", "suirosuirosuiro", "nipponnippon", "sakurasakura", "123123123123",
        "111111222222", "987654321098", "1234567890ab", "abc123abc123", "abcd1234abcd", "aaaabbbbcccc",
    ]
}
