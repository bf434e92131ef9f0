"""A standby answers lists and reports, and nobody can tell by what is answered."""

import os
import threading

import pytest

from cluster import Cluster
from load import Ledger

pytestmark = pytest.mark.skipif("SUIRO_TEST_POSTGRES" not in os.environ, reason="needs PostgreSQL")


@pytest.fixture(scope="module")
def cluster():
    made = Cluster()
    made.follow()
    yield made
    made.close()


@pytest.fixture
def programs(start, cluster, monkeypatch):
    """Two servers on one primary, each with the standby as its replica."""
    monkeypatch.setenv(
        "SUIRO_DATABASE_REPLICA_URL",
        f"postgresql://suiro@127.0.0.1:{cluster.standby.port}/suiro?target_session_attrs=standby&connect_timeout=2",
    )
    return [start("--database-url", cluster.address) for _ in range(2)]


def outcomes(program):
    found = {}
    for line in program.anonymous.get("/metrics").text.splitlines():
        if line.startswith("suiro_store_replica_reads_total{"):
            found[line.split('"')[1]] = int(line.rsplit(" ", 1)[1])
    return found


def rise(program, before):
    return {name: count - before.get(name, 0) for name, count in outcomes(program).items()}


def write_and_list(ledger, writer, reader, times):
    """Each write is in the list that is asked for right after it, whichever server is asked."""
    there = {item["id"] for item in ledger.client(reader).get(ledger.path).expect(200)["items"]}
    for _ in range(times):
        answer = ledger.write(ledger.client(writer))
        assert answer.status == 201
        there.add(answer.json["id"])
        listed = ledger.client(reader).get(ledger.path).expect(200)["items"]
        assert {item["id"] for item in listed} == there


def test_everybody_reads_what_was_written_before_by_whichever_server_while_the_standby_answers(programs):
    one, two = programs
    ledger = Ledger(one)
    before = outcomes(two)
    write_and_list(ledger, one, two, 40)
    assert rise(two, before)["answered"] > 0 and rise(two, before)["away"] == 0
    # Nobody writes: then the standby has everything.
    before, client = outcomes(two), ledger.client(two)
    for _ in range(20):
        client.get(ledger.path).expect(200)
    assert rise(two, before)["answered"] >= 15, outcomes(two)


def test_a_right_that_is_taken_away_is_gone_in_the_next_list(programs):
    """The facts that the gate decides by are read where the list is read."""
    one, two = programs
    ledger = Ledger(one)
    client = ledger.client(two)
    client.get(ledger.path).expect(200)
    over = threading.Event()
    threads = ledger.press(one, over)
    admin = one.client(ledger.customer.tokens["globalAdmin"])
    grants = [grant for grant in admin.get(f"/multichannel/v1/customers/{ledger.customer.id}/access").expect(200)["items"]
              if grant.get("partnerId", ledger.partner.id) == ledger.partner.id and not grant.get("endedAt")]
    assert grants
    for grant in grants:
        admin.delete(f"/multichannel/v1/customers/{ledger.customer.id}/access/{grant['id']}")
    refused = client.get(ledger.path)
    over.set()
    for thread in threads:
        thread.join(10)
    assert refused.status in (403, 404), refused.text


def test_a_standby_that_is_behind_or_away_is_passed_over(programs, cluster):
    one, two = programs
    ledger = Ledger(one)
    cluster.standby.sql("SELECT pg_wal_replay_pause()")
    before = outcomes(two)
    write_and_list(ledger, one, two, 5)
    assert rise(two, before)["behind"] >= 5, "each list after a write"
    cluster.standby.sql("SELECT pg_wal_replay_resume()")
    cluster.forget_to_wait()
    cluster.standby.kill()
    before = outcomes(two)
    write_and_list(ledger, one, two, 5)
    assert rise(two, before)["away"] >= 5
    cluster.standby.start()
    began = outcomes(two)["answered"]
    for _ in range(200):
        ledger.client(two).get(ledger.path).expect(200)
        if outcomes(two)["answered"] > began:
            return
        threading.Event().wait(0.1)
    raise AssertionError("it is not asked again")
