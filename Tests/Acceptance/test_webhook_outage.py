"""A receiver that is away for three days, and what it has when it comes back: every effect, once.

In `make test` some hundred events; `make torture` sends as many as docs/measurements.md reports (`SUIRO_EVENTS`).
"""

import os
import time
from urllib.parse import urlsplit

import pytest

from receiver import Receiver
from test_webhooks import DELIVERIES, register
from world import World

EVENTS = int(os.environ.get("SUIRO_EVENTS", "200"))


@pytest.fixture
def durable(database, tmp_path):
    return ["--data", str(tmp_path / "kept")] if database.name == "sqlite" else database.fresh()


def effects(receiver):
    """What a receiver that keeps the ids it has seen has done: each event's effect, once."""
    return {post.headers["webhook-id"]: (post.json["ResourceUri"], post.json["AuditUri"]) for post in receiver.heard}


def listed(partner, state):
    found, query = [], f"?state={state}&size=500"
    while True:
        page = partner.act("adminAgent").get(DELIVERIES + query).expect(200)
        found += [item["id"] for item in page["items"]]
        following = page.get("links", {}).get("next", {}).get("uri")
        if not following:
            return found
        query = "?" + following.split("?", 1)[1]


def test_after_three_days_without_a_receiver_and_a_crash_every_effect_happens_once(start, durable):
    receiver = Receiver()
    program = start(*durable)
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent = partner.act("adminAgent")
    order = world.order(partner, customer)
    (line,) = order["lineItems"]
    path = f"/v1/customers/{customer.id}/subscriptions/{line['subscriptionId']}"
    register(partner, receiver, "subscription-updated")
    port = urlsplit(receiver.url).port
    receiver.close()
    asked = []
    for number in range(EVENTS):
        body = {"status": "suspended" if number % 2 == 0 else "active"}
        asked.append(agent.patch(path, body).expect(200) and number)
    for _ in range(12):
        world.advance("PT6H")
    waiting, failed = listed(partner, "waiting"), listed(partner, "failed")
    assert len(waiting + failed) == EVENTS and listed(partner, "delivered") == []
    receiver = Receiver(port=port, wait=0.02)
    # Who has been away too long asks for everything again, and the server dies in the middle of it.
    for delivery in failed:
        agent.post(f"{DELIVERIES}/{delivery}/resend").expect(200)
    receiver.wait_for(EVENTS // 10, seconds=60)
    program.process.kill()
    program.process.wait()
    assert len(receiver.heard) < EVENTS, "it had time to tell everything"
    world = World(start(*durable))
    partner.program = world.program
    # What it held is free when it starts again, or for another server after two minutes.
    until = time.monotonic() + (20 if durable[0] == "--data" else 150)
    while len(effects(receiver)) < EVENTS and time.monotonic() < until:
        world.advance("PT1H")
        time.sleep(1)
    done = effects(receiver)
    receiver.close()
    assert len(done) == EVENTS, f"{EVENTS - len(done)} never arrived"
    assert len({audit for _, audit in done.values()}) == EVENTS, "each tells of a change of its own"
    assert len(receiver.heard) - EVENTS <= 16, "what was under way when the server died may come twice, and no more"
    print(f"{EVENTS} events, 72 hours without a receiver, one crash: {EVENTS} effects, "
          f"{len(receiver.heard) - EVENTS} told twice")
