"""Secrets are planted, a story is played with them, and every byte that is left anywhere is searched (A-04, I-05)."""

import base64
import hashlib
import os
import re
import signal
import sqlite3
import subprocess
import urllib.parse
import urllib.request

import pytest

import test_sign_in as signing
from program import PROGRAM

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
CENTRE = signing.CENTRE


def forms(secret):
    """A secret as it may be written down: itself, and in the codings that hide it from a search."""
    raw = secret.encode()
    return {raw, base64.b64encode(raw).rstrip(b"="), base64.urlsafe_b64encode(raw).rstrip(b"="), raw.hex().encode(),
            urllib.parse.quote(secret, safe="").encode()}


def files(folder):
    found = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if content}


@pytest.fixture
def story(start, tmp_path, monkeypatch):
    """What a person and a program did on a server of one's own, with every secret that came up."""
    place = tmp_path / "kept"
    where, log = ["--data", str(place)], tmp_path / "server.log"
    program = start("--demo", *where)
    tenant = program.ready["personas"]["hanako"]["tenant"]
    program.stop()
    planted = {"password": signing.PASSWORD, "wrong password": "wrong-but-somebodys-true-password"}
    made = signing.suirod("person", *where, "--tenant", tenant, "--mail", "mai@tozai.example", "--name",
                          "Mai\nINFO forged line", "--role", "adminAgent")
    link = urllib.parse.urlsplit(next(line for line in made.splitlines() if line.startswith("link")).split()[1]).path
    planted["enrolment link"] = link.rsplit("/", 1)[1]
    client = signing.client_of(where, tenant)
    planted["client secret"] = client["client_secret"]
    with open(log, "wb") as out:
        process = subprocess.Popen([SUIROD, "serve", "--port", "0", "--log-level", "debug", *where],
                                   stdout=subprocess.PIPE, stderr=out, text=True)
    try:
        url = process.stdout.readline().split()[-1]
        browser = signing.Browser(url)
        browser.go(link)
        seed = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.page).group(1).replace(" ", "")
        planted["seed"] = seed
        browser.send(link, password=planted["password"], code=signing.code(seed, -1))
        recovery = re.findall(r"<li><code>([0-9A-Z-]+)</code></li>", browser.page)
        planted |= {f"recovery code {number}": each for number, each in enumerate(recovery)}
        verifier, address = signing.authorize(browser, tenant, client["client_id"])
        browser.go(address)
        browser.send("/sign-in", mail="mai@tozai.example", password=planted["wrong password"])
        browser.send("/sign-in", mail="mai@tozai.example", password=planted["password"])
        browser.send("/sign-in/code", code=signing.code(seed))
        assert browser.status == 200, browser.page[:500]
        back = signing.allow(browser)
        pages = browser.page
        planted["code"], planted["verifier"] = back["code"], verifier
        planted |= {f"cookie {cookie.name}": cookie.value for cookie in browser.jar if len(cookie.value) > 30}
        path = f"/{tenant}/oauth2/v2.0/token"
        form = {**client, "grant_type": "authorization_code", "redirect_uri": signing.BACK, "code": back["code"],
                "code_verifier": verifier}
        status, tokens = signing.ask(url, path, form)
        assert status == 200, tokens
        planted |= {name: tokens[name] for name in ("access_token", "refresh_token", "id_token")}
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        for query in ("access_token", "token"):
            status, _ = signing.ask(url, f"/v1/customers?{query}={tokens['access_token']}")
            assert status == 401, "ASVS 14.2.1: a token in an address opens nothing"
        assert signing.ask(url, "/v1/customers", **bearer)[0] == 200
        register = urllib.request.Request(
            url + "/webhooks/v1/registration", method="POST", headers={**bearer, "Content-Type": "application/json"},
            data=b'{"WebhookUrl": "https://hooks.example.com/a", "WebhookEvents": ["test-created"]}')
        with urllib.request.urlopen(register, timeout=20) as answer:
            registered = answer.read().decode()
        webhook = re.search(r'"whsec_([^"]+)"', registered).group(1)
        ask = dict(client, grant_type="client_credentials", resource=CENTRE, client_secret="not-the-secret-but-a-good-one")
        planted["wrong client secret"] = ask["client_secret"]
        assert signing.ask(url, f"/{tenant}/oauth2/token", ask)[0] == 401
        with urllib.request.urlopen(url + "/metrics", timeout=20) as answer:
            metrics = answer.read()
        export = urllib.request.Request(url + "/multichannel/v1/auditexport", headers=bearer)
        with urllib.request.urlopen(export, timeout=60) as answer:
            exported = answer.read()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    backup = tmp_path / "copy.jsonl"
    signing.suirod("backup", *where, "--output", str(backup))
    planted["session of the address"] = planted["enrolment link"]
    kept = files(place)
    masters = [path for path in kept if path.suffix in (".master", ".audit-key")]
    for path in masters:
        planted[path.name] = kept.pop(path).decode().strip()
    return planted, webhook, {"log": log.read_bytes(), "metrics": metrics, "export": exported,
                              "backup": backup.read_bytes(), **{path.name: each for path, each in kept.items()}}, pages


