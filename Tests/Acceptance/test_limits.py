"""Rate limits, quotas and the outline of a request, as clients meet them."""

import json
import re
import socket

import pytest

from browsing import Browser
from program import run
from world import World


def limited(start, *limits):
    program = start(*(word for limit in limits for word in ("--limit", limit)))
    return program, World(program)


def throttled(answer, language="en"):
    """The one form of a 429 that no client library stumbles over (conventions, section 9)."""
    assert answer.status == 429, f"{answer.asked} {answer.status} {answer.text[:300]}"
    wait = int(answer.headers["Retry-After"])
    assert wait >= 1 and answer.headers["Content-Type"] == "application/json; charset=utf-8"
    body = answer.json
    assert list(body) == ["statusCode", "message"] and body["statusCode"] == 429
    if language == "en":
        assert body["message"] == f"Rate limit is exceeded. Try again in {wait} seconds."
    else:
        assert str(wait) in body["message"] and re.search("[ぁ-ん]", body["message"])
    return wait


def test_a_principal_who_asks_too_often_hears_429_in_the_form_of_the_wire_and_others_do_not(start):
    program, world = limited(start, "principal=3/h")
    partner, other = world.partner(), world.partner()
    agent = partner.act("adminAgent")
    assert [agent.get("/v1/customers").status for _ in range(3)] == [200, 200, 200]
    assert 1000 < throttled(agent.get("/v1/customers")) <= 1200
    throttled(partner.act("adminAgent", "ja-JP").get("/v1/customers"), "ja")
    graph = agent.get("/v1.0/tenantRelationships/delegatedAdminRelationships")
    assert graph.status == 429 and int(graph.headers["Retry-After"]) > 1
    assert graph.json["error"]["code"] == "tooManyRequests" and "statusCode" not in graph.json
    other.act("adminAgent").get("/v1/customers").expect(200)
    partner.act("salesAgent").get("/v1/customers").expect(200)
    metrics = program.anonymous.get("/metrics").text
    assert 'suiro_throttled_total{limit="principal"} 3' in metrics
    # The test clock is no way round it.
    world.advance("P1D")
    throttled(agent.get("/v1/customers"))


def test_a_partner_shares_one_rate_and_writes_have_one_of_their_own(start):
    program, world = limited(start, "partner=4/h", "writes=1/h")
    partner = world.partner()
    world.request(partner, world.customer())
    body = {"customerDomain": "x.example", "language": "en", "scope": {"reseller": True, "days": 30}}
    throttled(partner.act("adminAgent").post("/multichannel/v1/relationshiprequests", body))
    partner.act("salesAgent").get("/v1/customers").expect(200)
    partner.act("adminAgent").get("/v1/customers").expect(200)
    throttled(partner.act("salesAgent").get("/v1/customers"))


def test_one_customer_of_a_partner_does_not_use_up_the_others_share(start):
    program, world = limited(start, "customer=3/h", "round=off")
    partner, one, two = world.partner(), world.customer(), world.customer()
    world.relationship(partner, one), world.relationship(partner, two)
    agent = partner.act("adminAgent")
    for _ in range(3):
        agent.get(f"/v1/customers/{one.id}").expect(200)
    throttled(agent.get(f"/v1/customers/{one.id.upper()}"))
    agent.get(f"/v1/customers/{two.id}").expect(200)


def test_a_client_may_ask_for_so_many_tokens_and_no_more(start):
    program, world = limited(start, "clients=2/h")
    form = "grant_type=client_credentials&client_id={}&client_secret=wrong&resource=x"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    tenant = world.partner().id

    def ask(client):
        return program.anonymous.post(f"/{tenant}/oauth2/token", form.format(client), headers=headers)

    assert [ask("a").status in (400, 401) for _ in range(2)] == [True, True]
    throttled(ask("a"))
    assert ask("b").status in (400, 401)


def test_the_portal_says_it_with_a_page_in_both_languages(start):
    program = start("--demo", "--limit", "principal=3/h")
    browser = Browser(program).signed_in("hanako")
    seen = [browser.get("/customers").status for _ in range(4)]
    assert seen == [200, 200, 200, 429], seen
    for language, words in (("en", "try again in"), ("ja", "秒後に")):
        browser.cookies["suiro_lang"] = language
        answer = browser.get("/customers")
        assert answer.status == 429 and words in answer.text and "<h1>" in answer.text
        assert int(answer.headers["Retry-After"]) > 1


