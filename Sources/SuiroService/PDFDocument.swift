import SuiroDomain

/// One sheet of A4, in points from its lower left corner.
struct PDFPage {
    private(set) var content = ""

    mutating func text(_ text: String, x: Int, y: Int, size: Int) {
        let plain = text.utf8.allSatisfy { (32..<127).contains($0) }
        let shown = plain ? "(\(text.escaped))" : "<\(text.utf16Hexadecimal)>"
        content += "BT /\(plain ? "F1" : "F2") \(size) Tf \(x) \(y) Td \(shown) Tj ET\n"
    }

    /// Ends at `right`.
    mutating func text(_ text: String, right: Int, y: Int, size: Int) {
        self.text(text, x: right - text.width(size), y: y, size: size)
    }

    mutating func rule(y: Int) { content += "0.5 w 50 \(y) m 545 \(y) l S\n" }
}

/// A small PDF 1.7 file. Latin text is set in Helvetica, which every reader has; everything else in the Japanese gothic
/// that readers supply for Adobe-Japan1 (decisions, 0040), so that nothing needs to be embedded.
struct PDFDocument {
    private let title: String
    private let language: Language
    private var pages: [PDFPage] = []

    init(title: String, language: Language) {
        (self.title, self.language) = (title, language)
    }

    mutating func add(_ page: PDFPage) { pages.append(page) }

    var bytes: [UInt8] {
        let kids = pages.indices.map { "\(8 + $0 * 2) 0 R" }.joined(separator: " ")
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R /Lang (\(language.locale)) >>",
            "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
            "<< /Title <FEFF\(title.utf16Hexadecimal)> /Producer (Suiro) >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            """
            << /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5-UniJIS-UTF16-H /Encoding /UniJIS-UTF16-H \
            /DescendantFonts [6 0 R] >>
            """,
            """
            << /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /CIDSystemInfo << /Registry (Adobe) \
            /Ordering (Japan1) /Supplement 4 >> /DW 1000 /W [1 94 500] /FontDescriptor 7 0 R >>
            """,
            """
            << /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0 \
            /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>
            """,
        ]
        for (index, page) in pages.enumerated() {
            objects.append(
                """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(9 + index * 2) 0 R \
                /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>
                """
            )
            objects.append("<< /Length \(page.content.utf8.count) >>\nstream\n\(page.content)endstream")
        }
        return Self.file(of: objects)
    }

    private static func file(of objects: [String]) -> [UInt8] {
        // Bytes above 127 in the second line tell programs that move files that this is no text.
        var bytes = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += Array("\(index + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let start = bytes.count
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = "\(offset)"
            table += String(repeating: "0", count: 10 - digits.utf8.count) + digits + " 00000 n \n"
        }
        table += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 3 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return bytes + Array(table.utf8)
    }
}

extension String {
    fileprivate var escaped: String {
        String(flatMap { "()\\".contains($0) ? "\\\($0)" : "\($0)" })
    }

    /// UTF-16, most significant byte first.
    fileprivate var utf16Hexadecimal: String {
        let digits = Array("0123456789ABCDEF")
        return String(
            utf16.flatMap { unit in stride(from: 12, through: 0, by: -4).map { digits[Int(unit >> $0) & 15] } }
        )
    }

    /// How wide it is set, near enough to end a column of amounts in one line.
    fileprivate func width(_ size: Int) -> Int {
        let units = unicodeScalars.reduce(0) { sum, scalar in
            switch scalar {
            case ".", ",", " ", ":": sum + 278
            case "-": sum + 333
            case "A"..."Z": sum + 690
            case _ where scalar.isASCII: sum + 556
            default: sum + 1000
            }
        }
        return units * size / 1000
    }
}
