"""Abuse of webhooks and of the reader: addresses that must not be called, events after the end, numbers that are none."""

import itertools
import json

import pytest

from delegating import RELATIONSHIPS, Delegating
from receiver import Receiver
from twins import GDAP_BODIES

REGISTRATION = "/webhooks/v1/registration"
EVENTS = ["test-created", "subscription-recorded", "relationship-request-accepted"]

HOSTS = [
    "169.254.169.254", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "100.64.0.1",
    "0.0.0.0", "0", "0x0a000001", "167772161", "2852039166", "012.0.0.1", "0xA9FEA9FE", "169.254.43518", "0251.0376.0251.0376",
    "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]", "[::]", "[::10.0.0.1]",
    "[2002:a9fe:a9fe::]", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "[ff02::1]", "[fec0::1]",
    "[::ffff:169.254.169.254]", "①⑥⑨.②⑤④.①⑥⑨.②⑤④", "169。254。169。254", "10.0.0.1.", "192.168.0.1:443",
]
SCHEMES = ["https://{}/hook", "https://{}:8443/x?y=1", "https://user@{}/", "http://{}/", "https://{}:22/", "HTTPS://{}/",
           "https:\\\\{}/", "https://{}#@hooks.example/", "https://hooks.example@{}/"]
ODD = [
    "file:///etc/passwd", "gopher://hooks.example/", "ftp://hooks.example/", "data:text/plain,x", "javascript:alert(1)",
    "//hooks.example/", "https://", "https:///x", "https://.", "https://hooks.example:0/", "https://hooks.example:65536/",
    "https://hooks.example:99999999999999999999/", "https://%31%30.0.0.1/", "https://hooks.example\u0000.internal/",
    "https://hooks.example\r\nHost: internal/", "https://localhost.localdomain:25/", "https://[::1", "https://[v1.x]/",
    "https://metadata.google.internal:80/", "unix:/var/run/docker.sock", "https://hooks.example:6379/", "jar:https://x/",
]
URLS = [scheme.format(host) for scheme, host in itertools.product(SCHEMES, HOSTS)] + ODD


def test_W_01_three_hundred_spellings_of_addresses_inside_are_refused(world):
    assert len(URLS) > 300
    agent = world.partner().act("adminAgent")
    taken = []
    for url in URLS:
        answer = agent.post(REGISTRATION, {"WebhookUrl": url, "WebhookEvents": EVENTS[:1]})
        assert answer.status < 500, f"{url}: {answer.status} {answer.text[:200]}"
        if answer.status not in (400, 429):
            taken.append(url)
    assert taken == []
    agent.get(REGISTRATION).expect(404)
    # And the good ones next to them are taken.
    agent.post(REGISTRATION, {"WebhookUrl": "https://hooks.example:8443/x?y=1", "WebhookEvents": EVENTS[:1]}).expect(200)


def test_W_01_an_address_is_judged_anew_when_it_is_changed(world):
    agent = world.partner().act("adminAgent")
    good = {"WebhookUrl": "https://hooks.example/x", "WebhookEvents": EVENTS[:1]}
    agent.post(REGISTRATION, good).expect(200)
    for url in URLS[::7]:
        assert agent.put(REGISTRATION, {**good, "WebhookUrl": url}).status in (400, 429), url
    assert agent.get(REGISTRATION).expect(200)["WebhookUrl"] == good["WebhookUrl"]


def test_W_03_nothing_is_told_to_a_partner_after_its_tie_has_ended(own_world):
    """Forty events wait for a receiver that fails; the customer ends the tie; nothing of them arrives any more."""
    world, receiver, witness = own_world, Receiver(*[503] * 60), Receiver(*[503] * 60)
    partner, staying, customer = world.partner(), world.partner(), world.customer()
    for each, listener in ((partner, receiver), (staying, witness)):
        world.relationship(each, customer)
        body = {"WebhookUrl": listener.url, "WebhookEvents": ["subscription-recorded"]}
        each.act("adminAgent").post(REGISTRATION, body).expect(200)
    agent = partner.act("adminAgent")
    for _ in range(40):
        world.subscription(customer)
    receiver.wait_for(1)
    world.advance("PT1S")
    rows = agent.get("/multichannel/v1/webhooks/deliveries?state=waiting&size=100").expect(200)["items"]
    assert len(rows) == 40
    admin = customer.act("globalAdmin")
    base = f"/multichannel/v1/customers/{customer.id}/access"
    for row in admin.get(base).expect(200)["items"]:
        if row["partner"]["id"] == staying.id:
            continue
        admin.delete(f"{base}/{row['id']}").expect(204)
    receiver.statuses.clear()
    witness.statuses.clear()
    told = len(receiver.heard)
    for _ in range(6):
        world.advance("PT8H")
    later = [post.json for post in receiver.heard[told:]]
    assert [body["EventName"] for body in later if body["EventName"] == "subscription-recorded"] == []
    heard = [post for post in witness.heard if post.json["EventName"] == "subscription-recorded"]
    assert len({post.headers["webhook-id"] for post in heard}) == 40, "whoever still works for the customer is told"
    receiver.close()
    witness.close()


