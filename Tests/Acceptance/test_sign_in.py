"""People sign in with password and code, and let programs act for them: through the forms of the portal."""

import base64
import hashlib
import hmac
import html
import http.cookiejar
import json
import os
import re
import secrets
import signal
import stat
import struct
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from program import PROGRAM

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
CENTRE = "https://api.partnercenter.microsoft.com"
BACK = "https://billing.example/back"
PASSWORD = "paper lanterns in the rain 灯籠"


class Browser:
    """Keeps cookies, fills in forms, and stops where it is sent to another site."""

    def __init__(self, url):
        self.url, self.page, self.jar = url, "", http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), Stay())

    def go(self, address, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
        for _ in range(8):
            request = urllib.request.Request(urllib.parse.urljoin(self.url, address), data=body, headers=headers)
            try:
                with self.opener.open(request, timeout=20) as answer:
                    self.page, self.status = answer.read().decode(), answer.status
                return None
            except urllib.error.HTTPError as error:
                self.status = error.code
                if error.code != 303:
                    self.page = error.read().decode()
                    return None
                address, body = error.headers["Location"], None
                if not address.startswith("/"):
                    return address
        raise AssertionError("sent round in circles")

    def send(self, action, **fields):
        """Posts the page's form that leads there, with its hidden fields."""
        form = next(f for f in re.findall(r"<form.*?</form>", self.page, re.S) if f'action="{html.escape(action)}"' in f)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
        return self.go(action, {**{name: html.unescape(value) for name, value in hidden.items()}, **fields})


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def code(secret, ahead=0):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06d}"


def ask(url, path, form=None, **headers):
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url + path, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def claims(token):
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def authorize(browser, tenant, client, **more):
    """The consent page, and what comes back when it is allowed."""
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {"client_id": client, "response_type": "code", "redirect_uri": BACK, "state": "s 1", "nonce": "n-1",
             "scope": f"openid offline_access {CENTRE}/.default", "code_challenge": challenge,
             "code_challenge_method": "S256", **more}
    return verifier, f"/{tenant}/oauth2/v2.0/authorize?" + urllib.parse.urlencode(query)


def allow(browser):
    action = html.unescape(re.search(r'action="(/[^"]*authorize[^"]*)"', browser.page).group(1))
    location = browser.send(action, decision="allow")
    assert location.startswith(BACK + "?code="), location
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))


def client_of(where, tenant):
    made = suirod("client", *where, "--tenant", tenant, "--name", "Nightly billing", "--redirect", BACK)
    return dict(line.split() for line in made.splitlines())


