/// The code of an invitation as it is stored, read from however somebody typed it.
struct InvitationCode {
    let text: String

    /// Letters that look like digits are read as digits; blanks and dashes do not count. `nil` when it is not as
    /// long as codes are, or as they were once: twelve letters and digits.
    init?(_ typed: some StringProtocol) {
        var letters: [Character] = []
        for character in String(typed).percentFree.halfWidth.uppercased() {
            switch character {
            case "-", " ": continue
            case "O": letters.append("0")
            case "I", "L": letters.append("1")
            case "0"..."9", "A"..."Z": letters.append(character)
            default: return nil
            }
        }
        guard [28, 12].contains(letters.count) else { return nil }
        text = stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}

extension String {
    fileprivate var percentFree: String { replacing("%20", with: " ") }
}