NUMBERS = [
    "1e300", "-1e300", "1e-300", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1" + "0" * 400,
    "0.1e1", "-0", "1E+2", "2147483648", "NaN", "Infinity", "0x10", "01", "1.", ".5", "--1", "1e", "١", "1_0", "null", "true",
]


def with_number(body, number):
    """The body with that number in the place of every leaf, one after the other."""
    if isinstance(body, dict):
        for key, value in body.items():
            for inner in with_number(value, number):
                yield "{" + ",".join(
                    f"{json.dumps(k)}:{inner if k == key else json.dumps(v)}" for k, v in body.items()
                ) + "}"
    elif isinstance(body, list) and body:
        for inner in with_number(body[0], number):
            yield f"[{inner}]"
    else:
        yield number


def test_R_01_a_number_nobody_can_hold_in_any_member_of_graph_is_refused(world):
    both = Delegating(world)
    made = both.draft()
    one = f"{RELATIONSHIPS}/{made['id']}"
    paths = {
        "gdap.relationships.create": ("POST", RELATIONSHIPS), "gdap.relationships.update": ("PATCH", one),
        "gdap.requests.create": ("POST", f"{one}/requests"),
        "gdap.accessAssignments.create": ("POST", f"{one}/accessAssignments"),
    }
    for id, (method, path) in paths.items():
        for number in NUMBERS:
            for body in with_number(GDAP_BODIES[id], number):
                answer = both.agent.call(method, path, body, headers={"If-Match": "*"})
                assert answer.status < 500, f"{id} {number[:20]}: {answer.status} {answer.text[:200]} for {body[:200]}"
    assert world.program.is_alive and world.program.anonymous.get("/readyz").status == 200
    assert both.seen(made)["duration"] == made["duration"]


def test_R_01_a_number_nobody_can_hold_in_any_query_or_head_ends_nothing(program, world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent = partner.act("adminAgent")
    description = program.anonymous.get("/openapi.json").expect(200)
    shared = description["components"]["parameters"]
    asked = 0
    for path, methods in description["paths"].items():
        if "get" not in methods or path.startswith(("/sandbox/", "/{tenant}", "/openapi")):
            continue
        filled = path.replace("{customer_id}", customer.id)
        parameters = methods.get("parameters", []) + methods["get"].get("parameters", [])
        for parameter in parameters:
            parameter = shared[parameter["$ref"].rsplit("/", 1)[-1]] if "$ref" in parameter else parameter
            if parameter["in"] != "query":
                continue
            for number in NUMBERS[::2]:
                query = f"{parameter['name']}={number.replace('+', '%2B')}"
                answer = agent.get(f"{filled}?{query}".encode().decode("latin-1") if number.isascii() else f"{filled}?x=1")
                assert answer.status < 500, f"{answer.asked[:200]}: {answer.status} {answer.text[:200]}"
                asked += 1
    for name, value in itertools.product(
        ("Content-Length", "If-Match", "MS-RequestId", "MS-CorrelationId", "X-Locale", "Range", "Accept"),
        ("-1", "1e300", "9" * 100, "\x7f", '"' * 50, "W/\"\"", ",,,", ";q=1e999"),
    ):
        if name != "Content-Length":
            assert agent.get("/v1/customers", headers={name: value}).status < 500, (name, value)
    assert asked > 400 and program.is_alive


def test_every_operation_of_graph_that_takes_a_body_is_tried_with_numbers(program):
    """The others are held to test_bad_input.py by a test there."""
    description = program.anonymous.get("/openapi.json").expect(200)
    taking = {
        operation["operationId"].removesuffix(".beta") for methods in description["paths"].values()
        for method, operation in methods.items() if method != "parameters"
        and operation["operationId"].startswith("gdap.") and "requestBody" in operation
    }
    assert taking <= set(GDAP_BODIES), taking - set(GDAP_BODIES)
