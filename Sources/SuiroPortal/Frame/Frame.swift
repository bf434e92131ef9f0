import HTTPTypes
import SuiroAssets
import SuiroDomain

extension Portal {
    /// The whole document: strip, bar, navigation, content, foot.
    func document(_ page: Page, _ visit: Visit) -> HTML {
        let title = page.hasProblem ? visit.say("portal.title.problem", ["title": .text(page.title)]) : page.title
        return """
            <!doctype html>
            <html lang="\(visit.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>\(visit.say("portal.title", ["title": .text(title)]))</title>
            <link rel="stylesheet" href="\(style.address)">
            <link rel="icon" href="/favicon.ico" type="image/svg+xml">
            </head>
            <body>
            <a class="skip" href="#main">\(visit.say("portal.skip"))</a>
            \(strip(visit))\(bar(page, visit))\(middle(page, visit))\(foot(visit))
            </body>
            </html>

            """
    }

    private func strip(_ visit: Visit) -> HTML {
        guard isSandbox else { return .nothing }
        return """
            <div class="sandbox" role="region" aria-label="\(visit.say("portal.sandbox"))">\
            <strong>\(visit.say("portal.sandbox"))</strong>\
            <span>\(visit.say("portal.sandbox.clock")) \(visit.minute(visit.now))</span>\
            <a href="\(Place.signIn(next: visit.address))">\(visit.say("portal.sandbox.persona"))</a></div>

            """
    }

    private func bar(_ page: Page, _ visit: Visit) -> HTML {
        """
        <header class="top"><a class="brand" href="\(Place.home)">\(visit.say("portal.brand"))</a>\
        \(HTML.when(!page.isNarrow, search(visit)))\(visit.visitor.map { who($0, visit) })\(languages(visit))</header>

        """
    }

    private func search(_ visit: Visit) -> HTML {
        guard let visitor = visit.visitor, visitor.may(.listCustomers, at: visit.now) else { return .nothing }
        return """
            <form role="search" action="\(Place.customers)">\
            <label class="vh" for="search">\(visit.say("portal.search"))</label>\
            <input id="search" name="q" type="search" placeholder="\(visit.say("portal.search"))"></form>
            """
    }

    private func who(_ visitor: Visitor, _ visit: Visit) -> HTML {
        let arguments: [String: Argument] = [
            "organization": .text(visitor.organization.name), "person": .text(visitor.person.name),
        ]
        return """
            <span class="who">\(visit.say("portal.who", arguments))</span>\
            <form class="out" method="post" action="\(Place.signOut)">\(visit.proof(visitor))\
            <button type="submit">\(visit.say("portal.signOut.button"))</button></form>
            """
    }

    /// The other language, keeping the page.
    private func languages(_ visit: Visit) -> HTML {
        let other = visit.language.other
        let rest = visit.query(without: "lang")
        let address = visit.page + "?" + (rest.isEmpty ? "" : rest + "&") + "lang=\(other.rawValue)"
        return """
            <a href="\(address)" hreflang="\(other.rawValue)" lang="\(other.rawValue)">\(other.name(visit))</a>
            """
    }

    private func middle(_ page: Page, _ visit: Visit) -> HTML {
        let crumbs = HTML.when(!page.crumbs.isEmpty, crumbs(page, visit))
        guard !page.isNarrow, let visitor = visit.visitor else {
            return "<main id=\"main\" class=\"narrow\" tabindex=\"-1\">\(crumbs)\(page.content)</main>\n"
        }
        return """
            <div class="shell">\(navigation(page, visitor, visit))
            <main id="main" tabindex="-1">\(crumbs)\(page.content)</main></div>

            """
    }

    private func crumbs(_ page: Page, _ visit: Visit) -> HTML {
        let steps = HTML.each(page.crumbs) {
            "<a href=\"\($0.address)\">\($0.title)</a> <span aria-hidden=\"true\">›</span> "
        }
        return "<nav class=\"crumb\" aria-label=\"\(visit.say("portal.crumbs"))\">\(steps)</nav>\n"
    }

    private func navigation(_ page: Page, _ visitor: Visitor, _ visit: Visit) -> HTML {
        let listed = Section.allCases.filter { $0.isListed(for: visitor, at: visit.now) }
        func items(_ sections: [Section]) -> HTML {
            .each(sections) { section in
                let current: HTML = section == page.section ? " aria-current=\"page\"" : ""
                return "<li><a href=\"\(section.address(visitor))\"\(current)>\(section.title(visit))</a></li>"
            }
        }
        return """
            <nav class="nav" aria-label="\(visit.say("portal.nav"))">\
            <h2 id="nav-work">\(visit.say("portal.nav.work"))</h2>\
            <ul aria-labelledby="nav-work">\(items(listed.filter(\.isWork)))</ul>\
            <h2 id="nav-review">\(visit.say("portal.nav.review"))</h2>\
            <ul aria-labelledby="nav-review">\(items(listed.filter { !$0.isWork }))</ul></nav>
            """
    }

    private func foot(_ visit: Visit) -> HTML {
        """
        <footer class="foot"><span>\(visit.say("portal.brand"))</span>\
        <a href="/openapi.yaml">\(visit.say("portal.foot.api"))</a>\
        <a href="\(Place.accessibility)">\(visit.say("portal.accessibility.title"))</a></footer>
        """
    }
}
