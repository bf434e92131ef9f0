"""Starting, starting again on what was kept, and refusing to start with one sentence."""

import os
import socket
import subprocess
from datetime import timedelta

import pytest

from program import PROGRAM, Program, run
from world import World, instant, text

KINDS = {"direct", "indirectProvider", "indirectReseller", "advisor", "customer", "vendor"}


@pytest.fixture
def durable(database, tmp_path):
    """Arguments of a database that outlives its program."""
    return ["--data", str(tmp_path / "kept")] if database.name == "sqlite" else database.fresh()


def test_the_ready_file_says_everything_a_program_needs(start):
    program = start("--demo", "--clock", "2027-03-28T10:00:00Z")
    ready = program.ready
    assert {"url", "cloud", "pid", "sandboxToken", "clock", "personas"} <= set(ready)
    assert ready["url"].startswith("http://127.0.0.1:") and ready["cloud"] == "public"
    assert ready["pid"] == program.process.pid
    assert timedelta() <= instant(ready["clock"]) - instant("2027-03-28T10:00:00Z") < timedelta(minutes=1)
    for name, persona in ready["personas"].items():
        assert {"token", "tenant", "user", "organization", "kind", "roles"} <= set(persona), name
        program.client(persona["token"]).get("/multichannel/v1/announcements").expect(200)
    assert {persona["kind"] for persona in ready["personas"].values()} == KINDS
    roles = {role for persona in ready["personas"].values() for role in persona["roles"]}
    assert roles >= {"adminAgent", "helpdeskAgent", "globalAdmin", "billingAdmin", "user", "app", "policyOwner", "auditor", "operator"}
    assert "Ready" in program.log.read_text() and ready["url"] in program.log.read_text()


def test_the_demonstration_has_a_case_for_every_row_of_the_classifier(start):
    program = start("--demo")
    seen = set()
    for persona in program.ready["personas"].values():
        client = program.client(persona["token"])
        listed = client.get("/v1/customers")
        for customer in listed.items if listed.status == 200 else []:
            base = f"/multichannel/v1/customers/{customer['id']}/subscriptions"
            for item in client.get(base).expect(200)["items"]:
                answer = client.get(f"{base}/{item['id']}/options").expect(200)
                seen.add((item.get("family"), item.get("channel"), answer["classification"]["route"]))
    for family, channels in (("license", ("direct", "advisor", "open", "ea", "thirdParty")), ("usage", ("direct", "ea"))):
        assert {(family, channel, "multichannel") for channel in channels} <= seen
    assert {
        ("license", "csp", "own"), ("license", "csp", "multipartner"), ("usage", "csp", "switch"),
        ("license", "syndication", "refused"), ("license", "csp", "refused"), ("license", None, "needsEvidence"),
    } <= seen


def test_everything_survives_a_restart(start, durable):
    program = start(*durable)
    world = World(program)
    world.set_clock("2031-01-01T00:00:00Z")
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    order = world.order(partner, customer)
    code = world.request(partner, world.customer())["code"]
    snapshot = world.sandbox.post("/sandbox/v1/snapshots").expect(201)["id"]
    key = {"MS-RequestId": "5f0c3c8e-0000-4000-8000-000000000001"}
    body = {"name": "Azure", "family": "usage", "channel": "ea"}
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions"
    made = partner.act("adminAgent").post(path, body, headers=key).expect(201)
    paths = ["/v1/customers", f"/v1/customers/{customer.id}/orders", path, "/multichannel/v1/relationshiprequests", "/v1/auditrecords"]

    def seen(running):
        agent = running.client(partner.tokens["adminAgent"])
        items = [agent.get(path).expect(200)["items"] for path in paths]
        for request in items[3]:
            del request["draft"], request["url"]  # they name the port
        return items, running.sandbox.get("/sandbox/v1/outbox").json["totalCount"]

    before = seen(program)
    program.stop()
    again = start(*durable)
    assert again.ready["sandboxToken"] == program.ready["sandboxToken"]
    assert {name: p["token"] for name, p in again.ready["personas"].items()}.keys() == program.ready["personas"].keys()
    assert seen(again) == before
    assert text(World(again).now).startswith("2031-01-01")
    agent = again.client(partner.tokens["adminAgent"])
    assert agent.post(path, body, headers=key).expect(201) == made, "a repeated request is known after a restart"
    assert agent.get(f"/v1/customers/{customer.id}/orders/{order['id']}").expect(200)["id"] == order["id"]
    assert agent.get("/multichannel/v1/relationshiprequests").items[0]["code"] == code
    for persona in program.ready["personas"].values():
        again.client(persona["token"]).get("/multichannel/v1/announcements").expect(200)
    again.sandbox.post(f"/sandbox/v1/snapshots/{snapshot}/restoration").expect(200)
    assert len(agent.get(path).items) == 1
    again.stop()
    last = start(*durable, "--clock", "2017-06-09T00:00:00Z")
    assert text(World(last).now).startswith("2017-06-09"), "the flag wins over what was kept"


