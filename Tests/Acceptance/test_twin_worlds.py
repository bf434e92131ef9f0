"""N-04, N-05: two worlds that differ only in what one tenant owns answer everybody else byte for byte alike.

SUIRO_TWIN_PAIRS says how many pairs of worlds are compared (10; before a release 2,000), SUIRO_TWIN_SEED where to begin.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from program import Program
from twins import CUSTOMER_ROLES, CUSTOMERS, PAIRS, PARTNER_ROLES, PARTNERS, START, Questions, Side

COUNT = int(os.environ.get("SUIRO_TWIN_PAIRS", "10"))
FIRST = int(os.environ.get("SUIRO_TWIN_SEED", "1"))
REQUESTS = 50


@pytest.fixture(scope="module")
def programs(database, tmp_path_factory):
    """Two programs with a database each."""
    running = []
    for _ in range(2):
        running.append(Program(tmp_path_factory.mktemp("twin"), "--clock", START, *database.fresh()))
    yield running
    for program in running:
        program.stop()


@pytest.fixture(scope="module")
def description(programs):
    return programs[0].anonymous.get("/openapi.json").expect(200)


def built(programs, seed):
    sides = [Side(program) for program in programs]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: pair[0].build(pair[1]), zip(sides, PAIRS[seed % len(PAIRS)])))
    return sides


def strangers(seed):
    """Every organization that has nothing to do with the tenant, each pair in another role, and the operator."""
    for index, name in enumerate(PARTNERS):
        yield name, PARTNER_ROLES[(seed + index) % len(PARTNER_ROLES)]
    for index, name in enumerate(CUSTOMERS):
        yield name, CUSTOMER_ROLES[(seed + index) % len(CUSTOMER_ROLES)]
    yield "operator", "operator"
    yield "anonymous", "anonymous"


def compare(sides, name, role, request):
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda side: side.ask(name, role, request), sides))
    return [side.heard(answer) for side, answer in zip(sides, answers)], answers


def told(request, name, role, seed, left, right):
    """Where the two answers part, in a few lines."""
    one, other = str(left), str(right)
    at = next((at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
    around = slice(max(0, at - 160), at + 240)
    return f"pair {seed}, {name} as {role}: {request}\n… {one[around]}\n… {other[around]}"


@pytest.mark.parametrize("seed", range(FIRST - 1, FIRST - 1 + COUNT))
def test_N_05_whoever_has_nothing_to_do_with_a_tenant_is_answered_alike_in_both_worlds(programs, description, seed):
    sides = built(programs, seed)
    questions = Questions(description, seed)
    try:
        statuses = set()
        for name, role in strangers(seed):
            for _ in range(REQUESTS):
                request = questions.draw(name)
                (left, right), answers = compare(sides, name, role, request)
                statuses.add(answers[0].status)
                assert left == right, told(request, name, role, seed, left, right)
                if request["method"] not in ("GET", "HEAD", "OPTIONS") and answers[0].status < 300:
                    for side in sides:
                        side.settle()  # What was due is sent before the next request may take the right to hear it.
        assert {200, 403, 404} <= statuses, "somebody was let in somewhere, or nothing was asked"
        for side in sides:
            side.settle("P3D")
        (mails, posts), (other_mails, other_posts) = (side.sent() for side in sides)
        assert mails == other_mails and posts == other_posts
        assert mails != "[]" and any(posts.values()), "there was something to compare"
    finally:
        for side in sides:
            side.close()


@pytest.mark.parametrize("seed", range(min(COUNT, len(PAIRS))))
def test_the_tenants_own_partner_and_its_administrator_do_see_the_difference(programs, seed):
    sides = built(programs, seed)
    try:
        paths = [
            "/v1/customers", "/v1/customers/«tenant»", "/multichannel/v1/customers/«tenant»/subscriptions",
            "/multichannel/v1/customers/«tenant»/moves", "/v1/customers/«tenant»/orders",
            "/v1.0/tenantRelationships/delegatedAdminRelationships", "/multichannel/v1/relationshiprequests",
            "/multichannel/v1/imports/«tenant.import»", "/v1/auditrecords?size=500",
        ]
        seen = []
        for path in paths:
            request = {"method": "GET", "path": path, "headers": {}, "body": None}
            (left, right), _ = compare(sides, "keeper", "adminAgent", request)
            seen.append(left != right)
        assert any(seen), "what differs is invisible to everybody: the comparison above proves nothing"
    finally:
        for side in sides:
            side.close()
