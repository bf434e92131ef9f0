"""Tokens of the built-in issuer: a client of suirod signs in by itself, as SDKs do."""

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest

import scenarios
from program import PROGRAM

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
GRAPH = "https://graph.windows.net"
CENTRE = "https://api.partnercenter.microsoft.com"


class Server:
    """A running suirod with one client of the partner's."""

    def __init__(self, where, tenant):
        made = subprocess.run([SUIROD, "client", *where, "--tenant", tenant, "--name", "billing"],
                              capture_output=True, text=True, timeout=60, check=True)
        self.credentials = dict(line.split() for line in made.stdout.splitlines())
        self.where, self.tenant = where, tenant
        self.process = subprocess.Popen([SUIROD, "serve", "--port", "0", *where],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def ask(self, path, body=None, **headers):
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status, read, head = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            status, read, head = error.code, error.read(), error.headers
        scenarios.seen(request.get_method(), path, status, read)
        return status, json.loads(read), head

    def sign_in(self, version="", tenant=None, headers=None, **form):
        form = {"grant_type": "client_credentials", **self.credentials, **form}
        body = urllib.parse.urlencode({name: value for name, value in form.items() if value is not None}).encode()
        return self.ask(f"/{tenant or self.tenant}/oauth2/{version}token", body, **(headers or {}))


@pytest.fixture
def server(start, database, tmp_path):
    where = database.fresh() or ["--data", str(tmp_path / "kept")]
    program = start("--demo", *where)
    hanako = program.ready["personas"]["hanako"]
    program.stop()
    running = Server(where, hanako["tenant"])
    yield running
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(10) == 0


def test_a_client_signs_in_by_itself_and_lists_customers(server):
    for audience in (GRAPH, CENTRE):
        status, answer, headers = server.sign_in(resource=audience)
        assert status == 200 and headers["Cache-Control"] == "no-store", answer
        token = answer.pop("access_token")
        assert answer["token_type"] == "Bearer" and answer["resource"] == audience
        assert answer["expires_in"] == answer["ext_expires_in"] == "3600"
        assert int(answer["expires_on"]) - int(answer["not_before"]) == 3600
        status, customers, _ = server.ask("/v1/customers", Authorization=f"Bearer {token}")
        assert status == 200 and customers["totalCount"] > 0
    status, answer, _ = server.sign_in("v2.0/", scope=f"{CENTRE}/.default")
    assert status == 200 and answer["expires_in"] == 3600
    assert server.ask("/v1/customers", Authorization=f"Bearer {answer['access_token']}")[0] == 200
    pair = ":".join([server.credentials["client_id"], server.credentials["client_secret"]])
    basic = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    assert server.sign_in(resource=GRAPH, client_id=None, client_secret=None, headers=basic)[0] == 200


@pytest.mark.parametrize("wish, status, error, number", [
    ({"client_secret": "0" * 64}, 401, "invalid_client", 7000215),
    ({"client_id": "00000000-0000-0000-0000-000000000000"}, 401, "invalid_client", 7000215),
    ({"tenant": "mirai-shoji.example"}, 401, "invalid_client", 7000215),
    ({"client_secret": None}, 400, "invalid_request", 90014),
    ({"grant_type": None}, 400, "invalid_request", 90014),
    ({"resource": None}, 400, "invalid_request", 90014),
    ({"resource": "https://management.azure.com/"}, 400, "invalid_resource", 500011),
    ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
    ({"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}, 400, "unsupported_grant_type", 70003),
])
def test_a_mistake_is_answered_as_sdks_read_it(server, wish, status, error, number):
    seen, answer, _ = server.sign_in(**{"resource": GRAPH, **wish})
    assert (seen, answer["error"], answer["error_codes"]) == (status, error, [number])
    assert answer["error_description"].startswith(f"AADSTS{number}: ")
    assert {"timestamp", "trace_id", "correlation_id"} <= set(answer)


def test_the_issuer_says_who_it_is_and_publishes_its_key(server):
    _, issuer, _ = server.ask(f"/{server.tenant}/v2.0/.well-known/openid-configuration")
    assert issuer["token_endpoint"] == f"{server.url}/{server.tenant}/oauth2/v2.0/token"
    _, keys, _ = server.ask(urllib.parse.urlsplit(issuer["jwks_uri"]).path)
    token = server.sign_in(resource=GRAPH)[1]["access_token"]
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])
    assert header["kid"] == keys["keys"][0]["kid"] and claims["iss"] == issuer["issuer"]
    assert claims["aud"] == GRAPH and claims["appid"] == server.credentials["client_id"]
    assert set(keys["keys"][0]) == {"kty", "use", "alg", "crv", "kid", "x", "y"}, "no private part"


def test_a_secret_is_kept_as_its_hash_alone(server, tmp_path):
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(10) == 0
    copy = tmp_path / "copy.jsonl"
    subprocess.run([SUIROD, "backup", *server.where, "--output", str(copy)], capture_output=True, timeout=60, check=True)
    secret = server.credentials["client_secret"]
    assert re.fullmatch("[0-9a-f]{64}", secret)
    kept = copy.read_text("utf-8")
    assert secret not in kept and hashlib.sha256(secret.encode()).hexdigest() in kept
