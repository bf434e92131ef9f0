"""suirod, as its operators use it: serving, importing, copying, checking."""

import base64
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from program import PROGRAM

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
HEADER = "ProviderName,BillingAccountId,SubAccountId,SubAccountName,BillingPeriodStart,BillingPeriodEnd," \
         "BillingCurrency,BilledCost,ServiceName"


def row(account, cost, service="Storage"):
    return f"Microsoft,1,/subscriptions/{account},{account},2024-09-01 00:00:00,2024-10-01 00:00:00,USD,{cost},{service}"


def suirod(*arguments, code=0):
    ended = subprocess.run([SUIROD, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout if code == 0 else ended.stderr


@pytest.fixture
def place(start, database, tmp_path):
    """A database with the demo world in it that no program has open, and a token of its technician."""
    where = database.fresh() or ["--data", str(tmp_path / "kept")]
    program = start("--demo", *where)
    token = program.ready["personas"]["hanako"]["token"]
    program.stop()
    return where, token


def test_it_imports_a_cost_file_once_and_names_every_bad_row(place, tmp_path):
    where, _ = place
    good = tmp_path / "good.csv"
    good.write_text("\n".join([HEADER, row("a", "0.1"), row("a", "0.2"), row("b", "0.00000000003")]) + "\n")
    arguments = ["import", *where, "--format", "focus", "--customer", "mirai-shoji.example", str(good)]
    assert "3 rows, 2 subscriptions" in (first := suirod(*arguments)) and "0.30000000003 USD" in first
    assert "imported before" in suirod(*arguments)
    bad = tmp_path / "bad.csv"
    bad.write_text("\n".join([HEADER, row("c", "0.1"), row("c", "a lot")]) + "\n")
    ended = subprocess.run([SUIROD, *arguments[:-1], str(bad)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and "line 3\tBilledCost\ta lot\tnotANumber" in ended.stdout


def kept(copy):
    """A copy's lines without what the server notes of the time and of copies."""
    lines = open(copy, encoding="utf-8").read().splitlines()
    return [line for line in lines if not line.startswith(('["clock.newest"', '["restore.unconfirmed"'))]


def test_D_11_nobody_is_served_from_a_copy_before_somebody_has_read_what_it_brings_back(place, tmp_path):
    where, _ = place
    copy = str(tmp_path / "copy.jsonl")
    suirod("backup", *where, "--output", copy)
    suirod("restore", *where, "--yes", copy)
    refused = suirod("serve", "--port", "0", *where, code=1)
    assert "confirm-restore" in refused and "控え" in refused and refused.count("\n") == 1
    listed = suirod("confirm-restore", *where)
    assert "resellerTie" in listed and "say --yes" in listed.lower()
    suirod("serve", "--port", "0", *where, code=1)
    assert "confirmed" in suirod("confirm-restore", *where, "--yes")
    assert "No restored copy" in suirod("confirm-restore", *where)
    process = subprocess.Popen([SUIROD, "serve", "--port", "0", *where], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL)
    assert "ready" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_D_04_a_server_whose_clock_is_behind_its_database_does_not_start(place, tmp_path):
    where, _ = place
    suirod("migrate", *where)
    copy = str(tmp_path / "copy.jsonl")
    suirod("backup", *where, "--output", copy)
    lines = open(copy, encoding="utf-8").read().splitlines()
    year = next(line for line in lines if line.startswith('["clock.newest"'))[len('["clock.newest","'):][:4]
    ahead = [line.replace(year, str(int(year) + 1)) if line.startswith('["clock.newest"') else line for line in lines]
    (tmp_path / "ahead.jsonl").write_text("\n".join(ahead) + "\n", encoding="utf-8")
    suirod("restore", *where, "--yes", str(tmp_path / "ahead.jsonl"))
    for command in (["serve", "--port", "0"], ["confirm-restore", "--yes"], ["migrate"]):
        refused = suirod(*command, *where, code=1)
        assert "clock of this machine" in refused and "time.tolerance" in refused, refused
    assert "confirmed" in suirod("confirm-restore", "--yes", "--time-tolerance", "31536000", *where)
    # A copy does not take the clock back either.
    suirod("restore", *where, "--time-tolerance", "31536000", "--yes", copy)
    assert "clock of this machine" in suirod("serve", "--port", "0", *where, code=1)


def test_it_copies_everything_and_puts_it_back(place, tmp_path):
    where, _ = place
    copy = str(tmp_path / "copy.jsonl")
    suirod("backup", *where, "--output", copy)
    before = kept(copy)
    assert "say --yes" in suirod("restore", *where, copy, code=1)
    suirod("restore", *where, "--yes", copy)
    suirod("backup", *where, "--output", copy)
    assert kept(copy) == before
    assert "whole" in suirod("verify", *where)
    assert "ok" in suirod("doctor", *where)
    assert "newest schema" in suirod("migrate", *where)


def test_the_doctor_names_what_is_wrong_and_what_to_do(place):
    where, _ = place
    told = suirod("doctor", *where)
    for subject in ("database", "policy edition", "policy review", "event log", "webhooks", "key of heads", "master key"):
        assert re.search(rf"^{subject} +(ok|LOOK) +\S", told, re.M), subject
    assert re.search(r"^public url +LOOK +not set", told, re.M) and "WRONG" not in told
    assert re.search(r"^public url +ok +https://partner.example", suirod("doctor", *where, "--public-url",
                     "https://partner.example"), re.M)
    if where[0] == "--data":
        assert re.search(r"^disk space +\w+ +\d+ MB left", told, re.M)
        assert re.search(r"^disk sync +\w+ +[\d.]+ ms for a page", told, re.M)
        assert not [path for path in os.listdir(where[1]) if "doctor" in path]


def test_it_serves_the_same_world_without_the_sandbox_and_ends_in_time(place, tmp_path):
    where, token = place
    settings = tmp_path / "suirod.yaml"
    settings.write_text("host: 127.0.0.1\nport: 0\nlog:\n  level: info\n")
    process = subprocess.Popen(
        [SUIROD, "serve", "--config", str(settings), *where], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url = process.stdout.readline().split()[-1]
        request = urllib.request.Request(f"{url}/v1/customers", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200 and b"mirai-shoji.example" in answer.read()
        for path, status in [("/readyz", 200), ("/healthz", 200), ("/metrics", 200), ("/sandbox/v1/clock", 404)]:
            try:
                with urllib.request.urlopen(url + path, timeout=10) as answer:
                    assert answer.status == status, path
            except urllib.error.HTTPError as error:
                assert error.code == status, path
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.mark.parametrize("arguments, words", [
    (["--cloud", "moon", "--data", "x"], "public, usgov, germany"),
    (["--database-url", "mysql://x"], "postgresql://"),
    ([], "--data FOLDER"),
    (["--config", "/nowhere.yaml", "--data", "x"], "/nowhere.yaml"),
])
def test_a_bad_setting_stops_the_start_with_one_sentence(arguments, words):
    assert words in suirod("serve", *arguments, code=1)


def test_ASVS_3_4_1_behind_https_every_answer_promises_https_for_two_years(place):
    where, _ = place
    process = subprocess.Popen([SUIROD, "serve", "--port", "0", "--public-url", "https://centre.example", *where],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        port = next(
            port for port in iter(lambda: listening(process.pid), None) if port or process.poll() is not None)
        for path in ("/", "/sign-in", "/v1/customers", "/no/such/page", "/healthz", "/style.css"):
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10)
            except urllib.error.HTTPError as error:
                answer = error
            assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains", path
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def listening(pid):
    """The port a process listens on, as the kernel knows it; 0 as long as there is none."""
    inodes = set()
    for entry in os.scandir(f"/proc/{pid}/fd"):
        try:
            inodes.add(os.readlink(entry.path))
        except OSError:
            pass
    for line in open(f"/proc/{pid}/net/tcp", encoding="ascii").readlines()[1:]:
        parts = line.split()
        if parts[3] == "0A" and f"socket:[{parts[9]}]" in inodes:
            return int(parts[1].split(":")[1], 16)
    time.sleep(0.05)
    return 0


def test_an_empty_database_gets_its_organizations_and_the_first_who_signs_in(database, tmp_path, monkeypatch):
    where = database.fresh() or ["--data", str(tmp_path / "new")]
    key = tmp_path / "master.key"
    key.write_text(base64.b64encode(os.urandom(32)).decode())
    key.chmod(0o600)
    monkeypatch.setenv("SUIRO_MASTER_KEY_FILE", str(key))

    def organization(kind, name, domain, *more, code=0):
        return suirod("organization", *where, "--kind", kind, "--name", name, "--domain", domain, "--country", "JP",
                      *more, code=code)

    tenant = "5d0c6f2e-8a31-4b97-9c44-71e2b3a6f058"
    assert tenant in organization("indirectProvider", "青空ホールディングス", "aozora.example", "--id", tenant, "--language", "ja")
    told = organization("indirectReseller", "Tozai", "tozai.example", "--provider", "aozora.example", "--mpn-id", "5510021")
    assert re.fullmatch(r"organization [0-9a-f-]{36}\n", told)
    for kind, name, domain, more, words in (
        ("direct", "Other", "AOZORA.example", (), "another organization's"),
        ("direct", "Other", "other.example", ("--id", tenant), "--id"),
        ("seller", "Other", "other.example", (), "none of direct"),
        ("direct", "Other", "no domain", (), "no domain"), ("direct", "", "other.example", (), "--name"),
        ("direct", "Other", "other.example", ("--country", "ZZ"), "--country"),
        ("direct", "Other", "other.example", ("--provider", "aozora.example"), "--provider"),
        ("indirectReseller", "Other", "other.example", ("--provider", "tozai.example"), "--provider"),
        ("direct", "Other", "other.example", ("--id", "here"), "no tenant id"),
    ):
        assert words in organization(kind, name, domain, *more, code=1), (kind, name, domain, more)
    link = suirod("person", *where, "--tenant", "tozai.example", "--mail", "h@tozai.example", "--name", "Hanako",
                  "--role", "adminAgent", "--public-url", "https://partner.example")
    assert "link https://partner.example/enrol/" in link
    exported = tmp_path / "log.jsonl"
    suirod("export-audit", *where, "--output", str(exported))
    assert exported.read_text("utf-8").count("organizationAdded") >= 2
