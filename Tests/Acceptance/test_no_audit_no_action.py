"""A-02: whatever an operation of the API changes is on record, under the number that the caller was given."""

import importlib
import inspect
import pathlib
import re
import sqlite3

import wire
from world import World

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Tests that only need a world tell stories; here it matters what they call, and not what they find.
STORIES = ("test_hiring_story", "test_invitations_end", "test_gdap", "test_cipp", "test_wire_commerce", "test_moves",
           "test_wire_customers", "test_policy_packages", "test_lifecycle", "test_access_review", "test_sdk_requests",
           "test_webhooks", "test_import", "test_access_and_audit", "test_provisioning")
# Operations that answer a question and change nothing, whatever their method.
QUESTIONS = {
    "azure.productUpgrades.eligibility", "azure.productUpgrades.status", "inventory.check",
    "validations.address", "multichannel.moves.preview", "multichannel.policypackages.check", "multichannel.policypackages.preview",
    # What comes of each row is recorded with it, when it is done.
    "multichannel.access.extensions.create",
}
CHANGING = ("post", "put", "patch", "delete")


def test_A_02_every_operation_that_succeeds_is_on_record(start, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    program = start("--data", str(folder))
    heard = []
    call = wire.Client.call

    def listening(client, method, path, *arguments, **more):
        answer = call(client, method, path, *arguments, **more)
        if method.lower() in CHANGING and 200 <= answer.status < 300:
            heard.append((method.lower(), path.partition("?")[0], answer.headers["MS-CorrelationId"]))
        return answer

    paths = program.anonymous.get("/openapi.json").expect(200)["paths"]
    routes = [
        (method, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "/?", re.IGNORECASE), item[method]["operationId"])
        for path, item in paths.items() for method in CHANGING
        if method in item and not path.startswith("/sandbox/")
    ]
    # Literal paths before those with names in them.
    routes.sort(key=lambda route: route[1].pattern.count("[^/]+"))
    monkeypatch.setattr(wire.Client, "call", listening)
    told = 0
    for name in STORIES:
        module = importlib.import_module(name)
        for title, story in inspect.getmembers(module, inspect.isfunction):
            wanted = set(inspect.signature(story).parameters)
            if not title.startswith("test_") or story.__module__ != name or not wanted <= {"world", "program", "own_world"}:
                continue
            given = {"world": World(program), "own_world": World(program), "program": program}
            try:
                story(**{each: given[each] for each in wanted})
            except Exception:  # Another story has been here before; what was answered counts all the same.
                pass
            told += 1
    monkeypatch.undo()
    assert program.is_alive and told > 40
    program.stop()
    with sqlite3.connect(f"file:{next(folder.glob('*.sqlite'))}?mode=ro", uri=True) as db:
        recorded = {row[0] for row in db.execute("SELECT correlation FROM event_log")}
    succeeded = {}
    for method, path, correlation in heard:
        found = next((id for each, pattern, id in routes if each == method and pattern.fullmatch(path)), None)
        if found:
            succeeded.setdefault(found, []).append((correlation or "").lower() in recorded)
    silent = sorted(id for id, seen in succeeded.items() if not any(seen) and id not in QUESTIONS)
    assert silent == []
    untried = sorted({id for _, _, id in routes} - set(succeeded) - QUESTIONS)
    print(f"{len(succeeded)} operations of {len(routes)}; not tried here: {untried}")
    # For the others stand the rule that a silent write does not commit, and the test below: none of them goes round it.
    assert len(succeeded) > 24, untried


# Writes that the ledger of a person's transaction does not watch, because the server does them for itself, and why none
# of them is a way round the record.
UNWATCHED = {
    "Audit/PartnerService+Heads.swift": "heads of the log",
    "Audit/PartnerService+OneCloud.swift": "the cloud's name, and a restore, which brings a log of its own",
    "Identity/PartnerService+Clients.swift": "recorded in place",
    "Identity/PartnerService+Grants.swift": "recorded in place",
    "Identity/PartnerService+People.swift": "recorded in place",
    "Identity/PartnerService+SignIn.swift": "recorded in place",
    "Identity/PartnerService+SigningKeys.swift": "recorded in place; the issuer's name",
    "Installation.swift": "the first edition",
    "Identity/PartnerService+Deactivation.swift": "recorded in place",
    "PartnerCenterImport/PartnerService+PartnerCenterImport.swift": "each thing is recorded where it is brought in",
    "PartnerService+Canaries.swift": "recorded in place",
    "PartnerService+Organizations.swift": "recorded in place",
    "PartnerService+Qualifications.swift": "codes that the sandbox gives out",
    "PartnerService+SandboxLimits.swift": "limits of the sandbox",
    "PartnerService+ServiceIncidents.swift": "incidents that the sandbox makes",
    "PartnerService+MigrationGrace.swift": "recorded in place",
    "PartnerService+Migrations.swift": "a job's state; each row is recorded with its outcome",
    "PartnerService+RestoredCopy.swift": "that a restored copy waits for its operator, and that it was confirmed",
    "RatchetClock.swift": "the newest instant that was seen",
    "PartnerService+AccessUse.swift": "when ways were last used; looks are recorded in place",
    "PartnerService+DelegationSweep.swift": "recorded in place",
    "PartnerService+Extensions.swift": "a job's state; each row is recorded with its outcome",
    "PartnerService+InvoiceClosing.swift": "invoices of months that are over: they are what the usage says",
    "PartnerService+House.swift": "sessions: their ends are recorded in place",
    "PartnerService+Sessions.swift": "sessions: their ends are recorded in place; refused rounds",
    "PartnerService+Standing.swift": "recorded in place",
    "PartnerService+Sweep.swift": "recorded in place; what has run out is tidied",
    "PartnerService+TermAlerts.swift": "recorded in place",
    "PartnerService.swift": "the watched way itself, what it read, and refusals",
    "Webhooks/WebhookDispatcher.swift": "deliveries and their attempts",
    "Webhooks/WebhookSeal.swift": "a key, made at first use",
}


def test_A_02_no_face_writes_past_the_services_and_the_unwatched_writes_are_known():
    for folder in ("SuiroAPI", "SuiroPortal", "SuiroHTTP"):
        for path in (ROOT / "Sources" / folder).rglob("*.swift"):
            assert not re.search(r"writeAsSystem|store\.write|\.session\.run", path.read_text("utf-8")), path
    service = ROOT / "Sources/SuiroService"
    found = {
        str(path.relative_to(service)) for path in service.rglob("*.swift")
        if re.search(r"writeAsSystem|store\.write", path.read_text("utf-8"))
    }
    assert found == set(UNWATCHED)
    for name, why in UNWATCHED.items():
        if "recorded in place" in why:
            text = (service / name).read_text("utf-8")
            assert re.search(r"\.record\(|announce\(|end\(|withdraw\(|expire\(", text), name
