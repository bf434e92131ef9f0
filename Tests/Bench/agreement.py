"""Whoever is compared does the same work: the peers answer alike, and a write leaves its three rows.

A figure of a program that answers something else would say nothing, so that this is looked at before each run.
"""

import json
import sqlite3
import subprocess
import urllib.error
import urllib.request

TABLES = ["bench_entity", "bench_audit", "bench_outbox"]
# What Suiro computes from rules and the hour, and a peer tells as it is stored or not at all.
COMPUTED = {"effectiveStartDate", "commitmentEndDate", "cancellationAllowedUntilDate", "status", "termDuration"}


class Database:
    """Read from outside, by the same name that the peers are given."""

    def __init__(self, name):
        self.name = name

    def rows(self, query):
        if self.name.startswith("sqlite:"):
            path = self.name.removeprefix("sqlite:")
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
            try:
                return [tuple(map(str, row)) for row in connection.execute(query)]
            finally:
                connection.close()
        found = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", self.name, "-c", query],
            capture_output=True, text=True, check=True).stdout
        return [tuple(line.split("\t")) for line in found.splitlines()]

    def counts(self):
        return [int(self.rows(f"SELECT count(*) FROM {table}")[0][0]) for table in TABLES]


def ask(url, method="GET", body=None, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            error.read()
        return error.code, None


def require(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what}: {json.dumps(found)[:2000]}\ninstead of {json.dumps(expected)[:2000]}")


def check(peers, database, sample):
    """`peers` are addresses by name; `sample` are customers with a subscription each."""
    first = next(iter(peers))
    for customer, subscription in sample:
        for path in (f"/subscriptions/{subscription}", f"/customers/{customer}/subscriptions"):
            expected = ask(peers[first] + path)
            require(f"{first}, {path}", expected[0], 200)
            for name, url in peers.items():
                require(f"{name}, {path}", ask(url + path), expected)
    customer = sample[0][0]
    for name, url in peers.items():
        require(f"{name}, unknown subscription", ask(f"{url}/subscriptions/{customer}")[0], 404)
        path, wish = f"{url}/customers/{customer}/transitions", {"state": "approved", "note": f"{name} 確認"}
        before = database.counts()
        status, made = ask(path, "POST", wish)
        require(f"{name}, transition", (status, {key: (made or {}).get(key) for key in wish}), (201, wish))
        require(f"{name}, rows of a transition", database.counts(), [count + 1 for count in before])
        entity = "".join(letter for letter in made["id"] if letter in "0123456789abcdef-")
        kept = database.rows(
            "SELECT e.customer_id, e.state, e.note FROM bench_entity e JOIN bench_audit a ON a.entity_id = e.id "
            f"JOIN bench_outbox o ON o.entity_id = e.id WHERE e.id = '{entity}'")
        require(f"{name}, what a transition left", kept, [(customer, wish["state"], wish["note"])])
        require(f"{name}, transition of nobody", ask(path.replace(customer, "nobody"), "POST", wish)[0], 404)
        require(f"{name}, transition without a state", ask(path, "POST", {"note": ""})[0], 422)
        require(f"{name}, rows after refusals", database.counts(), [count + 1 for count in before])


def check_suiro(suiro, token, peer, sample):
    """What Suiro answers is what the peers answer, but for what Suiro computes and the paths that it links to."""
    for customer, subscription in sample:
        path = f"{suiro}/v1/customers/{customer}/subscriptions"
        expected, found = ask(f"{peer}/subscriptions/{subscription}"), ask(f"{path}/{subscription}", token=token)
        require(f"Suiro, {subscription}", found[0], 200)
        for answer in (expected[1], found[1]):
            for member in COMPUTED:
                answer.pop(member, None)
        require(f"Suiro, {subscription}", found, expected)
        expected, found = ask(f"{peer}/customers/{customer}/subscriptions"), ask(path, token=token)
        require(f"Suiro, the list of {customer}", found[1]["totalCount"], expected[1]["totalCount"])
