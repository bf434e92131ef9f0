"""Partner Center's customers: list, filter, seek paging, create, remove."""

import json
import uuid
from urllib.parse import quote

import pytest

from wire import request_id
from world import World

NAMES = ["Alder Books", "alder Mill", "Birch Dairy", "Cedar Ferry", "みらい商事", "㈱ひかり", "株式会社ひかり食品", "Zebra & Söhne"]


@pytest.fixture(scope="module")
def cast(program):
    world = World(program)
    partner = world.partner()
    customers = {name: world.customer(name=name, domain=f"c{n}-{uuid.uuid4().hex[:6]}.example") for n, name in enumerate(NAMES)}
    for customer in customers.values():
        world.relationship(partner, customer)
    return partner, customers


def listed(agent, query="", **headers):
    return agent.get(f"/v1/customers{query}", headers=headers).expect(200)


def found(agent, field, value, operator="starts_with", spelling="Field Value Operator"):
    names = spelling.split()
    text = json.dumps({names[0]: field, names[1]: value, names[2]: operator}, ensure_ascii=False)
    return [item["companyProfile"]["companyName"] for item in listed(agent, f"?size=0&filter={quote(text)}")["items"]]


def test_the_list_is_an_envelope_of_customers(cast):
    partner, customers = cast
    page = listed(partner.act("adminAgent"))
    assert page["totalCount"] == len(NAMES) == len(page["items"]) and page["attributes"] == {"objectType": "Collection"}
    assert "continuationToken" not in page and "next" not in page["links"]
    assert page["links"]["self"] == {"uri": "/customers", "method": "GET", "headers": []}
    item = page["items"][0]
    customer = customers["Alder Books"]
    assert item["id"] == customer.id == item["companyProfile"]["tenantId"]
    assert item["relationshipToPartner"] == "reseller" and item["companyProfile"]["domain"] == customer.domain
    assert item["links"]["self"]["uri"] == f"/customers/{customer.id}"


@pytest.mark.parametrize("role", ("adminAgent", "salesAgent", "helpdeskAgent", "globalAdmin", "billingAdmin", "app"))
def test_every_role_of_the_partner_may_list(cast, role):
    partner, _ = cast
    assert len(listed(partner.act(role))["items"]) == len(NAMES)


def test_a_customer_is_found_by_the_beginning_of_its_name_in_any_spelling(cast):
    partner, _ = cast
    agent = partner.act("adminAgent")
    for spelling in ("Field Value Operator", "field value operator"):
        for operator in ("starts_with", "StartsWith", "STARTS_WITH"):
            assert found(agent, "CompanyName", "ALDER", operator, spelling) == ["Alder Books", "alder Mill"]
    assert found(agent, "CompanyName", "みらい") == ["みらい商事"]
    assert found(agent, "CompanyName", "株式会社ひ") == ["㈱ひかり", "株式会社ひかり食品"]
    assert found(agent, "CompanyName", "%") == [] and found(agent, "CompanyName", "lder") == []
    assert found(agent, "CompanyName", "Zebra & S") == ["Zebra & Söhne"]
    assert found(agent, "Domain", "C3-") == ["Cedar Ferry"]
    assert found(agent, "IndirectReseller", str(uuid.uuid4())) == []
    assert len(found(agent, "CompanyName", "")) == len(NAMES)


def test_pages_are_walked_as_the_sdks_walk_them(cast):
    partner, _ = cast
    agent = partner.act("adminAgent")
    for size in (1, 3, 7, 8):
        seen, page = [], listed(agent, f"?size={size}")
        while True:
            seen += [item["companyProfile"]["companyName"] for item in page["items"]]
            if "next" not in page["links"]:
                break
            link = page["links"]["next"]
            assert link["uri"].lower().startswith("/customers?") and link["uri"].endswith("seekOperation=Next")
            headers = {header["key"]: header["value"] for header in link["headers"]}
            assert headers == {"MS-ContinuationToken": page["continuationToken"]}
            uri = ["/v1/" + link["uri"], "/v1/customers?seekOperation=Next", "/v1/Customers/?seekoperation=next"][len(seen) % 3]
            page = agent.get(uri, headers=headers).expect(200)
            assert len(page["items"]) <= size, "the token carries the size"
        assert seen == [item["companyProfile"]["companyName"] for item in listed(agent)["items"]] and len(seen) == 8


def test_a_token_carries_the_filter(cast):
    partner, _ = cast
    agent = partner.act("adminAgent")
    text = quote('{"Field":"CompanyName","Value":"alder","Operator":"starts_with"}')
    first = listed(agent, f"?size=1&filter={text}")
    second = listed(agent, "?seekOperation=Next", **{"MS-ContinuationToken": first["continuationToken"]})
    assert [item["companyProfile"]["companyName"] for item in first["items"] + second["items"]] == ["Alder Books", "alder Mill"]
    assert "next" not in second["links"]


