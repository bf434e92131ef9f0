"""The model of who may do what, asked of the built server: the same cells over HTTP, a sample of each database's own.

A world is made in which the model's situations stand; then each drawn cell is one real request by one real caller. The
gate's no has reasons of its own, so that it can be told from what the domain says to those whom it let in.
"""

import os
import pathlib
import random
import re
import sys
import time

import pytest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "Matrix"))

import model  # noqa: E402
from asked import QUERIES  # noqa: E402
from delegating import GLOBAL_ADMIN, GLOBAL_READER, HELPERS, Delegating  # noqa: E402
from test_bad_input import BODIES, NOBODY  # noqa: E402
from world import World  # noqa: E402

# Operations that no cell asks for: the list only shrinks.
UNTESTED = TESTS / "Matrix/untested-operations.txt"
SEED = int(os.environ.get("SUIRO_SEED", "20261123"))
# The numbers of the gate's refusals: no right, and no way to this customer.
REFUSED = {2032, 20002}
# Those that would take their situation away are asked of callers whom the model refuses, and of nobody else.
DESTRUCTIVE = {"customers.delete", "customers.patch", "multichannel.access.end"}
# Their customer is named in the body.
IN_BODY = {"azure.productUpgrades.eligibility", "azure.productUpgrades.create", "azure.productUpgrades.status"}
# Everybody's heads are nobody's house.
SCOPES = {"multichannel.audit.heads": "system"}
# What is named by an id of its own is looked up before anybody is judged; what is not there is not there for anyone.
BY_ID = re.compile(r"\{(?!customer_id)")


class Operations:
    """The table of the API: path, token and actions of each operation."""

    def __init__(self, program):
        actions = {}
        for line in (TESTS.parent / "docs/authorization.md").read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 3 and cells[1] in ("anonymous", "appOrUser", "userOnly"):
                actions[cells[0].strip("`")] = (cells[1], re.findall(r"`(\w+)`", cells[2]))
        self.all = {}
        for path, methods in program.anonymous.get("/openapi.json").expect(200)["paths"].items():
            for method, entry in methods.items():
                name = entry.get("operationId") if method != "parameters" else None
                if name in actions:
                    access, wanted = actions[name]
                    self.all[name] = (method.upper(), path, access, wanted)

    def gated(self):
        """Those that ask for an action, as name, method, path, access, actions."""
        return [(name, *entry) for name, entry in self.all.items() if entry[3]]


class Callers:
    """Organizations of every kind with a person in each role, and the customers around them."""

    def __init__(self, world):
        self.world = world
        self.owner = world.program.persona("policyOwner")
        self.clients, self.targets = {}, {}
        provider = world.partner("indirectProvider")
        for kind in sorted(model.PARTNERS):
            more = {"provider": provider.id} if kind == "indirectReseller" else {}
            self.partner(kind, world.partner(kind, **more))
        self.customer()
        for role in ("policyOwner", "auditor", "operator"):
            self.clients["vendor", frozenset([role])] = world.program.persona(role)
        self.targets["vendor"] = {"stranger": world.customer().id}

    def partner(self, kind, partner):
        world, people = self.world, []
        for roles in [roles for roles in model.ROLE_SETS if roles and roles <= model.SETTINGS[kind]]:
            if roles == {"app"}:
                self.clients[kind, roles] = world.program.client(partner.tokens["app"])
            elif "app" not in roles and (len(roles) == 1 or "salesAgent" in roles):
                body = {"roles": sorted(roles)}
                made = world.sandbox.post(f"/sandbox/v1/organizations/{partner.id}/people", body).expect(201)
                self.clients[kind, roles] = world.program.client(made["token"])
                people.append(made["id"])
        targets = self.targets[kind] = {"stranger": world.customer().id}
        tied = world.customer()
        world.relationship(partner, tied)
        self.end(tied, "dap")
        targets["tie"] = tied.id
        left = world.customer()
        world.relationship(partner, left)
        self.end(left)
        targets["tie.over"] = left.id
        both = world.customer()
        world.relationship(
            partner, both, scope={"reseller": True, "delegatedAdmin": True, "roles": ["adminAgent"], "days": 180}
        )
        targets["dap.tie"] = both.id
        if kind == "advisor":
            return  # To them granular delegation is not offered.
        chief = partner.act("globalAdmin")
        chief.put(f"/multichannel/v1/groups/{HELPERS}", {"name": "Helpers"}).expect(200)
        for person in people:
            chief.put(f"/multichannel/v1/groups/{HELPERS}/members/{person}", None).expect(200)
        for name, roles in [("gdap.globalReader", [GLOBAL_READER]), ("gdap.globalAdministrator", [GLOBAL_ADMIN])]:
            delegating = Delegating(world, partner)
            relationship = delegating.active(*roles, displayName=name)
            delegating.assign(relationship, HELPERS, *roles).expect(201)
            targets[name] = delegating.customer.id
        unassigned = Delegating(world, partner)
        unassigned.active(GLOBAL_READER, displayName="unassigned")
        targets["gdap.unassigned"] = unassigned.customer.id
        pending = Delegating(world, partner)
        pending.sent(GLOBAL_READER, displayName="pending")
        targets["gdap.pending"] = pending.customer.id
        over = Delegating(world, partner)
        relationship = over.active(GLOBAL_READER, displayName="terminated")
        over.assign(relationship, HELPERS, GLOBAL_READER).expect(201)
        over.ask(relationship, "terminate")
        targets["gdap.terminated"] = over.customer.id

    @staticmethod
    def end(customer, *kinds):
        """The customer ends the paths of these kinds, or all of them."""
        admin, base = customer.act("globalAdmin"), f"/multichannel/v1/customers/{customer.id}/access"
        for path in admin.get(base).expect(200)["items"]:
            if path["state"] == "active" and (not kinds or path["kind"] in kinds):
                admin.delete(f"{base}/{path['id']}").expect(204)

    def customer(self):
        house = self.world.customer()
        for roles in [roles for roles in model.ROLE_SETS if roles and roles <= model.SETTINGS["customer"]]:
            if "app" not in roles:
                client = self.world.person(house, *roles)
                self.clients["customer", roles] = client
        self.targets["customer"] = {"house": house.id, "stranger": self.world.customer().id}


