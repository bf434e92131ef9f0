"""Forms keep what was typed, name what is wrong, and do a thing once."""

import re

import pytest

GOOD = {"name": "田中 一郎", "mail": "tanaka@mirai-shoji.example", "domain": "mirai-shoji.example", "days": "180"}
MISTAKES = {
    "mail": ["tanaka", "tanaka@", "@mirai-shoji.example", "a b@mirai-shoji.example", "tanaka@mirai", "a,b@mirai-shoji.example",
             "<a@mirai-shoji.example>"],
    "domain": ["mirai shoji", "mirai", "https://mirai-shoji.example/", "-.-", ".example"],
    "days": ["", "0", "-5", "soon", "1.5", "99999", "180 days"],
    "name": ["n" * 201],
}


@pytest.fixture
def sent(world, tozai):
    """How many requests and mails there are."""
    def count():
        requests = tozai.act("adminAgent").get("/multichannel/v1/relationshiprequests").expect(200)["items"]
        return len(requests), len(world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"])
    return count


@pytest.mark.parametrize("field", MISTAKES)
def test_a_mistake_is_named_at_its_field_everything_typed_is_kept_and_nothing_is_sent(field, window, sent):
    tab, before = window("ja", who="hanako"), sent()
    for text in MISTAKES[field]:
        tab.goto("/requests/new")
        typed = {**GOOD, field: text}
        for name, value in typed.items():
            tab.fill(name, value)
        tab.page.locator("input[name=language][value=en]").check()
        tab.page.locator("input[name=roles][value=helpdeskAdministrator]").uncheck()
        tab.press("portal.requestForm.button")
        assert tab.status == 400, f"{field}: {text!r} was taken"
        message = tab.page.locator(f"#{field}-error").inner_text()
        assert message == tab.page.locator("[role=alert] a").inner_text()
        box = tab.page.locator(f"#{field}")
        assert box.get_attribute("aria-invalid") == "true"
        assert f"{field}-error" in box.get_attribute("aria-describedby").split()
        assert {name: tab.page.locator(f"#{name}").input_value() for name in typed} == typed
        assert tab.page.locator("input[name=language]:checked").get_attribute("value") == "en"
        assert checked_roles(tab) == {"userAdministrator", "serviceSupportAdministrator"}
    assert sent() == before


def checked_roles(tab):
    return set(tab.page.locator("input[name=roles]:checked").evaluate_all("boxes => boxes.map(box => box.value)"))


def test_what_a_rule_forbids_is_said_in_the_form_with_the_rule(language, window, sent):
    tab, before = window(language, who="hanako").goto("/requests/new"), sent()
    tab.fill("name", GOOD["name"])
    tab.choose("portal.requestForm.kind.relationship")
    tab.press("portal.requestForm.button")
    assert tab.shows("reason.DELEGATED_ADMIN_NOT_SEPARABLE") and tab.shows("portal.rule", rule="REL-09")
    assert tab.page.locator("#name").input_value() == GOOD["name"]
    assert sent() == before


def test_full_width_letters_are_read_as_plain_ones_and_markup_as_text(language, window):
    tab = window(language, who="hanako").goto("/requests/new")
    for field, text in [("mail", "ｔａｎａｋａ＠ｓｈｉｒａｋａｂａ．ｅｘａｍｐｌｅ"), ("domain", " ＳＨＩＲＡＫＡＢＡ．ｅｘａｍｐｌｅ "),
                        ("days", "９０"), ("name", "<b>\"O'Neil\" & 田中</b>")]:
        tab.fill(field, text)
    tab.press("portal.requestForm.button")
    assert tab.heading == tab.words("portal.request.title", name="<b>\"O'Neil\" & 田中</b>")
    assert "tanaka@shirakaba.example" in tab.text and tab.page.locator("main b").count() == 0


def test_a_double_click_makes_one_request(window, sent):
    tab, (requests, mails) = window("en", who="hanako").goto("/requests/new"), sent()
    tab.fill("name", "Once")
    tab.page.locator("main button.p").dblclick()
    tab.page.wait_for_url(re.compile(r"/requests/[0-9a-f]{8}-"))
    assert tab.heading == tab.words("portal.request.title", name="Once")
    assert sent() == (requests + 1, mails)


def test_the_same_form_sent_again_answers_the_same_and_another_under_its_number_is_refused(window, sent):
    tab, (requests, _) = window("en", who="hanako").goto("/requests/new"), sent()
    form = tab.page.locator("main form").evaluate("form => Object.fromEntries(new FormData(form))")
    first, second = (send(tab, "/requests/new", form) for _ in range(2))
    assert (first.status, first.headers["location"]) == (303, second.headers["location"])
    other = send(tab, "/requests/new", {**form, "name": "Somebody else"})
    assert other.status == 409 and tab.words("reason.REQUEST_REUSED") in other.text()
    assert sent()[0] == requests + 1


def test_a_form_of_another_session_does_nothing(window, sent):
    tab, before = window("en", who="hanako").goto("/requests/new"), sent()
    form = tab.page.locator("main form").evaluate("form => Object.fromEntries(new FormData(form))")
    for wrong in ({**form, "csrf": "0" * 64}, {**form, "request": "1"}, {"name": form["name"]}):
        answer = send(tab, "/requests/new", wrong)
        assert answer.status == 403 and tab.words("portal.problem.foreignForm") in answer.text()
    foreign = send(tab, "/requests/new", form, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status == 403
    assert sent() == before


def send(tab, address, form, **more):
    return tab.context.request.post(tab.url + address, form=form, max_redirects=0, **more)


def test_a_double_click_decides_once(window, world, tozai):
    customer = world.customer()
    code = world.request(tozai, customer)["code"]
    tab = window("en", who=customer.tokens["globalAdmin"], width=320).goto(f"/r/{code}")
    tab.choose("portal.consent.accept")
    tab.press("portal.consent.continue")
    tab.page.locator("main button.p").dblclick()
    tab.page.wait_for_url("**/r/*done=answered*")
    assert tab.heading == tab.words("portal.outcome.accepted", partner=tozai.name)
    access = customer.act("globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access").items
    assert sorted(item["kind"] for item in access) == ["dap", "resellerTie"]


def test_a_reason_that_is_too_long_is_kept_and_a_shorter_one_reaches_the_partner(language, window, world, tozai):
    customer = world.customer()
    request = world.request(tozai, customer)
    tab = window(language, who=customer.tokens["globalAdmin"]).goto(f"/r/{request['code']}")
    tab.choose("portal.consent.decline")
    tab.press("portal.consent.continue")
    tab.fill("reason", "長" * 1001)
    tab.press("portal.check.decline.button")
    assert tab.status == 400 and tab.page.locator("#reason").input_value() == "長" * 1001
    tab.fill("reason", "<今は> \"結構\" です & thanks")
    tab.press("portal.check.decline.button")
    assert tab.shows("portal.outcome.declined.text")
    assert "<今は> \"結構\" です & thanks" in window("en", who="hanako").goto(f"/requests/{request['id']}").text


def test_sign_in_says_nothing_about_who_exists_and_goes_only_to_places_of_its_own(language, window):
    tab = window(language).goto("/sign-in?next=https%3A%2F%2Felsewhere.example%2F")
    tab.fill("token", "no token")
    tab.press("portal.signIn.token.button")
    assert tab.status == 403 and tab.page.locator("#token-error").inner_text() == tab.words("portal.signIn.failed")
    tab.sign_in_here("hanako")
    assert tab.address == "/"
    tab.page.locator("header").get_by_role("button").click()
    assert tab.goto("/customers").address == "/sign-in?next=%2Fcustomers", "signed out"


@pytest.mark.parametrize("who, address", [
    (None, "/sign-in?next=%2Fcustomers"), (None, "/r"), ("hanako", "/customers?q=%E6%A0%AA"), ("hanako", "/requests?show=open"),
    ("hanako", "/audit?from=2026-01-01&to=2026-12-31"), ("hanako", "/policies?rule=S-16"),
])
def test_the_other_language_is_one_step_away_and_keeps_the_page(who, address, window):
    tab = window("ja", who=who).goto(address)
    for language, name in [("en", "English"), ("ja", "日本語")]:
        tab.page.locator("header").get_by_role("link", name=name).click()
        assert tab.address == address and tab.status == 200
        assert tab.in_document("document.documentElement.lang") == language
    tab.goto("/accessibility")
    assert tab.in_document("document.documentElement.lang") == "ja", "the choice is remembered"
