"""Abuse of invitations and consent: forwarded, guessed, prefetched, swapped, approved by the wrong person."""

import random
import re
from datetime import timedelta

import pytest

from delegating import OURS, RELATIONSHIPS, Delegating
from test_concurrency import at_once
from wire import patient, request_id

INVITATIONS = "/multichannel/v1/invitations"
REQUESTS = "/multichannel/v1/relationshiprequests"


@pytest.fixture
def asked(world):
    """A partner, a customer, and the request that went from one to the other."""
    partner, customer = world.partner(), world.customer()
    return partner, customer, world.request(partner, customer)


def granted(customer):
    path = f"/multichannel/v1/customers/{customer.id}/access?state=all"
    return customer.act("globalAdmin").get(path).expect(200)["items"]


def state(world, partner, customer, request):
    """All that the request could have changed."""
    records = partner.act("adminAgent").get("/v1/auditrecords?size=500").expect(200)["items"]
    theirs = customer.act("globalAdmin").get("/v1/auditrecords?size=500").expect(200)["items"]
    return (
        partner.act("adminAgent").get(f"{REQUESTS}/{request['id']}").expect(200), granted(customer),
        [record["id"] for record in records], [record["id"] for record in theirs],
        len(world.sandbox.get("/sandbox/v1/outbox").items),
    )


def test_I_01_a_delegation_approved_64_times_at_once_is_approved_once(world):
    both = Delegating(world)
    made = both.sent()
    terms = {"termsHash": both.admin.get(f"{OURS}/{made['id']}").expect(200)["termsHash"]}
    path = f"{OURS}/{made['id']}/acceptance"
    answers = at_once([lambda: both.admin.post(path, terms, headers=request_id()) for _ in range(64)])
    assert sorted(answer.status for answer in answers) == [200] + [409] * 63
    actions = both.agent.get(f"{RELATIONSHIPS}/{made['id']}/requests").expect(200)["value"]
    assert [each["action"] for each in actions] == ["lockForApproval", "approve"]
    assert [row["kind"] for row in granted(both.customer)] == ["gdap"]


def test_I_02_a_forwarded_link_gives_another_organization_nothing(world, asked):
    partner, customer, request = asked
    other = world.customer()
    admin = other.act("globalAdmin")
    terms = customer.act("globalAdmin").get(f"{INVITATIONS}/{request['code']}").expect(200)
    before = state(world, partner, customer, request)
    for answer in (
        admin.get(f"{INVITATIONS}/{request['code']}"),
        admin.post(f"{INVITATIONS}/{request['code']}/acceptance", {"termsHash": terms["termsHash"]}),
        admin.post(f"{INVITATIONS}/{request['code']}/refusal", {"reason": "mine now"}),
    ):
        assert answer.status in (403, 404), answer.text
        for secret in (partner.name, partner.id, customer.id, customer.name, terms["termsHash"]):
            assert secret not in answer.text
    after = state(world, partner, customer, request)
    assert after[:2] == before[:2] and after[4] == before[4] and granted(other) == []
    refused = [row["operationStatus"] for row in admin.get("/v1/auditrecords").expect(200)["items"]]
    assert "failed" in refused, "the attempt is on record where it came from"


