"""Who has access to what, since when and until when; and what can be read about it afterwards."""

from datetime import timedelta

import pytest

from world import instant

INVITATIONS = "/multichannel/v1/invitations"


def access(customer, client, state=""):
    return client.get(f"/multichannel/v1/customers/{customer.id}/access{state}").expect(200)["items"]


def test_everything_that_was_granted_has_a_giver_a_date_and_an_end(world):
    partner, seller, customer = world.partner(), world.partner(), world.customer()
    world.subscription(customer, family="usage", channel="csp", seller=seller)
    world.relationship(partner, customer)
    now = world.now
    rows = access(customer, customer.act("globalAdmin"))
    assert {(row["partner"]["id"], row["kind"]) for row in rows} == {
        (partner.id, "resellerTie"), (partner.id, "dap"), (seller.id, "resellerTie")
    }
    for row in rows:
        assert row["grantedBy"]["name"] and row["grantedBy"]["termsHash"], row
        assert abs(instant(row["grantedAt"]) - now) < timedelta(minutes=5), row
        assert now < instant(row["until"]) < now + timedelta(days=3660), row
    admin = next(row for row in rows if row["kind"] == "dap")
    assert admin["grantedBy"]["id"] == customer.people["globalAdmin"] and admin["roles"] == ["helpdeskAgent"]
    assert instant(admin["until"]) - instant(admin["from"]) == timedelta(days=180)
    seen = access(customer, partner.act("adminAgent"))
    assert {row["partner"]["id"] for row in seen} == {partner.id}, "a partner sees its own paths only"


def test_ending_access_takes_effect_on_the_next_request(world):
    partner, customer = world.partner(), world.customer()
    subscription = world.subscription(customer)
    world.relationship(partner, customer)
    admin, agent = customer.act("globalAdmin"), partner.act("adminAgent")
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions/{subscription}/options"
    assert agent.get(path).expect(200)
    ids = {row["kind"]: row["id"] for row in access(customer, admin)}
    base = f"/multichannel/v1/customers/{customer.id}/access"
    for role in ("billingAdmin", "user"):
        customer.act(role).delete(f"{base}/{ids['dap']}").expect(403, "ACCESS_DENIED")
    world.customer().act("globalAdmin").delete(f"{base}/{ids['dap']}").expect(403)
    admin.delete(f"{base}/{ids['dap']}").expect(204)
    manage = {item["action"]: item for item in agent.get(path).json["items"]}["manage"]
    assert (manage["verdict"], manage["reason"]) == ("conditional", "PERMISSION_REQUIRED")
    admin.delete(f"{base}/{ids['resellerTie']}").expect(204)
    agent.get(path).expect(403, "NO_RELATIONSHIP")
    assert agent.get("/v1/customers").items == [] and access(customer, admin) == []
    admin.delete(f"{base}/{ids['dap']}").expect(409, "ACCESS_ENDED")
    ended = access(customer, admin, "?state=all")
    assert {row["state"] for row in ended} == {"revoked"}
    assert {row["endedBy"] for row in ended} == {customer.people["globalAdmin"]}


def test_access_is_over_when_its_time_is(own_world):
    world = own_world
    partner, customer = world.partner(), world.customer()
    subscription = world.subscription(customer)
    world.relationship(partner, customer)

    def manage():
        options = world.options(partner, customer, subscription)
        return {item["action"]: item for item in options["items"]}["manage"]["reason"]

    assert manage() == "PERMISSION_GRANTED"
    world.advance("P179D")
    assert manage() == "PERMISSION_GRANTED"
    world.advance("P2D")
    assert manage() == "PERMISSION_REQUIRED"
    world.advance("P6Y")
    partner.act("adminAgent").get(f"/v1/customers/{customer.id}").expect(403, "NO_RELATIONSHIP")


def test_the_audit_tells_who_when_and_which_text(world):
    partner, customer = world.partner(), world.customer()
    made = world.request(partner, customer)
    world.accept(customer, made["code"], language="ja-JP")
    rows = access(customer, customer.act("globalAdmin"))
    admin = next(row for row in rows if row["kind"] == "dap")
    customer.act("globalAdmin").delete(f"/multichannel/v1/customers/{customer.id}/access/{admin['id']}").expect(204)
    for reader in (partner.act("adminAgent"), customer.act("globalAdmin")):
        records = reader.get("/v1/auditrecords").expect(200)["items"]
        events = {}
        for record in records:
            data = {pair["key"]: pair["value"] for pair in record["customizedData"]}
            events.setdefault(data["event"], (record, data))
            assert abs(instant(record["operationDate"]) - world.now) < timedelta(minutes=5)
            assert record["userPrincipalName"] and record["operationStatus"] == "succeeded"
            assert record["event"] == data["event"] and "⟦" not in record["eventText"]
        granted = next(
            data for record in records for data in [{pair["key"]: pair["value"] for pair in record["customizedData"]}]
            if data["event"] == "accessGranted" and data["kind"] == "dap"
        )
        assert granted["termsHash"] == admin["grantedBy"]["termsHash"] and granted["language"] == "ja"
        accepted = events["relationshipRequestAccepted"][0]
        assert accepted["operationType"] == "create_partner_relationship" and accepted["customerId"] == customer.id
        assert accepted["userPrincipalName"] == "globalAdmin" and accepted["partnerId"] == partner.id
        assert events["accessEnded"][1]["kind"] == "dap"
    assert partner.act("adminAgent").get("/v1/auditrecords").json["items"][-1]["customizedData"]
    assert world.partner().act("adminAgent").get("/v1/auditrecords").items == []


def test_an_attempt_that_was_refused_is_on_record(world):
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    user = customer.act("user")
    body = {"termsHash": user.get(f"{INVITATIONS}/{code}").json["termsHash"]}
    user.post(f"{INVITATIONS}/{code}/acceptance", body).expect(403, "GLOBAL_ADMIN_REQUIRED")
    records = customer.act("globalAdmin").get("/v1/auditrecords").expect(200)["items"]
    failed = [record for record in records if record["operationStatus"] == "failed"]
    data = [{pair["key"]: pair["value"] for pair in record["customizedData"]} for record in failed]
    assert [(record["userPrincipalName"], entry["reason"]) for record, entry in zip(failed, data)] == [
        ("user", "GLOBAL_ADMIN_REQUIRED")
    ]


@pytest.mark.parametrize("language, word", [("en-US", "partner"), ("ja-JP", "パートナー")])
def test_a_refusal_can_be_explained_by_its_correlation_id(world, language, word):
    partner, customer = world.partner(), world.customer(tenantType="cspTransacting")
    world.subscription(customer, channel="csp", seller=partner)
    agent = partner.act("adminAgent", language)
    refused = agent.post(f"/v1/customers/{customer.id}/orders", {})
    refused.expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")
    assert word in refused.json["description"].lower() and refused.json["rule"] == "S-26" and refused.json["next"]
    path = f"/multichannel/v1/decisions/{refused.correlation}"
    why = agent.get(path).expect(200)
    assert why["correlationId"] == refused.correlation and why["outcome"] == "RESALE_CSP_TO_CSP_FORBIDDEN"
    read = why["items"][0]
    assert (read["key"], read["value"], read["rule"], read["edition"]) == ("resale.cspToCsp", "forbidden", "S-26", "1")
    assert read["row"] == refused.json["policyRow"] and read["inputs"] == {"cloud": "public"}
    world.partner().act("adminAgent").get(path).expect(404, "NOT_FOUND")
    agent.get("/multichannel/v1/decisions/not-an-id").expect(404, "NOT_FOUND")
