"""Usage changes hands between two partners, from the plan to the last way in that is closed: three people, two languages,
no JavaScript, and the customer on a phone."""

import pytest

from program import Program
from scenes import persona
from switching import Switching
from tab import Windows
from world import World

PHONE = 320
OTHER = {"ja": "en", "en": "ja"}


class Scene:
    """The customer and the new partner read one language, the current partner the other."""

    def __init__(self, language, window, world, tozai):
        self.language, self.tozai = language, tozai
        self.cast = Switching(
            world, tozai, source={"name": {"ja": "North Wind Systems", "en": "北風システム株式会社"}[language]},
            language=language, name={"ja": "株式会社しらかば製陶", "en": "Alder Creek Pottery"}[language],
        )
        self.azure = self.cast.hold("usage", name="Microsoft Azure")
        self.licence = self.cast.hold("license", name="Dynamics 365 Sales", quantity=10, term=world.term())
        self.technician = window(language, who="hanako")
        self.seller = window(OTHER[language], who=self.cast.seller)
        self.phone = window(language, width=PHONE)
        self.sideways = []

    def look(self):
        return self.cast.look(self.move)

    def narrow(self):
        """Remembers a page that moves sideways on the phone."""
        if self.phone.in_document("document.documentElement.scrollWidth") != PHONE:
            self.sideways.append(self.phone.address)


