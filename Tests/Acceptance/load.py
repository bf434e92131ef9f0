"""Load that remembers what it was promised: writes with request ids, what was acknowledged, and what is not known."""

import random
import sqlite3
import subprocess
import threading
import time
import uuid
from http.client import HTTPException
from urllib.parse import urlsplit, urlunsplit

from wire import request_id
from world import World


class Ledger:
    """One partner's writes for one customer: each has a name of its own and a request id of its own."""

    def __init__(self, program, threads=8):
        world = World(program)
        self.partner, self.customer = world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        self.path = f"/multichannel/v1/customers/{self.customer.id}/subscriptions"
        self.threads = threads
        # By request id: the name that was asked for, and the id that was acknowledged or nothing.
        self.asked, self.acknowledged, self.refused = {}, {}, []
        self._lock = threading.Lock()

    def client(self, program):
        return program.client(self.partner.tokens["adminAgent"])

    def write(self, client, key=None):
        """One write; again with the same request id where one is given."""
        key = key or str(uuid.uuid4())
        with self._lock:
            name = self.asked.setdefault(key, f"Subscription {len(self.asked)}")
        body = {"name": name, "family": "license", "channel": "open"}
        answer = client.post(self.path, body, headers=request_id(key))
        if answer.status == 201:
            with self._lock:
                before = self.acknowledged.setdefault(key, answer.json["id"])
            assert before == answer.json["id"], f"{name} was {before} and is {answer.json['id']}"
        else:
            self.refused.append(answer)
        return answer

    def press(self, program, until):
        """Writes from many threads until `until` is over or the program is gone."""

        def go_on():
            client = self.client(program)
            try:
                while not until.is_set():
                    if self.write(client).status == 503:
                        time.sleep(0.05)
            except (OSError, HTTPException):
                pass

        threads = [threading.Thread(target=go_on, daemon=True) for _ in range(self.threads)]
        for thread in threads:
            thread.start()
        return threads

    @property
    def unknown(self):
        """Request ids that nobody ever answered: they may have had their effect or not."""
        return [key for key in self.asked if key not in self.acknowledged]

    def settle(self, program):
        """Asks again for whatever was never answered, and for some that were, with the same request ids."""
        client = self.client(program)
        again = self.unknown + random.sample(sorted(self.acknowledged), min(20, len(self.acknowledged)))
        for key in again:
            answer = self.write(client, key)
            assert answer.status == 201, f"{answer.asked} answered {answer.status}: {answer.text[:300]}"

    def complaints(self, program):
        """What was acknowledged and is not there, what is there twice, and what nobody asked for."""
        items = self.client(program).get(self.path).expect(200)["items"]
        found = [item["id"] for item in items]
        lost = set(self.acknowledged.values()) - set(found)
        names = [item["name"] for item in items]
        twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
        strange = set(names) - set(self.asked.values())
        return [f"lost: {id}" for id in lost] + [f"twice: {name}" for name in twice] + [f"nobody's: {n}" for n in strange]

    def gaps(self, program):
        """Numbers that are missing in the customer's chain of the log."""
        client, numbers, query, headers = program.client(self.customer.tokens["globalAdmin"]), [], "size=500", {}
        while True:
            page = client.get(f"/v1/auditrecords?{query}", headers=headers).expect(200)
            ids = [record["id"] for record in page["items"] if self.customer.id in record["id"]]
            numbers += [int(id.rsplit("#", 1)[1]) for id in ids]
            if "continuationToken" not in page:
                break
            query, headers = "seekOperation=Next", {"MS-ContinuationToken": page["continuationToken"]}
        return sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers)) + [
            number for number in set(numbers) if numbers.count(number) > 1
        ]


def run_sql(durable, statement):
    """Changes a database behind the program's back: how a test plants a fault."""
    if durable[0] == "--data":
        from pathlib import Path

        (file,) = Path(durable[1]).glob("*.sqlite")
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement)
        connection.close()
    else:
        parts = urlsplit(durable[1])
        address = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", address, "-c", statement], check=True)
