"""Starts the program under test as anybody would, and ends it as an operator would."""

import json
import os
import signal
import subprocess
import time
import uuid
from urllib.parse import urlsplit, urlunsplit

from wire import Client

PROGRAM = os.environ.get("SUIRO_SANDBOX", "suiro-sandbox")
STARTS_WITHIN = 60
ENDS_WITHIN = 10


class Program:
    """A running suiro-sandbox."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        name = uuid.uuid4().hex[:8]
        self.ready_file = folder / f"ready-{name}.json"
        self.log = folder / f"log-{name}.txt"
        command = [PROGRAM, "up", "--port", "0", "--ready-file", str(self.ready_file), *arguments]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.ready = self._wait_until_ready()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        self.url = self.ready["url"]
        self.anonymous = Client(self.url)
        self.sandbox = Client(self.url, self.ready["sandboxToken"])

    def _wait_until_ready(self):
        until = time.monotonic() + STARTS_WITHIN
        while not self.ready_file.exists():
            assert self.process.poll() is None, f"ended before it was ready: {self.log.read_text()}"
            assert time.monotonic() < until, f"not ready within {STARTS_WITHIN} s: {self.log.read_text()}"
            time.sleep(0.02)
        return json.loads(self.ready_file.read_text())

    def client(self, token, language=None):
        return Client(self.url, token, language)

    def persona(self, role):
        """A client for the first persona that has the role."""
        found = next(p for p in self.ready["personas"].values() if role in p["roles"])
        return self.client(found["token"])

    @property
    def is_alive(self):
        return self.process.poll() is None

    def resident_kilobytes(self):
        for line in open(f"/proc/{self.process.pid}/status", encoding="ascii", errors="replace"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def stop(self):
        """SIGTERM, and an end within ten seconds. Answers how long it took."""
        if self.process.poll() is None:
            began = time.monotonic()
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"still running {ENDS_WITHIN} s after SIGTERM: {self.log.read_text()}") from None
            assert self.process.returncode == 0, f"ended with {self.process.returncode}: {self.log.read_text()}"
            return time.monotonic() - began
        raise AssertionError(f"it was gone already, with {self.process.returncode}: {self.log.read_text()}")


def run(*arguments, timeout=30):
    """The program where it is not expected to stay: its exit code and what it said."""
    ended = subprocess.run([PROGRAM, "up", *arguments], capture_output=True, text=True, timeout=timeout, check=False)
    return ended.returncode, ended.stdout, ended.stderr


class SQLite:
    """A database in memory for each program."""

    name = "sqlite"

    def fresh(self):
        return []

    def close(self):
        pass


class PostgreSQL:
    """Empty databases on a server that is there already. One that nobody uses any more is emptied and used again,
    because dropping is slow; at the end all are dropped."""

    name = "postgres"

    def __init__(self, url):
        self.url = url
        self.made, self.others = [], []

    def fresh(self):
        busy = self._run("SELECT datname FROM pg_stat_activity WHERE datname LIKE 'acceptance_%'").split()
        idle = [name for name in self.made if name not in busy]
        if idle:
            self._run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", idle[0])
            return ["--database-url", self._address(idle[0])]
        return self.created("C")

    def created(self, locale):
        name = f"acceptance_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} LOCALE '{locale}' TEMPLATE template0")
        (self.made if locale == "C" else self.others).append(name)
        return ["--database-url", self._address(name)]

    def close(self):
        for name in self.made + self.others:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _address(self, name):
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))

    def _run(self, statement, database=None):
        address = self._address(database) if database else self.url
        command = ["psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
