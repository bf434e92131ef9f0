"""Many at once: one effect for one request, chains without gaps, one winner among rivals."""

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from wire import request_id

INVITATIONS = "/multichannel/v1/invitations"
REQUESTS = "/multichannel/v1/relationshiprequests"
OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02"


def at_once(calls):
    """Makes all calls at the same moment; answers in their order."""
    ready = threading.Barrier(len(calls))

    def make(call):
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(make, calls))


def audit(client, **filters):
    records, headers, query = [], {}, "size=500"
    while True:
        page = client.get(f"/v1/auditrecords?{query}", headers=headers).expect(200)
        records += page["items"]
        if "continuationToken" not in page:
            return records
        query, headers = "seekOperation=Next", {"MS-ContinuationToken": page["continuationToken"]}


def chain(client, scope):
    """The numbers of one scope's audit records, oldest first."""
    ids = [record["id"] for record in audit(client)]
    assert len(ids) == len(set(ids))
    return sorted(int(number) for found, number in (id.rsplit("#", 1) for id in ids) if found.endswith(scope))


def one_effect(answers, status):
    assert {answer.status for answer in answers} == {status}, {answer.text for answer in answers}
    assert len({answer.text for answer in answers}) == 1


def test_sixty_four_copies_of_one_new_customer_create_one(world):
    partner, key = world.partner(), request_id()
    body = {
        "companyProfile": {"domain": f"copies-{uuid.uuid4().hex[:8]}.example"},
        "billingProfile": {"companyName": "Quarry Street Bakery", "defaultAddress": {"country": "US"}},
    }
    agent = partner.act("adminAgent")
    answers = at_once([lambda: agent.post("/v1/customers", body, headers=key)] * 64)
    one_effect(answers, 201)
    assert len(agent.get("/v1/customers").items) == 1
    agent.post("/v1/customers", {**body, "x": 1}, headers=key).expect(409, "REQUEST_REUSED")


def test_sixty_four_copies_of_one_order_place_one(world):
    partner, customer, key = world.partner(), world.customer(), request_id()
    world.relationship(partner, customer)
    agent, path = partner.act("adminAgent"), f"/v1/customers/{customer.id}/orders"
    body = {"lineItems": [{"lineItemNumber": 0, "offerId": OFFER, "quantity": 5}]}
    one_effect(at_once([lambda: agent.post(path, body, headers=key)] * 64), 201)
    assert len(agent.get(path).items) == 1 and len(agent.get(f"/v1/customers/{customer.id}/subscriptions").items) == 1


def test_sixty_four_copies_of_one_request_write_one_mail(world):
    partner, customer, key = world.partner(), world.customer(), request_id()
    body = {"customerDomain": customer.domain, "recipient": {"email": f"nora@{customer.domain}"}, "scope": {"days": 30}}
    agent = partner.act("adminAgent")
    one_effect(at_once([lambda: agent.post(REQUESTS, body, headers=key)] * 64), 201)
    mails = [mail for mail in world.sandbox.get("/sandbox/v1/outbox").items if customer.domain in mail["to"]]
    assert len(agent.get(REQUESTS).items) == 1 and len(mails) == 1


def test_sixty_four_copies_of_one_acceptance_grant_once(world):
    partner, customer, key = world.partner(), world.customer(), request_id()
    code = world.request(partner, customer)["code"]
    admin = customer.act("globalAdmin")
    body = {"termsHash": admin.get(f"{INVITATIONS}/{code}").json["termsHash"]}
    one_effect(at_once([lambda: admin.post(f"{INVITATIONS}/{code}/acceptance", body, headers=key)] * 64), 200)
    assert len(admin.get(f"/multichannel/v1/customers/{customer.id}/access?state=all").items) == 2


def test_sixty_four_acceptances_of_their_own_grant_once(world):
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    admin = customer.act("globalAdmin")
    body = {"termsHash": admin.get(f"{INVITATIONS}/{code}").json["termsHash"]}
    answers = at_once([lambda: admin.post(f"{INVITATIONS}/{code}/acceptance", body, headers=request_id())] * 64)
    assert sorted(answer.status for answer in answers) == [200] + [409] * 63
    assert {answer.reason for answer in answers if answer.status == 409} == {"INVITATION_ACCEPTED"}
    assert len(admin.get(f"/multichannel/v1/customers/{customer.id}/access?state=all").items) == 2