def test_a_switch_by_three_people_from_the_plan_to_the_end(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    technician_plans_and_asks(scene)
    current_partner_finds_it_at_home_and_agrees(scene)
    customer_reads_and_agrees_on_a_phone(scene)
    current_partner_does_its_three_steps(scene)
    customer_gives_the_new_access_and_the_technician_tries_it(scene)
    customer_decides_about_every_way_in_that_is_left(scene)
    subscription_shows_both_ids_and_who_bills_since_when(scene)
    audit_log_shows_every_step(scene)
    assert scene.sideways == []


def technician_plans_and_asks(scene):
    tab, words = scene.technician, scene.technician.words
    tab.goto(f"/customers/{scene.cast.customer.id}/subscriptions/{scene.azure}")
    tab.follow("portal.newMove.title")
    assert tab.heading == words("portal.newMove.target.title"), "what it is about is chosen already"
    tab.follow("portal.newMove.step.subjects")
    assert tab.page.get_by_label("Microsoft Azure", exact=True).is_checked()
    tab.press("portal.consent.continue")
    tab.press("portal.newMove.toPreview")
    assert tab.shows("portal.newMove.nothingYet") and tab.shows("portal.move.bill.text")
    for key in ["consequence.accessGap", "consequence.priceTerms", "leftoverKind.standingGroup", "moveStep.openRequest"]:
        assert tab.shows(key), f"{key} cannot be read before asking"
    times = tab.page.locator("[aria-labelledby=billing] time").evaluate_all("all => all.map(e => e.dateTime)")
    assert times[1] == times[2], "one partner bills until the moment from which the other does"
    tab.follow("portal.newMove.ask")
    tab.page.go_back()
    assert tab.shows("portal.newMove.nothingYet"), "going back and forth is safe"
    tab.follow("portal.newMove.ask")
    moves = f"/multichannel/v1/customers/{scene.cast.customer.id}/moves"
    assert scene.cast.act("target").get(moves).expect(200)["items"] == [], "nothing has been written"
    tab.press("portal.newMove.asking.button")
    assert tab.shows("portal.done.moveRequested")
    scene.place = tab.address.split("?")[0]
    scene.move = {"id": scene.place.split("/")[-1]}
    assert scene.look()["state"] == "awaitingConsent"


def agree(tab):
    assert tab.page.locator("input[name=answer]:checked").count() == 0, "no answer is chosen beforehand"
    tab.choose("portal.consent.accept")
    tab.press("portal.consent.continue")
    assert tab.heading == tab.words("portal.move.check.accept.title")
    tab.press("portal.check.accept.button")
    assert tab.shows("portal.done.moveAnswered")


def current_partner_finds_it_at_home_and_agrees(scene):
    tab = scene.seller.goto("/")
    tab.page.locator(f"main a[href='{scene.place}']").click()
    assert tab.shows("portal.move.turn.answer")
    agree(tab)
    tab.goto("/switches?role=outgoing&state=awaitingConsent")
    assert tab.page.locator("tbody tr").filter(has_text=scene.cast.customer.name).count() == 1


def customer_reads_and_agrees_on_a_phone(scene):
    tab = scene.phone.goto(scene.place)
    assert tab.address == f"/sign-in?next={scene.place.replace('/', '%2F')}", "the link of the mail leads back here"
    assert scene.cast.customer.name not in tab.text
    tab.sign_in_here(scene.cast.token)
    tab.speak(scene.language)
    for key in ["portal.move.goes", "portal.move.stays", "portal.move.risks", "portal.move.bill.title",
                "portal.move.survives.title", "moveStep.cutOver"]:
        assert tab.shows(key), f"{key} cannot be read before deciding"
    scene.narrow()
    agree(tab)
    scene.narrow()
    assert scene.look()["state"] == "inProgress"
    assert tab.page.locator("input[name=answer]").count() == 0
    assert not tab.shows("portal.move.turn.step"), "it is somebody else's turn"


def current_partner_does_its_three_steps(scene):
    tab = scene.seller.goto(scene.place)
    for step, note in [("openRequest", "Ticket 4711"), ("checkSignatures", ""), ("confirmVerification", "")]:
        assert tab.page.locator("[aria-current=step]").inner_text().startswith(tab.words(f"moveStep.{step}"))
        tab.fill("evidence", note)
        tab.press("portal.step.done.button")
        assert tab.shows("portal.done.stepDone")
    assert "Ticket 4711" in tab.text
    assert tab.shows("moveState.handover") and tab.shows("portal.move.result.moved")
    assert not tab.shows("portal.move.turn.step")


def customer_gives_the_new_access_and_the_technician_tries_it(scene):
    tab = scene.phone.goto("/")
    tab.page.locator(f"main a[href='{scene.place}']").click()
    scene.narrow()
    assert tab.shows("portal.leftover.order")
    tab.press("portal.consent.continue")
    assert tab.shows("portal.step.grantAccess.usage") and scene.look()["state"] == "handover"
    tab.press("portal.step.grantAccess.button")
    assert tab.shows("portal.done.stepDone")
    technician = scene.technician.goto(scene.place)
    technician.press("portal.step.done.button")
    assert technician.shows("portal.done.stepDone") and not technician.shows("portal.move.turn.step")
    assert technician.page.locator("#leftovers").count() == 1
    assert technician.page.get_by_role("link", name=technician.words("portal.leftover.remove")).count() == 0


def customer_decides_about_every_way_in_that_is_left(scene):
    tab = scene.phone.goto(scene.place)
    open_ones = [leftover for leftover in scene.look()["leftovers"] if leftover["state"] == "open"]
    assert len(open_ones) >= 2
    tab.page.locator("main a[href*='decision=signOff']").first.click()
    scene.narrow()
    tab.press("portal.leftover.signOff.button")
    assert tab.status == 400 and tab.shows("portal.leftover.reason.mistake")
    tab.fill("reason", "Does our <backups>")
    tab.press("portal.leftover.signOff.button")
    assert tab.shows("portal.done.leftoverResolved") and "Does our <backups>" in tab.text
    for _ in open_ones[1:]:
        tab.page.locator("main a[href*='decision=remove']").first.click()
        assert tab.page.locator("#immediate").count() == 0, "the order has been kept"
        tab.press("portal.leftover.remove.button")
    assert scene.look()["state"] == "completed" and tab.shows("moveState.completed")
    scene.narrow()
    tab.follow("portal.access.nav.own", within="nav.nav")
    assert tab.shows("portal.leftover.stays") and tab.shows("portal.leftover.removed")
    scene.narrow()


def subscription_shows_both_ids_and_who_bills_since_when(scene):
    alias = scene.look()["moves"][0]["result"]["alias"]
    tab = scene.phone.goto(f"/customers/{scene.cast.customer.id}/subscriptions/{alias}")
    assert alias in tab.text and scene.azure in tab.text
    rows = tab.page.locator("[aria-labelledby=bills] tbody tr").all_inner_texts()
    assert [name in row for name, row in zip([scene.cast.source.name, scene.tozai.name], rows)] == [True, True]
    scene.narrow()


def audit_log_shows_every_step(scene):
    tab = scene.phone.goto(scene.place)
    tab.follow("portal.customer.events.all")
    rows = tab.page.locator("tbody tr").all_inner_texts()
    for event in ["event.moveRequested", "event.moveConsented", "event.moveAgreed", "event.moveStepDone",
                  "event.leftoverResolved", "event.moveCompleted"]:
        assert any(tab.words(event) in row for row in rows), f"{event} is not in {rows}"


def test_a_licence_is_refused_with_its_two_plans_and_each_can_be_asked_for(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    tab, words = scene.technician, scene.technician.words
    tab.goto(scene.cast.wizard(scene.licence, kind="switchPartner", step=3))
    assert tab.shows("portal.move.blocked") and tab.shows("portal.rule", rule="S-16")
    assert words("reason.LICENSE_SWITCH_FORBIDDEN", product="Dynamics 365 Sales") in tab.text
    assert tab.page.get_by_role("link", name=words("portal.newMove.ask")).count() == 0
    ways = tab.page.locator("main .note a[href*='plan=']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(ways) == 2
    for way, plan in zip(ways, ["wait", "cancelFirst"]):
        tab.goto(way)
        assert tab.shows("portal.newMove.ban")
        assert tab.page.locator(f"input[name=plan][value={plan}]").is_checked()
        tab.press("portal.newMove.toPreview")
        assert tab.shows("moveKind.replaceLicense") and tab.shows(f"licensePlan.{plan}")
        assert not tab.shows("portal.move.blocked")
    tab.follow("portal.newMove.ask")
    tab.press("portal.newMove.asking.button")
    assert tab.shows("portal.done.moveRequested")
    agree(scene.phone.sign_in(scene.cast.token).goto(tab.address.split("?")[0]))


def test_terms_that_changed_after_they_were_read_cannot_be_agreed_to(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    move = scene.cast.request(scene.azure)
    tab = window(language, who=scene.cast.token).goto(f"/switches/{move['id']}")
    tab.choose("portal.consent.accept")
    tab.press("portal.consent.continue")
    tab.page.locator("main input[name=termsHash]").evaluate("field => field.value = '0'.repeat(64)")
    tab.press("portal.check.accept.button")
    assert tab.status == 409 and tab.shows("reason.TERMS_CHANGED")
    tab.follow("next.readTermsAgain")
    assert tab.address == f"/switches/{move['id']}"
    assert scene.cast.look(move)["state"] == "awaitingConsent"


def test_whoever_declines_ends_it_and_everybody_reads_why(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    move = scene.cast.request(scene.azure)
    tab = scene.seller.goto(f"/switches/{move['id']}")
    tab.choose("portal.consent.decline")
    tab.press("portal.consent.continue")
    tab.fill("reason", "長" * 501)
    tab.press("portal.check.decline.button")
    assert tab.status == 400 and tab.page.locator("#reason").input_value() == "長" * 501
    tab.fill("reason", "<いまは> & \"later\"")
    tab.press("portal.check.decline.button")
    assert tab.shows("portal.done.moveAnswered")
    technician = scene.technician.goto(f"/switches/{move['id']}")
    assert technician.shows("moveState.declined") and "<いまは> & \"later\"" in technician.text
    technician.press("portal.move.renew")
    assert technician.shows("portal.done.moveRequested"), "it can be asked for again"


def test_the_dates_can_be_kept_in_a_calendar(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    move = scene.cast.request(scene.azure)
    tab = scene.technician.goto(f"/switches/{move['id']}")
    with tab.page.expect_download() as download:
        tab.follow("portal.move.calendar")
    assert download.value.suggested_filename == f"suiro-{move['id']}.ics"
    assert download.value.path().read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


@pytest.fixture
def elsewhere(chromium, tmp_path):
    """A sandbox of its own: rules that are published hold for everybody in it."""
    running = Program(tmp_path, "--demo")
    windows = Windows(chromium, running.url)
    yield running, windows
    windows.close()
    running.stop()


def test_rules_that_are_published_while_a_move_runs_do_not_change_it(language, elsewhere):
    program, window = elsewhere
    world = World(program)
    scene = Scene(language, window, world, persona(program, "hanako", "adminAgent", "tozai-cloud.example"))
    scene.move = scene.cast.agree(scene.cast.request(scene.azure))
    other = scene.cast.hold("usage", name="Azure for tests")
    publishes_the_rules_of_2026(window(language, who="sofia"))
    world.advance("P1D")
    technician, seller = window(language, who="hanako"), window(OTHER[language], who=scene.cast.seller)
    tab = technician.goto(f"/switches/{scene.move['id']}")
    assert tab.shows("portal.move.newer.changes"), "whoever looks is told that there are other rules now"
    assert tab.shows("moveStep.openRequest"), "and that this one goes on by its own"
    seller.goto(f"/switches/{scene.move['id']}")
    seller.press("portal.step.done.button")
    assert seller.shows("portal.done.stepDone"), "the signatures of 2017 are asked for to the end"
    assert scene.look()["policyEdition"] == scene.move["policyEdition"]
    assert scene.cast.play(scene.look(), until="grantAccess")["state"] == "handover"
    fresh = scene.cast.preview(other)
    assert fresh["policyEdition"] > scene.move["policyEdition"]
    assert fresh["steps"][0]["id"] == "cutOver", "what begins now needs no form"
    page = technician.goto(f"/switches/{scene.cast.request(other)['id']}")
    assert not page.shows("moveStep.openRequest") and not page.shows("portal.move.newer.changes")


def publishes_the_rules_of_2026(tab):
    tab.goto("/policies/packages/2026")
    tab.press("portal.package.draft")
    tab.follow("portal.publish.title")
    tab.press("portal.publish.next")
    tab.press("portal.publish.button")
    assert tab.shows("packageStage.announced") or tab.shows("packageStage.effective")
