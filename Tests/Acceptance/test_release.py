"""What is released is packed alike each time, signed, and looked at before anybody believes it (R-02)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = "9.8.7"


def script(name, *arguments, code=0):
    ended = subprocess.run([ROOT / "scripts" / name, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def key(folder, name):
    private, public = folder / f"{name}.pem", folder / f"{name}.pub.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    return private, public


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """Programs, which are short texts here: packing does not look inside. And a key."""
    folder = tmp_path_factory.mktemp("release")
    programs = folder / "programs"
    (programs / "suiro_SuiroAssets.resources" / "Resources").mkdir(parents=True)
    for name in ("suirod", "suiro", "suiro-sandbox", "BUILD"):
        (programs / name).write_text(f"#!/bin/sh\necho {name}\n")
    (programs / "suiro_SuiroAssets.resources" / "Resources" / "words").write_text("words")
    private, public = key(folder, "makers")
    script("release", VERSION, "--output", folder / "made", "--programs", programs, "--key", private)
    return folder, programs, private, public


@pytest.fixture
def release(bench, tmp_path):
    """A copy of the release, to be tampered with."""
    shutil.copytree(bench[0] / "made", tmp_path / "copy")
    return tmp_path / "copy"


def verify(bench, release, code=1, public=None):
    return script("verify-release", release, "--key", public or bench[3], code=code)


def test_R_02_the_same_programs_make_the_same_archives_at_another_time_and_place(bench, tmp_path):
    folder, programs, private, _ = bench
    again = tmp_path / "elsewhere" / "programs"
    shutil.copytree(programs, again)
    for path in [again, *again.rglob("*")]:
        os.utime(path, (1, 1))
        path.chmod(0o700)
    script("release", VERSION, "--output", tmp_path / "again", "--programs", again, "--key", private)
    names = sorted(path.name for path in (folder / "made").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "again").iterdir()) and len(names) == 5
    for name in names:
        assert (folder / "made" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_R_02_a_release_that_is_as_it_was_signed_passes_and_its_sandbox_is_apart(bench, release):
    assert verify(bench, release, code=0).startswith("ok  3 files")
    (server,) = release.glob(f"suiro-{VERSION}-linux-*.tar.gz")
    told = subprocess.run(["tar", "tzf", server], capture_output=True, text=True, check=True).stdout
    assert "/bin/suirod\n" in told and "sandbox" not in told and "/bin/suiro_SuiroAssets.resources/" in told
    (sandbox,) = release.glob(f"suiro-sandbox-{VERSION}-linux-*.tar.gz")
    assert "/bin/suiro-sandbox\n" in subprocess.run(["tar", "tzf", sandbox], capture_output=True, text=True).stdout


def test_R_02_one_changed_bit_of_any_file_is_seen(bench, release):
    for path in sorted(release.iterdir()):
        whole = path.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 1):
            changed = bytearray(whole)
            changed[place] ^= 1
            path.write_bytes(changed)
            told = verify(bench, release)
            assert "WRONG" in told and ("was signed" in told or path.name in told), path.name
        path.write_bytes(whole)
    verify(bench, release, code=0)


def test_R_02_what_is_missing_or_added_is_named(bench, release, tmp_path):
    for path in sorted(release.iterdir()):
        path.rename(tmp_path / "away")
        assert f"{path.name} is missing" in verify(bench, release)
        (tmp_path / "away").rename(path)
    for name in ("suirod", ".hidden"):
        (release / name).write_text("run me")
        assert f"{name} is not in the list" in verify(bench, release)
        (release / name).unlink()
    verify(bench, release, code=0)


def test_R_02_another_key_and_the_signature_of_another_release_are_refused(bench, release, tmp_path):
    _, programs, private, _ = bench
    other, stranger = key(tmp_path, "other")
    assert "another key" in verify(bench, release, public=stranger)
    script("release", "9.8.8", "--output", tmp_path / "later", "--programs", programs, "--key", private)
    shutil.copy(tmp_path / "later" / "SHA256SUMS.sig", release / "SHA256SUMS.sig")
    assert "not what was signed" in verify(bench, release)
    # Signed anew by somebody else after a change, every sum right.
    script("release", VERSION, "--output", tmp_path / "forged", "--programs", programs, "--key", other)
    assert "another key" in verify(bench, tmp_path / "forged")


def test_R_02_a_list_that_leads_elsewhere_is_refused(bench, release):
    private = bench[2]
    for name in ("../elsewhere", "/etc/passwd", ""):
        (release / "SHA256SUMS").write_text(f"{'0' * 64}  {name}\n")
        subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", private, "-in", release / "SHA256SUMS", "-out",
                        release / "SHA256SUMS.sig"], check=True)
        assert "WRONG" in verify(bench, release)


def test_a_mistake_in_asking_is_told(bench, tmp_path):
    folder, programs, private, public = bench
    assert "version like" in script("release", "new", "--output", tmp_path / "a", code=2)
    assert "not empty" in script("release", VERSION, "--output", folder / "made", "--programs", programs, code=2)
    assert "has no suirod" in script("release", VERSION, "--output", tmp_path / "b", "--programs", tmp_path, code=2)
    assert "cannot be read" in script("release", VERSION, "--output", tmp_path / "c", "--key", tmp_path / "no", code=2)
    assert "public key" in script("verify-release", folder / "made", code=2)
