"""Tokens of an issuer that the operator trusts: its own keys, its own names for tenants and people."""

import json
import time
import uuid

import pytest

import program
from issuer import Issuer
from program import Program

THEIRS = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def scene(tmp_path, monkeypatch):
    issuer = Issuer(tmp_path)
    yield from trusting(issuer, tmp_path, monkeypatch)


def trusting(issuer, tmp_path, monkeypatch):
    """A program that trusts an issuer, and a partner whose admin agent is one of the issuer's subjects."""
    data = ["--data", str(tmp_path / "data")]
    first = Program(tmp_path, *data)
    partner = first.sandbox.post("/sandbox/v1/partners", {"name": "Partner", "kind": "direct", "country": "US"}).json
    first.stop()
    trusted = {
        "issuer": "https://sts.windows.net/{tid}/",
        "jwks": f"{issuer.url}/keys",
        "algorithms": ["RS256", "ES256"],
        "audiences": ["https://api.partnercenter.microsoft.com"],
        "tenants": {THEIRS: partner["id"]},
        "mfa": {"amr": ["mfa"]},
        "people": {"subject-1": partner["people"]["adminAgent"]},
    }
    file = tmp_path / "issuers.json"
    file.write_text(json.dumps({"issuers": [trusted]}))
    monkeypatch.setenv("SUIRO_ISSUERS_FILE", str(file))
    program = Program(tmp_path, *data)
    yield program, issuer
    program.stop()
    issuer.close()


def claims(program, **changes):
    now = program.sandbox.get("/sandbox/v1/clock").json["now"]
    seconds = int(time.mktime(time.strptime(now[:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone)
    said = {
        "iss": f"https://sts.windows.net/{THEIRS}/",
        "aud": "https://api.partnercenter.microsoft.com",
        "tid": THEIRS,
        "oid": "subject-1",
        "iat": seconds,
        "nbf": seconds,
        "exp": seconds + 3600,
        "scp": "user_impersonation",
        "amr": ["pwd", "mfa"],
        "uti": uuid.uuid4().hex,
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def status(program, token):
    return program.client(token).get("/v1/customers").status


def test_tokens_of_a_trusted_issuer_are_taken(scene):
    program, issuer = scene
    assert status(program, issuer.token(claims(program))) == 200
    assert status(program, issuer.token(claims(program), "ES256")) == 200
    assert issuer.fetches == 1


def test_what_is_wrong_in_one_respect_is_refused(scene):
    program, issuer = scene
    for changes in [
        {"iss": f"https://sts.windows.net/{uuid.uuid4()}/"},
        {"aud": "other"},
        {"tid": str(uuid.uuid4())},
        {"oid": "subject-2"},
        {"scp": None},
        {"amr": ["pwd"]},
        {"exp": None},
        {"act": {"sub": "x"}},
    ]:
        assert status(program, issuer.token(claims(program, **changes))) == 401, changes
    assert status(program, issuer.token(claims(program), jku=f"{issuer.url}/other")) == 401
    assert status(program, issuer.token(claims(program), "RS512")) == 401


def test_K_12_unknown_keys_cost_one_fetch_and_an_issuer_may_be_away_for_a_day(scene):
    program, issuer = scene
    good = issuer.token(claims(program))
    assert status(program, good) == 200
    before = issuer.fetches
    for _ in range(200):
        assert status(program, issuer.token(claims(program), kid=uuid.uuid4().hex)) == 401
    assert issuer.fetches - before <= 1
    issuer.is_away = True
    program.sandbox.post("/sandbox/v1/clock/advance", {"by": "PT30H"})
    assert status(program, issuer.token(claims(program))) == 200
    program.sandbox.post("/sandbox/v1/clock/advance", {"by": "PT7H"})
    assert status(program, issuer.token(claims(program))) == 401


def test_tokens_and_issuer_survive_a_restart_on_another_port(tmp_path):
    data = ["--data", str(tmp_path / "data")]
    names, ports = [], []
    token = tenant = None
    for _ in range(2):
        program = Program(tmp_path, *data)
        if token is None:
            partner = program.sandbox.post("/sandbox/v1/partners", {"name": "P", "kind": "direct", "country": "US"}).json
            token, tenant = partner["tokens"]["adminAgent"], partner["id"]
        assert status(program, token) == 200
        names.append(program.anonymous.get(f"/{tenant}/v2.0/.well-known/openid-configuration").json["issuer"])
        ports.append(program.url)
        program.stop()
    assert names[0] == names[1] and tenant in names[0]


def test_tokens_of_a_built_world_outlive_rotation_and_a_clock_set_back(own):
    partner = own.sandbox.post("/sandbox/v1/partners", {"name": "P", "kind": "direct", "country": "US"}).json
    token = partner["tokens"]["adminAgent"]
    for by in ["P20D", "P20D", "P400D"]:
        own.sandbox.post("/sandbox/v1/clock/advance", {"by": by})
        own.anonymous.get(f"/{partner['id']}/discovery/v2.0/keys")
        assert status(own, token) == 200
    keys = own.anonymous.get(f"/{partner['id']}/discovery/v2.0/keys").json["keys"]
    assert len({key["kid"] for key in keys}) >= 2
    own.sandbox.put("/sandbox/v1/clock", {"now": "2016-01-01T00:00:00Z"})
    assert status(own, token) == 200
    made = own.sandbox.post("/sandbox/v1/tokens", {"tenant": partner["id"], "user": partner["people"]["adminAgent"]})
    own.sandbox.put("/sandbox/v1/clock", {"now": "2015-01-01T00:00:00Z"})
    assert status(own, made.json["token"]) == 200


@pytest.mark.parametrize("host, knows, taken", [
    ("localhost", True, 200), ("localhost", False, 401), ("elsewhere.example", True, 401),
])
def test_K_05_keys_come_over_tls_only_from_the_host_itself_by_an_authority_that_is_known(
    tmp_path, monkeypatch, host, knows, taken
):
    issuer = Issuer(tmp_path, host)
    if knows:
        knowing(issuer.authority, tmp_path, monkeypatch)
    for program, issuer in trusting(issuer, tmp_path, monkeypatch):
        assert status(program, issuer.token(claims(program))) == taken
        assert issuer.fetches == (1 if taken == 200 else 0)


def knowing(authority, folder, monkeypatch):
    """From here on programs see a machine that knows this authority and no other (Debian's place for them)."""
    known = folder / "known"
    known.mkdir()
    (known / "ca-certificates.crt").write_bytes(authority.read_bytes())
    wrapped = folder / "suiro-sandbox"
    wrapped.write_text(
        "#!/bin/sh\n"
        "exec unshare --map-root-user --mount sh -c "
        f"'mount --bind {known} /etc/ssl/certs && exec \"$0\" \"$@\"' {program.PROGRAM} \"$@\"\n"
    )
    wrapped.chmod(0o755)
    monkeypatch.setattr(program, "PROGRAM", str(wrapped))
