"""What every answer says to browsers and caches; and that looking changes nothing."""

import hashlib
import re
import sqlite3
import uuid

import pytest

from browsing import Browser

PAGES = ("/", "/sign-in", "/customers", "/requests", "/announcements", "/policies", "/audit", "/audit.csv", "/webhooks",
         "/switches", "/r", "/r/AAAA-BBBB-CCCC", "/accessibility", "/docs/compatibility",
         "/sessions", "/sign-out", "/style.css", "/favicon.ico",
         "/no/such/page", "/healthz", "/readyz", "/metrics", "/openapi.yaml")
METHODS = ("get", "put", "post", "patch", "delete")


def filled(path):
    return re.sub(r"\{[^}]+\}", lambda _: str(uuid.uuid4()), path)


@pytest.fixture(scope="module")
def routes(program):
    """Every route there is, with the methods it has."""
    paths = program.anonymous.get("/openapi.json").expect(200)["paths"]
    return {path: {method for method in METHODS if method in item} for path, item in paths.items()}


def guarded(answer):
    headers = answer.headers
    name = f"{answer.asked} {answer.status}"
    assert headers["X-Content-Type-Options"] == "nosniff", name
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy, name
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy and "form-action" in policy, name
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), name
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
    assert "camera=()" in headers["Permissions-Policy"], name
    assert headers["Cache-Control"], name
    # Only what is the same for everybody may be kept.
    if not any(path in answer.asked for path in ("/style.css", "/favicon.ico")):
        assert headers["Cache-Control"] == "no-store", name
    assert "Strict-Transport-Security" not in headers, "plain http cannot promise https"
    if answer.body:
        assert headers["Content-Type"].split(";")[0] != "", name
        assert re.match("image/|application/pkix-cert", headers["Content-Type"]) or "charset=utf-8" in headers["Content-Type"], name


def test_ASVS_3_4_every_route_says_it_whatever_it_answers(program, routes):
    agent = program.sandbox.post(
        "/sandbox/v1/partners", {"name": "P", "kind": "direct", "country": "US"}).expect(201)["tokens"]["adminAgent"]
    assert len(routes) > 60
    for client in (program.anonymous, program.client(agent)):
        for path, methods in routes.items():
            for method in methods:
                body = "{}" if method in ("post", "put", "patch") else None
                answer = client.call(method.upper(), filled(path), body)
                guarded(answer)
                assert "Authorization" in answer.headers["Vary"], f"{method} {path} (N-09)"
    for page in PAGES:
        guarded(program.anonymous.get(page, headers={"Accept": "text/html"}))


def test_ASVS_4_1_4_methods_that_are_not_listed_are_405_with_the_list(program, routes):
    for path, methods in routes.items():
        for method in {"get", "put", "post", "patch", "delete", "trace", "propfind", "options"} - methods:
            answer = program.anonymous.call(method.upper(), filled(path))
            # Another route may have this path with another name in it.
            if answer.status in (401, 400, 404, 415) and method in METHODS:
                continue
            assert answer.status == 405, f"{method} {path} {answer.status}"
            assert {m.upper() for m in methods} <= set(answer.headers["Allow"].split(", ")), path
            guarded(answer)


def test_a_cookie_never_opens_the_api(start):
    program = start("--demo")
    browser = Browser(program).signed_in("hanako")
    assert browser.get("/customers").status == 200
    for path in ("/v1/customers", "/multichannel/v1/relationshiprequests", "/v1/auditrecords"):
        assert browser.get(path).status == 401, path
    assert browser.send("POST", "/multichannel/v1/relationshiprequests", {"x": "y"}).status == 401


def state(folder):
    """Every table but the record of what was asked."""
    file = next(folder.glob("*.sqlite"))
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in names
                if name not in ("decision", "session_use")}
    return {name: hashlib.sha256("\n".join(kept).encode()).hexdigest() for name, kept in rows.items()}


def test_I_04_reading_changes_nothing_on_any_route(start, tmp_path):
    folder = tmp_path / "kept"
    program = start("--demo", "--data", str(folder))
    browser = Browser(program).signed_in("hanako")
    agent = program.client(program.ready["personas"]["hanako"]["token"])
    routes = program.anonymous.get("/openapi.json").expect(200)["paths"]
    before = state(folder)
    assert before["person"] and len(before) > 20
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in routes:
            agent.call(method, filled(path))
        for page in PAGES:
            browser.send(method, page)
    after = state(folder)
    # Keys of the server itself are made when they are first asked for.
    after.pop("secret"), before.pop("secret")
    assert after == before
