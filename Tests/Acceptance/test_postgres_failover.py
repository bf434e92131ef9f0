"""What must hold while PostgreSQL is killed, started again and replaced by its standby, with programs at work on it.

In `make test` a few trials of each; `make torture` does as many as docs/measurements.md reports (`SUIRO_TRIALS`).
"""

import os
import random
import threading
import time

import pytest

from cluster import Cluster
from load import Ledger

TRIALS = int(os.environ.get("SUIRO_TRIALS", "3"))
# A failed-over cluster gets a new standby, which takes longer than all the rest.
FAILOVERS = max(2, TRIALS * 2 // 5)

pytestmark = pytest.mark.skipif("SUIRO_TEST_POSTGRES" not in os.environ, reason="needs PostgreSQL")


@pytest.fixture
def cluster():
    made = Cluster()
    yield made
    made.close()


def until_written(ledger, program):
    """How long it takes until somebody's write is taken again; others are told to come later, and are never left."""
    began, client = time.monotonic(), ledger.client(program)
    while True:
        answer = ledger.write(client)
        if answer.status == 201:
            return time.monotonic() - began
        assert answer.status == 503 and answer.headers["Retry-After"], answer.text
        assert time.monotonic() - began < 30, f"still refused: {answer.text}"
        time.sleep(0.02)


def under_load(ledger, programs, strike):
    """Presses all programs, strikes in between, and answers how long writes were refused afterwards."""
    over, first = threading.Event(), len(ledger.acknowledged)
    threads = [thread for program in programs for thread in ledger.press(program, over)]
    until = time.monotonic() + 20
    while len(ledger.acknowledged) < first + 10:
        assert time.monotonic() < until, "no load"
        time.sleep(0.01)
    time.sleep(random.uniform(0, 0.4))
    strike()
    gap = max(until_written(ledger, program) for program in programs)
    over.set()
    for thread in threads:
        thread.join(30)
    return gap


def test_postgres_killed_and_started_again_loses_nothing_and_no_program_has_to_be_started_again(start, cluster):
    program = start("--database-url", cluster.address)
    ledger, gaps = Ledger(program), []

    def strike():
        cluster.primary.kill()
        cluster.primary.start()

    for trial in range(TRIALS):
        gaps.append(under_load(ledger, [program], strike))
        ledger.settle(program)
        assert ledger.unknown == [] and ledger.complaints(program) == [], f"trial {trial}"
    assert ledger.gaps(program) == [] and program.is_alive
    print(f"{TRIALS} kills of PostgreSQL, {len(ledger.acknowledged)} writes acknowledged, none lost, none twice;"
          f" longest wait after its start {max(gaps):.2f} s")


def test_when_the_standby_takes_over_nothing_acknowledged_is_lost_and_nothing_is_done_twice(start, cluster):
    cluster.follow()
    programs = [start("--database-url", cluster.address) for _ in range(2)]
    ledger, gaps = Ledger(programs[0], threads=4), []

    def strike():
        cluster.primary.kill()
        cluster.fail_over()

    for trial in range(FAILOVERS):
        gaps.append(under_load(ledger, programs, strike))
        for program in programs:
            ledger.settle(program)
            assert ledger.unknown == [] and ledger.complaints(program) == [], f"trial {trial}"
        cluster.follow()
    assert ledger.gaps(programs[0]) == [] and all(program.is_alive for program in programs)
    print(f"{FAILOVERS} fail-overs, {len(ledger.acknowledged)} writes acknowledged, none lost, none twice;"
          f" longest wait after the promotion {max(gaps):.2f} s")


def test_writes_that_a_standby_never_saw_are_missed(start, cluster):
    """The planted fault: commits that wait for nobody."""
    cluster.follow()
    program = start("--database-url", cluster.address)
    ledger = Ledger(program)
    client = ledger.client(program)
    assert ledger.write(client).status == 201
    cluster.forget_to_wait()
    cluster.standby.stop()
    for _ in range(3):
        assert ledger.write(client).status == 201
    cluster.primary.kill()
    cluster.standby.start()
    cluster.fail_over()
    until_written(ledger, program)
    lost = list(ledger.acknowledged.values())[1:4]
    assert sorted(ledger.complaints(program)) == sorted(f"lost: {each}" for each in lost)
