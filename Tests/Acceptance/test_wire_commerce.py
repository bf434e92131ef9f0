"""Partner Center's orders, subscriptions, offers, profiles and audit records."""

import base64
import json
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest

OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
AZURE = "MS-AZR-0145P"


@pytest.fixture
def sale(world):
    """A partner that has sold five licenses: the agent, the customer's path, and the subscription's."""
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    order = world.order(partner, customer)
    base = f"/v1/customers/{customer.id}"
    return partner.act("adminAgent"), base, f"{base}/subscriptions/{order['lineItems'][0]['subscriptionId']}"


def test_an_order_becomes_subscriptions_that_the_partner_sells(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent, base = partner.act("adminAgent"), f"/v1/customers/{customer.id}"
    body = {
        "referenceCustomerId": customer.id, "billingCycle": "monthly", "lineItems": [
            {"lineItemNumber": 0, "offerId": OFFER.lower(), "friendlyName": "本社の E3", "quantity": 25},
            {"lineItemNumber": 1, "offerId": AZURE, "quantity": 1},
        ],
    }
    order = agent.post(f"{base}/orders", body).expect(201)
    assert order["status"] == "completed" and len(order["lineItems"]) == 2
    assert agent.get(f"{base}/orders/{order['id'].lower()}").expect(200) == order
    assert agent.get(f"{base}/orders").expect(200)["items"] == [order]
    subscriptions = {item["id"]: item for item in agent.get(f"{base}/subscriptions?order_id={order['id']}").items}
    assert set(subscriptions) == {line["subscriptionId"] for line in order["lineItems"]}
    license = subscriptions[order["lineItems"][0]["subscriptionId"]]
    assert (license["friendlyName"], license["quantity"], license["billingType"]) == ("本社の E3", 25, "license")
    assert license["orderId"] == order["id"] and license["commitmentEndDate"] > license["effectiveStartDate"]
    usage = subscriptions[order["lineItems"][1]["subscriptionId"]]
    assert usage["billingType"] == "usage" and "commitmentEndDate" not in usage
    assert agent.get(f"{base}/subscriptions?order_id={uuid.uuid4()}").items == []
    seen = agent.get(f"/multichannel/v1/customers/{customer.id}/subscriptions").items
    for item in seen:
        assert (item["channel"], item["source"], item["seller"]["id"]) == ("csp", "managed", partner.id)
        assert item["billOwner"]["id"] == item["partnerOfRecord"]["id"] == partner.id


def test_whom_a_support_contact_is_designated_to_is_on_record(world):
    partner, customer, other = world.partner(), world.customer(), world.partner("advisor")
    world.relationship(partner, customer)
    world.relationship(other, customer)
    order = world.order(partner, customer)
    path = f"/v1/customers/{customer.id}/subscriptions/{order['lineItems'][0]['subscriptionId']}/supportcontact"
    kept = partner.act("adminAgent").put(path, {"supportTenantId": other.id}).expect(200)
    assert (kept["supportTenantId"], kept["name"]) == (other.id, other.name)
    items = partner.act("adminAgent").get(f"/v1/customers/{customer.id}/subscriptions").items
    assert len(items) == 1


def test_partners_that_sell_nothing_cannot_order(world):
    customer = world.customer()
    provider = world.partner("indirectProvider")
    for kind, reason in (("indirectReseller", "PARTNER_CANNOT_TRANSACT"), ("advisor", "PARTNER_CANNOT_TRANSACT")):
        partner = world.partner(kind, **({"provider": provider.id} if kind == "indirectReseller" else {}))
        world.relationship(partner, customer)
        body = {"lineItems": [{"lineItemNumber": 0, "offerId": OFFER, "quantity": 1}]}
        partner.act("adminAgent").post(f"/v1/customers/{customer.id}/orders", body).expect(403, reason)
    world.relationship(provider, customer)
    world.order(provider, customer)


def test_a_suspended_partner_cannot_order_or_ask(world):
    partner, customer = world.partner(standing="suspended"), world.customer()
    world.subscription(customer, channel="csp", seller=partner)
    body = {"lineItems": [{"lineItemNumber": 0, "offerId": OFFER, "quantity": 1}]}
    partner.act("adminAgent").post(f"/v1/customers/{customer.id}/orders", body).expect(403, "PARTNER_SUSPENDED")
    wish = {"customerDomain": world.customer().domain}
    partner.act("adminAgent").post("/multichannel/v1/relationshiprequests", wish).expect(403, "PARTNER_SUSPENDED")
    partner.act("adminAgent").get(f"/v1/customers/{customer.id}/subscriptions").expect(200)


def test_a_subscription_is_changed_by_sending_it_back(sale):
    agent, _, path = sale
    seen = agent.get(path).expect(200)
    for change, expected in (
        ({"quantity": 9}, {"quantity": 9}), ({"friendlyName": "営業部"}, {"friendlyName": "営業部"}),
        ({"autoRenewEnabled": False}, {"autoRenewEnabled": False}), ({"status": "Suspended"}, {"status": "suspended"}),
        ({"status": "none", "quantity": 0}, {"status": "suspended", "quantity": 9}),
    ):
        seen = agent.patch(path, {**seen, **change}).expect(200)
        assert {name: seen[name] for name in expected} == expected
        assert agent.get(path).expect(200) == seen
    assert agent.patch(path, {"status": "active"}).expect(200)["status"] == "active"
    assert agent.patch(path, {"quantity": 12}).expect(200)["quantity"] == 12
    refused = agent.patch(path, {"status": "deleted"}).expect(200)
    assert refused["status"] == "deleted"
    agent.patch(path, {"quantity": 13}).expect(400, "NOT_ACTIVE")


def test_a_stale_etag_is_refused_with_its_code(sale):
    agent, _, path = sale
    first = agent.get(path).expect(200)
    etag = first["attributes"]["etag"]
    assert set(json.loads(base64.b64decode(etag))) == {"id", "version"}
    agent.patch(path, {"quantity": 6}, headers={"If-Match": f'"{etag}"'}).expect(200)
    for headers, body in (
        ({"If-Match": f'"{etag}"'}, {"quantity": 7}), ({}, {"quantity": 7, "attributes": {"etag": etag}}),
        ({}, {"Quantity": 7, "Attributes": {"Etag": etag}}), ({"If-Match": '"nonsense"'}, {"quantity": 7}),
    ):
        stale = agent.patch(path, body, headers=headers)
        assert stale.expect(400, "ETAG_STALE")["code"] == 2055
    assert agent.get(path).json["quantity"] == 6
    agent.patch(path, {"quantity": 8}).expect(200)
    agent.patch(path, {"quantity": 9}, headers={"If-Match": "*"}).expect(200)


def test_what_was_bought_elsewhere_is_not_driven_from_here(world, sale):
    agent, base, _ = sale
    customer = base.rsplit("/", 1)[-1]
    made = world.sandbox.post("/sandbox/v1/subscriptions", {
        "customerId": customer, "name": "Office 365 E1", "family": "license", "channel": "open", "quantity": 3,
    }).expect(201)["id"]
    agent.get(f"{base}/subscriptions/{made}").expect(404, "NOT_FOUND")
    for change in ({"quantity": 5}, {"status": "suspended"}, {"status": "deleted"}):
        refused = agent.patch(f"{base}/subscriptions/{made}", change)
        assert refused.status in (400, 403, 404) and refused.reason in ("BOUGHT_ELSEWHERE", "NOT_FOUND"), refused.text
    item = next(item for item in agent.get(f"/multichannel{base}/subscriptions").items if item["id"] == made)
    assert (item["quantity"], item["status"]) == (3, "active")


def test_offers_are_listed_page_by_page(world):
    agent = world.partner().act("adminAgent")
    everything = agent.get("/v1/offers?country=US").expect(200)["items"]
    assert len(everything) >= 8 and {"license", "usage"} <= {offer["billing"] for offer in everything}
    walked = []
    for offset in range(0, len(everything) + 3, 3):
        walked += agent.get(f"/v1/offers?country=US&offset={offset}&size=3").expect(200)["items"]
    assert walked == everything
    assert agent.get(f"/v1/offers/{OFFER.lower()}?country=US").expect(200)["id"] == OFFER
    agent.get("/v1/offers/nothing?country=US").expect(404)


def test_profiles_are_kept_as_they_were_sent(world):
    agent = world.partner().act("globalAdmin")
    for name in ("legalbusiness", "organization", "billing", "support"):
        path = f"/v1/profiles/{name}"
        seen = agent.get(path).expect(200)
        etag = seen["attributes"]["etag"]
        address = {"Country": "JP", "Region": None, "City": "大阪市"}
        body = {"Address": address, **seen, "companyName": "東西クラウド"}
        kept = agent.put(path, body).expect(200)
        assert kept["companyName"] == "東西クラウド" and kept["address"] == {"country": "JP", "city": "大阪市"}
        assert kept["attributes"]["etag"] != etag and agent.get(path).json == kept
        assert agent.put(path, body).expect(400, "ETAG_STALE")["code"] == 2055
    assert agent.get("/v1/profiles/mpn").expect(200)["mpnId"].isdigit()
    agent.get("/v1/profiles/mpn?mpnId=0").expect(404)


def audit(agent, query=""):
    return [(item["id"], item["operationType"]) for item in agent.get(f"/v1/auditrecords{query}").expect(200)["items"]]


def test_audit_records_are_found_by_date_in_every_spelling(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    world.order(partner, customer)
    agent, now = partner.act("adminAgent"), world.now
    everything = audit(agent)
    assert {"create_partner_relationship", "create_order"} <= {kind for _, kind in everything}
    day, before, after = now, now - timedelta(days=2), now + timedelta(days=2)
    for style in ("%Y-%m-%d", "%Y-%m-%dT00:00:00Z", "%m/%d/%Y 00:00:00", "%m/%d/%Y 12:00:00 AM"):
        def text(moment):
            return quote(moment.strftime(style))

        assert audit(agent, f"?startDate={text(day)}&endDate={text(day)}") == everything
        assert audit(agent, f"?startDate={text(before)}") == everything
        assert audit(agent, f"?startDate={text(after)}") == []
        assert audit(agent, f"?startDate={text(before - timedelta(days=9))}&endDate={text(before)}") == []
    plain = f"{now.year}-{now.month}-{now.day}"
    assert audit(agent, f"?startDate={plain}&endDate={plain}") == everything
    slashes = f"{now.month}/{now.day}/{now.year} 0:00:00"
    assert audit(agent, f"?startDate={quote(slashes)}") == everything
    assert agent.get("/auditactivity/v1/auditrecords").expect(200)["totalCount"] == len(everything)


def test_audit_records_are_filtered_and_walked(world):
    partner = world.partner()
    customers = [world.customer(name="Alder Mill"), world.customer(name="Birch Dairy")]
    for customer in customers:
        world.relationship(partner, customer)
        world.order(partner, customer)
    agent = partner.act("adminAgent")
    everything = audit(agent)

    def filtered(field, value, operator):
        return agent.get("/v1/auditrecords?filter=" + quote(json.dumps({"Field": field, "Value": value, "Operator": operator}))).items

    assert {row["customerName"] for row in filtered("CompanyName", "birch", "substring")} == {"Birch Dairy"}
    assert {row["customerId"] for row in filtered("CustomerId", customers[0].id, "equals")} == {customers[0].id}
    assert len(filtered("ResourceType", "Order", "equals")) == 2 and filtered("CustomerId", "x", "equals") == []
    walked, page = [], agent.get("/v1/auditrecords?size=2").expect(200)
    while True:
        walked += [(item["id"], item["operationType"]) for item in page["items"]]
        if "continuationToken" not in page:
            break
        token = {"MS-ContinuationToken": page["continuationToken"]}
        page = agent.get("/v1/auditrecords?size=2&seekOperation=Next", headers=token).expect(200)
    assert walked == everything
