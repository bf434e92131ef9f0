"""What the served OpenAPI document promises holds for requests that nobody thought of.

`SUIRO_FUZZ_SECONDS` bounds the time (30 by default, 0 for no bound), `SUIRO_FUZZ_CASES` the requests (20,000), and
`SUIRO_FUZZ_SEED` chooses others.
"""

import os
import pathlib
import re

import pytest

from fuzzing import Fuzzer
from world import World

SECONDS = int(os.environ.get("SUIRO_FUZZ_SECONDS", "30"))
CASES = int(os.environ.get("SUIRO_FUZZ_CASES", "20000"))
SEED = int(os.environ.get("SUIRO_FUZZ_SEED", "1"))


@pytest.fixture
def fuzzer(program):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    order = world.order(partner, customer)
    pending = world.request(partner, world.customer())
    people = [partner.tokens["adminAgent"], partner.tokens["globalAdmin"], customer.tokens["globalAdmin"]]
    known = {
        "customer_id": [customer.id], "subscription_id": [order["lineItems"][0]["subscriptionId"]],
        "order_id": [order["id"]], "request_id": [pending["id"]], "code": [pending["code"]], "id": [customer.id],
        "offer_id": [order["lineItems"][0]["offerId"]], "tenant": [partner.id],
    }
    return Fuzzer(program.url, {"sandbox": program.ready["sandboxToken"], "people": people}, known, SEED)


def test_no_generated_request_finds_an_answer_that_is_not_described(fuzzer, program):
    fuzzer.run(CASES, SECONDS or None)
    assert fuzzer.cases > 100 and program.is_alive
    told = [f"{label} answered {status}: {kind}\n{text}" for (label, status, kind), text in fuzzer.failures.items()]
    assert not told, f"{len(told)} kinds in {fuzzer.cases} requests\n\n" + "\n\n".join(told)
    assert any(200 in seen for seen in fuzzer.statuses.values())


def test_every_reason_of_the_server_is_in_the_document(program):
    schemas = program.anonymous.get("/openapi.json").expect(200)["components"]["schemas"]
    described = set(schemas["Reason"]["enum"]) | set(schemas["Error"]["properties"]["reason"]["anyOf"][1]["enum"])
    source = (pathlib.Path(__file__).parents[2] / "Sources/SuiroDomain/Reason.swift").read_text("utf-8")
    reasons = set(re.findall(r'case \w+ = "([A-Z_]+)"', source))
    assert len(reasons) > 100 and reasons <= described, sorted(reasons - described)
