"""The conventions every Partner Center route keeps: paths, names, links, envelopes, errors, headers."""

import json
import uuid

import pytest

from wire import request_id
from world import World


@pytest.fixture(scope="module")
def cast(program):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    return partner, customer, world.order(partner, customer)


def test_paths_are_found_in_any_spelling(cast):
    partner, customer, order = cast
    agent = partner.act("adminAgent")
    plain = agent.get(f"/v1/customers/{customer.id}/subscriptions").expect(200)["items"]
    for path in (
        f"/V1/CUSTOMERS/{customer.id.upper()}/SUBSCRIPTIONS", f"/v1//customers//{customer.id}/subscriptions",
        f"//v1/customers/{customer.id}/subscriptions/", f"/v1/Customers/{customer.id}/Subscriptions/?x=1",
        f"/v1/customers/{customer.id}/%73ubscriptions",
    ):
        answer = agent.get(path)
        if "%73" not in path:
            assert answer.expect(200)["items"] == plain, path
    for path in ("/v1/profiles/LegalBusiness", "/v1/Profiles/Mpn", "/v1/AuditRecords", "/AuditActivity/V1/AuditRecords"):
        agent.get(path).expect(200)


def test_links_are_relative_and_know_no_version(cast):
    partner, customer, order = cast
    agent = partner.act("adminAgent")

    def uris(value):
        for name, inner in value.items() if isinstance(value, dict) else []:
            if name == "uri":
                yield inner
            yield from uris(inner)
        for inner in value if isinstance(value, list) else []:
            yield from uris(inner)

    for path in (
        "/v1/customers", "/v1/customers?size=1", f"/v1/customers/{customer.id}", f"/v1/customers/{customer.id}/orders",
        f"/v1/customers/{customer.id}/orders/{order['id']}", f"/v1/customers/{customer.id}/subscriptions", "/v1/offers",
        "/v1/profiles/billing", "/v1/profiles/mpn",
    ):
        found = list(uris(agent.get(path).expect(200)))
        assert found
        for uri in found:
            assert uri.startswith("/") and not uri.lower().startswith("/v1") and "://" not in uri, f"{path}: {uri}"
            agent.get("/v1/" + uri.lstrip("/")).expect(200)


def test_answers_carry_the_ids_of_their_request_and_the_language(cast):
    partner, _, _ = cast
    agent = partner.act("adminAgent")
    sent = {"MS-RequestId": str(uuid.uuid4()), "MS-CorrelationId": str(uuid.uuid4())}
    answer = agent.get("/v1/customers", headers={**sent, "X-Locale": "ja-JP"})
    assert {name: answer.headers[name] for name in sent} == sent and answer.headers["X-Locale"] == "ja-JP"
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    one, other = agent.get("/v1/customers"), agent.get("/v1/customers")
    for name in sent:
        assert uuid.UUID(one.headers[name]) and one.headers[name] != other.headers[name]
    assert one.headers["X-Locale"] == "en-US"
    for nonsense in ("x", "", "0" * 500, "{}"):
        answer = agent.get("/v1/customers", headers={name: nonsense for name in sent})
        assert answer.status == 200 and uuid.UUID(answer.headers["MS-RequestId"])


def test_an_error_has_partner_centers_body_and_ours(cast):
    partner, customer, _ = cast
    for language, word in (("en-US", "no reseller relationship"), ("ja-JP", "再販業者関係")):
        agent = partner.act("adminAgent", language)
        answer = agent.get(f"/v1/customers/{uuid.uuid4()}")
        body = answer.expect(403)
        assert isinstance(body["code"], int) and isinstance(body["data"], list) and body["source"] == "PartnerFD"
        assert (body["reason"], body["rule"]) == ("NO_RELATIONSHIP", "S-19") and word in body["description"]
        assert [step["action"] for step in body["next"]] == ["requestPermission"] and body["next"][0]["text"]
    agent.get(f"/v1/customers/{customer.id}/subscriptions/{uuid.uuid4()}").expect(404, "NOT_FOUND")
    assert agent.get(f"/v1/customers/{customer.id}/subscriptions/{uuid.uuid4()}").json["code"] == 20003
    assert agent.get(f"/v1/customers/{customer.id}/orders/{uuid.uuid4()}").json["code"] == 20000


def test_a_path_that_is_no_route_says_so(cast):
    partner, customer, _ = cast
    for client in (partner.act("adminAgent"), partner.program.anonymous):
        for path in (
            "/v1/nothing", f"/v1/customers/{customer.id}/nothing", "/multichannel/v1/nothing", "/multichannel/v2/policies",
            "/v1.0/tenantRelationships/nothing", "/webhooks/v1/nothing", "/accountenrollments/v1/nothing", "/v1", "/beta/x",
        ):
            for method in ("GET", "POST", "PATCH", "DELETE"):
                answer = client.call(method, path)
                answer.expect(404, "NO_SUCH_ROUTE")
                assert answer.headers["MS-CorrelationId"]
    page = partner.program.anonymous.get("/no-such-page", headers={"Accept": "text/html"})
    assert page.status in (303, 404) and "NO_SUCH_ROUTE" not in page.text


