"""Partners are told by webhook: registered, signed, tried until it arrives, and never of somebody else's business."""

import ssl
import subprocess
import time
from urllib.parse import urlsplit

import pytest

from receiver import Receiver
from wire import request_id
from world import instant

REGISTRATION = "/webhooks/v1/registration"
DELIVERIES = "/multichannel/v1/webhooks/deliveries"
ACCEPTED = "reseller-relationship-accepted-by-customer"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


def register(partner, receiver, *events, **more):
    body = {"WebhookUrl": receiver.url, "WebhookEvents": list(events) or [ACCEPTED], **more}
    return partner.act("adminAgent").post(REGISTRATION, body).expect(200)


def deliveries(partner, query=""):
    return partner.act("adminAgent").get(DELIVERIES + query).expect(200)["items"]


def certificate(world, post):
    url = urlsplit(post.headers["X-MS-Certificate-Url"])
    assert f"{url.scheme}://{url.netloc}" == world.program.url, "pinned to this server"
    answer = world.program.anonymous.get(url.path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pkix-cert"), answer.text
    return answer.body


def test_a_registration_is_made_once_and_replaced_after_that(world, receiver):
    partner = world.partner()
    agent = partner.act("adminAgent")
    agent.get(REGISTRATION).expect(404, "NOT_FOUND")
    agent.put(REGISTRATION, {"WebhookUrl": receiver.url, "WebhookEvents": [ACCEPTED]}).expect(404, "NOT_FOUND")
    made = register(partner, receiver, ACCEPTED, "test-created")
    assert made["WebhookUrl"] == receiver.url and made["WebhookEvents"] == [ACCEPTED, "test-created"]
    assert made["SubscriberId"] and made["signingSecret"].startswith("whsec_")
    second = agent.post(REGISTRATION, {"webhookUrl": receiver.url, "webhookEvents": [ACCEPTED]})
    second.expect(409, "WEBHOOK_EXISTS")
    seen = agent.get(REGISTRATION).expect(200)
    assert seen["SubscriberId"] == made["SubscriberId"] and "signingSecret" not in seen
    # Members in any case, names in any case, and the flag that moves the signature.
    change = {"webhookUrl": receiver.url + "&v=2", "webhookEvents": ["Subscription-Updated"],
              "signatureTokenToMsSignatureHeader": True}
    changed = agent.put(REGISTRATION, change).expect(200)
    assert changed["WebhookEvents"] == ["subscription-updated"] and changed["SignatureTokenToMsSignatureHeader"]
    assert changed["SubscriberId"] == made["SubscriberId"] and "signingSecret" not in changed
    renewed = agent.put(REGISTRATION, {**change, "RotateSigningSecret": True}).expect(200)
    assert renewed["signingSecret"] not in ("", made["signingSecret"])
    for role in ("salesAgent", "helpdeskAgent", "billingAdmin"):
        partner.act(role).get(REGISTRATION).expect(403, "ACCESS_DENIED")
    partner.act("app").get(REGISTRATION).expect(200)
    world.customer().act("globalAdmin").get(REGISTRATION).expect(403, "ACCESS_DENIED")


def test_a_write_with_a_request_id_is_done_once(world, receiver):
    agent, key = world.partner().act("adminAgent"), request_id()
    body = {"WebhookUrl": receiver.url, "WebhookEvents": [ACCEPTED]}
    first = agent.post(REGISTRATION, body, headers=key).expect(200)
    assert agent.post(REGISTRATION, body, headers=key).expect(200) == first


def test_the_names_of_events_are_listed_and_others_are_refused(world, receiver):
    agent = world.partner().act("adminAgent")
    names = agent.get(REGISTRATION + "/events").expect(200)
    assert isinstance(names, list) and {"test-created", ACCEPTED, "invoice-ready", "move-requested"} <= set(names)
    body = {"WebhookUrl": receiver.url, "WebhookEvents": [ACCEPTED, "moon-rose", "sun-set"]}
    refused = agent.post(REGISTRATION, body)
    refused.expect(400, "WEBHOOK_EVENT_UNKNOWN")
    assert refused.json["data"] == ["WebhookEvents", "moon-rose", "sun-set"]
    assert "moon-rose, sun-set" in refused.json["description"] and ACCEPTED not in refused.json["description"]
    for wrong in ({"WebhookUrl": receiver.url}, {"WebhookUrl": receiver.url, "WebhookEvents": []}):
        agent.post(REGISTRATION, wrong).expect(400, "INVALID_INPUT")
    assert agent.post(REGISTRATION, {"WebhookUrl": receiver.url, "WebhookEvents": "x"}).status == 400
    agent.post(REGISTRATION, {"WebhookUrl": receiver.url, "WebhookEvents": names}).expect(200)


@pytest.mark.parametrize("url", [
    "http://hooks.example/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/",
    "http://2130706433/", "http://0x7f.1/", "https://user:secret@hooks.example/", "https://hooks.example:22/",
    "ftp://hooks.example/", "hooks.example", "https://hooks.example/#part", "http://0.0.0.0:80/", "http://[::]/",
])
def test_addresses_the_server_must_not_call_are_refused(world, url):
    agent = world.partner().act("adminAgent")
    refused = agent.post(REGISTRATION, {"WebhookUrl": url, "WebhookEvents": [ACCEPTED]})
    refused.expect(400, "WEBHOOK_URL_NOT_ALLOWED")
    assert refused.names("WebhookUrl") and "https" in refused.json["description"]


def test_an_acceptance_arrives_signed_and_leads_to_its_record(world, receiver):
    partner, customer = world.partner(), world.customer()
    secret = register(partner, receiver)["signingSecret"]
    world.relationship(partner, customer)
    (post,) = receiver.wait_for(1)
    assert post.path == "/hook?key=1"
    body = post.json
    assert list(body) == ["EventName", "ResourceUri", "ResourceName", "AuditUri", "ResourceChangeUtcDate"]
    assert body["EventName"] == ACCEPTED and body["ResourceName"] == "Customer"
    assert body["ResourceUri"] == f"{world.program.url}/v1/customers/{customer.id}"
    assert body["ResourceChangeUtcDate"].endswith("+00:00") and len(body["ResourceChangeUtcDate"]) == 33
    assert abs((instant(body["ResourceChangeUtcDate"][:23] + "+00:00") - world.now).total_seconds()) < 300
    assert post.headers["Content-Type"].startswith("application/json")
    assert post.headers["X-MS-Signature-Algorithm"] == "rsa-sha256"
    key = certificate(world, post)
    assert post.is_signed_by(key) and post.is_signed_with(secret)
    post.body = post.body.replace(b"Customer", b"customer")
    assert not post.is_signed_by(key) and not post.is_signed_with(secret)
    agent = partner.act("adminAgent")
    assert agent.get(urlsplit(body["ResourceUri"]).path).expect(200)["id"] == customer.id
    audit = urlsplit(body["AuditUri"]).path
    record = agent.get(audit).expect(200)
    assert record["event"] == "relationshipRequestAccepted" and record["customerId"] == customer.id
    assert customer.id in record["resourceNewValue"]
    world.partner().act("adminAgent").get(audit).expect(404, "NOT_FOUND")
    (delivery,) = deliveries(partner)
    assert delivery["state"] == "delivered" and delivery["attempts"] == 1 and delivery["lastAttempt"]["status"] == 200
    assert delivery["id"] == post.headers["webhook-id"] and delivery["auditRecordId"] == record["id"]


def test_the_signature_stands_in_its_own_header_where_that_was_asked_for(world, receiver):
    partner, customer = world.partner(), world.customer()
    register(partner, receiver, SignatureTokenToMsSignatureHeader=True)
    world.relationship(partner, customer)
    (post,) = receiver.wait_for(1)
    assert post.headers["Authorization"] is None and post.is_signed_by(certificate(world, post))


def test_a_test_event_arrives_and_its_result_can_be_read(world, receiver):
    partner = world.partner()
    agent = partner.act("adminAgent")
    agent.post(REGISTRATION + "/validationEvents").expect(404, "NOT_FOUND")
    register(partner, receiver, ACCEPTED)
    made = agent.post(REGISTRATION + "/validationEvents", "").expect(200)
    (post,) = receiver.wait_for(1)
    assert post.json["EventName"] == "test-created" and post.json["ResourceName"] == "test"
    assert post.json["AuditUri"] is None
    path = f"{REGISTRATION}/validationEvents/{made['correlationId']}"
    assert post.json["ResourceUri"] == world.program.url + path
    world.advance("PT1S")
    result = agent.get(path).expect(200)
    assert result["correlationId"] == made["correlationId"] and result["partnerId"] == partner.id
    assert result["status"] == "completed" and result["callbackUrl"] == receiver.url
    assert [attempt["responseCode"] for attempt in result["results"]] == ["200"]
    assert result["results"][0]["systemError"] is False
    world.partner().act("adminAgent").get(path).expect(404, "NOT_FOUND")
    agent.post(REGISTRATION + "/validationEvents").expect(200)
    third = agent.post(REGISTRATION + "/validationEvents")
    assert third.status == 429 and 0 < int(third.headers["Retry-After"]) <= 60
    assert set(third.json) == {"statusCode", "message"} and third.json["statusCode"] == 429


def test_a_receiver_that_fails_is_tried_again_when_its_time_has_come(own_world):
    receiver = Receiver(500, 503)
    partner, customer = own_world.partner(), own_world.customer()
    register(partner, receiver)
    own_world.relationship(partner, customer)
    receiver.wait_for(1)
    own_world.advance("PT2S")
    (row,) = deliveries(partner)
    assert row["state"] == "waiting" and row["attempts"] == 1 and row["lastAttempt"]["status"] == 500
    assert row["lastAttempt"]["cause"] == "serverError" and "500" in row["lastAttempt"]["causeText"]
    assert instant(row["nextAttemptAt"]) > instant(row["lastAttempt"]["at"])
    # Advancing the clock returns when everything due has happened.
    own_world.advance("PT7S")
    assert len(receiver.heard) == 2
    own_world.advance("PT60S")
    assert len(receiver.heard) == 3
    own_world.advance("P2D")
    assert len(receiver.heard) == 3
    (row,) = deliveries(partner, "?state=delivered")
    assert row["attempts"] == 3 and deliveries(partner, "?state=waiting") == []
    assert len({post.headers["webhook-id"] for post in receiver.heard}) == 1
    assert len({post.body for post in receiver.heard}) == 1
    receiver.close()


def test_after_ten_attempts_it_waits_to_be_sent_again(own_world):
    receiver = Receiver(*[404] * 10)
    partner, customer = own_world.partner(), own_world.customer()
    register(partner, receiver)
    own_world.relationship(partner, customer)
    for _ in range(14):
        own_world.advance("PT8H")
    assert len(receiver.heard) == 10
    (row,) = deliveries(partner, "?state=failed")
    assert row["attempts"] == row["maximumAttempts"] == 10 and "nextAttemptAt" not in row
    assert row["lastAttempt"]["cause"] == "clientError"
    agent = partner.act("adminAgent")
    own_world.partner().act("adminAgent").post(f"{DELIVERIES}/{row['id']}/resend").expect(404, "NOT_FOUND")
    assert agent.post(f"{DELIVERIES}/{row['id']}/resend").expect(200)["state"] == "waiting"
    own_world.advance("PT1S")
    assert deliveries(partner, "?state=delivered")[0]["attempts"] == 11
    receiver.close()


def test_a_receiver_that_is_not_there_or_leads_elsewhere_is_told_apart(own_world):
    gone, astray = Receiver(), Receiver(302)
    gone.close()
    causes = {}
    for receiver in (gone, astray):
        partner, customer = own_world.partner(), own_world.customer()
        register(partner, receiver)
        own_world.relationship(partner, customer)
        own_world.advance("PT1S")
        causes[receiver] = deliveries(partner)[0]["lastAttempt"]
    assert causes[gone]["cause"] == "connectionRefused" and "status" not in causes[gone]
    assert causes[astray]["cause"] == "redirected" and causes[astray]["status"] == 302
    assert [post.path for post in astray.heard] == ["/hook?key=1"], "the redirect was not followed"
    astray.close()


def test_a_slow_receiver_keeps_nobody_waiting(own_world):
    slow, quick = Receiver(wait=30), Receiver()
    for receiver in (slow, quick):
        partner, customer = own_world.partner(), own_world.customer()
        register(partner, receiver)
        own_world.relationship(partner, customer)
        if receiver is quick:
            quick.wait_for(1, seconds=6)
        else:
            hanging = partner
    began = time.monotonic()
    own_world.advance("PT1S")
    assert time.monotonic() - began < 25
    assert deliveries(hanging)[0]["lastAttempt"]["cause"] == "timedOut"
    slow.close()
    quick.close()


def test_nobody_hears_of_anybody_elses_business(world, receiver):
    partner, rival, customer = world.partner(), world.partner(), world.customer()
    names = partner.act("adminAgent").get(REGISTRATION + "/events").json
    other = Receiver()
    register(partner, receiver, *names)
    register(rival, other, *names)
    world.relationship(partner, customer)
    world.subscription(customer)
    world.order(partner, customer)
    world.advance("PT1S")
    told = [row["event"] for row in deliveries(partner)]
    assert {"relationship-request-created", ACCEPTED, "dap-admin-relationship-approved"} <= set(told)
    assert {"subscription-recorded", "subscription-provisioned", "order-placed"} <= set(told)
    assert other.heard == [] and deliveries(rival) == []
    # From here on the rival serves the customer too: the customer's own doings concern both, the partner's not.
    world.relationship(rival, customer)
    world.subscription(customer)
    world.order(partner, customer)
    world.advance("PT1S")
    told = {row["event"] for row in deliveries(rival)}
    assert "subscription-recorded" in told and "order-placed" not in told
    assert [row["event"] for row in deliveries(partner)].count("subscription-recorded") == 2
    other.close()


def test_the_list_of_deliveries_is_paged_and_filtered(world, receiver):
    partner = world.partner()
    names = partner.act("adminAgent").get(REGISTRATION + "/events").json
    register(partner, receiver, *names)
    for _ in range(2):
        world.relationship(partner, world.customer())
    world.advance("PT1S")
    everything = deliveries(partner)
    assert len(everything) > 4
    agent = partner.act("adminAgent")
    page = agent.get(DELIVERIES + "?size=2").expect(200)
    seen = page["items"]
    while "continuationToken" in page:
        token = {"MS-ContinuationToken": page["continuationToken"]}
        page = agent.get(DELIVERIES + "?seekOperation=Next", headers=token).expect(200)
        seen += page["items"]
    assert [row["id"] for row in seen] == [row["id"] for row in everything]
    assert {row["event"] for row in deliveries(partner, f"?event={ACCEPTED}")} == {ACCEPTED}
    agent.get(DELIVERIES + "?state=lost").expect(400, "INVALID_INPUT")
    agent.get(DELIVERIES + "?event=moon-rose").expect(400, "INVALID_INPUT")


def test_what_was_due_when_the_program_ended_is_delivered_by_the_next(start, tmp_path):
    from world import World

    receiver = Receiver(500)
    folder = ["--data", str(tmp_path / "data")]
    first = start(*folder)
    world = World(first)
    partner, customer = world.partner(), world.customer()
    token = partner.tokens["adminAgent"]
    register(partner, receiver)
    world.relationship(partner, customer)
    receiver.wait_for(1)
    first.stop()
    second = start(*folder)
    World(second).advance("PT10S")
    assert len(receiver.wait_for(2)) == 2
    World(second).advance("PT1S")
    rows = second.client(token).get(DELIVERIES).expect(200)["items"]
    assert [row["state"] for row in rows] == ["delivered"]
    assert receiver.heard[0].headers["webhook-id"] == receiver.heard[1].headers["webhook-id"]
    receiver.close()


def test_ASVS_12_3_1_a_receiver_whose_certificate_nobody_vouches_for_is_told_nothing(world, receiver, tmp_path):
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    partner, customer = world.partner(), world.customer()
    receiver._server.socket = context.wrap_socket(receiver._server.socket, server_side=True)
    receiver.url = receiver.url.replace("http://", "https://")
    register(partner, receiver)
    world.relationship(partner, customer)
    until = time.monotonic() + 20
    while not (tried := [each for each in deliveries(partner) if each["attempts"]]) and time.monotonic() < until:
        time.sleep(0.1)
    assert tried and tried[0]["state"] != "delivered", tried
    assert receiver.heard == []
