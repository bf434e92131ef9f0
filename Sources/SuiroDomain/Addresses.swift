// What may stand in an address: the same answer for every face.
extension String {
    /// Labels of letters, digits and hyphens, at least two of them; internationalised names in their ASCII form or not.
    package var isDomain: Bool {
        let labels = split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }

    /// Two capital letters.
    package var isCountry: Bool { utf8.count == 2 && utf8.allSatisfy { (65...90).contains($0) } }

    /// One `@` with something on both sides, no blanks, at most 254 bytes.
    package var isMailAddress: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && String(parts[1]).isDomain && utf8.count <= 254
            && !contains { $0.isWhitespace || "<>\",;:".contains($0) }
    }
}
