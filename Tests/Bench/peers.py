#!/usr/bin/env python3
"""Loads the peers that Suiro is compared with, in turns, on one database: requests a second, processor time a request,
latencies.

    scripts/setup bench
    python3 Tests/Bench/peers.py --database sqlite:PATH|postgresql://… [--seconds 3] [--rounds 3] [--json FILE]
    python3 Tests/Bench/peers.py --database … --suiro URL --token TOKEN --customers FILE

The database is one that Suiro has made and that holds subscriptions; Tests/Bench/world.py fills a sandbox. With --suiro a
running server of the same database takes its turns on the routes of Partner Center that answer the same; the token is
taken from BENCH_TOKEN where it is not given. Without --customers every customer of the database is asked for.
The order is A B C, A B C, …, route by route, and medians over the rounds are printed. wrk shares the machine's cores with
whoever is measured; requests go to loopback only. docs/decisions/0051 says what can be concluded.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.parse
from collections import Counter
from pathlib import Path

import agreement
import processes

WISH = '{"state":"approved","note":"transition {n}"}'
# What is measured: how the peers are asked, how Suiro is asked, and what is sent.
ROUTES = {
    "one": ("GET /subscriptions/{subscription}", "GET /v1/customers/{customer}/subscriptions/{subscription}", None),
    "list": ("GET /customers/{customer}/subscriptions", "GET /v1/customers/{customer}/subscriptions", None),
    "write": ("POST /customers/{customer}/transitions", "PATCH /v1/customers/{customer}/subscriptions/{subscription}",
              WISH),
}
RENAME = '{"friendlyName":"Renamed {n}"}'


def read_options():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", required=True, help="sqlite:PATH or postgresql://…")
    arguments.add_argument("--seconds", type=int, default=3, help="of each turn")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--warm-up", type=int, default=3, help="seconds a route, which are not counted")
    arguments.add_argument("--connections", type=int, default=32)
    arguments.add_argument("--peers", default="fastapi,node,java", help="which, separated by commas")
    arguments.add_argument("--routes", default=",".join(ROUTES), help="which, separated by commas")
    arguments.add_argument("--customers", type=Path, help="a customer and a subscription a line")
    arguments.add_argument("--suiro", help="address of a running server of the same database")
    arguments.add_argument("--token", default=os.environ.get("BENCH_TOKEN"), help="for --suiro")
    arguments.add_argument("--json", type=Path, help="where every turn is written to")
    options = arguments.parse_args()
    unknown = set(options.routes.split(",")) - set(ROUTES)
    if unknown:
        arguments.error(f"no route {', '.join(sorted(unknown))}")
    if options.suiro and not options.token:
        arguments.error("--suiro needs --token or BENCH_TOKEN")
    return options


def pairs(options, database):
    """Who is asked for: customers with their subscriptions."""
    if options.customers:
        found = [tuple(line.split()[:2]) for line in options.customers.read_text().splitlines() if line.strip()]
    else:
        found = database.rows("SELECT customer_id, id FROM subscription WHERE status <> 'deleted' ORDER BY 1, 2")
    if not found:
        sys.exit("there is no subscription to ask for")
    return found


def turn(target, route, options, file, seconds):
    """One program under load for some seconds."""
    peer_path, suiro_path, body = ROUTES[route]
    asked = suiro_path if target["isSuiro"] else peer_path
    if target["isSuiro"] and body:
        body = RENAME
    environment = os.environ | {"BENCH_TOKEN": options.token if target["isSuiro"] else ""}
    before = processes.cpu(target["pid"])
    out = subprocess.run(
        ["wrk", "-t1", f"-c{options.connections}", f"-d{seconds}s", "--timeout", "10s",
         "-s", str(Path(__file__).parent / "load.lua"), "--latency", target["url"], "--", asked, file,
         *([body] if body else [])],
        capture_output=True, text=True, env=environment)
    used = processes.cpu(target["pid"]) - before
    if out.returncode != 0:
        sys.exit(f"wrk: {out.stdout}{out.stderr}")
    found = json.loads(out.stdout.splitlines()[-1])
    if not found["requests"]:
        sys.exit(f"{target['name']} answered nothing on {route}")
    return {
        "program": target["name"], "route": route, "requests": found["requests"],
        "requestsPerSecond": found["requests"] / found["seconds"], "cpuMicroseconds": used / found["requests"] * 1e6,
        "bytesPerAnswer": found["bytes"] / found["requests"], "p50": found["p50"], "p99": found["p99"],
        "failures": found["failures"] + found["broken"],
    }


def summary(turns, route, name):
    own = [turn for turn in turns if turn["route"] == route and turn["program"] == name]
    middle = {
        key: statistics.median(turn[key] for turn in own)
        for key in ("requestsPerSecond", "cpuMicroseconds", "p50", "p99", "bytesPerAnswer")
    }
    return {"program": name, "route": route} | middle | {"failures": sum(turn["failures"] for turn in own)}


def measure(targets, options, file):
    routes, turns = options.routes.split(","), []
    if options.warm_up > 0:
        for route in routes:
            for target in targets:
                turn(target, route, options, file[route], options.warm_up)
    for _ in range(options.rounds):
        for route in routes:
            turns += [turn(target, route, options, file[route], options.seconds) for target in targets]
    return turns, [summary(turns, route, target["name"]) for route in routes for target in targets]


def print_table(rows):
    print(f"{'route':6} {'program':8} {'req/s':>9} {'CPU us/req':>11} {'p50 ms':>8} {'p99 ms':>8} "
          f"{'bytes':>7} {'failed':>7}")
    for row in rows:
        print(f"{row['route']:6} {row['program']:8} {row['requestsPerSecond']:9.0f} {row['cpuMicroseconds']:11.1f} "
              f"{row['p50']:8.2f} {row['p99']:8.2f} {row['bytesPerAnswer']:7.0f} {row['failures']:7}")


def write_pairs(folder, found):
    """A file for each route. A list is asked of the customers that have most, which are alike in a world made for it."""
    count = Counter(customer for customer, _ in found)
    largest = max(count.values())
    everyone, largest_ones = Path(folder, "all"), Path(folder, "largest")
    everyone.write_text("".join(f"{customer} {subscription}\n" for customer, subscription in found))
    largest_ones.write_text("".join(f"{name} -\n" for name, many in count.items() if many == largest))
    return {route: str(largest_ones if route == "list" else everyone) for route in ROUTES}, largest


def main():
    options = read_options()
    database = agreement.Database(options.database)
    found = pairs(options, database)
    sample = list({customer: (customer, subscription) for customer, subscription in found}.values())[:50]
    running, targets = [], []
    try:
        for name in options.peers.split(","):
            process, url = processes.start(name, options.database)
            running.append(process)
            targets.append({"name": name, "url": url, "pid": process.pid, "isSuiro": False})
        agreement.check({target["name"]: target["url"] for target in targets}, database, sample)
        if options.suiro:
            agreement.check_suiro(options.suiro, options.token, targets[0]["url"], sample)
            pid = processes.listener(urllib.parse.urlsplit(options.suiro).port)
            targets.append({"name": "suiro", "url": options.suiro, "pid": pid, "isSuiro": True})
        with tempfile.TemporaryDirectory(prefix="suiro-peers-") as folder:
            file, largest = write_pairs(folder, found)
            machine = processes.machine()
            turns, rows = measure(targets, options, file)
    finally:
        for process in running:
            processes.end(process)
    print(f"{options.connections} connections, {options.rounds} rounds of {options.seconds} s, medians; "
          f"lists of {largest}; load average {machine['loadAverage']:.1f} before")
    print_table(rows)
    if options.json:
        report = {"machine": machine, "database": options.database.split(":", 1)[0], "rowsOfList": largest,
                  "connections": options.connections, "seconds": options.seconds, "medians": rows, "turns": turns}
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 1 if any(row["failures"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
