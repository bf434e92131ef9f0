"""The main job from end to end, with JavaScript off: a customer hires a partner for what it bought elsewhere."""

import email
import email.policy

PHONE = 320


class Scene:
    """A customer that bought in four channels, and the two people who meet over it."""

    def __init__(self, language, window, world, tozai):
        self.language, self.window, self.world, self.tozai = language, window, world, tozai
        self.customer = world.customer(country="JP", language=language, **{
            "ja": {"name": "株式会社しらかば製陶"}, "en": {"name": "Alder Creek Pottery"},
        }[language])
        person = {"roles": ["globalAdmin"], "language": language, "name": {"ja": "渡辺 恵", "en": "Nora Velt"}[language]}
        path = f"/sandbox/v1/organizations/{self.customer.id}/people"
        self.administrator, self.token = person["name"], world.sandbox.post(path, person).expect(201)["token"]
        self.rival = world.partner(name={"ja": "北風システム株式会社", "en": "North Wind Systems"}[language])
        term = world.term()
        self.subscriptions = {
            "channel.otherPartner": self._bought("Dynamics 365 Sales", "license", "csp", seller=self.rival, term=term),
            "channel.open": self._bought("Office 365 E3", "license", "open", quantity=120, term=term),
            "channel.ea": self._bought("Microsoft Azure", "usage", "ea"),
            "channel.advisor": self._bought("Exchange Online", "license", "advisor", quantity=8, term=term),
        }
        self.technician = window(language)
        self.phone = window(language, width=PHONE)

    def _bought(self, name, family, channel, **more):
        return self.world.subscription(self.customer, family, channel, name=name, **more)

    def state_of_the_request(self):
        agent = self.tozai.act("adminAgent")
        found = agent.get("/multichannel/v1/relationshiprequests").expect(200)["items"]
        return next(item["state"] for item in found if item["id"] == self.request)


def test_a_customer_hires_a_partner_and_lets_it_go_again(language, window, world, tozai):
    scene = Scene(language, window, world, tozai)
    technician_asks(scene)
    technician_sees_the_draft_and_keeps_it_as_a_file(scene)
    opening_the_link_shows_who_asks_and_changes_nothing(scene)
    administrator_reads_and_decides_on_a_phone(scene)
    technician_sees_four_channels_with_a_verdict_on_each(scene)
    audit_log_shows_every_step(scene, [
        "event.relationshipRequested", "event.relationshipRequestOpened", "event.relationshipRequestAccepted",
        "event.accessGranted",
    ])
    customer_ends_the_access(scene)
    technician_is_refused_on_the_next_click(scene)


def technician_asks(scene):
    tab, words = scene.technician, scene.technician.words
    tab.goto("/requests")
    assert tab.address == "/sign-in?next=%2Frequests", "whoever must sign in comes back to where they were going"
    tab.sign_in_here("hanako")
    assert tab.address == "/requests"
    tab.speak(scene.language)
    assert tab.address == "/requests", "the other language is the same page"
    tab.follow("portal.requestForm.title")
    tab.fill("name", scene.administrator)
    tab.fill("domain", scene.customer.domain)
    tab.choose(f"language.{scene.language}")
    tab.press("portal.requestForm.button")
    assert tab.shows("portal.done.requestMade")
    assert tab.heading == words("portal.request.title", name=scene.administrator)
    assert tab.shows("portal.request.draft.unsent"), "no mail address was given, so nothing went out"
    scene.request = tab.address.split("?")[0].split("/")[-1]
    scene.link = tab.page.locator("code.chip").inner_text().strip()


def technician_sees_the_draft_and_keeps_it_as_a_file(scene):
    tab, words = scene.technician, scene.technician.words
    subject = tab.page.get_by_label(words("portal.request.subject")).input_value()
    body = tab.page.get_by_label(words("portal.request.body"))
    assert body.get_attribute("lang") == scene.language
    assert words.until("mail.request.subject") in subject and scene.tozai.name in subject
    assert words.until("mail.request.body", partner=scene.tozai.name) in body.input_value()
    assert scene.link in body.input_value() and scene.administrator in body.input_value()
    with tab.page.expect_download() as download:
        tab.follow("portal.request.eml")
    assert download.value.suggested_filename.endswith(".eml")
    mail = email.message_from_bytes(download.value.path().read_bytes(), policy=email.policy.default)
    assert mail["Subject"] == subject
    assert mail["X-Unsent"] == "1", "mail programs open it as a draft"
    assert lines(mail.get_body().get_content()) == lines(body.input_value())


def lines(text):
    return [line.rstrip() for line in text.strip().splitlines()]