def test_I_03_two_thousand_guessed_links_open_nothing_and_are_answered_alike(world, asked):
    _, customer, request = asked
    admin, chance = customer.act("globalAdmin"), random.Random(3)
    shape = re.sub(r"[0-9A-Z]", "?", request["code"])
    answers = set()
    for _ in range(2_000):
        guess = "".join(chance.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") if c == "?" else c for c in shape)
        answer = admin.get(f"{INVITATIONS}/{guess}")
        if answer.status == 429:
            continue  # Asking so often may be refused altogether.
        assert answer.status == 404, answer.text
        answers.add(answer.text.replace(guess, "CODE"))
    assert len(answers) == 1
    admin.get(f"{INVITATIONS}/{request['code']}").expect(200)


def test_I_04_looking_at_an_invitation_in_any_way_changes_no_row(world, asked):
    partner, customer, request = asked
    both = Delegating(world, partner, customer)
    made = both.sent()
    urls = [f"/r/{request['code']}", f"/r/{made['id']}"]
    for base in (f"{INVITATIONS}/{request['code']}", f"{OURS}/{made['id']}"):
        urls += [base, f"{base}/acceptance", f"{base}/refusal"]
    urls += [f"{url}?decision=approve&termsHash=x" for url in urls] + [f"{url}/" for url in urls]
    before = state(world, partner, customer, request), both.seen(made)
    clients = [customer.act("globalAdmin"), partner.act("adminAgent"), world.program.anonymous]
    for method in ("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND"):
        for url in urls:
            for client in clients:
                answer = client.call(method, url, headers={"X-HTTP-Method-Override": "POST"})
                assert answer.status < 500, f"{answer.asked} {answer.status}"
    after = state(world, partner, customer, request), both.seen(made)
    # A refused look may be on record; what was asked, granted and mailed is as it was.
    assert after[0][:2] == before[0][:2] and after[0][4] == before[0][4] and after[1] == before[1]
    world.accept(customer, request["code"])


@pytest.mark.parametrize("more", [
    {"scope": {"roles": ["adminAgent"], "days": 700}}, {"roles": ["adminAgent"]}, {"days": 9_999},
    {"customerId": "00000000-0000-4000-8000-000000000000"}, {"state": "withdrawn"}, {"expires": "2099-01-01T00:00:00Z"},
])
def test_I_06_what_is_sent_along_with_the_consent_does_not_change_what_was_shown(world, asked, more):
    _, customer, request = asked
    admin = customer.act("globalAdmin")
    shown = admin.get(f"{INVITATIONS}/{request['code']}").expect(200)
    body = {"termsHash": shown["termsHash"], **more}
    answer = admin.post(f"{INVITATIONS}/{request['code']}/acceptance", body)
    assert answer.status in (200, 400), answer.text
    for row in granted(customer):
        assert row["roles"] in ([], ["helpdeskAgent"]) or row["kind"] == "resellerTie", row
        assert row["grantedBy"]["termsHash"] == shown["termsHash"]


def test_I_06_nothing_can_be_edited_between_reading_and_consenting(world, asked):
    partner, customer, request = asked
    admin, agent = customer.act("globalAdmin"), partner.act("adminAgent")
    shown = admin.get(f"{INVITATIONS}/{request['code']}").expect(200)
    for method in ("PUT", "PATCH", "POST"):
        change = {**request, "scope": {**request["scope"], "days": 700, "roles": ["adminAgent"]}}
        assert agent.call(method, f"{REQUESTS}/{request['id']}", change).status == 405
    assert admin.get(f"{INVITATIONS}/{request['code']}").expect(200)["termsHash"] == shown["termsHash"]
    admin.post(f"{INVITATIONS}/{request['code']}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)
    assert {row["until"][:10] for row in granted(customer) if row["kind"] == "dap"} == {
        (world.now + timedelta(days=180)).strftime("%Y-%m-%d")
    }


def test_I_08_nobody_but_the_customers_global_administrator_approves(world):
    both = Delegating(world)
    request = world.request(both.partner, both.customer)
    made = both.sent()
    terms = {"termsHash": both.admin.get(f"{INVITATIONS}/{request['code']}").expect(200)["termsHash"]}
    delegation = {"termsHash": both.admin.get(f"{OURS}/{made['id']}").expect(200)["termsHash"]}
    partners = [both.partner, *(world.partner(kind) for kind in ("direct", "indirectProvider", "advisor"))]
    partners.append(world.partner("indirectReseller", provider=partners[2].id))
    helper = world.partner()
    world.relationship(helper, both.customer, scope={"delegatedAdmin": True, "roles": ["adminAgent"], "days": 30})
    partners.append(helper)
    principals = [partner.act(role) for partner in partners for role in partner.tokens]
    principals += [both.customer.act(role) for role in ("billingAdmin", "user")]
    principals += [world.customer().act(role) for role in ("globalAdmin", "billingAdmin", "user")]
    principals += [world.program.persona(role) for role in ("operator", "auditor", "policyOwner")]
    principals += [world.program.anonymous, world.sandbox]
    for client in map(patient, principals):
        for path, body in (
            (f"{INVITATIONS}/{request['code']}/acceptance", terms), (f"{OURS}/{made['id']}/acceptance", delegation),
            (f"{RELATIONSHIPS}/{made['id']}/requests", {"action": "approve"}),
        ):
            answer = client.post(path, body)
            assert answer.status in (401, 403, 404), f"{answer.asked} {answer.status} {answer.text}"
    assert both.seen(made)["status"] == "approvalPending"
    assert {row["partner"]["id"] for row in granted(both.customer)} == {helper.id}
    both.admin.post(f"{OURS}/{made['id']}/acceptance", delegation).expect(200)
    both.admin.post(f"{INVITATIONS}/{request['code']}/acceptance", terms).expect(200)


@pytest.mark.parametrize("road", ["invitation", "delegation"])
def test_I_09_a_partner_suspended_after_the_reading_is_given_nothing(world, road):
    both = Delegating(world)
    base = f"{INVITATIONS}/{world.request(both.partner, both.customer)['code']}"
    if road == "delegation":
        base = f"{OURS}/{both.sent()['id']}"
    terms = {"termsHash": both.admin.get(base).expect(200)["termsHash"]}
    world.sandbox.patch(f"/sandbox/v1/organizations/{both.partner.id}", {"standing": "suspended"}).expect(200)
    answer = both.admin.post(f"{base}/acceptance", terms)
    assert answer.status in (403, 409), f"{answer.asked} {answer.status} {answer.text}"
    assert granted(both.customer) == []


def test_I_09_an_invitation_withdrawn_after_the_reading_is_given_nothing(world, asked):
    partner, customer, request = asked
    shown = customer.act("globalAdmin").get(f"{INVITATIONS}/{request['code']}").expect(200)
    partner.act("adminAgent").post(f"{REQUESTS}/{request['id']}/withdrawal").expect(200)
    path = f"{INVITATIONS}/{request['code']}/acceptance"
    customer.act("globalAdmin").post(path, {"termsHash": shown["termsHash"]}).expect(409, "INVITATION_WITHDRAWN")
    assert granted(customer) == []
