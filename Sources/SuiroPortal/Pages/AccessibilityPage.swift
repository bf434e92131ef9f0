extension Portal {
    /// The statement: what the pages promise, and what is known to be missing.
    func accessibilityPage(_ visit: Visit) async throws -> Answer {
        let title = visit.say("portal.accessibility.title")
        let promises = [
            "portal.accessibility.keyboard", "portal.accessibility.scripts", "portal.accessibility.narrow",
            "portal.accessibility.contrast", "portal.accessibility.language",
        ].map { visit.say($0) }
        return .page(
            Page(
                title: title,
                content: """
                    <h1>\(title)</h1>
                    <p>\(visit.say("portal.accessibility.aim"))</p>
                    <h2>\(visit.say("portal.accessibility.promises"))</h2>
                    <ul>\(HTML.each(promises) { "<li>\($0)</li>" })</ul>
                    <h2>\(visit.say("portal.accessibility.gaps"))</h2>
                    <p>\(visit.say("portal.accessibility.gaps.text"))</p>
                    <h2>\(visit.say("portal.accessibility.tell"))</h2>
                    <p>\(visit.say("portal.accessibility.tell.text"))</p>

                    """
            )
        )
    }
}
