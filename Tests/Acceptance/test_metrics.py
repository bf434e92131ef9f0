"""/metrics: what whoever watches over a server reads."""

import json
import re
from pathlib import Path

from test_concurrency import at_once
from world import World

ROOT = Path(__file__).resolve().parents[2]


def values(program):
    lines = program.anonymous.get("/metrics").text.splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}


def test_commits_their_sizes_and_waits_are_told(program, world, database):
    before = values(program)
    partners = at_once([world.partner] * 20)
    assert len({partner.id for partner in partners}) == 20
    after = values(program)
    assert after["suiro_store_batch_size_sum"] - before["suiro_store_batch_size_sum"] >= 20
    commits = after["suiro_store_commit_seconds_count"] - before["suiro_store_commit_seconds_count"]
    if database.name == "sqlite":
        assert commits < 20, "twenty writes at the same moment share commits"
    else:
        assert commits >= 20
        assert after["suiro_store_connection_wait_seconds_count"] > before["suiro_store_connection_wait_seconds_count"]
    assert after["suiro_store_writes_waiting"] == 0 and after["suiro_store_retries_total"] >= 0


def test_every_series_has_a_help_and_a_type_and_its_buckets_only_grow(program, world):
    world.partner()
    text = program.anonymous.get("/metrics").text
    names = {re.sub(r"_(bucket|sum|count)$", "", re.split(r"[{ ]", line)[0]) for line in text.splitlines()
             if line and not line.startswith("#")}
    for name in names:
        assert f"# HELP {name} " in text and f"# TYPE {name} " in text, name
    for name in ("suiro_store_batch_size", "suiro_store_commit_seconds", "suiro_store_connection_wait_seconds"):
        counts = [int(n) for n in re.findall(rf'^{name}_bucket{{le="[^"]+"}} (\d+)$', text, re.M)]
        assert counts == sorted(counts) and len(counts) >= 7


def test_the_dashboard_draws_series_that_there_are(start, database):
    program = start("--limits", *database.fresh())
    World(program).partner().act("adminAgent").get("/v1/customers").expect(200)
    text = program.anonymous.get("/metrics").text
    board = json.loads((ROOT / "docs/examples/dashboard.json").read_text("utf-8"))
    asked = {name for panel in board["panels"] for target in panel["targets"]
             for name in re.findall(r"suiro_\w+", target["expr"])}
    told = set(re.findall(r"^# TYPE (\w+)", text, re.M))
    assert len(asked) >= 8
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked} <= told
