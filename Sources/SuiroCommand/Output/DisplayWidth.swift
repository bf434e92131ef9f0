/// How many cells a text takes on a terminal, by East Asian Width (UAX #11).
package struct DisplayWidth: Equatable, Sendable {
    /// Cells of class A: 1 on most terminals, 2 on some with East Asian fonts.
    package let ambiguous: Int

    package init(ambiguous: Int = 1) {
        self.ambiguous = ambiguous
    }

    package func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of(character: $1) }
    }

    /// As much of the text as fits, with an ellipsis where something is missing.
    package func fit(_ text: String, to cells: Int) -> String {
        guard of(text) > cells else { return text }
        let room = cells - of("…")
        var kept = ""
        var used = 0
        for character in text {
            used += of(character: character)
            guard used <= room else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    package func pad(_ text: String, to cells: Int) -> String {
        text + String(repeating: " ", count: max(0, cells - of(text)))
    }

    /// An emoji made of several characters takes two cells. Everything else is the sum of its parts: the voiced mark
    /// of half-width katakana joins its letter to one character, yet keeps a cell of its own.
    private func of(character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.count > 1, Self.isEmoji(scalars) { return 2 }
        return scalars.reduce(0) { $0 + of(scalar: $1) }
    }

    private static func isEmoji(_ scalars: Character.UnicodeScalarView) -> Bool {
        let startsAsEmoji = scalars.first?.properties.isEmojiPresentation ?? false
        return startsAsEmoji || scalars.contains { $0 == "\u{FE0F}" || $0.properties.isEmojiModifier }
    }

    private func of(scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: return 1
        // The later parts of a Hangul syllable are drawn into its first.
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        // A soft hyphen is a format character by category, but terminals draw it.
        case 0x00AD: return ambiguous
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if EastAsianWidth.wide.covers(scalar.value) { return 2 }
        return EastAsianWidth.ambiguous.covers(scalar.value) ? ambiguous : 1
    }
}
