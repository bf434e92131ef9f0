"""Spoils the gate on purpose, one hole at a time, and sees whether the matrix finds it.

    python mutate.py [--jobs N] [--every N] [ID ...]

Each mutant of mutants.json is put into a copy of SuiroDomain, which is built beside the matrix (nothing else is
needed) and played. A mutant that does not compile is a mistake in the list; one that is not found is a hole in the
tests. Both make the program fail.
"""

import argparse
import concurrent.futures
import json
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DECISIONS = ROOT / "Tests/Matrix/decisions.txt"
PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let package = Package(
    name: "suiro",
    targets: [
        .target(name: "SuiroDomain", swiftSettings: strict),
        .executableTarget(name: "gate", dependencies: ["SuiroDomain"], swiftSettings: strict),
    ]
)
"""


class Bench:
    """A copy of the domain that can be spoiled, built and played again and again."""

    def __init__(self, folder):
        self.folder = folder
        self.sources = folder / "Sources/SuiroDomain"
        shutil.copytree(ROOT / "Sources/SuiroDomain", self.sources)
        (folder / "Sources/gate").mkdir()
        for name in ("Matrix", "MatrixSituations"):
            shutil.copy(ROOT / f"Tests/SuiroDomainTests/Authorization/{name}.swift", folder / "Sources/gate")
        shutil.copy(HERE / "Runner.swift", folder / "Sources/gate")
        (folder / "Package.swift").write_text(PACKAGE)

    def build(self):
        done = subprocess.run(
            ["swift", "build", "--package-path", str(self.folder), "--disable-sandbox"], capture_output=True, text=True
        )
        errors = [line for line in done.stdout.splitlines() if "error:" in line]
        return done.returncode == 0, (errors or [""])[0][-200:]

    def play(self):
        try:
            done = subprocess.run(
                [str(self.folder / ".build/debug/gate"), str(DECISIONS)], capture_output=True, text=True, timeout=300
            )
        except subprocess.TimeoutExpired:
            return False, "took too long"
        return done.returncode == 0, (done.stdout.strip().splitlines() or ["crashed"])[0][:160]

    def spoil(self, mutant):
        file = self.sources / mutant["file"]
        text = file.read_text()
        if text.count(mutant["find"]) != 1:
            return "stale", f"{mutant['file']} has {text.count(mutant['find'])} places like that"
        file.write_text(text.replace(mutant["find"], mutant["replace"]))
        try:
            built, why = self.build()
            if not built:
                return "does not compile", why
            alike, why = self.play()
            return ("SURVIVED" if alike else "found"), why
        finally:
            file.write_text(text)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--every", type=int, default=1, help="only every Nth of the list")
    arguments.add_argument("ids", nargs="*")
    options = arguments.parse_args()
    mutants = json.loads((HERE / "mutants.json").read_text())
    mutants = [mutant for mutant in mutants if not options.ids or mutant["id"] in options.ids][:: options.every]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="suiro-mutants-") as folder:
        benches = queue.Queue()
        for number in range(min(options.jobs, len(mutants)) or 1):
            bench = Bench(pathlib.Path(folder) / f"bench{number}")
            built, why = bench.build()
            alike, seen = bench.play() if built else (False, why)
            if not alike:
                sys.exit(f"The gate as it is does not agree with the model: {seen}")
            benches.put(bench)
        print(f"{seen}; {len(mutants)} mutants", flush=True)

        def one(mutant):
            bench = benches.get()
            try:
                return mutant, *bench.spoil(mutant)
            finally:
                benches.put(bench)

        outcomes = []
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for mutant, outcome, why in pool.map(one, mutants):
                outcomes.append(outcome)
                print(f"{mutant['id']} {outcome:8} {mutant['why']} — {why}", flush=True)
    found = outcomes.count("found")
    print(f"{found} of {len(mutants)} found in {time.monotonic() - started:.0f} s")
    sys.exit(found != len(mutants))


if __name__ == "__main__":
    main()
