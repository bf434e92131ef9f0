"""What must hold while a program is killed, ended and overloaded, again and again.

In `make test` a few trials of each; `make torture` does as many as docs/measurements.md reports (`SUIRO_TRIALS`).
"""

import os
import random
import socket
import sqlite3
import threading
import time

import pytest

import powercut
from load import Ledger, run_sql
from program import ENDS_WITHIN
from test_concurrency import at_once

TRIALS = int(os.environ.get("SUIRO_TRIALS", "3"))


@pytest.fixture
def durable(database, tmp_path):
    return ["--data", str(tmp_path / "kept")] if database.name == "sqlite" else database.fresh()


def test_killed_under_load_it_loses_nothing_that_it_acknowledged_and_does_nothing_twice(start, durable):
    program = start(*durable)
    ledger = Ledger(program)
    for trial in range(TRIALS):
        over = threading.Event()
        threads = ledger.press(program, over)
        time.sleep(random.uniform(0.05, 0.8))
        program.process.kill()
        program.process.wait()
        over.set()
        for thread in threads:
            thread.join(10)
        program = start(*durable)
        ledger.settle(program)
        assert ledger.unknown == [] and ledger.complaints(program) == [], f"trial {trial}"
    assert ledger.gaps(program) == []
    print(f"{TRIALS} kills, {len(ledger.acknowledged)} writes acknowledged, none lost, none twice")


def test_a_write_that_was_lost_or_done_twice_would_be_seen(start, durable):
    """The faults are planted behind the program's back."""
    program = start(*durable)
    ledger = Ledger(program)
    for _ in range(5):
        assert ledger.write(ledger.client(program)).status == 201
    assert ledger.complaints(program) == []
    program.stop()
    lost, other, *_ = ledger.acknowledged.values()
    twice = ledger.asked[list(ledger.acknowledged)[2]]
    run_sql(durable, f"DELETE FROM subscription WHERE id = '{lost}'")
    run_sql(durable, f"UPDATE subscription SET name = '{twice}' WHERE id = '{other}'")
    assert sorted(ledger.complaints(start(*durable))) == [f"lost: {lost}", f"twice: {twice}"]


def test_ended_under_load_with_slow_clients_it_answers_what_it_took_and_goes(start, durable):
    program = start(*durable)
    ledger = Ledger(program)
    for trial in range(TRIALS):
        over = threading.Event()
        threads = ledger.press(program, over)
        slow = [socket.create_connection((program.anonymous.host, program.anonymous.port)) for _ in range(10)]
        for line in slow:
            line.sendall(b"POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        time.sleep(random.uniform(0.05, 0.5))
        took = program.stop()
        over.set()
        for line in slow:
            line.close()
        for thread in threads:
            thread.join(10)
        assert took < ENDS_WITHIN, f"trial {trial}"
        program = start(*durable)
        ledger.settle(program)
        assert ledger.complaints(program) == [], f"trial {trial}"
    assert [answer.status for answer in ledger.refused if answer.status != 503] == []
    print(f"{TRIALS} drains under load")


@pytest.mark.parametrize("lies", [False, True], ids=["a disk that keeps its word", "a disk that lies"])
def test_a_power_cut_takes_nothing_that_was_acknowledged(start, tmp_path, monkeypatch, lies):
    """SQLite, on a disk that keeps what was synced and of the rest any sectors, torn writes among them. On a disk that
    says it has synced and has not, acknowledged writes are lost, and that is seen: the planted fault."""
    kept, journal = tmp_path / "kept", tmp_path / "journal"
    monkeypatch.setenv("LD_PRELOAD", str(powercut.built(tmp_path)))
    monkeypatch.setenv("SUIRO_CUT_FOLDER", str(kept))
    monkeypatch.setenv("SUIRO_CUT_JOURNAL", str(journal))
    if lies:
        monkeypatch.setenv("SUIRO_CUT_LIES", "1")
    program = start("--data", str(kept))
    monkeypatch.delenv("LD_PRELOAD")
    promised = []

    class Dated(Ledger):
        def write(self, client, key=None):
            answer = super().write(client, key)
            if answer.status == 201:
                promised.append((journal.stat().st_size, answer.json["id"]))
            return answer

    ledger, over = Dated(program), threading.Event()
    first = journal.stat().st_size
    threads = ledger.press(program, over)
    time.sleep(2)
    program.process.kill()
    program.process.wait()
    over.set()
    for thread in threads:
        thread.join(10)
    notes, chance, wrong = powercut.Journal(journal), random.Random(20261124), []
    moments = [note[0] for note in notes.notes if note[0] >= first]
    for trial in range(TRIALS * 5):
        place = chance.choice(moments)
        folder = powercut.emptied(tmp_path / "recovered")
        notes.cut(place, chance, folder)
        whole, found, broken = powercut.examine(folder)
        lost = {id for at, id in promised if at <= place} - found
        if whole != "ok" or lost or broken:
            wrong.append(f"cut {trial} at {place}: {whole}, {len(lost)} lost, {broken}")
    assert len(promised) > 20
    assert bool(wrong) == lies, wrong[:5]
    print(f"{TRIALS * 5} power cuts among {len(promised)} acknowledged writes; {len(wrong)} lost something")


def test_a_full_disk_is_told_takes_nothing_and_heals_without_a_restart(start, tmp_path, monkeypatch):
    kept, flag = tmp_path / "kept", tmp_path / "full"
    monkeypatch.setenv("LD_PRELOAD", str(powercut.built(tmp_path)))
    monkeypatch.setenv("SUIRO_CUT_FOLDER", str(kept))
    monkeypatch.setenv("SUIRO_CUT_FULL", str(flag))
    program = start("--data", str(kept))
    monkeypatch.delenv("LD_PRELOAD")
    ledger = Ledger(program)
    client = ledger.client(program)
    for _ in range(TRIALS):
        assert ledger.write(client).status == 201
        flag.touch()
        for _ in range(3):
            answer = ledger.write(client)
            assert answer.status == 503 and answer.json["description"] and "Retry-After" in answer.headers
        # Who only looks is answered all the same.
        assert client.get(f"/v1/customers/{ledger.customer.id}").status == 200
        flag.unlink()
        ledger.settle(program)
        assert ledger.unknown == [] and ledger.complaints(program) == []
    assert ledger.gaps(program) == []


def test_while_somebody_else_holds_the_database_writes_are_refused_and_never_left_waiting(start, tmp_path):
    kept = tmp_path / "kept"
    program = start("--data", str(kept))
    ledger = Ledger(program)
    client = ledger.client(program)
    (file,) = kept.glob("*.sqlite")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answers = at_once([lambda: ledger.write(client)] * 5)
    assert {answer.status for answer in answers} == {503} and all("Retry-After" in each.headers for each in answers)
    holder.execute("ROLLBACK")
    holder.close()
    ledger.settle(program)
    assert ledger.unknown == [] and ledger.complaints(program) == []