def test_I_10_the_invitation_past_the_days_number_waits_and_others_are_unaffected(start):
    program, world = limited(start, "invitations=4", "domain=2")
    partner, other, customer = world.partner(), world.partner(), world.customer()
    for _ in range(2):
        world.request(partner, customer)
    path = "/multichannel/v1/relationshiprequests"

    def ask(who, domain):
        body = {"customerDomain": domain, "language": "en", "recipient": {"name": "N", "email": f"n@{domain}"},
                "scope": {"days": 30}}
        return who.act("adminAgent").post(path, body)

    answer = ask(partner, customer.domain)
    assert answer.status == 429, answer.text
    assert 80_000 < int(answer.headers["Retry-After"]) <= 86_400
    assert list(answer.json) == ["statusCode", "message"]
    ask(other, customer.domain).expect(201)
    ask(partner, world.customer().domain).expect(201)
    ask(partner, world.customer().domain).expect(201)
    assert ask(partner, world.customer().domain).status == 429
    mails = len(program.sandbox.get("/sandbox/v1/outbox").json["items"])
    assert mails == 5, mails
    world.advance("P1D")
    ask(partner, customer.domain).expect(201)


def test_D_06_an_agent_who_walks_through_all_customers_is_stopped_and_the_log_says_so(start):
    program, world = limited(start, "round=3")
    partner = world.partner()
    customers = [world.customer() for _ in range(6)]
    for customer in customers:
        world.relationship(partner, customer)
    agent = partner.act("adminAgent")
    seen = [agent.get(f"/v1/customers/{customer.id}").status for customer in customers]
    assert seen == [200, 200, 200, 429, 429, 429], seen
    throttled(agent.get(f"/v1/customers/{customers[5].id}"))
    agent.get(f"/v1/customers/{customers[0].id}").expect(200)
    records = partner.act("globalAdmin").get("/v1/auditrecords?size=100").items
    assert sum("turnToCustomers" in json.dumps(record) for record in records) == 1


def test_without_limits_the_sandbox_answers_as_often_as_it_is_asked(program):
    agent = World(program).partner().act("adminAgent")
    assert {agent.get("/v1/customers").status for _ in range(250)} == {200}


def test_a_limit_that_is_none_keeps_the_program_from_starting():
    for limit in ("principal=often", "nonsense=3/s", "exports=0"):
        code, _, said = run("--port", "0", "--limit", limit)
        assert code == 1 and limit.split("=")[0] in said and len(said.strip().splitlines()) == 1, said


def raw(program, head):
    with socket.create_connection((program.anonymous.host, program.anonymous.port), timeout=5) as line:
        line.sendall(head.replace("\n", "\r\n").encode("latin-1"))
        received = b""
        while b"\r\n\r\n" not in received:
            piece = line.recv(65536)
            if not piece:
                break
            received += piece
        return int(received.split()[1]) if received else None


@pytest.mark.parametrize("head, status", [
    ("GET /v1/" + "a" * (8192 - 4) + " HTTP/1.1\nHost: x\n\n", 404),
    ("GET /v1/" + "a" * (8192 - 3) + " HTTP/1.1\nHost: x\n\n", 414),
    ("GET /healthz HTTP/1.1\nHost: x\nX-Long: " + "a" * 16_000 + "\n\n", 200),
    ("GET /healthz HTTP/1.1\nHost: x\nX-Long: " + "a" * 16_385 + "\n\n", 431),
    ("GET /healthz HTTP/1.1\n\n", 400),
    ("GET /healthz HTTP/1.1\nHost: x\n\n", 200),
    ("POST /v1/customers HTTP/1.1\nHost: x\nContent-Encoding: gzip\nContent-Length: 0\n\n", 415),
    ("POST /v1/customers HTTP/1.1\nHost: x\nContent-Encoding: identity\nContent-Length: 0\n\n", 401),
])
def test_P16_the_outline_of_a_request_has_limits_and_what_is_within_passes(program, head, status):
    assert raw(program, head) == (status if status != 404 or len(head) else 404)


def nested(levels):
    return "[" * (levels - 1) + "]" * (levels - 1)


@pytest.mark.parametrize("text, reason", [
    (nested(32), "INVALID_INPUT"), (nested(33), "INVALID_JSON"),
    (json.dumps("a" * 65_536), "INVALID_INPUT"), (json.dumps("a" * 65_537), "INVALID_JSON"),
    (json.dumps([0] * 9_999), "INVALID_INPUT"), (json.dumps([0] * 10_000), "INVALID_JSON"),
])
def test_P16_json_has_limits_and_what_is_within_is_read(program, text, reason):
    agent = World(program).partner().act("adminAgent")
    answer = agent.post("/v1/customers", '{"x":' + text + "}")
    assert answer.status == 400 and answer.reason == reason, answer.text[:300]


def test_ASVS_15_3_7_a_parameter_that_is_named_twice_is_refused(program):
    agent = World(program).partner().act("adminAgent")
    answer = agent.get("/v1/customers?size=5&SIZE=6")
    assert answer.status == 400 and answer.names("size"), answer.text
    agent.get("/v1/customers?size=5").expect(200)
