"""suirod, as its operators use it: serving, importing, copying, checking."""

import os
import signal
import subprocess
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


def test_it_copies_everything_and_puts_it_back(place, tmp_path):
    where, _ = place
    copy = str(tmp_path / "copy.jsonl")
    suirod("backup", *where, "--output", copy)
    before = open(copy, encoding="utf-8").read()
    assert "say --yes" in suirod("restore", *where, copy, code=1)
    suirod("restore", *where, "--yes", copy)
    suirod("backup", *where, "--output", copy)
    assert open(copy, encoding="utf-8").read() == before
    assert "whole" in suirod("verify", *where)
    assert "ok" in suirod("doctor", *where)
    assert "newest schema" in suirod("migrate", *where)


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
