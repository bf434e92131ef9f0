"""A link that cannot be answered says why, who can, and what to do; it never shows what is not the reader's."""

import pytest

from tab import Windows
from program import Program
from world import World


@pytest.fixture
def asked(world, tozai):
    customer = world.customer(name="Alder Creek Pottery")
    request = world.request(tozai, customer)
    customer.code, customer.request, customer.link = request["code"], request["id"], f"/r/{request['code']}"
    return customer


def test_people_of_another_organization_learn_who_asks_but_not_whom(language, asked, window, tozai):
    tab = window(language, who="ichiro").goto(asked.link)
    assert tab.status == 403
    assert tab.shows("reason.WRONG_TENANT") and tab.shows("portal.consent.wrongTenant")
    assert tozai.name in tab.text and asked.name not in tab.text and asked.domain not in tab.text
    tab.follow("portal.consent.signInAgain")
    tab.sign_in_here(asked.tokens["globalAdmin"])
    assert tab.address == asked.link, "another account leads back to the request"
    assert tab.page.locator("input[name=answer]").count() == 3


def test_a_partner_is_told_that_the_customer_decides(language, asked, window):
    tab = window(language, who="marco").goto(asked.link)
    assert tab.status == 403 and tab.shows("portal.consent.notCustomer")
    assert asked.name not in tab.text and tab.page.locator("input[name=answer]").count() == 0


@pytest.mark.parametrize("role", ["user", "billingAdmin"])
def test_people_who_may_not_decide_learn_who_may_and_get_a_text_to_pass_on(role, language, asked, window, world):
    administrator = {"roles": ["globalAdmin"], "name": "Nora Velt"}
    world.sandbox.post(f"/sandbox/v1/organizations/{asked.id}/people", administrator).expect(201)
    tab = window(language, who=asked.tokens[role], width=320).goto(asked.link)
    assert tab.status == 200 and tab.shows("terms.intro"), "they may read it"
    assert tab.shows("reason.GLOBAL_ADMIN_REQUIRED") and "Nora Velt" in tab.text
    text = tab.page.get_by_label(tab.words("portal.consent.forward")).input_value()
    assert tab.url + asked.link in text and asked.code in text
    assert tab.page.locator("main form").count() == 0


def test_questions_decide_nothing(language, asked, window):
    tab = window(language, who=asked.tokens["globalAdmin"]).goto(asked.link)
    tab.choose("portal.consent.ask")
    tab.press("portal.consent.continue")
    assert tab.shows("portal.ask.text") or tab.heading == tab.words("portal.ask.title")
    tab.follow("portal.check.back")
    assert tab.address == asked.link and tab.page.locator("input[name=answer]").count() == 3


def test_a_link_is_answered_once(language, asked, window, tozai):
    first, second = (window(language, who=asked.tokens["globalAdmin"]).goto(asked.link) for _ in range(2))
    for tab in (first, second):
        tab.choose("portal.consent.accept")
        tab.press("portal.consent.continue")
    first.press("portal.check.accept.button")
    assert first.shows("portal.done.answered")
    second.press("portal.check.accept.button")
    assert second.heading == second.words("portal.outcome.accepted", partner=tozai.name)
    assert not second.shows("portal.done.answered"), "the second one decided nothing, and is not told so"
    assert second.goto(asked.link).page.locator("main form").count() == 0


def test_a_request_taken_back_while_it_was_read_grants_nothing(language, asked, window, tozai):
    reader, technician = window(language, who=asked.tokens["globalAdmin"]).goto(asked.link), window(language, who="hanako")
    reader.choose("portal.consent.accept")
    reader.press("portal.consent.continue")
    technician.goto(f"/requests/{asked.request}")
    technician.press("portal.request.withdraw")
    assert technician.shows("portal.done.withdrawn")
    reader.press("portal.check.accept.button")
    assert reader.shows("reason.INVITATION_WITHDRAWN") and reader.shows("portal.outcome.nothing")
    access = asked.act("globalAdmin").get(f"/multichannel/v1/customers/{asked.id}/access").items
    assert access == []


def test_a_newer_request_takes_the_place_of_an_older_one(language, asked, window, world, tozai):
    newer = world.request(tozai, asked)["code"]
    tab = window(language, who=asked.tokens["globalAdmin"]).goto(asked.link)
    assert tab.shows("reason.INVITATION_SUPERSEDED")
    assert tab.goto(f"/r/{newer}").page.locator("input[name=answer]").count() == 3


def test_reading_changes_nothing_however_often(asked, window, tozai):
    def state():
        found = tozai.act("adminAgent").get(f"/multichannel/v1/relationshiprequests/{asked.request}").expect(200)
        return {name: value for name, value in found.items() if name != "draft"}

    before, stranger = state(), window("en")
    for _ in range(3):
        assert stranger.goto(asked.link).status == 200
        assert stranger.context.request.fetch(stranger.url + asked.link, method="HEAD").status in (200, 405)
    assert state() == before


def test_a_careful_administrator_types_the_number_instead(language, asked, window):
    tab = window(language, who=asked.tokens["globalAdmin"]).goto("/")
    tab.follow("portal.code.nav", within="nav.nav")
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "ー" for letter in asked.code.lower())
    for typed in (wide, asked.code.replace("-", " "), f"  {asked.code}  "):
        tab.goto("/r").fill("code", typed)
        tab.press("portal.code.button")
        assert tab.address == asked.link, typed


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "nothing", "7Q2M-K4XD"])
def test_a_number_that_does_not_exist_says_so(code, language, window):
    tab = window(language).goto(f"/r/{code}")
    assert tab.status == 404 and tab.shows("portal.problem.notShown")
    assert tab.page.locator("main form").count() == 0


def test_an_expired_link_says_so_and_the_partner_can_ask_again(language, chromium, tmp_path):
    program = Program(tmp_path)
    windows = Windows(chromium, program.url)
    try:
        world = World(program)
        partner, customer = world.partner(), world.customer()
        request = world.request(partner, customer)
        reader = windows(language, who=customer.tokens["globalAdmin"]).goto(f"/r/{request['code']}")
        reader.choose("portal.consent.accept")
        reader.press("portal.consent.continue")
        world.advance("P400D")
        reader.press("portal.check.accept.button")
        assert reader.shows("reason.INVITATION_EXPIRED") and reader.shows("portal.outcome.nothing")
        partner_tab = windows(language, who=partner.tokens["adminAgent"]).goto(f"/requests/{request['id']}")
        assert partner_tab.shows("requestState.expired")
        assert partner_tab.page.locator("main form").count() == 0
        windows.close()
    finally:
        program.stop()
