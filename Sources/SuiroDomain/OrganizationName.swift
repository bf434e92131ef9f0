/// A name as somebody reads it before trusting whoever bears it (I-07).
package struct OrganizationName: Sendable {
    /// Why a name may be meant to be taken for another's.
    package enum Doubt: String, CaseIterable, Sendable {
        /// Letters of scripts that are not written together, such as Latin and Cyrillic.
        case mixedScripts
        /// Letters of another script alone, each of which looks like a Latin one.
        case looksLatin
        /// A Chinese character in the place of the katakana that it looks like, or the other way round.
        case looksKatakana
    }

    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether all of it can be seen, and stands where it was written: no direction is turned, nothing is invisible.
    /// Variants of Chinese characters are told apart by a mark behind them, and may be.
    package var isVisible: Bool {
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { last = scalar }
            if scalar.properties.isVariationSelector, last.map({ Script($0) == .han }) == true { continue }
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: return false
            default: break
            }
            // Braille without dots is as empty as what Unicode says may be left out.
            if scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}" { return false }
        }
        return true
    }

    /// What speaks against taking the name at its face; nothing for the scripts that English, Japanese, Chinese and
    /// Korean names are written with.
    package var doubt: Doubt? {
        let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic }
        let scripts = Set(letters.compactMap(Script.init))
        let usual: [Set<Script>] = [[.latin, .han, .kana], [.latin, .han, .hangul]]
        guard scripts.count <= 1 || usual.contains(where: scripts.isSubset) else { return .mixedScripts }
        if scripts.count == 1, !scripts.isSubset(of: [.latin, .han, .kana, .hangul]),
            letters.allSatisfy({ Self.likeLatin.contains($0) })
        {
            return .looksLatin
        }
        return hasStrayKatakana ? .looksKatakana : nil
    }

    /// A look-alike between two letters of the other script, or as the last one of a word in it.
    private var hasStrayKatakana: Bool {
        let scalars = Array(text.unicodeScalars)
        func isKatakana(_ index: Int) -> Bool {
            scalars.indices.contains(index) && (0x30A1...0x30FE).contains(scalars[index].value)
        }
        func isLetter(_ index: Int) -> Bool {
            scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
        }
        func isHan(_ index: Int) -> Bool { scalars.indices.contains(index) && Script(scalars[index]) == .han }
        return scalars.indices.contains { index in
            if Self.hanLikeKatakana.contains(scalars[index]) {
                return isKatakana(index - 1) && (isKatakana(index + 1) || !isLetter(index + 1))
            }
            guard Self.katakanaLikeHan.contains(scalars[index]) else { return false }
            return isHan(index - 1) && isHan(index + 1)
        }
    }

    private static let hanLikeKatakana = Set("力口卜夕一二八工千三才公".unicodeScalars)
    private static let katakanaLikeHan = Set("カロトタニハエチミオ".unicodeScalars)
    private static let likeLatin = Set(
        """
        АВСЕНІЈКМОРЅТХУҮԌԚԜӀаеорсухіјѕһԁԛԝӏүց\
        ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιкρυγɑϲϳ\
        ՕՍԼհոսօցքԶ\
        ᎪᎫᎬᎠᎡᎢᎳᎷᎻᏀᏃᏎᏔᏙᏚᏞᏟᏢᏦᏴᏒᏙ
        """.unicodeScalars
    )

    /// What letters belong to; `nil` for what stands with every script.
    private enum Script: Hashable {
        case latin, greek, cyrillic, armenian, cherokee, kana, han, hangul, other

        init?(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            // Small letters above the line, the mark of long vowels, half-width marks of sound.
            case 0xAA, 0xBA, 0x02B0...0x036F, 0x30FB, 0x30FC, 0xFF70, 0xFF9E, 0xFF9F: return nil
            case ..<0x0250, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA722...0xA7FF, 0xFB00...0xFB06, 0xFF21...0xFF5A:
                self = .latin
            case 0x0250...0x02AF, 0x1D00...0x1DBF, 0x1D400...0x1D7FF: self = .other
            case 0x0370...0x03FF, 0x1F00...0x1FFF: self = .greek
            case 0x0400...0x052F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: self = .cyrillic
            case 0x0530...0x058F: self = .armenian
            case 0x13A0...0x13FF, 0xAB70...0xABBF: self = .cherokee
            case 0x3005...0x3007, 0x2E80...0x2FDF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
                0x20000...0x3FFFF:
                self = .han
            case 0x3041...0x309F, 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D, 0x1B000...0x1B16F: self = .kana
            case 0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xFFA0...0xFFDC: self = .hangul
            // Signs of companies and units in one place: ㈱, ㍿, №, ™.
            case 0x2100...0x214F, 0x2460...0x24FF, 0x3200...0x33FF: return nil
            default: self = .other
            }
        }
    }
}