def test_a_method_that_a_route_does_not_have_is_answered_with_those_it_has(cast):
    partner, customer, _ = cast
    agent = partner.act("adminAgent")
    for method, path, allowed in (
        ("PUT", "/v1/customers", {"GET", "POST"}), ("DELETE", "/v1/offers", {"GET"}),
        ("POST", f"/v1/customers/{customer.id}", {"GET", "PATCH", "DELETE"}),
        ("PATCH", "/multichannel/v1/relationshiprequests", {"GET", "POST"}), ("GET", "/multichannel/v1/catalog", {"POST"}),
    ):
        answer = agent.call(method, path)
        answer.expect(405, "METHOD_NOT_ALLOWED")
        listed = {name.strip() for name in answer.headers["Allow"].split(",")}
        assert allowed <= listed and method not in listed, f"{method} {path}: {listed}"


def test_head_answers_what_get_answers_without_a_body(cast):
    partner, customer, _ = cast
    agent = partner.act("adminAgent")
    for path in ("/v1/customers", f"/v1/customers/{customer.id}", "/openapi.json", "/healthz", "/v1/nothing"):
        got, headed = agent.get(path), agent.call("HEAD", path)
        assert headed.status == got.status and headed.body == b"", path
        assert headed.headers["Content-Type"] == got.headers["Content-Type"], path


def test_names_of_members_are_read_in_any_spelling_and_null_is_absence(world):
    agent = world.partner().act("adminAgent")
    domain = f"pascal-{uuid.uuid4().hex[:8]}.example"
    body = {
        "Id": None, "CommerceId": None, "CompanyProfile": {"TenantId": None, "Domain": domain, "CompanyName": None},
        "BillingProfile": {
            "Id": None, "CompanyName": "Pascal", "companyname": "Pascal", "DefaultAddress": {"Country": "us", "Region": None},
            "Attributes": {"ObjectType": "CustomerBillingProfile"}, "NoSuchMember": {"x": [None]},
        },
        "RelationshipToPartner": "unknown", "AllowDelegatedAccess": None, "Attributes": {"ObjectType": "Customer"},
    }
    made = agent.post("/v1/customers", "\ufeff" + json.dumps(body)).expect(201)
    assert made["companyProfile"]["companyName"] == "Pascal" and "null" not in json.dumps(made)


def test_two_spellings_of_one_member_come_back_as_one(world):
    agent = world.partner().act("adminAgent")
    body = '{"email":"a@x.example","Email":"a@x.example","Telephone":"1","website":"www"}'
    for path in ("/v1/profiles/support", "/v1/profiles/billing", "/v1/profiles/organization"):
        text = agent.put(path, body).expect(200) and agent.get(path).text

        def unique(pairs):
            names = [name for name, _ in pairs]
            assert len(names) == len(set(names)), f"{path}: {names}"
            return dict(pairs)

        assert json.loads(text, object_pairs_hook=unique)["email"] == "a@x.example"


def test_the_same_request_id_with_another_body_is_a_conflict(world):
    partner, customer, key = world.partner(), world.customer(), request_id()
    world.relationship(partner, customer)
    agent, path = partner.act("adminAgent"), f"/multichannel/v1/customers/{customer.id}/subscriptions"
    body = {"name": "Azure", "family": "usage", "channel": "ea"}
    first = agent.post(path, body, headers=key).expect(201)
    assert agent.post(path, body, headers=key).expect(201) == first
    agent.post(path, {**body, "name": "Other"}, headers=key).expect(409, "REQUEST_REUSED")
    partner.act("salesAgent").post(path, body, headers=key).expect(201)
    assert len(agent.get(path).items) == 2


def test_one_request_id_for_all_calls_does_not_mix_them_up(world):
    partner, key = world.partner(), request_id()
    customers = [world.customer(), world.customer()]
    for customer in customers:
        world.relationship(partner, customer)
    agent, body = partner.act("adminAgent"), {"name": "Azure", "family": "usage", "channel": "ea"}
    for _ in range(2):
        for customer in customers:
            path = f"/multichannel/v1/customers/{customer.id}/subscriptions"
            assert agent.post(path, body, headers=key).expect(201)["customerId"] == customer.id
            assert agent.post(f"/multichannel//v1/Customers/{customer.id.upper()}/subscriptions/", body, headers=key).status == 201
            assert len(agent.get(path, headers=key).items) == 1


def test_a_replay_by_someone_who_has_lost_the_right_is_refused(world):
    partner, customer, key = world.partner(), world.customer(), request_id()
    world.relationship(partner, customer)
    agent, path = partner.act("adminAgent"), f"/multichannel/v1/customers/{customer.id}/subscriptions"
    body = {"name": "Azure", "family": "usage", "channel": "ea"}
    agent.post(path, body, headers=key).expect(201)
    admin = customer.act("globalAdmin")
    for row in admin.get(f"/multichannel/v1/customers/{customer.id}/access").items:
        admin.delete(f"/multichannel/v1/customers/{customer.id}/access/{row['id']}").expect(204)
    agent.post(path, body, headers=key).expect(403, "NO_RELATIONSHIP")


def test_texts_for_people_and_programs_are_served_to_everybody(program):
    document = program.anonymous.get("/openapi.json").expect(200)
    assert document["openapi"].startswith("3.1") and document["paths"]
    assert program.anonymous.get("/openapi.yaml").text.lstrip().startswith(("openapi:", "#"))
    assert program.anonymous.get("/healthz").expect(200) == {"status": "ok"}
    ready = program.anonymous.get("/readyz").expect(200)
    assert ready["status"] == "ready" and ready["database"] in ("sqlite", "postgres")
    assert "# TYPE" in program.anonymous.get("/metrics").text