def test_a_demonstration_is_seeded_once(start, durable):
    first = start(*durable, "--demo")
    first.stop()
    again = start(*durable, "--demo")
    people = [{name: p["user"] for name, p in each.ready["personas"].items()} for each in (first, again)]
    assert people[0] == people[1]
    partners = [p for p in again.ready["personas"].values() if p["kind"] not in ("customer", "vendor")]
    for partner in partners:
        names = [item["companyProfile"]["companyName"] for item in again.client(partner["token"]).get("/v1/customers").items]
        assert len(names) == len(set(names))


def refused(*arguments, **more):
    code, said, complaint = run(*arguments, **more)
    lines = [line for line in complaint.strip().splitlines() if line.strip()]
    assert code != 0 and len(lines) == 1, f"{code}: {complaint}"
    assert "Ready" not in said and len(lines[0]) < 500
    return lines[0]


def test_it_stays_on_loopback_unless_told_otherwise(tmp_path):
    for host in ("0.0.0.0", "192.0.2.1", "::", "example.com"):
        assert "loopback" in refused("--host", host, "--port", "0")
    assert list(tmp_path.iterdir()) == []


def test_it_listens_everywhere_when_that_is_allowed(tmp_path):
    program = Program(tmp_path, "--host", "0.0.0.0", "--allow-remote-demo")
    try:
        program.anonymous.get("/healthz").expect(200)
    finally:
        program.stop()


def test_a_port_that_is_taken_is_named_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ready = tmp_path / "ready.json"
        assert port in refused("--port", port, "--ready-file", str(ready))
        assert not ready.exists()


@pytest.mark.parametrize("arguments, word", [
    (["--clock", "yesterday"], "yesterday"), (["--cloud", "moon"], "moon"), (["--port", "70000"], "70000"),
    (["--database-url", "mysql://x"], "postgresql://"), (["--data", "/dev/null/x"], "/dev/null"),
    (["--database-url", "postgresql://nobody@127.0.0.1:1/none"], "database"),
    (["--ready-file", "/no/such/folder/ready.json"], "/no/such/folder"),
])
def test_what_cannot_start_says_why_in_one_sentence(arguments, word):
    assert word in refused(*([] if "--port" in arguments else ["--port", "0"]), *arguments)


def test_a_folder_belongs_to_one_program(start, tmp_path):
    folder = str(tmp_path / "kept")
    program = start("--data", folder)
    assert folder in refused("--port", "0", "--data", folder)
    program.anonymous.get("/healthz").expect(200)


def test_a_database_that_sorts_otherwise_is_refused(database):
    if database.name != "postgres":
        pytest.skip("SQLite sorts by bytes always")
    assert "LOCALE 'C'" in refused("--port", "0", *database.created("C.UTF-8"))


def test_no_flag_of_the_servers_own_program_opens_the_sandbox():
    folder = os.path.dirname(PROGRAM)
    program = os.path.join(folder, "suirod")
    if not os.path.exists(program):
        pytest.skip("only the sandbox was built")
    said = subprocess.run([program, "serve", "--help"], capture_output=True, text=True, check=False).stdout
    assert "sandbox" not in said.lower() and "clock" not in said.lower() and "demo" not in said.lower()
