"""What goes round an office on paper."""

import re


def sheets(tab):
    """How many sheets of A4 it takes, with the margins the style sheet asks for."""
    printed = tab.page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_the_request_fits_two_sheets_with_all_of_its_terms(language, scenes, window):
    tab = window(language, who="olivia").goto(f"/r/{scenes.open['code']}")
    assert 1 <= sheets(tab) <= 2
    tab.page.emulate_media(media="print")
    for key in ("terms.intro", "terms.notPossible.1", "terms.unchanged.4", "terms.withdraw", "portal.consent.ends"):
        assert tab.shows(key), f"{key} is not printed"
    assert tab.page.locator("main table").is_visible() or tab.shows("portal.access.none"), "who has access is unfolded"
    for hidden in ("button", "header", "footer", ".sandbox", "input[name=answer]", "main .noprint"):
        assert tab.page.locator(hidden).first.is_hidden(), f"{hidden} is printed"


def test_the_record_of_a_decision_fits_two_sheets_and_bears_its_number(language, scenes, window):
    tab = window(language, who=scenes.accepted.tokens["globalAdmin"]).goto(f"/r/{scenes.accepted.code}")
    assert 1 <= sheets(tab) <= 2
    tab.page.emulate_media(media="print")
    assert scenes.accepted.code in tab.text and tab.shows("portal.outcome.withdraw.text")
