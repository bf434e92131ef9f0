"""The sandbox: a clock that travels, tokens of every kind, snapshots, faults, the outbox."""

import time
import uuid
from datetime import timedelta

import pytest

from world import World, instant, text


def test_the_clock_is_set_travels_and_ticks_on(own_world):
    world = own_world
    assert abs(world.set_clock("2030-05-31T12:00:00Z") - instant("2030-05-31T12:00:00Z")) < timedelta(seconds=5)
    first = world.now
    time.sleep(0.3)
    assert timedelta(seconds=0.2) < world.now - first < timedelta(seconds=10)
    for by, expected in (("P31D", "2030-07-01"), ("P1M", "2030-08-01"), ("P1Y2M3DT4H5M6S", "2031-10-04"), ("P2W", "2031-10-18")):
        assert text(world.advance(by))[:10] == expected
    world.set_clock("2017-06-09T00:00:00+09:00")
    assert text(world.now)[:10] == "2017-06-08", "it travels back as well"
    for body in ({}, {"now": "x"}, {"now": 7}, {"by": "P1D"}, {"now": "2030-02-30T00:00:00Z"}):
        assert world.sandbox.put("/sandbox/v1/clock", body).names("now")
    for by in ("", "1D", "P", "PT", "P1", "P1X", "-P1D", "P1.5D", "P" + "9" * 30 + "D", "P1D ,", None):
        answer = world.sandbox.post("/sandbox/v1/clock/advance", {"by": by})
        assert answer.status == 400 and answer.names("by"), f"{by}: {answer.text}"


def test_the_clock_rules_every_timestamp(own_world):
    world = own_world
    world.set_clock("2019-03-01T00:00:00Z")
    partner, customer = world.partner(), world.customer()
    outcome = world.relationship(partner, customer)
    order = world.order(partner, customer)
    stamps = [order["creationDate"], outcome["granted"][0]["from"]]
    stamps += [item["operationDate"] for item in partner.act("adminAgent").get("/v1/auditrecords").items]
    stamps += [mail["at"] for mail in world.sandbox.get("/sandbox/v1/outbox").items]
    assert {stamp[:10] for stamp in stamps} == {"2019-03-01"}


def test_the_ends_of_the_calendar_can_be_visited(own_world):
    world = own_world
    partner = world.partner()
    for moment in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2017-06-09T00:00:00Z"):
        world.set_clock(moment)
        assert partner.act("adminAgent").get("/v1/customers").status in (200, 401)
        assert world.program.anonymous.get("/readyz").status == 200
    world.advance("P9000Y")
    world.advance("P9000Y")
    assert text(world.now).startswith("9999")


