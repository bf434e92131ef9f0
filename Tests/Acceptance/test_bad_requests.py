"""Queries, paths, headers and lengths that make no sense; hand-made requests that no client library would send."""

import base64
import json
import socket

import pytest

from world import World

BAD_SIZES = ("abc", "-1", "1e300", "99999999999999999999", "5.0", "٣")
BAD_FILTERS = (
    "x", "{", "[]", '""', "7", "{}", '{"Field":7}', '{"Field":"CompanyName","Value":{}}', "[" * 1000,
    '{"Field":"No","Value":"x"}', '{"Field":"CompanyName","Value":"x","Operator":"resembles"}',
    '{"Field":"CompanyName","Value":"\\ud800"}', '{"Field":"CompanyName","Field":"Domain"}',
)
BAD_SEGMENTS = ("x", "%00", "%", "%zz", "%ff%fe", "..%2f..", "a" * 5000, "'%20OR%201=1", "%F0%9F%98%80", "🦭".encode().hex())


def token(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


BAD_TOKENS = [
    "x", "AAAA", "é", "=" * 20, "A" * 9000, token(7), token([]), token({}), token({"size": 0}), token({"size": -5}),
    token({"size": 2**63 - 1}), token({"size": 1e300}), token({"size": 100_000_000}), token({"size": "5"}),
    token({"size": 5, "after": {"nameKey": "a", "id": "x"}}), token({"size": 5, "after": 7}),
    token({"size": 5, "after": {"at": "2026-02-30T00:00:00Z", "id": "x"}}), token({"size": 5, "from": "yesterday"}),
]


@pytest.fixture(scope="module")
def cast(program):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    return partner.act("adminAgent"), customer, world.order(partner, customer)


def quoted(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_a_query_that_makes_no_sense_is_named(cast):
    agent, customer, _ = cast
    for path in ("/v1/customers", "/v1/offers", "/v1/auditrecords"):
        for size in BAD_SIZES:
            answer = agent.get(f"{path}?size={quoted(size)}")
            assert answer.status == 400 and answer.names("size"), f"{path} {size} {answer.text[:200]}"
    for path in ("/v1/customers", "/v1/auditrecords", "/v1/relationships"):
        for text in BAD_FILTERS:
            answer = agent.get(f"{path}?filter={quoted(text)}")
            if answer.status == 200:
                assert path == "/v1/relationships", f"{path} {text}"
                continue
            assert answer.status == 400 and "filter" in answer.text, f"{path} {text} {answer.text[:200]}"
    for name in ("startDate", "endDate"):
        for text in ("yesterday", "2026-10-296", "13/13/2026 00:00:00", "1e300", "2026-02-29", "0/0/0", "///", "-"):
            answer = agent.get(f"/v1/auditrecords?{name}={quoted(text)}")
            assert answer.status == 400 and answer.names(name), f"{text} {answer.text[:200]}"
    assert agent.get("/v1/relationships?relationship_type=friend").names("relationship_type")
    assert agent.get("/v1/offers?offset=-1").names("offset")
    answer = agent.get("/multichannel/v1/policies?at=soon")
    assert answer.status == 400 and answer.names("at")
    assert agent.get("/v1/customers?" + "&".join(f"a{n}=1" for n in range(2000))).status in (200, 414, 431)


def test_a_continuation_token_that_we_did_not_make_is_refused(cast, program):
    agent, *_ = cast
    for path in ("/v1/customers", "/v1/auditrecords"):
        for text in BAD_TOKENS:
            headers = {"MS-ContinuationToken": text.encode("utf-8", "replace").decode("latin-1")}
            answer = agent.get(f"{path}?seekOperation=Next", headers=headers)
            assert answer.status in (200, 400), f"{path} {text[:60]} {answer.status} {answer.text[:200]}"
            if answer.status == 400:
                assert answer.names("MS-ContinuationToken"), answer.text[:200]
            assert program.is_alive


@pytest.mark.parametrize("size", (0, -5, 2**63 - 1, 100_000_000))
def test_a_forged_page_size_neither_crashes_nor_drains_the_server(cast, program, size):
    agent, *_ = cast
    for path in ("/v1/customers", "/v1/auditrecords"):
        answer = agent.get(path, headers={"MS-ContinuationToken": token({"size": size})})
        assert answer.status == 400 and answer.names("MS-ContinuationToken"), answer.text[:200]
    assert program.anonymous.get("/readyz").status == 200


def test_a_path_that_names_nothing_is_not_found(cast, program):
    agent, customer, order = cast
    line = order["lineItems"][0]["subscriptionId"]
    templates = [
        "/v1/customers/{}", "/v1/customers/{}/subscriptions", f"/v1/customers/{customer.id}/subscriptions/{{}}",
        f"/v1/customers/{customer.id}/orders/{{}}", "/v1/offers/{}", "/multichannel/v1/policies/{}",
        "/multichannel/v1/decisions/{}", "/multichannel/v1/imports/{}", "/multichannel/v1/announcements/{}",
        "/multichannel/v1/relationshiprequests/{}", f"/multichannel/v1/customers/{customer.id}/subscriptions/{{}}/options",
        f"/multichannel/v1/customers/{{}}/subscriptions/{line}/options", "/multichannel/v1/policypackages/shipped/{}",
    ]
    for template in templates:
        for segment in BAD_SEGMENTS:
            path = template.format(segment)
            for method in ("GET", "HEAD"):
                answer = agent.call(method, path)
                assert answer.status in (400, 404, 414, 431), f"{path[:120]} {answer.status} {answer.text[:200]}"
    customer.act("globalAdmin").get("/multichannel/v1/invitations/%00").expect(404)
    for segment in BAD_SEGMENTS:
        answer = customer.act("globalAdmin").post(f"/multichannel/v1/invitations/{segment}/acceptance", {"termsHash": "x"})
        assert answer.status in (400, 404, 414, 431), answer.text[:200]
    assert program.anonymous.get("/readyz").status == 200


def test_an_offer_is_not_found_by_what_stands_before_a_nul(cast):
    agent, *_ = cast
    agent.get("/v1/offers/MS-AZR-0145P").expect(200)
    agent.get("/v1/offers/MS-AZR-0145P%00").expect(404)
    agent.get("/v1/offers/MS-AZR-0145P%00x").expect(404)


BROKEN_AUTHORIZATIONS = ("", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer a.b.c", "Bearer " + "a" * 9000, "bearer  x y")


def test_an_authorization_that_is_none_is_refused_alike(program):
    bodies = set()
    for text in BROKEN_AUTHORIZATIONS:
        answer = program.anonymous.get("/v1/customers", headers={"Authorization": text})
        assert answer.status == 401 and answer.headers["WWW-Authenticate"], f"{text[:40]} {answer.status}"
        bodies.add(answer.text)
    assert len(bodies) == 1
    assert program.anonymous.get("/v1/customers").status == 401


def exchange(program, head, body=b"", close=True, wait=5):
    """Sends bytes as they are and reads what comes back until the server has nothing more to say."""
    with socket.create_connection((program.anonymous.host, program.anonymous.port), timeout=wait) as line:
        line.sendall(head.replace("\n", "\r\n").encode("latin-1") + body)
        if close:
            line.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while piece := line.recv(65536):
                received += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def statuses(received):
    return [int(line.split()[1]) for line in received.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


def test_a_length_that_is_not_the_length_never_does_harm(program, cast):
    agent, *_ = cast
    head = f"POST /v1/customers HTTP/1.1\nHost: x\nAuthorization: Bearer {agent.token}\n"
    good = b'{"companyProfile":{"domain":"length.example"},"billingProfile":{"companyName":"Length"}}'
    cases = {
        "shorter than it says": (f"{head}Content-Length: {len(good) + 50}\n\n", good),
        "longer than it says": (f"{head}Content-Length: 5\n\n", good),
        "no number": (f"{head}Content-Length: abc\n\n", good),
        "negative": (f"{head}Content-Length: -1\n\n", good),
        "too large for a number": (f"{head}Content-Length: 99999999999999999999\n\n", good),
        "two lengths": (f"{head}Content-Length: 5\nContent-Length: {len(good)}\n\n", good),
        "a length and chunks": (f"{head}Content-Length: {len(good)}\nTransfer-Encoding: chunked\n\n", b"0\r\n\r\n"),
        "a chunk of no size": (f"{head}Transfer-Encoding: chunked\n\n", b"zz\r\n" + good),
        "a chunk cut short": (f"{head}Transfer-Encoding: chunked\n\n", b"ff\r\n" + good),
        "an endless chunk": (f"{head}Transfer-Encoding: chunked\n\n", b"ffffffffffffffffff\r\n" + good),
        "no request at all": ("hello\n\n", b""),
        "binary": ("", bytes(range(256)) * 4),
    }
    for name, (text, body) in cases.items():
        seen = statuses(exchange(program, text, body))
        assert all(400 <= status < 500 for status in seen), f"{name}: {seen}"
        assert program.anonymous.get("/readyz").status == 200, name
    assert [item for item in agent.get("/v1/customers").items if item["companyProfile"]["domain"] == "length.example"] == []


def test_heads_that_are_too_large_are_refused(program):
    for head in ("GET /" + "a" * 200_000 + " HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\nHost: x\nX: " + "a" * 200_000 + "\n\n"):
        seen = statuses(exchange(program, head))
        assert all(400 <= status < 500 for status in seen), seen
        assert program.anonymous.get("/readyz").status == 200


def test_a_client_that_asks_before_it_sends_is_answered(program, cast):
    agent, *_ = cast
    body = b'{"companyProfile":{"domain":"polite.example"},"billingProfile":{"companyName":"Polite"}}'
    head = (
        f"POST /v1/customers HTTP/1.1\nHost: x\nAuthorization: Bearer {agent.token}\nExpect: 100-continue\n"
        f"Connection: close\nContent-Length: {len(body)}\n\n"
    )
    assert statuses(exchange(program, head, body, close=False))[-1] == 201
