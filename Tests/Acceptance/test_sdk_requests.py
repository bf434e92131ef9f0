"""What Microsoft's Java and .NET SDKs send, byte for byte, against the routes we serve.

The lines were recorded from Java SDK 1.15.4 and .NET SDK 3.4.0; names in braces stand where ids, etags and tokens were.
"""

import json
import pathlib
import uuid

import pytest

from world import World

LINES = [
    json.loads(line)
    for line in (pathlib.Path(__file__).parent / "data" / "sdk-requests.jsonl").read_text("utf-8").splitlines()
]
SDKS = ("java", "dotnet")
CREATED = {"customers.create", "orders.create"}
LAST = {"customer.patch.removeRelationship", "customer.delete"}
ETAG_OF = {
    "subscription.patch": "/v1/customers/{customer}/subscriptions/{subscription}",
    "customer.profiles.billing": "/v1/customers/{customer}/profiles/billing",
    "profiles.legal": "/v1/profiles/legalbusiness", "profiles.support": "/v1/profiles/support",
    "profiles.organization": "/v1/profiles/organization", "profiles.billing": "/v1/profiles/billing",
}


class Session:
    """One SDK's client: it fills in what it has seen before."""

    def __init__(self, program):
        world = World(program)
        self.partner, self.customer = world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        for _ in range(2):
            world.relationship(self.partner, world.customer())
        order = world.order(self.partner, self.customer)
        self.agent = self.partner.act("adminAgent")
        mpn = self.agent.get("/v1/profiles/mpn").expect(200)["mpnId"]
        self.values = {
            "customer": self.customer.id, "subscription": order["lineItems"][0]["subscriptionId"], "order": order["id"],
            "partner": self.partner.id, "mpn": mpn, "etag": "", "token": "", "domain": "",
        }

    def fill(self, text):
        for name, value in self.values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def send(self, line):
        self.values["domain"] = f"{uuid.uuid4().hex[:10]}.onmicrosoft.example"
        if "{etag}" in line["body"]:
            source = next(path for prefix, path in ETAG_OF.items() if line["op"].startswith(prefix))
            self.values["etag"] = self.agent.get(self.fill(source)).expect(200)["attributes"]["etag"]
        path, query = self.fill(line["path"]), self.fill(line["query"])
        headers = {name: self.fill(value) for name, value in line["headers"].items()}
        headers |= {"MS-RequestId": str(uuid.uuid4()), "MS-CorrelationId": str(uuid.uuid4())}
        body = self.fill(line["body"]).encode() if line["body"] else None
        answer = self.agent.call(line["method"], f"{path}?{query}" if query else path, body, headers=headers)
        if answer.status == 200 and answer.body and "continuationToken" in answer.json:
            self.values["token"] = answer.json["continuationToken"]
        assert answer.headers["MS-RequestId"] == headers["MS-RequestId"]
        assert answer.headers["MS-CorrelationId"] == headers["MS-CorrelationId"]
        return answer


def expected(line):
    if line["op"] == "customer.delete":
        return 204
    if line["op"] in CREATED:
        return 201
    # The Java SDK writes the day of the year where the day of the month belongs.
    is_nonsense = "startDate=2026-10-296" in line["query"] and "{token}" not in str(line["headers"])
    return 400 if is_nonsense else 200


def nulls(value, path="$"):
    """Where a body says null: the .NET SDK fails on it where a number or an enumeration belongs."""
    if value is None:
        yield path
    for name, inner in value.items() if isinstance(value, dict) else []:
        yield from nulls(inner, f"{path}.{name}")
    for index, inner in enumerate(value) if isinstance(value, list) else []:
        yield from nulls(inner, f"{path}[{index}]")


@pytest.mark.parametrize("sdk", SDKS)
def test_what_the_sdks_send_is_understood(program, sdk):
    session = Session(program)
    for line in [line for line in LINES if line["sdk"] == sdk and line["op"] not in LAST]:
        answer = session.send(line)
        assert answer.status == expected(line), f"{sdk} {line['op']} {answer.asked} {answer.status} {answer.text[:600]}"
        if answer.body:
            assert list(nulls(answer.json)) == [], f"{sdk} {line['op']}"
            assert answer.json["attributes"]["objectType"] if answer.status < 400 else answer.json["code"]


@pytest.mark.parametrize("sdk", SDKS)
def test_changes_that_the_sdks_send_are_made(program, sdk):
    session = Session(program)
    by_op = {line["op"]: line for line in LINES if line["sdk"] == sdk and line["method"] != "GET"}
    path = f"/v1/customers/{session.customer.id}/subscriptions/{session.values['subscription']}"

    def patched(op):
        session.send(by_op[op]).expect(200)
        return session.agent.get(path).expect(200)

    assert patched("subscription.patch.quantity")["quantity"] == 6
    assert patched("subscription.patch.autorenew")["autoRenewEnabled"] is False
    assert patched("subscription.patch.suspend")["status"] == "suspended"
    created = session.send(by_op["customers.create"]).expect(201)
    assert created["companyProfile"]["domain"] == session.values["domain"]
    assert created["billingProfile"]["defaultAddress"]["city"] == "Redmond"
    order = session.send(by_op["orders.create"]).expect(201)
    assert order["lineItems"][0]["quantity"] == 5 and order["billingCycle"] == "monthly"
    session.send(by_op["profiles.support.update"]).expect(200)
    assert session.agent.get("/v1/profiles/support").json["website"] == "www"


def test_removing_a_relationship_and_deleting_a_customer_as_the_net_sdk_does(program):
    session = Session(program)
    by_op = {line["op"]: line for line in LINES if line["sdk"] == "dotnet" and line["method"] != "GET"}
    session.send(by_op["customer.patch.removeRelationship"]).expect(400, "REMOVAL_BLOCKED")
    session.send(by_op["subscription.patch.suspend"]).expect(200)
    assert session.send(by_op["customer.patch.removeRelationship"]).expect(200)["relationshipToPartner"] == "none"
    other = Session(program)
    other.send(by_op["customer.delete"]).expect(204)
    assert other.customer.id not in [item["id"] for item in other.agent.get("/v1/customers").items]
