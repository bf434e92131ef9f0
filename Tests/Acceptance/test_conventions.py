"""Conventions of Partner Center's REST API that no other file names, each by a test of its own."""

import json
import uuid
from urllib.parse import quote

import pytest

from world import World

SENTINELS = {
    "status": "none", "billingCycle": "unknown", "creationDate": "0001-01-01T00:00:00",
    "commitmentEndDate": "0001-01-01T00:00:00", "parentSubscriptionId": None,
}


@pytest.fixture(scope="module")
def cast(program):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    return partner.act("adminAgent"), customer, world.order(partner, customer)


@pytest.mark.parametrize("names", [("Field", "Value", "Operator"), ("field", "value", "operator")])
@pytest.mark.parametrize("operator", ["starts_with", "StartsWith", "startswith"])
def test_filters_in_every_spelling(cast, names, operator):
    agent, customer, _ = cast
    for value, count in ((customer.name[:12], 1), ("No such name", 0)):
        text = json.dumps(dict(zip(names, ("CompanyName", value, operator))))
        for encoded in (quote(text), quote(text, safe=":,").replace("%20", "+")):
            assert len(agent.get(f"/v1/customers?size=0&filter={encoded}").expect(200)["items"]) == count


def test_sentinels_of_a_read_modify_write_change_nothing(cast):
    agent, customer, order = cast
    path = f"/v1/customers/{customer.id}/subscriptions/{order['lineItems'][0]['subscriptionId']}"
    before = agent.get(path).expect(200)
    agent.patch(path, {**before, **SENTINELS}).expect(200)
    after = agent.get(path).expect(200)
    for name in SENTINELS:
        assert after.get(name) == before.get(name), name


def test_a_size_of_none_is_a_whole_page(cast):
    agent, customer, _ = cast
    assert customer.id in [item["id"] for item in agent.get("/v1/customers?size=0").expect(200)["items"]]


def test_an_order_that_is_sent_again_with_its_request_id_is_placed_once(cast):
    agent, customer, order = cast
    path, key = f"/v1/customers/{customer.id}/orders", {"MS-RequestId": str(uuid.uuid4())}
    line = {"LineItemNumber": 0, "OfferId": order["lineItems"][0]["offerId"], "Quantity": 1, "Attributes": None}
    count = len(agent.get(path).expect(200)["items"])
    first = agent.post(path, {"LineItems": [line]}, headers=key).expect(201)
    assert agent.post(path, {"LineItems": [line]}, headers=key).expect(201) == first
    assert len(agent.get(path).expect(200)["items"]) == count + 1


def test_a_stale_etag_in_the_body_is_400_with_code_2055(cast):
    agent, customer, order = cast
    path = f"/v1/customers/{customer.id}/subscriptions/{order['lineItems'][0]['subscriptionId']}"
    read = agent.get(path).expect(200)
    agent.patch(path, {**read, "friendlyName": "Front desk"}).expect(200)
    assert agent.patch(path, {**read, "friendlyName": "Back desk"}).expect(400)["code"] == 2055


def test_raw_scripts_send_no_header_but_the_token(cast):
    agent, _, _ = cast
    assert agent.get("/v1/customers", headers={"Accept": "*/*"}).status == 200