def test_A_04_no_planted_secret_is_in_log_export_database_copy_or_metrics(story):
    planted, webhook, places, _ = story
    assert len(planted) > 18 and len(places) >= 5 and all(places.values())
    for name, secret in planted.items():
        assert len(secret) >= 8, name
        for where, content in places.items():
            for form in forms(secret):
                assert form not in content, f"{name} is in {where}"
    # The one secret that must be read again by any server of the database, and nowhere else but there and in its copies.
    for where in ("log", "metrics", "export"):
        assert webhook.encode() not in places[where], f"the webhook's secret is in {where}"
    # The search is able to find: what is kept as a hash is there as one.
    assert hashlib.sha256(planted["client secret"].encode()).hexdigest().encode() in places["backup"]


def test_I_05_no_link_that_opens_something_is_in_the_log_and_no_name_writes_a_line_of_it(story):
    planted, _, places, _ = story
    log = places["log"].decode()
    assert "/enrol/" in log and planted["enrolment link"] not in log
    assert "/v1/customers" in log and planted["access_token"][:40] not in log
    assert not any(line.startswith("INFO forged line") for line in log.splitlines()), "ASVS 16.4.1"


def test_ASVS_10_1_1_the_browser_is_given_no_token(story):
    planted, _, _, pages = story
    for name in ("access_token", "refresh_token", "id_token", "client secret"):
        assert planted[name] not in pages
    assert not any(value.startswith("eyJ") for name, value in planted.items() if name.startswith("cookie"))


def test_R_03_a_sealed_copy_tells_nothing_and_comes_back_with_its_key_alone(start, tmp_path):
    where = ["--data", str(tmp_path / "kept")]
    start("--demo", *where).stop()
    keys = [tmp_path / name for name in ("one.key", "two.key")]
    for key in keys:
        key.write_text(base64.b64encode(os.urandom(32)).decode() + "\n")
        key.chmod(0o600)
    plain, sealed, again = (str(tmp_path / name) for name in ("plain", "sealed", "again"))
    signing.suirod("backup", *where, "--output", plain)
    assert "sealed" in signing.suirod("backup", *where, "--output", sealed, "--key-file", str(keys[0]))
    content = open(sealed, "rb").read()
    assert b"mirai-shoji" in open(plain, "rb").read() and b"mirai-shoji" not in content and b"person" not in content
    assert os.stat(sealed).st_mode & 0o077 == 0
    for spoiled, words in ((content[:-1], "not whole"), (content[:70_000], "not whole"),
                           (content[:100] + bytes([content[100] ^ 1]) + content[101:], "not whole")):
        (tmp_path / "spoiled").write_bytes(spoiled)
        said = signing.suirod("restore", *where, "--yes", "--key-file", str(keys[0]), str(tmp_path / "spoiled"), rc=1)
        assert words in said
    assert "another key" in signing.suirod("restore", *where, "--yes", "--key-file", str(keys[1]), sealed, rc=1)
    assert "--key-file" in signing.suirod("restore", *where, "--yes", sealed, rc=1)
    assert "no sealed copy" in signing.suirod("restore", *where, "--yes", "--key-file", str(keys[0]), plain, rc=1)
    keys[1].chmod(0o644)
    assert "600" in signing.suirod("backup", *where, "--output", again, "--key-file", str(keys[1]), rc=1)
    signing.suirod("restore", *where, "--yes", "--key-file", str(keys[0]), sealed)
    signing.suirod("backup", *where, "--output", again)
    # Row for row the same, but for what the restore itself notes and the newest instant that was seen.
    changed = set(open(again, "rb").read().splitlines()) ^ set(open(plain, "rb").read().splitlines())
    noted = (b'["clock.newest"', b'["restore.unconfirmed"')
    assert all(line.startswith(noted) for line in changed), changed
    assert "whole" in signing.suirod("verify", *where)
    with sqlite3.connect(next((tmp_path / "kept").glob("*.sqlite"))) as db:
        assert db.execute("SELECT COUNT(*) FROM person").fetchone()[0] > 5
