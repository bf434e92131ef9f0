"""PostgreSQL servers of their own: a primary, and a standby that every commit waits for."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def as_postgres(command, **more):
    """PostgreSQL refuses to run as root."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run([*user, *map(str, command)], check=True, capture_output=True, text=True, cwd="/tmp", **more)


class Node:
    """One PostgreSQL server and its folder."""

    def __init__(self, folder, name):
        self.folder, self.name, self.port = folder, name, free_port()
        self.data = folder / name

    def configure(self):
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(
                f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n"
                "max_connections = 100\nshared_buffers = 32MB\nmax_wal_size = 256MB\njit = off\nhot_standby = on\n"
                "max_wal_senders = 8\nwal_keep_size = 64MB\nrestart_after_crash = on\n"
            )

    def start(self):
        """Also straight after a kill, when the last of its processes may not have gone yet."""
        until = time.monotonic() + 60
        while True:
            try:
                return as_postgres([BINARIES / "pg_ctl", "start", "-D", self.data, "-w", "-l", self.data / "log"])
            except subprocess.CalledProcessError:
                assert time.monotonic() < until, (self.data / "log").read_text()[-2000:]
                time.sleep(0.1)

    def stop(self):
        as_postgres([BINARIES / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w"])

    @property
    def is_running(self):
        return (self.data / "postmaster.pid").exists()

    def kill(self):
        """As if the machine had gone: every process of it at once, and nothing said to anybody."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False)
        for pid in [first, *map(int, listed.stdout.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def sql(self, statement, database="suiro"):
        address = ["-h", self.folder, "-p", self.port, "-U", "postgres", "-d", database]
        return as_postgres([BINARIES / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *address, "-c", statement]).stdout


class Cluster:
    """Two servers, of which the first is the primary until it is killed and `fail_over` is called."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="suiro-cluster-"))
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.primary, self.standby = Node(self.folder, "a"), Node(self.folder, "b")
        flags = ["-U", "postgres", "--locale=C", "--encoding=UTF8", "--auth=trust", "--no-sync", "--data-checksums"]
        as_postgres([BINARIES / "initdb", "-D", self.primary.data, *flags])
        self.primary.configure()
        self.primary.start()
        self.primary.sql("CREATE ROLE suiro LOGIN CREATEDB", "postgres")
        self.primary.sql("CREATE DATABASE suiro OWNER suiro", "postgres")

    @property
    def address(self):
        """Names both servers; libpq finds the one that takes writes."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in sorted((self.primary, self.standby), key=lambda n: n.name))
        return f"postgresql://suiro@{hosts}/suiro?target_session_attrs=read-write&connect_timeout=5"

    def follow(self):
        """Makes the standby anew from the primary; from then on every commit waits for it."""
        if self.standby.is_running:
            self.standby.kill()
        shutil.rmtree(self.standby.data, ignore_errors=True)
        source = ["-h", "127.0.0.1", "-p", self.primary.port, "-U", "postgres"]
        as_postgres([BINARIES / "pg_basebackup", *source, "-D", self.standby.data, "-R", "-X", "stream", "-c", "fast", "--no-sync"])
        self.standby.configure()
        self.standby.start()
        self.primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.sql("SELECT pg_reload_conf()")
        self._wait("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1")

    def forget_to_wait(self):
        """The planted fault: commits wait for nobody."""
        self.primary.sql("ALTER SYSTEM RESET synchronous_standby_names")
        self.primary.sql("SELECT pg_reload_conf()")
        self._wait("SHOW synchronous_standby_names", "")

    def fail_over(self):
        """The standby becomes the primary; the other one is made anew by `follow`."""
        as_postgres([BINARIES / "pg_ctl", "promote", "-D", self.standby.data, "-w"])
        self.primary, self.standby = self.standby, self.primary

    def _wait(self, question, answer):
        until = time.monotonic() + 30
        while (found := self.primary.sql(question).strip()) != answer:
            assert time.monotonic() < until, f"{question}: {found}"
            time.sleep(0.05)

    def close(self):
        for node in (self.primary, self.standby):
            if node.is_running:
                node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
