import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroStore

// Small pieces that many pages are made of.
extension Visit {
    /// A day in a table, with its exact form for programs.
    func day(_ instant: Instant) -> HTML {
        "<time datetime=\"\(instant.day)\">\(Words.shortDay(instant, language))</time>"
    }

    /// A day in a sentence of its own.
    func longDay(_ instant: Instant) -> HTML {
        "<time datetime=\"\(instant.day)\">\(Words.day(instant, language))</time>"
    }

    func minute(_ instant: Instant) -> HTML {
        "<time datetime=\"\(instant.short)\">\(Words.minute(instant, language))</time>"
    }

    /// A link that looks like a button; the main one of a page stands out.
    func button(_ text: String, to address: String, isMain: Bool = false) -> HTML {
        "<a class=\"btn\(HTML.when(isMain, " p"))\" href=\"\(address)\">\(text)</a>"
    }

    /// A word with a colour that never says anything the word does not.
    func badge(_ text: String, _ tone: Tone) -> HTML { "<span class=\"badge \(tone.rawValue)\">\(text)</span>" }

    /// A box that stands out, with a heading of its own.
    func note(_ title: String, _ tone: Tone, _ content: HTML = .nothing, role: HTML = .nothing) -> HTML {
        "<div class=\"note \(tone.rawValue)\"\(role)><h2>\(title)</h2>\(content)</div>\n"
    }

    /// Names and values.
    func facts(_ rows: [(String, HTML)]) -> HTML {
        "<dl class=\"kv\">\(HTML.each(rows) { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })</dl>\n"
    }

    /// A table that scrolls by itself on a narrow screen, named by the heading with the id.
    func table(labelled id: String, _ heads: [Head], _ rows: HTML) -> HTML {
        """
        <div class="tablewrap" role="region" tabindex="0" aria-labelledby="\(id)"><table><thead><tr>\
        \(HTML.each(heads) { "<th scope=\"col\"\(HTML.when($0.isNumber, " class=\"n\""))>\($0.title)</th>" })\
        </tr></thead><tbody>
        \(rows)</tbody></table></div>

        """
    }

    /// The same page as the programs have it.
    func elsewhere(_ lines: [String]) -> HTML {
        """
        <details class="noprint"><summary>\(say("portal.elsewhere"))</summary>\
        <pre>\(lines.joined(separator: "\n"))</pre></details>

        """
    }

    /// The proof a posted form carries: that this session was shown it, and a number to be used once.
    func proof(_ visitor: Visitor) -> HTML {
        """
        <input type="hidden" name="csrf" value="\(visitor.session.csrf)">\
        <input type="hidden" name="request" value="\(newUUID().lowercased)">
        """
    }

    /// A number somebody can quote.
    func reference(_ correlation: String) -> HTML {
        """
        <a class="id" href="\(Place.explanation(correlation))">\(correlation)</a>
        """
    }
}

enum Tone: String { case good = "ok", warning = "warn", bad, info = "inf", plain = "mut" }

/// The head of a column.
struct Head {
    let title: String
    var isNumber = false

    init(_ title: String, isNumber: Bool = false) {
        (self.title, self.isNumber) = (title, isNumber)
    }
}