def test_two_hundred_writers_leave_no_gap_in_the_chain_of_one_customer(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent, path = partner.act("adminAgent"), f"/multichannel/v1/customers/{customer.id}/subscriptions"

    def record(number):
        body = {"name": f"Subscription {number}", "family": "license", "channel": "open", "quantity": number}
        return lambda: agent.post(path, body, headers=request_id())

    answers = at_once([record(number + 1) for number in range(200)])
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 200
    assert len(agent.get(path).items) == 200
    numbers = chain(customer.act("globalAdmin"), customer.id)
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 203


def test_writers_of_many_customers_leave_every_chain_whole(world):
    partner = world.partner()
    customers = [world.customer() for _ in range(8)]
    for customer in customers:
        world.relationship(partner, customer)
    agent = partner.act("adminAgent")

    def record(customer):
        body = {"name": "Microsoft Azure", "family": "usage", "channel": "ea"}
        return lambda: agent.post(f"/multichannel/v1/customers/{customer.id}/subscriptions", body)

    answers = at_once([record(customer) for customer in customers * 10])
    assert {answer.status for answer in answers} == {201}
    for customer in customers:
        numbers = chain(customer.act("globalAdmin"), customer.id)
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("round", range(5))
def test_of_acceptance_and_withdrawal_exactly_one_wins(world, round):
    partner, customer = world.partner(), world.customer()
    made = world.request(partner, customer)
    admin, agent = customer.act("globalAdmin"), partner.act("adminAgent")
    body = {"termsHash": admin.get(f"{INVITATIONS}/{made['code']}").json["termsHash"]}
    rivals = [
        lambda: admin.post(f"{INVITATIONS}/{made['code']}/acceptance", body),
        lambda: agent.post(f"{REQUESTS}/{made['id']}/withdrawal"),
        lambda: admin.post(f"{INVITATIONS}/{made['code']}/refusal", {"reason": "no"}),
    ]
    answers = at_once(rivals[round % 3:] + rivals[:round % 3])
    assert sorted(answer.status for answer in answers) == [200, 409, 409], [answer.text for answer in answers]
    winner = next(answer for answer in answers if answer.status == 200).json["state"]
    losers = {answer.reason for answer in answers if answer.status == 409}
    assert losers == {f"INVITATION_{winner.upper()}"}
    assert agent.get(f"{REQUESTS}/{made['id']}").json["state"] == winner
    granted = admin.get(f"/multichannel/v1/customers/{customer.id}/access").items
    assert len(granted) == (2 if winner == "accepted" else 0)


def test_of_many_changes_that_have_seen_one_etag_exactly_one_wins(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    order = world.order(partner, customer)
    subscription = order["lineItems"][0]["subscriptionId"]
    agent, path = partner.act("adminAgent"), f"/v1/customers/{customer.id}/subscriptions/{subscription}"
    seen = agent.get(path).expect(200)
    calls = [
        lambda number=number: agent.patch(path, {"quantity": 10 + number, "attributes": seen["attributes"]})
        for number in range(20)
    ]
    answers = at_once(calls)
    assert sorted(answer.status for answer in answers) == [200] + [400] * 19
    assert {answer.json["code"] for answer in answers if answer.status == 400} == {2055}
    winner = next(answer for answer in answers if answer.status == 200)
    assert agent.get(path).json["quantity"] == winner.json["quantity"]


def test_one_domain_is_given_to_one_of_many_partners(world):
    domain = f"race-{uuid.uuid4().hex[:8]}.example"
    body = {"companyProfile": {"domain": domain}, "billingProfile": {"companyName": "Race"}}
    agents = [world.partner().act("adminAgent") for _ in range(16)]
    answers = at_once([lambda agent=agent: agent.post("/v1/customers", body) for agent in agents])
    assert sorted(answer.status for answer in answers) == [201] + [409] * 15
    assert {answer.reason for answer in answers if answer.status == 409} == {"DOMAIN_TAKEN"}, json.dumps(
        [answer.json for answer in answers if answer.status == 409][:3]
    )
