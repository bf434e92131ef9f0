"""How invitations end: refused, withdrawn, expired, superseded, or decided by somebody else."""

from wire import request_id

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


def test_an_invitation_for_nobody_in_particular_belongs_to_the_first_who_decides(world):
    partner, first, second = world.partner(), world.customer(), world.customer()
    asked = partner.act("adminAgent").post(REQUESTS, {"scope": {"days": 30}}).expect(201)
    assert asked["state"] == "draft" and "customerId" not in asked
    partners_own = world.customer(tenantType="cspTransacting").act("globalAdmin")
    shown = partners_own.get(f"{INVITATIONS}/{asked['code']}").expect(200)
    body = {"termsHash": shown["termsHash"]}
    partners_own.post(f"{INVITATIONS}/{asked['code']}/acceptance", body).expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")
    world.accept(first, asked["code"])
    assert partner.act("adminAgent").get(f"{REQUESTS}/{asked['id']}").json["customerId"] == first.id
    second.act("globalAdmin").get(f"{INVITATIONS}/{asked['code']}").expect(403, "WRONG_TENANT")


def test_domains_that_only_look_alike_are_two(world):
    partner, name = world.partner(), world.customer().domain[12:]
    composed, decomposed = f"\u304c{name}", f"\u304b\u3099{name}"
    asked = partner.act("adminAgent").post(REQUESTS, {"customerDomain": composed, "scope": {"days": 30}}).expect(201)
    lookalike, meant = world.customer(domain=decomposed), world.customer(domain=composed)
    lookalike.act("globalAdmin").get(f"{INVITATIONS}/{asked['code']}").expect(403, "WRONG_TENANT")
    world.accept(meant, asked["code"])


def test_two_transacting_partners_are_not_given_the_same_service(world):
    customer, scope = world.customer(), {"days": 30, "services": ["exchange"]}
    one, other = world.partner(), world.partner()
    world.relationship(one, customer, scope=scope)
    asked = world.request(other, customer, scope=scope)
    admin = customer.act("globalAdmin")
    body = {"termsHash": admin.get(f"{INVITATIONS}/{asked['code']}").json["termsHash"]}
    refused = admin.post(f"{INVITATIONS}/{asked['code']}/acceptance", body)
    refused.expect(409, "ADMIN_EXCLUSIVITY")
    assert one.name in refused.json["description"]
    world.relationship(other, customer, scope={"days": 30, "services": ["sharepoint"]})
    world.relationship(world.partner("advisor"), customer)


def test_no_role_of_a_partner_can_ask_for_more_days_than_policy_allows(world):
    partner, customer = world.partner(), world.customer()
    for days in (0, -1, 100_000):
        body = {"customerDomain": customer.domain, "scope": {"days": days}}
        answer = partner.act("adminAgent").post(REQUESTS, body)
        answer.expect(400, "INVALID_INPUT")
        assert answer.names("scope.days")
    partner.act("helpdeskAgent").post(REQUESTS, {"customerDomain": customer.domain}).expect(403, "REQUESTOR_NOT_ALLOWED")
    partner.act("billingAdmin").post(REQUESTS, {"customerDomain": customer.domain}).expect(403, "ACCESS_DENIED")


def test_advancing_the_clock_returns_when_what_is_due_has_been_announced(own_world):
    world = own_world
    partner, silent, former = world.partner(), world.customer(), world.customer()
    world.request(partner, silent)
    world.relationship(partner, former)
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    for days, kinds, events in (
        (89, [], set()), (2, ["expired"], {"relationshipRequestExpired"}),
        (100, ["expired", "accessEnded"], {"relationshipRequestExpired", "accessExpired"}), (30, None, None),
    ):
        world.advance(f"P{days}D")
        mails = world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
        records = partner.act("adminAgent").get("/v1/auditrecords?startDate=2000-01-01").expect(200)["items"]
        found = [record["event"] for record in records if record["event"].endswith("Expired")]
        if kinds is None:
            assert ([mail["kind"] for mail in mails], sorted(found)) == before, "announced once"
        else:
            assert [mail["kind"] for mail in mails] == kinds and set(found) == events
        before = [mail["kind"] for mail in mails], sorted(found)
