/// The code of an invitation as it is stored, read from however somebody typed it.
struct InvitationCode {
    let text: String

    /// Letters that look like digits are read as digits; blanks and dashes do not count. `nil` when it is not twelve
    /// letters and digits.
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
        guard letters.count == 12 else { return nil }
        text = [letters[0..<4], letters[4..<8], letters[8..<12]].map { String($0) }.joined(separator: "-")
    }
}

extension String {
    fileprivate var percentFree: String { replacing("%20", with: " ") }
}
