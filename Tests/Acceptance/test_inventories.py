"""What the software is made of, what it calculates with, and whom it calls: lists that are compared with the sources."""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from program import PROGRAM

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = {path.relative_to(ROOT): path.read_text("utf-8") for path in sorted((ROOT / "Sources").rglob("*.swift"))}
# What is linked into no server.
APART = ("Sources/SuiroTesting", "Sources/SuiroSimulation", "Sources/suiro-simulate")
SERVER = {path: text for path, text in SOURCES.items() if not str(path).startswith(APART)}


def named(page, language):
    text = (ROOT / f"docs/security/{page}.{language}.md").read_text("utf-8")
    return set(re.findall(r"`(Sources/[^`]+\.swift)`", text))


def using(pattern):
    return {str(path) for path, text in SERVER.items() if re.search(pattern, text, re.MULTILINE)}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("page, pattern", [
    ("cryptography", r"^(?:package )?import (?:Crypto|CryptoExtras|JWTKit)$|SystemRandomNumberGenerator"),
    ("calls", r"URLSession\(|getaddrinfo\(|PQconnectdb\("),
])
def test_ASVS_11_1_2_13_1_1_a_list_names_every_place_in_the_sources_and_no_other(page, pattern, language):
    found = using(pattern)
    assert len(found) > 2
    assert named(page, language) == found


def test_ASVS_11_5_1_secrets_come_from_the_systems_random_numbers_alone():
    assert using(r"arc4random|srand|drand48|/dev/u?random|LinearCongruential|: RandomNumberGenerator\b") == set()
    # Whoever calls `.random` without a generator gets the system's; nobody brings another one.
    for path, text in SERVER.items():
        for line in text.splitlines():
            if re.search(r"\.random\(|randomElement\(|shuffled\(", line) and "using:" in line:
                assert "using: &generator" in line and "SystemRandomNumberGenerator()" in text, f"{path}: {line}"


def test_ASVS_6_2_11_3_no_weak_function_but_where_a_standard_asks_for_it():
    # The codes of authenticator apps are HMAC-SHA1 (RFC 6238).
    assert using(r"Insecure\.(?:MD5|SHA1)") == {"Sources/SuiroService/Identity/TimeCode.swift"}
    assert using(r"\bAES\._?CBC|\bAES\._?CTR|DES\b|RC4|addUnsecuredNone") == set()


def bill(*programs):
    ended = subprocess.run([sys.executable, ROOT / "scripts/bill-of-materials", *programs],
                           capture_output=True, text=True, check=True)
    return json.loads(ended.stdout), ended.stdout


def test_ASVS_15_1_2_the_bill_of_materials_names_every_pinned_package_and_every_linked_library():
    program = os.path.join(os.path.dirname(PROGRAM), "suirod")
    made, text = bill(program)
    assert made["bomFormat"] == "CycloneDX" and made["specVersion"] == "1.5"
    parts = {part["bom-ref"]: part for part in made["components"]}
    assert len(parts) == len(made["components"])
    for pin in json.loads((ROOT / "Package.resolved").read_text("utf-8"))["pins"]:
        place = pin["location"].removeprefix("https://").removesuffix(".git")
        part = parts[f"pkg:swift/{place}@{pin['state']['version']}"]
        assert part["properties"][0]["value"] == pin["state"]["revision"]
    for library in ("libsqlite3", "libpq", "libc.so", "libFoundation.so"):
        assert any(part["name"].startswith(library) for part in made["components"]), library
    loaded = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    for path in re.findall(r"(/\S+) \(", loaded):
        assert len(parts[f"file:{path}"]["hashes"][0]["content"]) == 64
    assert bill(program)[1] == text, "the same parts make the same bill"


def test_R_02_every_package_is_pinned_to_a_commit_of_a_release():
    resolved = json.loads((ROOT / "Package.resolved").read_text("utf-8"))["pins"]
    declared = set(re.findall(r'url: "([^"]+)"', (ROOT / "Package.swift").read_text("utf-8")))
    assert declared <= {pin["location"] for pin in resolved}
    for pin in resolved:
        assert pin["location"].startswith("https://github.com/"), pin
        assert re.fullmatch(r"\d+\.\d+\.\d+", pin["state"]["version"]) and len(pin["state"]["revision"]) == 40, pin
    assert not re.search(r"branch:|revision:|path: \"\.\.|unsafeFlags|binaryTarget|\.plugin\(", (ROOT / "Package.swift").read_text("utf-8"))