def opening_the_link_shows_who_asks_and_changes_nothing(scene):
    before = scene.state_of_the_request()
    tab = scene.phone.goto(scene.link)
    assert tab.heading == tab.words("terms.title", partner=scene.tozai.name)
    assert tab.shows("portal.consent.doorstep") and tab.shows("portal.consent.unexpected")
    assert scene.customer.name not in tab.text and scene.administrator not in tab.text
    assert tab.page.locator("main form").count() == 0, "nothing can be decided before sign-in"
    assert scene.state_of_the_request() == before == "draft"


def administrator_reads_and_decides_on_a_phone(scene):
    tab, words = scene.phone, scene.phone.words
    tab.follow("portal.consent.signIn")
    tab.sign_in_here(scene.token)
    assert scene.state_of_the_request() == "opened", "opened means: after signing in"
    assert tab.title.startswith(words("terms.title", partner=scene.tozai.name))
    for key in ["portal.consent.grants", "portal.consent.notPossible", "portal.consent.unchanged", "terms.unchanged.1",
                "terms.notPossible.1", "terms.withdraw"]:
        assert tab.shows(key), f"{key} cannot be read before deciding"
    assert tab.page.locator("input[name=answer]:checked").count() == 0, "no answer is chosen beforehand"
    tab.choose("portal.consent.accept")
    tab.press("portal.consent.continue")
    assert tab.heading == words("portal.check.accept.title") and tab.shows("portal.check.accept.text")
    assert scene.state_of_the_request() == "opened"
    tab.press("portal.check.accept.button")
    assert tab.heading == words("portal.outcome.accepted", partner=scene.tozai.name)
    assert tab.shows("portal.done.answered") and tab.shows("portal.outcome.withdraw.text")
    assert tab.page.locator("main .note a.id").count() == 1, "there is a number to quote"
    assert tab.in_document("document.documentElement.scrollWidth") == PHONE, "nothing has to be moved sideways"
    assert tab.steps <= 6, f"{tab.steps} steps from the link to the end"
    assert scene.state_of_the_request() == "accepted"


def technician_sees_four_channels_with_a_verdict_on_each(scene):
    tab, words = scene.technician, scene.technician.words
    tab.page.reload()
    tab.follow("portal.request.toCustomer")
    assert tab.heading == scene.customer.name
    assert tab.shows("portal.customer.subscriptions", count=4, channels=4)
    spoken = {"ja": "ja-JP", "en": "en-US"}[scene.language]
    for channel, subscription in scene.subscriptions.items():
        row = tab.page.locator("tbody tr").filter(has=tab.page.locator(f"a[href$='{subscription}']"))
        assert words(channel) in row.inner_text()
        told = row.text_content()
        for item in scene.world.options(scene.tozai, scene.customer, subscription, language=spoken)["items"]:
            assert words(f"action.{item['action']}") in told, f"{channel}: {item['action']} is not spoken of"
            assert words(f"verdict.{item['verdict']}") in told
            if item["verdict"] != "allowed":
                assert item["text"] in told, f"{channel}: no reason for {item['action']}"
                assert words("portal.rule", rule=item["rule"]) in told


def audit_log_shows_every_step(scene, events):
    tab = scene.technician
    tab.follow("portal.customer.events.all")
    assert tab.address == f"/audit?customer={scene.customer.id}"
    rows = tab.page.locator("tbody tr").all_inner_texts()
    for event in events:
        assert any(tab.words(event) in row and scene.customer.name in row for row in rows), f"{event} is not in {rows}"
    accepted = next(row for row in rows if tab.words("event.relationshipRequestAccepted") in row)
    assert scene.administrator in accepted, "who decided is on record"
    tab.page.go_back()


def customer_ends_the_access(scene):
    tab = scene.phone
    tab.follow("portal.access.nav.own")
    rows = tab.page.locator("tbody tr").filter(has_text=scene.tozai.name).filter(has=tab.page.locator("td a[href$='/end']"))
    assert rows.count() == 2, "a reseller relationship, and the delegated administration that ends by itself"
    while rows.count() > 0:
        rows.first.locator("td a[href$='/end']").click()
        assert tab.heading == tab.words("portal.endAccess.title", partner=scene.tozai.name)
        tab.press("portal.endAccess.button")
        assert tab.shows("portal.done.accessEnded")
    assert scene.rival.name in tab.text, "nobody else has lost anything"
    assert tab.in_document("document.documentElement.scrollWidth") == PHONE


def technician_is_refused_on_the_next_click(scene):
    tab = scene.technician
    assert tab.heading == scene.customer.name, "the page was opened while it was allowed"
    tab.page.locator("tbody th a").first.click()
    assert tab.status == 403
    assert tab.title.startswith(tab.words.until("portal.title.problem"))
    assert tab.shows("reason.NO_RELATIONSHIP") and tab.shows("portal.problem.next")
    assert scene.customer.name not in tab.text
    tab.page.locator("main dd a.id").click()
    assert tab.heading == tab.words("portal.explain.title") and tab.status == 200, "why can be read under its number"
    assert "NO_RELATIONSHIP" in tab.text