def test_a_customer_that_is_created_is_created_once(world):
    partner = world.partner()
    agent, key = partner.act("adminAgent"), request_id()
    body = {
        "companyProfile": {"domain": f"new-{uuid.uuid4().hex[:8]}.example"},
        "billingProfile": {
            "culture": "ja-JP", "email": "a@new.example", "language": "ja", "companyName": "新しい会社",
            "defaultAddress": {"country": "JP", "city": "大阪市", "addressLine1": "1-1"},
        },
    }
    first = agent.post("/v1/customers", body, headers=key).expect(201)
    assert agent.post("/v1/customers", body, headers=key).expect(201) == first
    agent.post("/v1/customers", body).expect(409, "DOMAIN_TAKEN")
    assert first["userCredentials"]["userName"] and first["userCredentials"]["password"]
    assert first["billingProfile"]["defaultAddress"]["city"] == "大阪市" and first["billingProfile"]["attributes"]["etag"]
    got = agent.get(f"/v1/customers/{first['id'].upper()}").expect(200)
    assert "userCredentials" not in got and got["companyProfile"]["companyName"] == "新しい会社"
    rows = agent.get(f"/multichannel/v1/customers/{first['id']}/access").expect(200)["items"]
    assert all(row["until"] and row["grantedBy"]["basis"] == "attestedByPartner" for row in rows)


def test_a_relationship_with_an_active_sale_cannot_be_removed(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    subscription = world.order(partner, customer)["lineItems"][0]["subscriptionId"]
    agent, path = partner.act("adminAgent"), f"/v1/customers/{customer.id}"
    blocked = agent.patch(path, {"relationshipToPartner": "none"})
    assert blocked.expect(400, "REMOVAL_BLOCKED")["rule"] == "REL-23" and blocked.json["data"] == ["Office 365 E3"]
    agent.patch(f"{path}/subscriptions/{subscription}", {"status": "suspended"}).expect(200)
    for wrong in ("reseller", "None!", 7):
        agent.patch(path, {"relationshipToPartner": wrong}).expect(400)
    partner.act("helpdeskAgent").patch(path, {"relationshipToPartner": "none"}).expect(403)
    assert agent.patch(path, {"relationshipToPartner": "None"}).expect(200)["relationshipToPartner"] == "none"
    agent.get(path).expect(403, "NO_RELATIONSHIP")
    assert listed(agent)["items"] == []
    admin = customer.act("globalAdmin")
    assert {row["state"] for row in admin.get(f"/multichannel/v1/customers/{customer.id}/access?state=all").items} == {"revoked"}
    assert len(admin.get(f"/multichannel/v1/customers/{customer.id}/subscriptions").items) == 1
    world.relationship(partner, customer)
    agent.get(path).expect(200)


def test_a_customer_of_another_partner_is_as_good_as_none(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(world.partner(), customer)
    agent = partner.act("adminAgent")
    answers = [agent.get(f"/v1/customers/{id}") for id in (customer.id, str(uuid.uuid4()))]
    assert {(answer.status, answer.reason) for answer in answers} == {(403, "NO_RELATIONSHIP")}
    agent.delete(f"/v1/customers/{customer.id}").expect(403, "NO_RELATIONSHIP")
    agent.patch(f"/v1/customers/{customer.id}", {"relationshipToPartner": "none"}).expect(403, "NO_RELATIONSHIP")


def test_the_reusable_link_names_the_partner_and_nobody_else(world):
    partner = world.partner()
    answer = partner.act("adminAgent").get("/v1/customers/relationshiprequests").expect(200)
    assert answer["url"].startswith(world.program.url) and partner.id in answer["url"]
    assert answer["attributes"]["objectType"] == "RelationshipRequest"


def test_partners_and_providers_see_each_other(world):
    provider = world.partner("indirectProvider")
    reseller = world.partner("indirectReseller", provider=provider.id)
    customer = world.customer()
    world.relationship(provider, customer)
    down = provider.act("adminAgent").get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf").items
    assert [(item["id"], item["relationshipType"]) for item in down] == [(reseller.id, "is_indirect_cloud_solution_provider_of")]
    up = reseller.act("adminAgent").get("/v1/relationships?relationship_type=is_indirect_reseller_of").items
    assert [(item["id"], item["relationshipType"]) for item in up] == [(provider.id, "is_indirect_reseller_of")]
    seen = provider.act("adminAgent").get(f"/v1/customers/{customer.id}/relationships").items
    assert [item["id"] for item in seen] == [provider.id]