def test_tokens_of_a_built_world_outlive_every_journey(own_world):
    world = own_world
    partner, customer = world.partner(), world.customer()
    helper = world.person(partner, "helpdeskAgent")
    clients = [partner.act(role) for role in partner.tokens] + [helper, world.program.persona("policyOwner")]
    for moment in ("2017-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "3500-06-01T00:00:00Z"):
        world.set_clock(moment)
        for client in clients:
            client.get("/multichannel/v1/announcements").expect(200)
        customer.act("user").get(f"/multichannel/v1/customers/{customer.id}/subscriptions").expect(200)


def test_bad_tokens_are_made_and_refused(world):
    partner = world.partner()
    good = {"tenant": partner.id, "user": partner.people["adminAgent"], "roles": ["adminAgent"]}

    def status(**wish):
        token = world.sandbox.post("/sandbox/v1/tokens", {**good, **wish}).expect(201)["token"]
        return world.program.client(token).get("/v1/customers").status

    assert status() == 200 and status(lifetime=3600) == 200 and status(lifetime="PT1H") == 200
    assert status(lifetime=-3600) == 401 and status(lifetime=-3_000_000_000) == 401
    assert status(tenant=str(uuid.uuid4())) == 401, "an unknown tenant"
    assert status(user=str(uuid.uuid4())) == 401, "an unknown user"
    assert status(tenant=world.partner().id) == 401, "a user of another tenant"
    body = world.sandbox.post("/sandbox/v1/tokens", good).json
    head, payload, signature = body["token"].split(".")
    for forged in (f"{head}.{payload}.{signature[:-4]}AAAA", f"{head}.{payload}.", f"{head}.{payload[:-2]}AA.{signature}",
                   f"eyJhbGciOiJub25lIn0.{payload}.", body["token"] + "=", body["token"] + "."):
        assert world.program.client(forged).get("/v1/customers").status == 401


def test_a_token_of_an_hour_ends_after_an_hour(own_world):
    world = own_world
    partner = world.partner()
    wish = {"tenant": partner.id, "user": partner.people["adminAgent"], "lifetime": "PT1H"}
    client = world.program.client(world.sandbox.post("/sandbox/v1/tokens", wish).expect(201)["token"])
    client.get("/v1/customers").expect(200)
    world.advance("PT59M")
    client.get("/v1/customers").expect(200)
    world.advance("PT3M")
    client.get("/v1/customers").expect(401, "UNAUTHENTICATED")


def test_a_client_that_speaks_for_itself_is_no_person(world):
    partner = world.partner()
    wish = {"tenant": partner.id, "app": partner.people["app"]}
    client = world.program.client(world.sandbox.post("/sandbox/v1/tokens", wish).expect(201)["token"])
    client.get("/v1/customers").expect(200)
    client.get("/v1/profiles/mpn").expect(403, "ACCESS_DENIED")


def test_only_the_sandbox_token_opens_the_sandbox(world):
    partner = world.partner()
    for client in (world.program.anonymous, partner.act("globalAdmin"), world.sandbox.bearing(world.sandbox.token[:-1])):
        for method, path in (("GET", "clock"), ("POST", "reset"), ("POST", "partners"), ("PUT", "faults"), ("GET", "outbox")):
            client.call(method, f"/sandbox/v1/{path}").expect(401)
    world.sandbox.get("/v1/customers").expect(401)
    world.sandbox.get("/sandbox/v1/nothing").expect(404, "NO_SUCH_ROUTE")
    world.sandbox.delete("/sandbox/v1/clock").expect(405)


def state(world, partner):
    agent = partner.act("adminAgent")
    customers = agent.get("/v1/customers").items
    requests = agent.get("/multichannel/v1/relationshiprequests").items
    mails = world.sandbox.get("/sandbox/v1/outbox").items
    held = [agent.get(f"/multichannel/v1/customers/{item['id']}/subscriptions").items for item in customers]
    return customers, requests, mails, held, agent.get("/v1/auditrecords").items


def test_a_snapshot_brings_everything_back(own_world):
    world = own_world
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    world.subscription(customer, channel="ea", family="usage", monthlyCost="12.50", currency="USD")
    before, moment = state(world, partner), world.now
    snapshot = world.sandbox.post("/sandbox/v1/snapshots").expect(201)["id"]
    world.advance("P2Y")
    newcomer = world.customer()
    world.relationship(partner, newcomer)
    world.order(partner, customer)
    yaml = world.program.persona("policyOwner").get("/multichannel/v1/policypackages/shipped/2026").text
    draft = world.program.persona("policyOwner").post("/multichannel/v1/policypackages", yaml).expect(201)["id"]
    world.program.persona("policyOwner").post(f"/multichannel/v1/policypackages/{draft}/publication").expect(201)
    assert state(world, partner) != before
    for _ in range(2):
        world.sandbox.post(f"/sandbox/v1/snapshots/{snapshot}/restoration").expect(200)
        assert state(world, partner) == before
        assert timedelta() <= world.now - moment < timedelta(minutes=5)
        rows = partner.act("adminAgent").get("/multichannel/v1/policies").items
        assert {row["package"] for row in rows} == {"2017-06"}
        newcomer.act("globalAdmin").get(f"/v1/customers/{newcomer.id}").expect(401)
        world.order(partner, customer)
    world.sandbox.post("/sandbox/v1/snapshots/nothing/restoration").expect(404)


def test_reset_starts_again_and_the_vendors_people_stay(own_world):
    world = own_world
    moment = world.now
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    world.advance("P1Y")
    world.sandbox.post("/sandbox/v1/reset").expect(200)
    assert abs(world.now - moment) < timedelta(minutes=5)
    partner.act("adminAgent").get("/v1/customers").expect(401)
    assert world.sandbox.get("/sandbox/v1/outbox").items == []
    world.program.persona("policyOwner").get("/multichannel/v1/policies").expect(200)
    world.relationship(world.partner(), world.customer())


@pytest.mark.parametrize("status", (500, 502, 503, 504, 404, 409))
def test_faults_answer_in_place_of_the_route_as_often_as_they_are_told(world, status):
    agent = world.partner().act("adminAgent")
    rules = [{"match": "GET /v1/customers", "status": status, "times": 2}]
    world.sandbox.put("/sandbox/v1/faults", {"rules": rules}).expect(200)
    assert [agent.get("/V1//customers/").status for _ in range(3)] == [status, status, 200]
    assert agent.post("/v1/customers", {}).status == 400


def test_too_many_requests_are_answered_in_the_shape_the_sdks_need(world):
    agent = world.partner().act("adminAgent")
    world.sandbox.put("/sandbox/v1/faults", {"rules": [{"match": "* /v1/*", "status": 429, "times": 1}]}).expect(200)
    answer = agent.get("/v1/offers")
    assert answer.status == 429 and answer.headers["Retry-After"].isdigit()
    seconds = answer.headers["Retry-After"]
    assert set(answer.json) == {"statusCode", "message"} and answer.json["statusCode"] == 429
    assert seconds in answer.json["message"]
    agent.get("/v1/offers").expect(200)


def test_delays_delay_and_do_nothing_else(world):
    agent = world.partner().act("adminAgent")
    world.sandbox.put("/sandbox/v1/faults", {"rules": [{"match": "GET /v1/offers", "delayMs": 600, "times": 1}]}).expect(200)
    began = time.monotonic()
    agent.get("/v1/offers").expect(200)
    first = time.monotonic() - began
    began = time.monotonic()
    agent.get("/v1/offers").expect(200)
    assert first > 0.6 and time.monotonic() - began < first
    world.sandbox.put("/sandbox/v1/faults", {"rules": []}).expect(200)


def test_the_outbox_keeps_mails_in_order_until_it_is_emptied(world):
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    partner, customer = world.partner(), world.customer(language="ja")
    world.relationship(partner, customer)
    mails = world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert [mail["kind"] for mail in mails][:1] == ["request"] and {"accepted"} == {mail["kind"] for mail in mails[1:]}
    for mail in mails:
        assert mail["to"] and mail["subject"] and mail["body"] and "⟦" not in mail["subject"] + mail["body"]
    assert {mail["language"] for mail in mails[1:]} == {"en", "ja"}, "each side in its own language"
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    assert world.sandbox.get("/sandbox/v1/outbox").items == []


def test_one_more_person_is_added_with_the_roles_asked_for(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    world.person(partner, "salesAgent", "billingAdmin").get(f"/v1/customers/{customer.id}").expect(200)
    world.person(customer, "globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access").expect(200)
    world.sandbox.post(f"/sandbox/v1/organizations/{uuid.uuid4()}/people", {"roles": ["user"]}).expect(404)
    assert World(world.program).sandbox.post(f"/sandbox/v1/organizations/{partner.id}/people", {}).names("roles")
