"""Two servers behind a load balancer on a PostgreSQL that replaces itself, as docs/howto/high-availability has it."""

import os
import random
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from cluster import free_port
from load import Ledger
from wire import Client

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/auto-failover"
TRIALS = max(1, int(os.environ.get("SUIRO_TRIALS", "3")) * 2 // 5)

pytestmark = pytest.mark.skipif("SUIRO_TEST_POSTGRES" not in os.environ, reason="needs PostgreSQL")


@pytest.fixture
def cluster(tmp_path_factory):
    """A folder of a cluster that runs, and its address."""
    folder = Path("/tmp") / f"suiro-failover-{os.getpid()}-{random.randrange(10**9)}"
    made = subprocess.run([SCRIPT, "up", folder], capture_output=True, text=True, timeout=300, check=False)
    assert made.returncode == 0, made.stderr
    yield folder, made.stdout.strip()
    subprocess.run([SCRIPT, "down", folder], capture_output=True, check=False)


class Balancer:
    """haproxy with the configuration that we hand out."""

    def __init__(self, programs, folder):
        port = free_port()
        names = {"SUIRO_LISTEN": f"127.0.0.1:{port}"}
        for name, program in zip(("SUIRO_ONE", "SUIRO_TWO"), programs, strict=True):
            names[name] = f"{program.anonymous.host}:{program.anonymous.port}"
        with open(folder / "haproxy.log", "wb") as log:
            self.process = subprocess.Popen(
                [shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", ROOT / "docs/examples/haproxy.cfg"],
                env=os.environ | names, stdout=log, stderr=subprocess.STDOUT,
            )
        self.url = f"http://127.0.0.1:{port}"
        self.ready = programs[0].ready

    def client(self, token, language=None):
        return Client(self.url, token, language)

    def wait_until_up(self):
        until = time.monotonic() + 20
        while True:
            try:
                if Client(self.url).get("/readyz").status == 200:
                    return
            except OSError:
                pass
            assert time.monotonic() < until and self.process.poll() is None
            time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def until_written(ledger, way, limit):
    """Seconds until a write is taken again. What nobody answered is settled later."""
    began = time.monotonic()
    while True:
        try:
            answer = ledger.write(ledger.client(way))
            if answer.status == 201:
                return time.monotonic() - began
            last = f"{answer.status} {answer.text}"
        except OSError as error:
            last = repr(error)
        assert time.monotonic() - began < limit, f"still refused: {last}"
        time.sleep(0.05)


def test_a_primary_that_dies_and_a_server_that_dies_are_replaced_and_no_promise_is_broken(start, cluster, tmp_path):
    folder, address = cluster
    programs = [start("--database-url", address) for _ in range(2)]
    ledger, waits = Ledger(programs[0], threads=4), {"database": [], "server": []}
    balancer = Balancer(programs, tmp_path)
    try:
        balancer.wait_until_up()

        def under_load(strike, limit):
            over, first = threading.Event(), len(ledger.acknowledged)
            threads = ledger.press(balancer, over)
            until = time.monotonic() + 30
            while len(ledger.acknowledged) < first + 10:
                assert time.monotonic() < until, "no load"
                time.sleep(0.01)
            strike()
            wait = until_written(ledger, balancer, limit)
            over.set()
            for thread in threads:
                thread.join(60)
            ledger.settle(balancer)
            assert ledger.unknown == [] and ledger.complaints(balancer) == []
            return wait

        def kill_primary():
            subprocess.run([SCRIPT, "kill", folder], check=True, capture_output=True, timeout=60)

        for _ in range(TRIALS):
            waits["database"].append(under_load(kill_primary, limit=60))
            subprocess.run([SCRIPT, "start", folder], check=True, capture_output=True, timeout=180)

        def kill_server():
            programs[0].process.kill()
            programs[0].process.wait()

        waits["server"].append(under_load(kill_server, limit=20))
        assert ledger.gaps(balancer) == [] and programs[1].is_alive
    finally:
        balancer.stop()
    print(f"{TRIALS} automatic fail-overs and one dead server, {len(ledger.acknowledged)} writes acknowledged, none lost, "
          f"none twice; longest wait {max(waits['database']):.1f} s for the database, {max(waits['server']):.1f} s for the server")