def expected(access, actions, kind, roles, situation):
    """What the model says of an operation; `None` where it asks for several actions and may do only some of them."""
    if "app" in roles and access == "userOnly":
        return False
    where = next(entry for entry in model.SITUATIONS if entry["name"] == situation)
    said = {model.allow(action, kind, roles, "good", where) for action in actions}
    return said.pop() if len(said) == 1 else None


def cells(operations, callers):
    """Every cell that can be asked over HTTP in this world."""
    found = []
    for name, method, path, access, actions in operations.gated():
        for (kind, roles), client in callers.clients.items():
            if name in IN_BODY or "{customer_id}" in path and not path.startswith(("/v1.0", "/beta")):
                situations = callers.targets[kind]
            else:
                situations = {SCOPES.get(name, "home"): None}
            for situation, target in situations.items():
                wanted = expected(access, actions, kind, roles, situation)
                if wanted is not None and not (wanted and name in DESTRUCTIVE):
                    found.append((name, method, path, kind, roles, client, situation, target, wanted))
    return found


def ask(cell):
    name, method, path, _, _, client, _, target, _ = cell
    path = path.replace("{customer_id}", target or NOBODY)
    path = re.sub(r"\{\w+\}", NOBODY, path)
    case = BODIES.get(name)
    path += QUERIES.get(name, "")
    if name == "tokens.exchange":
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return client.call(method, path, b"grant_type=jwt_token", form)
    if name in IN_BODY:
        return client.call(method, path, {**case["body"], "customerId": target or NOBODY})
    return client.call(method, path, case["body"] if case else ({} if method in ("POST", "PATCH") else None))


def verdict(cell, answer):
    """Whether the gate let it in; `None` where the answer does not tell."""
    name, method, path, _, _, _, _, _, wanted = cell
    # A refusal of a HEAD has no body that could say more.
    if method == "HEAD" and answer.status == 403:
        return False
    body = answer.json if answer.status >= 400 and answer.body else {}
    # Graph's errors have a reason instead of a number.
    if answer.status == 403 and (body.get("code") in REFUSED or body.get("reason") == "ACCESS_DENIED"):
        return False
    if answer.status in (400, 404, 412, 428) and not wanted and (BY_ID.search(path) or "gdap." in name):
        # What is not there, or not well said, is answered alike to all.
        return None
    assert answer.status < 500, f"{answer.asked} {answer.status} {answer.text[:500]}"
    return True


def sample(all_cells, size):
    """At least one cell of every operation on each side of the model, then whatever is drawn."""
    chance = random.Random(SEED)
    chance.shuffle(all_cells)
    first, rest, seen = [], [], set()
    for cell in all_cells:
        side = (cell[0], cell[8])
        (rest if side in seen else first).append(cell)
        seen.add(side)
    return first + rest[: max(0, size - len(first))]


@pytest.fixture(scope="module")
def stage(program):
    return Operations(program), Callers(World(program))


def test_every_operation_of_the_table_is_asked(stage):
    operations, callers = stage
    asked = {cell[0] for cell in cells(operations, callers)}
    untested = set(UNTESTED.read_text().split())
    assert {entry[0] for entry in operations.gated()} - asked == untested, f"{UNTESTED.name} only shrinks"
    assert len(asked) > 150


def test_a_sample_of_the_model_is_decided_alike_over_http(stage, database):
    operations, callers = stage
    everything = cells(operations, callers)
    size = 2600 if type(database).__name__ == "SQLite" else 600
    size = int(os.environ.get("SUIRO_CELLS", size))
    wrong, told, untold = [], 0, 0
    begun = time.monotonic()
    for cell in sample(everything, size):
        answer = ask(cell)
        seen = verdict(cell, answer)
        if seen is None:
            untold += 1
            continue
        told += 1
        if seen != cell[8]:
            name, _, _, kind, roles, _, situation, _, wanted = cell
            wrong.append(f"{name} {kind} {sorted(roles)} {situation}: {answer.status} {answer.text[:160]}; model {wanted}")
    print(f"{told} cells of {len(everything)} decided, {untold} not told apart, in {time.monotonic() - begun:.1f} s")
    assert not wrong, f"{len(wrong)} cells differ (SUIRO_SEED={SEED}):\n" + "\n".join(wrong[:40])
    assert told >= size * 5 // 6
