"""A customer hires a partner for subscriptions bought elsewhere, from the request to the end of access."""

import base64
import email
import email.policy
import hashlib
import uuid
from datetime import timedelta

from world import instant
from wire import request_id

REQUESTS = "/multichannel/v1/relationshiprequests"
INVITATIONS = "/multichannel/v1/invitations"


def read_mail(eml):
    return email.message_from_string(eml, policy=email.policy.default)


def test_a_request_comes_with_a_draft_in_the_language_of_the_customer(world):
    partner = world.partner(name="東西クラウド株式会社", country="JP")
    drafts = {}
    for language in ("en", "ja"):
        customer = world.customer()
        made = world.request(partner, customer, language=language)
        drafts[language] = made["draft"]
        assert made["state"] == "sent"
        assert made["url"] == f"{world.program.url}/r/{made['code']}"
        assert instant(made["expires"]) - instant(made["created"]) == timedelta(days=90)
        draft = made["draft"]
        assert made["url"] in draft["body"] and "⟦" not in draft["subject"] + draft["body"]
        message = read_mail(draft["eml"])
        assert message["Subject"] == draft["subject"]
        assert message["To"].addresses[0].addr_spec == f"nora@{customer.domain}"
        assert message["X-Unsent"] == "1"
        assert message.get_content().replace("\r\n", "\n").strip() == draft["body"].strip()
    assert drafts["en"]["body"] != drafts["ja"]["body"]
    assert any("\u3040" < letter < "\u30ff" for letter in drafts["ja"]["body"])


def test_a_line_end_in_a_name_does_not_reach_the_headers_of_the_mail(world):
    customer = world.customer()
    made = world.request(
        world.partner(), customer, recipient={"name": "Nora\r\nBcc: mallory@evil.example", "email": "n@a.example"}
    )
    message = read_mail(made["draft"]["eml"])
    assert message["Bcc"] is None and len(message["To"].addresses) == 1


def test_the_mail_waits_in_the_outbox(world):
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    customer = world.customer()
    made = world.request(world.partner(), customer)
    mails = world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert [mail["to"] for mail in mails] == [f"nora@{customer.domain}"]
    assert mails[0]["link"] == made["url"] and mails[0]["subject"] == made["draft"]["subject"]


def test_nothing_can_be_seen_before_the_customer_has_decided(world):
    partner, customer = world.partner(), world.customer()
    subscription = world.subscription(customer)
    world.request(partner, customer)
    agent = partner.act("adminAgent")
    for path in ("subscriptions", f"subscriptions/{subscription}", f"subscriptions/{subscription}/options", "access"):
        agent.get(f"/multichannel/v1/customers/{customer.id}/{path}").expect(403, "NO_RELATIONSHIP")
    assert agent.get("/v1/customers").items == []
    agent.get(f"/v1/customers/{customer.id}").expect(403, "NO_RELATIONSHIP")


def test_only_a_global_administrator_of_the_customer_decides(world):
    partner, customer, other = world.partner(), world.customer(), world.customer()
    code = world.request(partner, customer)["code"]
    shown = customer.act("globalAdmin").get(f"{INVITATIONS}/{code}").expect(200)
    body = {"termsHash": shown["termsHash"]}
    wrong = {
        "billing administrator": (customer.act("billingAdmin"), "GLOBAL_ADMIN_REQUIRED"),
        "plain user": (customer.act("user"), "GLOBAL_ADMIN_REQUIRED"),
        "another tenant": (other.act("globalAdmin"), "WRONG_TENANT"),
        "the partner itself": (partner.act("globalAdmin"), "ACCESS_DENIED"),
        "the agent who asked": (partner.act("adminAgent"), "ACCESS_DENIED"),
        "an application": (partner.act("app"), "ACCESS_DENIED"),
        "the vendor": (world.program.persona("policyOwner"), "ACCESS_DENIED"),
    }
    for who, (client, reason) in wrong.items():
        for decision in ("acceptance", "refusal"):
            answer = client.post(f"{INVITATIONS}/{code}/{decision}", body)
            assert (answer.status, answer.reason) == (403, reason), f"{who}: {answer.text}"
    world.program.anonymous.post(f"{INVITATIONS}/{code}/acceptance", body).expect(401)
    assert customer.act("globalAdmin").get(f"{INVITATIONS}/{code}").json["state"] == "sent"
    assert partner.act("adminAgent").get("/v1/customers").items == []


def test_reading_changes_nothing(world):
    partner, customer = world.partner(), world.customer()
    world.subscription(customer)
    made = world.request(partner, customer)
    code = made["code"]

    def seen():
        request = partner.act("adminAgent").get(f"{REQUESTS}/{made['id']}").json
        access = customer.act("globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access?state=all").items
        audits = [client.get("/v1/auditrecords").items for client in (partner.act("adminAgent"), customer.act("globalAdmin"))]
        mails = world.sandbox.get("/sandbox/v1/outbox").json["items"]
        return request, access, audits, mails

    before = seen()
    for _ in range(10):
        for role in ("globalAdmin", "billingAdmin", "user"):
            customer.act(role).get(f"{INVITATIONS}/{code}").expect(200)
            customer.act(role).call("HEAD", f"{INVITATIONS}/{code}").expect(200)
        world.program.anonymous.get(f"/r/{code}", headers={"Accept": "text/html"})
        partner.act("adminAgent").get(REQUESTS).expect(200)
        for decision in ("acceptance", "refusal", "reminder", "withdrawal"):
            assert customer.act("globalAdmin").get(f"{INVITATIONS}/{code}/{decision}").status in (404, 405)
    assert seen() == before


