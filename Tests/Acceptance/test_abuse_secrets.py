"""What opens something is told to one person, and to nothing that keeps or forwards: logs, audit, exports, webhooks."""

import json
import re
import urllib.parse

import pytest

from browsing import Browser
from program import Program
from receiver import Receiver
from world import World

INVITATIONS = "/multichannel/v1/invitations"
REQUESTS = "/multichannel/v1/relationshiprequests"
PAGES = ["/", "/r", "/sign-in", "/accessibility", "/nowhere"]


@pytest.fixture
def told(start, database, tmp_path):
    """A program that writes its log in full, and a receiver that hears whatever partners can hear."""
    receiver = Receiver()
    yield start("--log-level", "debug", *database.fresh()), receiver
    receiver.close()


def codes(text):
    """The ways in which a code can stand in a text."""
    plain = text.replace("-", "")
    return {text, text.lower(), plain, plain.lower(), text.replace("-", "%2D"), urllib.parse.quote(text, safe="")}


def test_I_05_no_code_token_or_secret_is_in_what_the_server_writes_or_sends(told):
    program, receiver = told
    world = World(program)
    provider = world.partner("indirectProvider")
    partner = world.partner("indirectReseller", provider=provider.id)
    customer = world.customer()
    planted, hooks = set(), []
    for party in (partner, provider):
        events = ["test-created", "reseller-relationship-accepted-by-customer", "subscription-updated"]
        body = {"WebhookUrl": receiver.url, "WebhookEvents": events}
        made = party.act("adminAgent").post("/webhooks/v1/registration", body).expect(200)
        hooks.append(made["signingSecret"])
        party.act("adminAgent").post("/webhooks/v1/registration/validationEvents")
    agent, admin, anonymous = partner.act("adminAgent"), customer.act("globalAdmin"), program.anonymous
    requests = [world.request(partner, customer, indirectProviderId=provider.id)]
    requests += [world.request(partner, world.customer()) for _ in range(2)]
    for request in requests:
        planted |= codes(request["code"])
    first, second, third = (request["code"] for request in requests)
    agent.post(f"{REQUESTS}/{requests[0]['id']}/reminder")
    for path in (
        f"/r/{first}", f"//r//{first}", f"/R/{first.lower()}", f"/r/{first}/", f"/r/{first.replace('-', '%2D')}",
        f"/r/{first}?next=/r/{second}", f"/r/{first}/acceptance", f"/sign-in?next=%2Fr%2F{first}", f"/r?code={first}",
        f"{INVITATIONS}/{first}", f"/multichannel//v1/INVITATIONS//{first}", f"{INVITATIONS}/{first}x", f"/enrol/{second}",
    ):
        for client in (anonymous, admin, agent):
            for method in ("GET", "HEAD", "POST"):
                referred = {"Referer": f"{program.url}/r/{third}", "User-Agent": "canary"}
                assert client.call(method, path, headers=referred).status < 500, path
    world.accept(customer, first)
    agent.post(f"{REQUESTS}/{requests[1]['id']}/withdrawal").expect(200)
    planted |= set(hooks)
    planted |= {token for party in (partner, provider, customer) for token in party.tokens.values()}
    planted |= {token.rsplit(".", 1)[1] for token in planted if token.count(".") == 2}
    heard = receiver.wait_for(1)
    written = {
        "the log": program.log.read_text(),
        "webhooks": "\n".join(f"{post.path} {post.headers} {post.body}" for post in heard),
        "metrics": anonymous.get("/metrics").text,
    }
    for name, party in {"partner": partner, "provider": provider, "customer": customer}.items():
        for role in ("adminAgent", "globalAdmin"):
            if role in party.tokens:
                written[f"audit of the {name} for {role}"] = party.act(role).get("/v1/auditrecords?size=500").text
                export = party.act(role).get("/multichannel/v1/auditexport")
                written[f"export of the {name} for {role}"] = export.text
    auditor = program.ready["personas"] and next(
        (p for p in program.ready["personas"].values() if "auditor" in p["roles"]), None)
    if auditor:
        for path in ("/v1/auditrecords?size=500", "/multichannel/v1/auditexport"):
            written[f"{path} for the auditor"] = program.client(auditor["token"]).get(path).text
    assert "request" in written["the log"] and requests[0]["id"] in written["audit of the partner for adminAgent"]
    found = {(where, text[:12]) for where, text in written.items() for canary in planted if canary in text
             for text in [canary]}
    assert found == set()


def test_I_05_no_page_names_its_address_to_another_site(told):
    program, _ = told
    world = World(program)
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    for path in [*PAGES, f"/r/{code}", f"/r/{code}/acceptance", f"/enrol/{code}"]:
        for method in ("GET", "HEAD", "POST"):
            answer = program.anonymous.call(method, path, headers={"Accept": "text/html"})
            assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin"), f"{method} {path}"
    page = program.anonymous.call("GET", f"/r/{code}", headers={"Accept": "text/html"}).text
    links = re.findall(r'(?:href|src|action)="([^"]+)"', page)
    assert links and all(link.startswith(("/", "#")) and not link.startswith("//") for link in links), links


