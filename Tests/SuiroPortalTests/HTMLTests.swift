import SuiroPortal
import Testing

@Suite struct HTMLTests {
    @Test func `text that is spliced in is escaped, markup is not`() {
        let name = "<b>\"Tom\" & 'Ann'</b>"
        let inner: HTML = "<i>\(name)</i>"
        let outer: HTML = "<p title=\"\(name)\">\(inner)\(3)</p>"
        let safe = "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;"
        #expect(outer.text == "<p title=\"\(safe)\"><i>\(safe)</i>3</p>")
    }

    @Test func `nothing is nothing`() {
        let absent: HTML? = nil
        #expect(("<p>\(absent)</p>" as HTML).text == "<p></p>")
    }
}
