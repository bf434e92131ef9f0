"""The sample receiver of docs/examples: what it takes, and what it does not believe (W-02)."""

import importlib.util
import pathlib
import subprocess
import sys

import pytest

from receiver import Receiver

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "docs/examples/webhook_receiver.py"
spec = importlib.util.spec_from_file_location("webhook_receiver", SAMPLE)
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
ACCEPTED = "reseller-relationship-accepted-by-customer"


@pytest.fixture
def event(world):
    """An event that really came, and an inbox that has not seen it."""
    receiver, partner, customer = Receiver(), world.partner(), world.customer()
    body = {"WebhookUrl": receiver.url, "WebhookEvents": [ACCEPTED]}
    made = partner.act("adminAgent").post("/webhooks/v1/registration", body).expect(200)
    world.relationship(partner, customer)
    (post,) = receiver.wait_for(1)
    receiver.close()
    return post, made["signingSecret"]


def inbox(world, secret, now=None):
    return sample.Inbox(world.program.url, secret, *([now] if now else []))


def test_W_02_a_receiver_refuses_what_is_foreign_stale_replayed_or_changed(world, event):
    post, secret = event
    mine = inbox(world, secret)
    headers = {name.lower(): text for name, text in post.headers.items()}
    sent = int(headers["webhook-timestamp"])
    assert mine.take(headers, post.body)["EventName"] == ACCEPTED
    assert mine.take(headers, post.body) is None, "replayed: nothing is done the second time"

    def refused(reason, body=post.body, now=None, **changed):
        with pytest.raises(sample.Refused, match=reason):
            inbox(world, secret, now).take({**headers, **changed}, body)

    refused("stale", now=lambda: sent + 301)
    refused("stale", now=lambda: sent - 301)
    assert inbox(world, secret, lambda: sent + 300).take(headers, post.body)
    refused("webhook-signature", **{"webhook-timestamp": str(sent + 1)})
    refused("webhook-signature", **{"webhook-id": "another"})
    refused("stale", **{"webhook-id": ""})
    for place in (0, len(post.body) // 2, len(post.body) - 1):
        changed = bytearray(post.body)
        changed[place] ^= 1
        refused("webhook-signature", body=bytes(changed))
    refused("foreign certificate", **{"x-ms-certificate-url": "https://evil.example/webhooks/v1/certificate"})
    scheme, text = headers["authorization"].split(" ")
    for other in ("", "Signature", f"Bearer {text}", f"{scheme} {text[:-8]}AAAAAAA=", f"{scheme} !{text}"):
        refused("signature", authorization=other)
    with pytest.raises(sample.Refused, match="webhook-signature"):
        inbox(world, "whsec_" + "A" * 44).take(headers, post.body)


def test_W_02_a_forged_event_does_not_keep_the_true_one_out(world, event):
    post, secret = event
    mine, headers = inbox(world, secret), {name.lower(): text for name, text in post.headers.items()}
    with pytest.raises(sample.Refused):
        mine.take({**headers, "webhook-signature": "v1,AAAA"}, post.body)
    assert mine.take(headers, post.body)["EventName"] == ACCEPTED


def test_the_sample_runs_as_its_first_lines_say(world):
    partner, customer = world.partner(), world.customer()
    agent = partner.act("adminAgent")
    body = {"WebhookUrl": "http://127.0.0.1:9/", "WebhookEvents": [ACCEPTED]}
    secret = agent.post("/webhooks/v1/registration", body).expect(200)["signingSecret"]
    process = subprocess.Popen([sys.executable, SAMPLE, world.program.url, secret, "0"], stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().split()[-1]
        agent.put("/webhooks/v1/registration", {**body, "WebhookUrl": address}).expect(200)
        world.relationship(partner, customer)
        assert process.stdout.readline().split() == [ACCEPTED, f"{world.program.url}/v1/customers/{customer.id}"]
    finally:
        process.kill()
        process.wait()
