"""Every page in every state, in both languages: for everybody, on every screen, and small."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from places import all_places
from survey import axe, layout_faults, look, prepare
from tab import LANGUAGES, Windows, browser

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Z]{4}(-[0-9A-Z]{4}){2,6}")


@pytest.fixture(scope="session")
def surveys(program, scenes):
    """The facts about every page by language; looked at once, asked about by each test. The languages take their turns
    side by side, each with a browser of its own."""
    places = all_places(scenes)
    with ThreadPoolExecutor() as pool:
        found = {language: pool.submit(look_everywhere, language, program.url, places) for language in LANGUAGES}
        return {language: facts.result() for language, facts in found.items()}


def look_everywhere(language, url, places):
    people = {}
    for place in places:
        people.setdefault(place.who, []).append(place)
    with browser() as chromium:
        windows = Windows(chromium, url)
        tabs = {who: prepare(windows(language, who=who, scripts=True)) for who in people}
        return [facts for who, places in people.items() for facts in visit(tabs[who], places)]


def visit(tab, places):
    for place in places:
        tab.page.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(place.address)
        place.then(tab)
        facts = look(tab, place)
        assert facts.status == place.status, f"{place.name} answered {facts.status}"
        yield facts


@pytest.fixture
def survey(surveys, language):
    return surveys[language]


def faults(survey, of):
    """By place, only where there are any."""
    return {facts.place: of(facts) for facts in survey if of(facts)}


def test_every_page_the_portal_has_is_looked_at(survey):
    source = (ROOT / "Sources" / "SuiroPortal" / "Portal.swift").read_text(encoding="utf-8")
    pages = set(re.findall(r'page\("([^"]+)"', source)) - {
        "/audit.csv", "/requests/{id}/eml", "/switches/{id}/calendar", "/policies/packages/{id}/impact.csv",
        "/announcements/{id}/affected.csv", "/access.csv", "/access/unused.csv", "/access/calendar.ics",
        # Where people sign in with passwords and programs ask; the sandbox has personas. Goldens look at these.
        "/sign-in/code", "/enrol/{code}", "/{tenant}/oauth2/authorize", "/{tenant}/oauth2/v2.0/authorize",
        "/access/extensions/{id}",
    }
    assert len(pages) > 15
    seen = {facts.path for facts in survey}
    assert [page for page in pages if not any(re.fullmatch(re.sub(r"{\w+}", "[^/]+", page), path) for path in seen)] == []


def test_nothing_stands_in_the_way_of_people_who_see_or_move_otherwise(survey):
    assert faults(survey, lambda facts: facts.violations) == {}


def test_no_page_moves_sideways_and_nothing_on_it_is_too_small_to_hit(survey):
    assert faults(survey, lambda facts: facts.layout) == {}


def test_a_page_has_one_heading_of_the_first_order_and_says_its_language(survey, language):
    assert faults(survey, lambda facts: facts.headings != 1) == {}
    assert faults(survey, lambda facts: facts.language != language) == {}


def test_links_within_a_page_lead_somewhere_and_no_id_is_used_twice(survey):
    assert faults(survey, lambda facts: facts.dangling + facts.twice) == {}


def test_no_link_leads_nowhere(surveys, window):
    """A few links of each form from every page, for whoever sees the page."""
    forms = {}
    for facts in surveys["en"]:
        for link in facts.links:
            kept = forms.setdefault((facts.who, NUMBER.sub("{}", re.sub(r"=[^&]*", "=", link))), set())
            if len(kept) < 3 and "lang=" not in link:
                kept.add(link)
    broken = []
    for who in {who for who, _ in forms}:
        tab = window("en", who=who)
        for link in {link for (reader, _), links in forms.items() if reader == who for link in links}:
            status = tab.context.request.get(tab.url + link).status
            if status >= 400:
                broken.append(f"{who}: {link} answers {status}")
    assert broken == []


def test_two_kinds_of_page_never_share_a_title(survey):
    """Pages of two requests to one person may; and pages that say why they cannot be shown are alike."""
    titles = {}
    for facts in survey:
        if facts.status < 400:
            titles.setdefault(facts.title, set()).add(NUMBER.sub("{}", facts.path))
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_a_page_with_a_problem_says_so_first_in_its_title(survey, language):
    first = {"ja": "エラー: ", "en": "Error: "}[language]
    wrong = [facts.place for facts in survey if facts.status in (400, 403) and not facts.title.startswith(first)]
    assert [place for place in wrong if not place.startswith("consent, ")] == []
    assert [facts.place for facts in survey if facts.status == 200 and facts.title.startswith(first)] == [
        "subscription, no such day"
    ]


def test_the_browser_has_nothing_to_complain_of_and_asks_no_other_host(survey):
    assert faults(survey, lambda facts: facts.complaints) == {}


def test_there_is_no_script_and_no_style_in_a_page(survey):
    assert faults(survey, lambda facts: facts.scripts + facts.styles) == {}


def test_a_page_stays_under_60_kB_and_its_style_sheet_under_20_kB(survey):
    assert faults(survey, lambda facts: facts.markup if facts.markup >= 60_000 else 0) == {}
    assert faults(survey, lambda facts: facts.sheet if not 0 < facts.sheet < 20_000 else 0) == {}


def test_faults_that_are_planted_are_found(window):
    tab = prepare(window("en", scripts=True)).goto("/r")
    assert axe(tab) == [] and layout_faults(tab) == []
    tab.in_document("""() => {
        document.documentElement.removeAttribute('lang');
        document.querySelector('label').remove();
        document.querySelector('.lead').style.color = '#ccc';
        document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/favicon.ico"><h1>Another</h1>');
    }""")
    assert {fault.split(":")[0] for fault in axe(tab)} >= {"html-has-lang", "label", "color-contrast", "image-alt"}
    tab.page.set_viewport_size({"width": 320, "height": 900})
    tab.in_document("""() => {
        document.querySelector('main').style.width = '25rem';
        document.querySelector('main button').style.cssText = 'min-height: 0; padding: 0; line-height: 1';
    }""")
    found = " ".join(layout_faults(tab))
    assert "pixels too wide" in found and "small target" in found
