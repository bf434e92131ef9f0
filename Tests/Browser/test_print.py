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


def test_the_preview_of_a_move_fits_two_sheets_with_all_that_is_decided_on(language, scenes, window):
    moves = scenes.moves
    for address in (moves.asked.wizard(moves.other, step=3), moves.asked.wizard(moves.licence, plan="wait", step=3)):
        tab = window(language, who="hanako").goto(address)
        assert 1 <= sheets(tab) <= 2
        tab.page.emulate_media(media="print")
        for key in ("portal.newMove.nothingYet", "portal.move.goes", "portal.move.bill.title", "portal.move.consents",
                    "portal.move.steps"):
            assert tab.shows(key), f"{key} is not printed"
        for hidden in ("header", "footer", ".sandbox", ".steps", "main .noprint"):
            assert tab.page.locator(hidden).first.is_hidden(), f"{hidden} is printed"


def test_a_move_that_is_decided_on_fits_two_sheets(language, scenes, window):
    tab = window(language, who=scenes.moves.asked.token).goto(f"/switches/{scenes.moves.waiting['id']}")
    assert 1 <= sheets(tab) <= 2
