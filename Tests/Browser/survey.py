"""Looks at a page as closely as a program can, in light and dark, wide and narrow."""

from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python

_AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [1280, 320]
COLOURS = ["light", "dark"]

_RUN_AXE = """tags => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false
}).then(found => found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).join(' | ')}`))"""

_STRUCTURE = """() => ({
    headings: document.querySelectorAll('h1').length,
    language: document.documentElement.lang,
    scripts: document.querySelectorAll('script, [href^="javascript:" i]').length
        + [...document.querySelectorAll('*')].filter(e => e.getAttributeNames().some(n => n.startsWith('on'))).length,
    styles: document.querySelectorAll('style, [style]').length,
    ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
    links: [...new Set([...document.querySelectorAll('a[href^="/"]')].map(a => a.getAttribute('href')))],
    dangling: [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href'))
        .filter(href => !document.getElementById(href.slice(1))),
})"""

# What axe does not see. An inline link in a sentence may be small; anything else has to be 24 pixels each way.
_LAYOUT = """() => {
    const root = document.documentElement, wide = root.scrollWidth - root.clientWidth;
    const shown = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.right > 0; };
    const small = [...document.querySelectorAll('a, button, select, textarea, summary, input:not([type=hidden])')]
        .filter(e => shown(e) && getComputedStyle(e).display !== 'inline' && !e.matches('[type=radio], [type=checkbox]'))
        .filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 120));
    const thin = [...document.querySelectorAll('tbody tr > :first-child')].filter(shown)
        .filter(e => e.getBoundingClientRect().width < 8 * parseFloat(getComputedStyle(e).fontSize) && e.matches('th'))
        .map(e => e.innerText);
    return {wide, small, thin};
}"""

_SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    const root = document.documentElement, wide = root.scrollWidth - root.clientWidth;
    const cut = [...document.querySelectorAll('a, button, th, td, .badge, h1, h2, dd, label')]
        .filter(e => e.scrollWidth > e.clientWidth + 2 && !['visible', 'inline'].includes(getComputedStyle(e).overflow))
        .filter(e => !e.closest('.vh')).map(e => e.outerHTML.slice(0, 120));
    document.adoptedStyleSheets = [];
    return wide > 0 ? [`${wide} pixels too wide`, ...cut] : cut;
}"""


@dataclass
class Facts:
    """What was found. Lists of faults are empty on a good page."""

    place: str
    who: str
    path: str
    status: int
    title: str
    language: str
    headings: int
    scripts: int
    styles: int
    markup: int
    sheet: int
    complaints: list
    links: list
    twice: list
    dangling: list
    violations: list = field(default_factory=list)
    layout: list = field(default_factory=list)


def prepare(tab):
    """Has the engine at hand on every page the window will show."""
    tab.context.add_init_script(path=_AXE)
    return tab


def look(tab, place):
    """Surveys the page a window shows."""
    structure = tab.in_document(_STRUCTURE)
    facts = Facts(
        place=place.name, who=place.who, path=tab.address.split("?")[0], status=tab.status, title=tab.title,
        language=structure["language"], headings=structure["headings"], scripts=structure["scripts"],
        styles=structure["styles"],        markup=len(tab.document.body()), sheet=sheet_size(tab), complaints=tab.take_complaints(),
        links=structure["links"], twice=structure["ids"], dangling=structure["dangling"],
    )
    for width in WIDTHS:
        tab.page.set_viewport_size({"width": width, "height": 900})
        facts.layout += [f"at {width}: {fault}" for fault in layout_faults(tab)]
        for colours in COLOURS:
            tab.page.emulate_media(color_scheme=colours)
            facts.violations += [f"{colours}, {width}: {fault}" for fault in axe(tab)]
    return facts


def axe(tab):
    """Needs a window that was prepared before the page was opened."""
    return tab.in_document(_RUN_AXE, TAGS)


def layout_faults(tab):
    seen = tab.in_document(_LAYOUT)
    faults = [f"{seen['wide']} pixels too wide"] if seen["wide"] > 0 else []
    faults += [f"small target {each}" for each in seen["small"]]
    faults += [f"thin first column {each}" for each in seen["thin"]]
    return faults + [f"with more space between letters: {each}" for each in tab.in_document(_SPACING)]


def sheet_size(tab):
    """Bytes of all style sheets a page uses, before compression."""
    return tab.in_document("""() => {
        const sheets = [...document.styleSheets].map(sheet => sheet.href);
        return performance.getEntriesByType('resource').filter(entry => sheets.includes(entry.name))
            .reduce((sum, entry) => sum + entry.decodedBodySize, 0);
    }""")
