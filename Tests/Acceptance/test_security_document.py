"""SECURITY.md says what is defended and by which test: both languages alike, no test invented, no case forgotten."""

import ast
import json
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOOK = json.loads((ROOT / "docs/security/cases.json").read_text("utf-8"))
CASES, ASVS = BOOK["abuseCases"], BOOK["asvs"]
KINDS = {"I": 10, "D": 11, "K": 15, "N": 9, "X": 8, "B": 3, "S": 2, "W": 4, "A": 4, "R": 4}
STATES = {"tested", "partly", "open", "none"}


def functions(path):
    """The tests of a Python file, and whether each is expected to fail."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            names[node.name] = [ast.unparse(mark) for mark in node.decorator_list]
    return names


def exists(reference):
    file, name = reference.split("::", 1)
    path = ROOT / file
    if not path.exists():
        return False
    if path.suffix == ".py":
        return name in functions(path)
    # Swift: the sentence of a test, from its beginning.
    return re.search(r'(@Test\(\s*"|func `)' + re.escape(name), path.read_text("utf-8")) is not None


@pytest.mark.parametrize("row", CASES + ASVS, ids=lambda row: row["id"])
def test_every_test_that_is_named_exists_and_the_state_is_what_it_shows(row):
    missing = [reference for reference in row["tests"] if not exists(reference)]
    assert missing == []
    assert len(set(row["tests"])) == len(row["tests"]) and row["state"] in STATES
    if row["state"] == "tested":
        assert row["tests"], "nothing shows it"
    if row["state"] in ("open", "none"):
        assert "note" in row or row["tests"], "what is open, or why it does not apply, is said"
    fails = [
        reference for reference in row["tests"] if ".py::" in reference
        if any("xfail" in mark and "parametrize" not in mark
               for mark in functions(ROOT / reference.split("::")[0])[reference.split("::")[1]])
    ]
    assert not fails or row["state"] != "tested", "an expected failure shows no defence"


def test_no_case_is_forgotten_and_none_stands_twice():
    expected = [f"{letter}-{number:02}" for letter, count in KINDS.items() for number in range(1, count + 1)]
    assert [row["id"] for row in CASES] == expected
    ids = [row["id"] for row in ASVS]
    assert len(ids) == len(set(ids)) and ids == sorted(ids, key=lambda id: [int(part) for part in id.split(".")])


def test_every_test_that_bears_a_cases_id_is_named_in_its_row():
    named = {row["id"]: {reference.split("::")[1] for reference in row["tests"]} for row in CASES}
    missing = []
    for path in sorted((ROOT / "Tests/Acceptance").glob("test_*.py")):
        for name in functions(path):
            found = re.match(r"test_([A-Z])_(\d\d)_", name)
            if found and name not in named[f"{found[1]}-{found[2]}"]:
                missing.append(f"{path.name}::{name}")
    assert missing == [], "to be named in docs/security/cases.json"


def test_both_languages_are_written_from_the_same_rows():
    ended = subprocess.run(
        [sys.executable, str(ROOT / "scripts/security-tables"), "--check"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    for row in CASES + ASVS:
        for part in ("abuse", "demand", "defence", "note"):
            if part in row:
                assert row[part]["en"].isascii() and not row[part]["ja"].isascii(), row["id"]


def test_both_languages_have_the_same_sections():
    english, japanese = ((ROOT / name).read_text("utf-8") for name in ("SECURITY.md", "SECURITY.ja.md"))
    for shape in (r"^## ", r"^\d+\. ", r"^\|"):
        assert len(re.findall(shape, english, re.MULTILINE)) == len(re.findall(shape, japanese, re.MULTILINE)), shape