def suirod(*arguments, rc=0):
    ended = subprocess.run([SUIROD, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == rc, ended.stdout + ended.stderr
    return ended.stdout if rc == 0 else ended.stderr


@pytest.fixture
def place(start, database, tmp_path, monkeypatch):
    """A database with the demo world in it that nobody serves, and the ready file's personas."""
    where = database.fresh() or ["--data", str(tmp_path / "kept")]
    monkeypatch.setenv("SUIRO_MASTER_KEY_FILE", str(tmp_path / "master"))
    program = start("--demo", *where)
    personas = program.ready["personas"]
    program.stop()
    return where, personas, tmp_path / "master"


@pytest.fixture
def serve():
    running = []

    def begin(where):
        process = subprocess.Popen([SUIROD, "serve", "--port", "0", *where],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        running.append(process)
        return process.stdout.readline().split()[-1]

    yield begin
    for process in running:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_K_05_K_10_K_13_a_person_enrols_signs_in_and_lets_a_program_act_for_them(place, serve):
    where, personas, master = place
    tenant = personas["hanako"]["tenant"]
    made = suirod("person", *where, "--tenant", tenant, "--mail", "mai@tozai.example", "--name", "Mai",
                  "--role", "adminAgent")
    link = urllib.parse.urlsplit(dict(line.split() for line in made.splitlines())["link"]).path
    assert stat.S_IMODE(master.stat().st_mode) == 0o600
    client = client_of(where, tenant)
    url = serve(where)

    browser = Browser(url)
    browser.go(link)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.page).group(1).replace(" ", "")
    browser.send(link, password="short", code=code(secret, -1))
    assert browser.status == 400
    browser.send(link, password=PASSWORD, code=code(secret, -1))
    recovery = re.findall(r"<li><code>([0-9A-Z-]+)</code></li>", browser.page)
    assert browser.status == 200 and len(recovery) == 10
    browser.go(link)
    assert browser.status == 404, "K-13: the link is used once"

    verifier, address = authorize(browser, tenant, client["client_id"])
    browser.go(address)
    assert 'name="password"' in browser.page, "signs in first"
    browser.send("/sign-in", mail="mai@tozai.example", password="wrong password")
    assert browser.status == 403
    browser.send("/sign-in", mail="mai@tozai.example", password=PASSWORD)
    browser.send("/sign-in/code", code=code(secret))
    assert "Nightly billing" in browser.page and browser.status == 200
    back = allow(browser)
    assert back["state"] == "s 1" and back["iss"].startswith("https://")

    path = f"/{tenant}/oauth2/v2.0/token"
    form = {**client, "grant_type": "authorization_code", "redirect_uri": BACK, "code": back["code"]}
    assert ask(url, path, {**form, "code_verifier": "x" * 43})[1]["error"] == "invalid_grant"
    status, tokens = ask(url, path, {**form, "code_verifier": verifier})
    assert status == 200, tokens
    access, identity = claims(tokens["access_token"]), claims(tokens["id_token"])
    assert access["amr"] == ["pwd", "otp", "mfa"] and access["upn"] == "mai@tozai.example"
    assert access["aud"] == CENTRE and access["scp"] == "user_impersonation" and abs(access["auth_time"] - time.time()) < 60
    assert identity["aud"] == client["client_id"] and identity["nonce"] == "n-1"
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert ask(url, "/v1/customers", **bearer)[0] == 200

    # K-05: each kind of token opens what it is for, and nothing else.
    for other in (tokens["id_token"], tokens["refresh_token"], back["code"]):
        assert ask(url, "/v1/customers", Authorization=f"Bearer {other}")[0] == 401
    for other in (tokens["id_token"], tokens["access_token"], back["code"]):
        assert ask(url, path, {**client, "grant_type": "refresh_token", "refresh_token": other})[1]["error"] == "invalid_grant"

    # The form of version 1, and the family's end.
    refresh = {**client, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    status, second = ask(url, f"/{tenant}/oauth2/token", {**refresh, "resource": "https://graph.windows.net"})
    assert status == 200 and second["expires_in"] == "3600" and second["resource"] == "https://graph.windows.net"
    assert claims(second["access_token"])["auth_time"] == access["auth_time"]
    status, exchanged = ask(url, "/generatetoken", {"grant_type": "jwt_token"},
                            Authorization=f"Bearer {second['access_token']}")
    assert status == 200 and claims(exchanged["access_token"])["aud"] == CENTRE
    assert ask(url, path, refresh)[1]["error"] == "invalid_grant"
    assert ask(url, path, {**refresh, "refresh_token": second["refresh_token"]})[1]["error"] == "invalid_grant"
    for token in (tokens, second, exchanged):
        assert ask(url, "/v1/customers", Authorization=f"Bearer {token['access_token']}")[0] == 401


def test_the_issuer_gives_what_it_tells_and_nothing_else(place, serve):
    where, personas, _ = place
    tenant = personas["hanako"]["tenant"]
    client = client_of(where, tenant)
    url = serve(where)
    for grant in ("password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"):
        status, answer = ask(url, f"/{tenant}/oauth2/token", {**client, "grant_type": grant, "resource": CENTRE})
        assert (status, answer["error"]) == (400, "unsupported_grant_type")
    _, known = ask(url, f"/{tenant}/v2.0/.well-known/openid-configuration")
    assert known["response_types_supported"] == ["code"] and known["code_challenge_methods_supported"] == ["S256"]
    assert known["grant_types_supported"] == ["authorization_code", "client_credentials", "refresh_token"]


def test_a_client_is_renewed_and_revoked(place):
    where, personas, _ = place
    tenant = personas["hanako"]["tenant"]
    client = client_of(where, tenant)
    renewed = dict(line.split() for line in suirod("client", *where, "--renew", client["client_id"]).splitlines())
    assert renewed["client_id"] == client["client_id"] and renewed["client_secret"] != client["client_secret"]
    assert "revoked" in suirod("client", *where, "--revoke", client["client_id"])
    assert "no https address" in suirod("client", *where, "--tenant", tenant, "--name", "x", "--redirect",
                                        "http://billing.example/", rc=1)
    assert "has enrolled" not in suirod("enrol", *where, "--tenant", tenant, "--mail", "nobody@x.example", rc=1)


def test_a_persona_of_the_sandbox_lets_a_program_act_for_them(start, database, tmp_path):
    where = database.fresh() or ["--data", str(tmp_path / "kept")]
    program = start("--demo", *where)
    tenant = program.ready["personas"]["hanako"]["tenant"]
    program.stop()
    client = client_of(where, tenant)
    program = start(*where)
    browser = Browser(program.url)
    verifier, address = authorize(browser, tenant, client["client_id"], scope=f"{CENTRE}/user_impersonation")
    browser.go(address)
    browser.send("/sign-in", persona="hanako")
    back = allow(browser)
    form = {**client, "grant_type": "authorization_code", "redirect_uri": BACK, "code": back["code"],
            "code_verifier": verifier}
    status, tokens = ask(program.url, f"/{tenant}/oauth2/v2.0/token", form)
    assert status == 200 and "refresh_token" not in tokens and "id_token" not in tokens
    assert "mfa" in claims(tokens["access_token"])["amr"]
    assert ask(program.url, "/v1/customers", Authorization=f"Bearer {tokens['access_token']}")[0] == 200