def test_the_invitation_says_who_asks_for_what_and_what_stays(world):
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    shown = customer.act("globalAdmin").get(f"{INVITATIONS}/{code}").expect(200)
    assert shown["partner"]["name"] == partner.name and shown["mayDecide"] is True
    assert shown["scope"]["days"] == 180 and shown["scope"]["roles"] == ["helpdeskAgent"]
    assert shown["grants"] and shown["notPossible"] and shown["unchanged"]
    assert partner.name in shown["terms"]["text"] and "180" in shown["terms"]["text"]
    for role in ("billingAdmin", "user"):
        assert customer.act(role).get(f"{INVITATIONS}/{code}").expect(200)["mayDecide"] is False


def test_acceptance_is_bound_to_the_text_that_was_shown_in_that_language(world):
    for language, other in (("ja", "en"), ("en", "ja")):
        partner, customer = world.partner(), world.customer()
        code = world.request(partner, customer)["code"]
        shown = {tag: customer.act("globalAdmin", f"{tag}-XX").get(f"{INVITATIONS}/{code}").json for tag in ("en", "ja")}
        assert shown["en"]["termsHash"] != shown["ja"]["termsHash"]
        expected = hashlib.sha256(f"{language}\n{shown[language]['terms']['text']}".encode()).hexdigest()
        assert shown[language]["termsHash"] == expected
        admin = customer.act("globalAdmin", f"{other}-XX")
        for wrong in ("0" * 64, expected.upper() if expected.upper() != expected else "x", "termsHash"):
            admin.post(f"{INVITATIONS}/{code}/acceptance", {"termsHash": wrong}).expect(409, "TERMS_CHANGED")
        admin.post(f"{INVITATIONS}/{code}/acceptance", {}).expect(400, "INVALID_INPUT")
        admin.post(f"{INVITATIONS}/{code}/acceptance", {"termsHash": expected}).expect(200)
        access = customer.act("globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access").items
        assert {row["grantedBy"]["language"] for row in access} == {language}
        assert {row["grantedBy"]["termsHash"] for row in access} == {expected}


def test_an_accepted_relationship_shows_every_channel_and_moves_nothing(world):
    partner, customer, seller = world.partner(), world.customer(), world.partner()
    bought = {}
    for channel in ("direct", "advisor", "open", "ea", "thirdParty"):
        bought[world.subscription(customer, channel=channel, quantity=7, term=world.term())] = channel
    bought[world.subscription(customer, family="usage", channel="csp", seller=seller)] = "csp"
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions"
    before = {item["id"]: item for item in customer.act("globalAdmin").get(path).items}
    outcome = world.relationship(partner, customer)
    assert outcome["state"] == "accepted"
    assert {grant["kind"] for grant in outcome["granted"]} == {"resellerTie", "dap"}
    after = {item["id"]: item for item in partner.act("adminAgent").get(path).items}
    assert after == before and {id: item["channel"] for id, item in after.items()} == bought
    assert [item["id"] for item in partner.act("adminAgent").get("/v1/customers").items] == [customer.id]
    mine = partner.act("adminAgent").get(f"/v1/customers/{customer.id}/subscriptions").items
    assert mine == [], "the wire lists only what the partner sold itself"


def test_an_invitation_is_single_use_and_a_repeated_request_gets_the_same_answer(world):
    partner, customer = world.partner(), world.customer()
    code = world.request(partner, customer)["code"]
    admin = customer.act("globalAdmin")
    body = {"termsHash": admin.get(f"{INVITATIONS}/{code}").json["termsHash"]}
    key = request_id()
    path = f"{INVITATIONS}/{code}/acceptance"
    first = admin.post(path, body, headers=key).expect(200)
    assert all(admin.post(path, body, headers=key).expect(200) == first for _ in range(3))
    admin.post(path, body).expect(409, "INVITATION_ACCEPTED")
    admin.post(f"{INVITATIONS}/{code}/refusal", {}).expect(409, "INVITATION_ACCEPTED")
    admin.post(path, {"termsHash": "0" * 64}, headers=key).expect(409, "REQUEST_REUSED")
    access = admin.get(f"/multichannel/v1/customers/{customer.id}/access?state=all").items
    assert len(access) == 2


def test_a_request_with_the_same_request_id_is_made_once(world):
    partner, customer = world.partner(), world.customer()
    body = {"customerDomain": customer.domain, "language": "en", "scope": {"days": 30}}
    key = {"MS-RequestId": str(uuid.uuid4()).upper()}
    agent = partner.act("adminAgent")
    first = agent.post(REQUESTS, body, headers=key).expect(201)
    again = agent.post(REQUESTS, body, headers={"MS-RequestId": key["MS-RequestId"].lower()}).expect(201)
    assert first == again and len(agent.get(REQUESTS).items) == 1
    assert base64.b64decode(first["attributes"]["etag"])
