"""Everything can be reached and done with the keyboard alone, and the focus can always be seen."""

import pytest

from keyboard import here, leave_by, press, stops, tab_to, walk

_QUESTION_IS_SEEN = """id => {
    const field = document.getElementById(id), group = field.closest('fieldset');
    const question = group ? group.querySelector('legend') : document.querySelector(`label[for=${id}]`);
    const box = question.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def asked(world, tozai):
    """A customer that has been asked for a relationship, with the number of the request."""
    customer = world.customer()
    customer.code = world.request(tozai, customer)["code"]
    return customer


@pytest.fixture
def pages(scenes, mirai):
    return {
        "consent": ("olivia", f"/r/{scenes.open['code']}"),
        "request form": ("hanako", "/requests/new"),
        "customer": ("hanako", f"/customers/{mirai.id}"),
        "sign-in": (None, "/sign-in"),
        "move": (scenes.moves.asked.token, f"/switches/{scenes.moves.waiting['id']}"),
        "plan": (scenes.moves.asked.token, scenes.moves.asked.wizard()),
    }


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("page", ["consent", "request form", "customer", "sign-in", "move", "plan"])
def test_tab_reaches_every_control_in_the_order_of_reading_and_shows_where_it_is(page, width, pages, window):
    who, address = pages[page]
    tab = window("ja", who=who, width=width).goto(address)
    expected = stops(tab)
    reached = walk(tab)
    assert [stop["stop"] for stop in reached] == list(range(len(expected))), [stop["html"] for stop in reached]
    assert [stop["html"] for stop in reached if not stop["ring"]] == [], "no ring around the focus"
    assert [stop["html"] for stop in reached if not stop["seen"]] == [], "the focus is hidden or off the screen"


def test_the_first_stop_leads_past_the_navigation(window):
    tab = window("en", who="hanako").goto("/customers")
    press(tab, "Tab")
    assert here(tab)["html"].startswith('<a class="skip"')
    press(tab, "Enter", "Tab")
    assert tab.in_document("document.activeElement.closest('main') !== null")


def test_an_administrator_decides_without_a_mouse(language, asked, window):
    tab = window(language, who=asked.tokens["globalAdmin"], width=320).goto(f"/r/{asked.code}")
    tab_to(tab, "input[name=answer]")
    assert tab.page.locator("input[name=answer]:checked").count() == 0, "arriving chooses nothing"
    press(tab, "Space")
    assert tab.page.locator("input[value=accept]").is_checked()
    press(tab, "ArrowDown")
    assert tab.page.locator("input[value=decline]").is_checked()
    press(tab, "ArrowUp")
    tab_to(tab, "main button")
    leave_by(tab, "Enter")
    assert tab.heading == tab.words("portal.check.accept.title")
    tab_to(tab, "main button")
    leave_by(tab, "Enter")
    assert tab.shows("portal.done.answered")


def test_a_technician_asks_without_a_mouse(language, window):
    tab = window(language, who="hanako").goto("/requests/new")
    tab_to(tab, "#name")
    tab.page.keyboard.type("Aiko")
    tab_to(tab, "summary")
    press(tab, "Enter")
    tab_to(tab, "#role-globalReader")
    press(tab, "Space")
    tab_to(tab, "#days")
    press(tab, "Control+a")
    tab.page.keyboard.type("30")
    leave_by(tab, "Enter")
    assert tab.shows("portal.done.requestMade")
    assert tab.words("adminRole.globalReader") in tab.text and "30" in tab.text


def test_after_a_mistake_the_focus_is_on_the_summary_and_goes_from_there_to_each_field(language, window):
    tab = window(language, who="hanako", width=320).goto("/requests/new")
    tab.page.locator("input[name=roles]").evaluate_all("boxes => boxes.forEach(box => box.checked = false)")
    for field, text in [("mail", "tanaka"), ("name", "n" * 201), ("domain", "mirai shoji"), ("days", "soon")]:
        tab.page.locator(f"#{field}").fill(text)
    tab.press("portal.requestForm.button")
    tab.page.locator("[role=alert]:focus").wait_for()
    assert tab.title.startswith(tab.words.until("portal.title.problem"))
    links = tab.page.locator("[role=alert] a").evaluate_all("links => links.map(a => a.getAttribute('href').slice(1))")
    assert links == ["mail", "name", "domain", "roles", "days"]
    order = tab.in_document("ids => ids.map(id => document.getElementById(id).getBoundingClientRect().top)", links)
    assert order == sorted(order), "mistakes are listed in the order of the fields"
    for number, field in enumerate(links):
        tab.in_document("document.querySelector('[role=alert]').focus()")
        press(tab, *["Tab"] * (number + 1))
        assert here(tab)["html"].startswith(f'<a href="#{field}"')
        press(tab, "Enter")
        assert here(tab)["id"] == field
        assert here(tab)["seen"], f"{field} is not on the screen after the jump"
        assert tab.in_document(_QUESTION_IS_SEEN, field), f"what {field} asks is not on the screen after the jump"


@pytest.mark.parametrize("page", ["consent", "code", "audit", "sign-in", "move", "plan"])
def test_every_form_puts_the_focus_on_what_is_wrong(page, scenes, window):
    who, address, button = {
        "consent": ("olivia", f"/r/{scenes.open['code']}", "portal.consent.continue"),
        "code": (None, "/r?code=7Q2M", None),
        "audit": ("hanako", "/audit?from=soon", None),
        "sign-in": (None, "/sign-in", "portal.signIn.button"),
        "move": (scenes.moves.asked.token, f"/switches/{scenes.moves.waiting['id']}", "portal.consent.continue"),
        "plan": (scenes.moves.asked.token, scenes.moves.asked.wizard(scenes.moves.licence), "portal.newMove.toPreview"),
    }[page]
    tab = window("en", who=who).goto(address)
    if button:
        tab.press(button)
    tab.page.locator("[role=alert]:focus").wait_for()
    press(tab, "Tab", "Enter")
    wrong = tab.page.locator("main :is(input, textarea):focus")
    assert wrong.get_attribute("aria-invalid") == "true"
