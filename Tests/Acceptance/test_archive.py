"""Going back to a moment: what SQLite commits is copied as it happens (docs/howto/back-up-and-go-back)."""

import datetime
import shutil
import time

import pytest

from load import Ledger
from test_operators_program import suirod

KEPT_WITHIN = 60


def now():
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def pieces(program):
    """How many pieces of the log have been copied, and how long ago everything had been."""
    found = {}
    for line in program.anonymous.get("/metrics").text.splitlines():
        if line.startswith("suiro_archive_"):
            name, value = line.rsplit(" ", 1)
            found[name] = float(value)
    return found


def until_kept(program, since):
    """Waits until everything that was committed at `since` is in the archive; answers how long that took."""
    began = time.monotonic()
    while True:
        age = pieces(program)["suiro_archive_age_seconds"]
        if time.monotonic() - age > since:
            return time.monotonic() - began
        assert time.monotonic() - began < KEPT_WITHIN, f"not copied within {KEPT_WITHIN} s"
        time.sleep(0.2)


@pytest.fixture
def archived(start, tmp_path, monkeypatch):
    archive, kept = tmp_path / "archive", tmp_path / "kept"
    monkeypatch.setenv("SUIRO_ARCHIVE_FOLDER", str(archive))
    program = start("--data", str(kept))
    monkeypatch.delenv("SUIRO_ARCHIVE_FOLDER")
    return program, kept, archive


def test_a_lost_machine_is_had_back_as_it_was_at_any_moment_of_its_archive(start, archived, tmp_path):
    program, kept, archive = archived
    ledger = Ledger(program)
    client, moments = ledger.client(program), []
    for _ in range(2):
        for _ in range(5):
            assert ledger.write(client).status == 201
        assert until_kept(program, time.monotonic()) < KEPT_WITHIN
        moments.append((now(), set(ledger.acknowledged.values())))
        time.sleep(0.01)
    assert ledger.write(client).status == 201
    program.process.kill()
    program.process.wait()
    told = suirod("doctor", "--data", kept, "--archive-folder", archive)
    assert f"{archive} can go back to 2" in told
    assert "archive.folder" in suirod("doctor", "--data", tmp_path / "other")
    listed = suirod("moments", archive)
    assert " to " in listed and "each as it was written" in listed
    for number, (at, ids) in enumerate([*moments, (None, moments[-1][1])]):
        folder = tmp_path / f"back-{number}"
        folder.mkdir()
        # Keys are not in the archive, as a safe's key is not in the safe.
        for key in ("master", "audit-key"):
            shutil.copy(kept / f"suiro-public.{key}", folder)
        place = ["--data", str(folder)]
        said = suirod("restore", *place, "--yes", "--archive", archive, *(["--at", at] if at else []))
        assert f"restored from {archive} as of 2" in said
        assert "confirmed" in suirod("confirm-restore", *place, "--yes")
        assert "whole" in suirod("verify", *place)
        again = start(*place)
        items = ledger.client(again).get(ledger.path).expect(200)["items"]
        assert {item["id"] for item in items} == ids
        again.stop()
    # The machine itself was not lost after all: what it had not copied yet is there, and the archive goes on.
    survived = start("--data", str(kept))
    assert ledger.complaints(survived) == []


def test_an_archive_that_cannot_help_says_why(archived, tmp_path):
    program, kept, archive = archived
    until_kept(program, time.monotonic())
    place = ["--data", str(tmp_path / "back")]
    for more, words in [
        (["--archive", archive, "--at", "2000-01-01T00:00:00Z"], "nothing from before 2000-01-01"),
        (["--archive", archive, "--at", "yesterday"], "RFC 3339"),
        (["--archive", tmp_path / "nowhere"], "nowhere"),
        (["--archive", archive, "copy.jsonl"], "--archive FOLDER"),
        ([], "--archive FOLDER"),
    ]:
        assert words in suirod("restore", *place, "--yes", *more, code=1)
    (base,) = archive.glob("base-*.sqlite")
    base.write_bytes(base.read_bytes()[:-1] + b"x")
    assert "not as it was written" in suirod("restore", *place, "--yes", "--archive", archive, code=1)
    assert "not as it was written" in suirod("moments", archive, code=1)
    assert not (tmp_path / "back").exists(), "nothing was begun"
    refused = suirod("serve", "--database-url", "postgresql://x@127.0.0.1:1/x", "--archive-folder", archive, code=1)
    assert "archive_command" in refused


def test_a_copy_can_be_written_while_the_server_runs(start, tmp_path):
    kept = tmp_path / "kept"
    program = start("--data", str(kept))
    ledger = Ledger(program)
    assert ledger.write(ledger.client(program)).status == 201
    assert "lines in" in suirod("backup", "--data", kept, "--output", tmp_path / "copy.jsonl")
    assert list(ledger.acknowledged.values())[0] in (tmp_path / "copy.jsonl").read_text()
    assert "cannot be opened" in suirod("backup", "--data", tmp_path / "nothing", "--output", tmp_path / "x", code=1)
    assert not (tmp_path / "nothing").exists() and ledger.write(ledger.client(program)).status == 201
