"""The event log verified without the server: signed heads, exports, and two verifiers that share no code."""

import json
import os
import random
import subprocess
import sys

import pytest

from program import PROGRAM, Program, run

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
SCRIPT = os.path.join(os.path.dirname(__file__), "..", "..", "scripts", "verify-audit")


def called(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)


def suirod(*arguments, code=0):
    ended = called(SUIROD, *arguments)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with a demo world that has lived for three days, its log, its heads and the public key."""
    folder = tmp_path_factory.mktemp("audit")
    program = Program(folder, "--demo", "--data", str(folder / "kept"))
    for _ in range(3):
        program.sandbox.post("/sandbox/v1/clock/advance", {"by": "P1D"}).expect(200)
    program.stop()
    where = ["--data", str(folder / "kept")]
    suirod("export-audit", *where, "--output", str(folder / "log.jsonl"))
    suirod("heads", *where, "--output", str(folder / "heads.jsonl"))
    (folder / "key.txt").write_text(suirod("heads", *where, "--public-key"))
    return folder


def swift(folder, log, heads="heads.jsonl"):
    return called(SUIROD, "verify", "--export", str(log), "--heads", str(folder / heads), "--key", str(folder / "key.txt"))


def python(folder, log, heads="heads.jsonl"):
    return called(sys.executable, SCRIPT, str(log), "--heads", str(folder / heads), "--key", str(folder / "key.txt"))


def test_both_verifiers_find_the_log_whole_and_each_day_has_its_head(kept):
    assert "whole" in suirod("verify", "--data", str(kept / "kept"), "--heads", str(kept / "heads.jsonl"))
    for ended in (swift(kept, kept / "log.jsonl"), python(kept, kept / "log.jsonl")):
        assert ended.returncode == 0 and "whole" in ended.stdout, ended.stdout + ended.stderr
    heads = [json.loads(line) for line in open(kept / "heads.jsonl", encoding="utf-8")]
    days = [head["day"] for head in heads]
    assert len(heads) >= 3 and days == sorted(set(days))
    assert [head["number"] for head in heads] == list(range(1, len(heads) + 1))


def test_A_01_both_verifiers_see_what_was_done_to_an_exported_log(kept):
    lines = open(kept / "log.jsonl", encoding="utf-8").read().splitlines()
    chance = random.Random(20261123)
    covered = {}
    for line in open(kept / "heads.jsonl", encoding="utf-8"):
        for end in json.loads(line)["grown"]:
            covered[end["scope"]] = max(end["sequence"], covered.get(end["scope"], 0))
    for turn in range(40):
        changed = list(lines)
        at = chance.randrange(1, len(lines))
        row = json.loads(changed[at])
        way = chance.choice(["edit", "drop", "swap", "erase"])
        if way == "edit":
            name = chance.choice([name for name in row if name != "previous"])
            row[name] += "0"
            changed[at] = json.dumps(row)
        elif way == "erase":
            del row[chance.choice([name for name in row if name != "previous"])]
            changed[at] = json.dumps(row)
        elif way == "swap":
            other = chance.choice([index for index in range(1, len(lines)) if index != at])
            changed[at], changed[other] = changed[other], changed[at]
        elif int(row["sequence"]) <= covered.get(row["scope"], 0):
            del changed[at]
        else:
            continue
        path = kept / "changed.jsonl"
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")
        for ended in (swift(kept, path), python(kept, path)):
            assert ended.returncode == 1, f"{turn} {way} {row}: {ended.stdout}{ended.stderr}"


def test_A_01_a_head_that_was_changed_or_signed_by_somebody_else_is_seen(kept):
    heads = [json.loads(line) for line in open(kept / "heads.jsonl", encoding="utf-8")]
    heads[1]["body"] = heads[1]["body"].replace("scopes ", "scopes 1")
    (kept / "false.jsonl").write_text("".join(json.dumps(head) + "\n" for head in heads))
    for ended in (swift(kept, kept / "log.jsonl", "false.jsonl"), python(kept, kept / "log.jsonl", "false.jsonl")):
        assert ended.returncode == 1 and "head 2" in ended.stdout
    other = kept / "other"
    other.mkdir()
    stranger = suirod("heads", "--data", str(other), "--public-key")
    (other / "key.txt").write_text(stranger)
    ended = called(SUIROD, "verify", "--export", str(kept / "log.jsonl"), "--heads", str(kept / "heads.jsonl"),
                   "--key", str(other / "key.txt"))
    assert ended.returncode == 1 and "badSignature" in ended.stdout


def test_N_06_a_database_and_a_copy_of_another_cloud_are_refused(kept, tmp_path):
    copy = str(tmp_path / "copy.jsonl")
    suirod("backup", "--data", str(kept / "kept"), "--output", copy)
    for cloud in ("usgov", "germany"):
        place = tmp_path / cloud
        place.mkdir()
        said = suirod("restore", "--cloud", cloud, "--data", str(place), "--yes", copy, code=1)
        assert "cloud 'public'" in said and cloud in said
        os.link(kept / "kept" / "suiro-public.sqlite", place / "renamed")
        for name in ("", "-wal", "-shm"):
            path = place / f"suiro-{cloud}.sqlite{name}"
            path.unlink(missing_ok=True)
        os.rename(place / "renamed", place / f"suiro-{cloud}.sqlite")
        assert "cloud 'public'" in suirod("migrate", "--cloud", cloud, "--data", str(place), code=1)
        code, _, errors = run("--port", "0", "--cloud", cloud, "--data", str(place))
        assert code != 0 and "cloud 'public'" in errors
    assert "whole" in suirod("verify", "--data", str(kept / "kept"))
