"""Going through a page with the Tab key, as people do who use no mouse."""

# A group of radio buttons is one stop: at the chosen one, or the first.
_STOPS = """() => {
    const all = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    )].filter(e => e.checkVisibility({visibilityProperty: true}));
    const stops = e => {
        if (e.type !== 'radio') return true;
        const group = all.filter(other => other.type === 'radio' && other.name === e.name);
        return e === (group.find(other => other.checked) || group[0]);
    };
    window.__stops = all.filter(stops);
    return window.__stops.map(e => e.outerHTML.slice(0, 90));
}"""

_HERE = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getClientRects()[0];
    if (e === document.body || !box) return null;
    const hit = document.elementFromPoint(box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2);
    return {
        stop: window.__stops ? window.__stops.indexOf(e) : null, html: e.outerHTML.slice(0, 90), id: e.id,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.left < innerWidth && !!hit && e.contains(hit),
    };
}"""


def stops(tab):
    """Where Tab should stop, in the order of reading."""
    return tab.in_document(_STOPS)


def here(tab):
    """Where the focus is."""
    return tab.in_document(_HERE)


def walk(tab):
    """Presses Tab as often as there are stops; what was reached, in order."""
    reached = []
    for _ in stops(tab):
        tab.page.keyboard.press("Tab")
        reached.append(here(tab))
    return reached


def tab_to(tab, selector):
    """Presses Tab until the focus is there."""
    for _ in range(100):
        tab.page.keyboard.press("Tab")
        if tab.in_document("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab at {tab.address}")


def press(tab, *keys):
    for key in keys:
        tab.page.keyboard.press(key)


def leave_by(tab, key):
    """Presses a key that leads to another page."""
    with tab.page.expect_navigation():
        tab.page.keyboard.press(key)