def test_I_07_a_name_that_hides_or_turns_something_is_refused(world):
    partner = world.partner()
    for name in ("Contoso\u202eduolC", "Con\u200btoso", "Conto\u00adso", "\u2066Contoso\u2069", "Contoso\u3164", "C\u2060ontoso"):
        for path in ("/sandbox/v1/partners", "/sandbox/v1/customers"):
            body = {"name": name, "kind": "direct", "country": "US", "domain": "hidden.example"}
            answer = world.sandbox.post(path, body)
            assert answer.status == 400 and "name" in json.dumps(answer.json), answer.text
        new = {
            "companyProfile": {"domain": "hidden.example", "companyName": name},
            "billingProfile": {"companyName": name, "defaultAddress": {"country": "US"}, "email": "a@hidden.example"},
        }
        answer = partner.act("adminAgent").post("/v1/customers", new)
        assert answer.status == 400 and "companyName" in answer.text, answer.text


@pytest.mark.parametrize("name, is_marked", [
    ("Contoso Cloud", False), ("株式会社東西システム", False), ("ABC商事カブシキガイシャ", False),
    ("Cоntоsо Cloud", True), ("Соса", True), ("マイ力ルクラウド", True),
])
def test_I_07_a_name_that_imitates_is_marked_where_somebody_decides(world, name, is_marked):
    partner = world.partner(name=name)
    for language, words in (("en", "meant to be taken for another company"), ("ja", "別の会社に見せかけた名前")):
        customer = world.customer(language=language)
        code = world.request(partner, customer)["code"]
        headers = {"Accept": "text/html", "Accept-Language": language}
        doorstep = world.program.anonymous.call("GET", f"/r/{code}", headers=headers)
        assert name in doorstep.text and partner.domain in doorstep.text, "the name as it is registered, and the domain"
        assert (words in doorstep.text) is is_marked
        browser = Browser(world.program)
        browser.send("POST", "/sign-in", {"token": customer.tokens["globalAdmin"], "next": "/"})
        page = browser.get(f"/r/{code}", **{"Accept-Language": language})
        assert page.status == 200 and name in page.text and (words in page.text) is is_marked


def test_K_15_who_guesses_passwords_from_one_network_has_to_wait_and_others_do_not(start, monkeypatch):
    monkeypatch.setenv("SUIRO_PROXIES", "127.0.0.1")
    program = start("--limit", "signins=3/h")

    def tries(address, mail):
        fields = {"mail": mail, "password": "wrong horse battery", "next": "/"}
        return Browser(program).send("POST", "/sign-in", fields, {"X-Forwarded-For": address}).status

    # Neighbours are one network, whatever name they try.
    answers = [tries(f"203.0.113.{number}", f"a{number}@x.example") for number in range(1, 8)]
    assert 429 not in answers[:3] and answers[3:] == [429] * 4
    assert tries("203.0.114.1", "a1@x.example") != 429
    assert tries("2001:db8:1:2::1", "a1@x.example") != 429
    assert 'suiro_throttled_total{limit="signins"} 4' in program.anonymous.get("/metrics").text


def test_I_03_numbers_of_invitations_are_looked_up_only_so_often_from_one_network(start, monkeypatch):
    monkeypatch.setenv("SUIRO_PROXIES", "127.0.0.1")
    program = start("--limit", "codes=5/h")
    world = World(program)
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    assert len(code.replace("-", "")) * 5 >= 128 and set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")
    admin = customer.act("globalAdmin")

    def look(text, address, client=admin, path=INVITATIONS):
        headers = {"X-Forwarded-For": address, "Accept": "*/*" if path == INVITATIONS else "text/html"}
        return client.call("GET", f"{path}/{text}", headers=headers).status

    guess = "0000-" * 6 + "000"
    assert [look(f"{guess}{number}", f"203.0.113.{number}") for number in range(1, 9)] == [404] * 5 + [429] * 3
    assert look(code, "203.0.113.9") == 429, "not even the right one"
    assert look(f"{guess}1", "203.0.113.9", program.anonymous, "/r") == 429
    assert look(code, "198.51.100.1") == 200
    assert look(code, "198.51.100.2", program.anonymous, "/r") == 200


def test_D_06_who_touches_a_canary_has_no_session_and_no_token_any_more(start, database, monkeypatch):
    monkeypatch.setenv("SUIRO_CANARIES", "Canary-One.example, canary-two.example")
    world = World(start(*database.fresh()))
    partner, customer = world.partner(), world.customer()
    canary = world.customer(domain="canary-one.example")
    for each in (customer, canary):
        world.relationship(partner, each)
    # Setting the trap up has touched it.
    thief, colleague = (world.person(partner, "adminAgent") for _ in range(2))
    thief.get(f"/v1/customers/{customer.id}").expect(200)
    thief.get(f"/v1/customers/{canary.id}")
    for path in (f"/v1/customers/{customer.id}", "/v1/customers", f"/v1/customers/{canary.id}"):
        assert thief.get(path).status == 401, path
    colleague.get(f"/v1/customers/{customer.id}").expect(200)
    canary.act("globalAdmin").get(f"/multichannel/v1/customers/{canary.id}/access").expect(200)
    records = colleague.get("/v1/auditrecords?size=500").expect(200)["items"]
    assert any("touchCanary" in json.dumps(record) for record in records), records[-3:]
