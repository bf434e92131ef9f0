"""How invitations and access end, and what remains to be read about it."""

from datetime import timedelta

import pytest

from wire import request_id
from world import instant

REQUESTS = "/multichannel/v1/relationshiprequests"
INVITATIONS = "/multichannel/v1/invitations"


def access(customer, client, state=""):
    return client.get(f"/multichannel/v1/customers/{customer.id}/access{state}").expect(200)["items"]


def cannot_be_decided(customer, code, reason):
    admin = customer.act("globalAdmin")
    shown = admin.get(f"{INVITATIONS}/{code}").expect(200)
    admin.post(f"{INVITATIONS}/{code}/acceptance", {"termsHash": shown["termsHash"]}).expect(409, reason)
    admin.post(f"{INVITATIONS}/{code}/refusal", {"reason": "late"}).expect(409, reason)
    assert access(customer, admin, "?state=all") == []
    return shown["state"]


def test_a_withdrawn_invitation_is_dead_from_the_next_request_on(world):
    partner, customer = world.partner(), world.customer()
    made = world.request(partner, customer)
    agent = partner.act("adminAgent")
    key = request_id()
    path = f"{REQUESTS}/{made['id']}/withdrawal"
    first = agent.post(path, headers=key).expect(200)
    assert first["state"] == "withdrawn" and agent.post(path, headers=key).json == first
    agent.post(path).expect(409, "INVITATION_WITHDRAWN")
    agent.post(f"{REQUESTS}/{made['id']}/reminder").expect(409, "INVITATION_WITHDRAWN")
    assert cannot_be_decided(customer, made["code"], "INVITATION_WITHDRAWN") == "withdrawn"


def test_an_invitation_expires_after_ninety_days_and_not_a_day_before(own_world):
    world = own_world
    partner, early, late = world.partner(), world.customer(), world.customer()
    codes = {customer.id: world.request(partner, customer)["code"] for customer in (early, late)}
    world.advance("P89D")
    world.accept(early, codes[early.id])
    world.advance("P2D")
    assert cannot_be_decided(late, codes[late.id], "INVITATION_EXPIRED") == "expired"
    states = {item["customerDomain"]: item["state"] for item in partner.act("adminAgent").get(REQUESTS).items}
    assert states == {early.domain: "accepted", late.domain: "expired"}


def test_a_newer_request_takes_the_place_of_the_older_one(world):
    partner, customer = world.partner(), world.customer()
    older, newer = world.request(partner, customer), world.request(partner, customer)
    assert older["code"] != newer["code"]
    assert cannot_be_decided(customer, older["code"], "INVITATION_SUPERSEDED") == "superseded"
    rival = world.request(world.partner(), customer)
    world.accept(customer, newer["code"])
    world.accept(customer, rival["code"])


def test_a_refused_invitation_stays_refused_and_tells_the_partner_why(world):
    partner, customer = world.partner(), world.customer()
    made = world.request(partner, customer)
    admin = customer.act("globalAdmin")
    outcome = admin.post(f"{INVITATIONS}/{made['code']}/refusal", {"reason": "別の会社に頼みました"}).expect(200)
    assert outcome["state"] == "declined" and outcome["granted"] == []
    assert cannot_be_decided(customer, made["code"], "INVITATION_DECLINED") == "declined"
    seen = partner.act("adminAgent").get(f"{REQUESTS}/{made['id']}").expect(200)
    assert (seen["state"], seen["reason"]) == ("declined", "別の会社に頼みました")


def test_a_reminder_sends_the_mail_again_and_changes_nothing_else(world):
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    partner, customer = world.partner(), world.customer()
    made = world.request(partner, customer)
    reminded = partner.act("adminAgent").post(f"{REQUESTS}/{made['id']}/reminder").expect(200)
    assert reminded["expires"] == made["expires"] and reminded["code"] == made["code"] and reminded["reminders"] == 1
    mails = world.sandbox.get("/sandbox/v1/outbox").json["items"]
    assert [mail["kind"] for mail in mails] == ["request", "reminder"] and mails[1]["link"] == made["url"]


def test_another_partner_does_not_learn_that_a_request_exists(world):
    made = world.request(world.partner(), world.customer())
    stranger = world.partner().act("adminAgent")
    for path in (f"{REQUESTS}/{made['id']}",):
        stranger.get(path).expect(404, "NOT_FOUND")
        stranger.post(f"{path}/withdrawal").expect(404, "NOT_FOUND")
        stranger.post(f"{path}/reminder").expect(404, "NOT_FOUND")


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


def test_no_role_of_a_partner_can_ask_for_more_days_than_policy_allows(world):
    partner, customer = world.partner(), world.customer()
    for days in (0, -1, 100_000):
        body = {"customerDomain": customer.domain, "scope": {"days": days}}
        answer = partner.act("adminAgent").post(REQUESTS, body)
        answer.expect(400, "INVALID_INPUT")
        assert answer.names("scope.days")
    partner.act("helpdeskAgent").post(REQUESTS, {"customerDomain": customer.domain}).expect(403, "REQUESTOR_NOT_ALLOWED")
    partner.act("billingAdmin").post(REQUESTS, {"customerDomain": customer.domain}).expect(403, "ACCESS_DENIED")


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
    assert [(row["key"], row["value"]) for row in why["items"]] == [("resale.cspToCsp", "forbidden")]
    assert why["items"][0]["row"] == refused.json["policyRow"] and why["items"][0]["edition"] == "1"
    world.partner().act("adminAgent").get(path).expect(404, "NOT_FOUND")
    agent.get("/multichannel/v1/decisions/not-an-id").expect(404, "NOT_FOUND")
