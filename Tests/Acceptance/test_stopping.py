"""SIGTERM: what is under way is finished, what was acknowledged is kept, and nobody can hold the server."""

import socket
import threading
import time
from http.client import HTTPException

import pytest

from program import ENDS_WITHIN
from world import World


def drip(program, head, is_over):
    """A client that sends a byte now and then, for ever."""
    line = socket.create_connection((program.anonymous.host, program.anonymous.port), timeout=5)
    line.sendall(head.replace("\n", "\r\n").encode())

    def go_on():
        try:
            while not is_over.wait(0.1):
                line.sendall(b"x")
        except OSError:
            pass
        finally:
            line.close()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    return thread


def test_clients_that_drip_cannot_hold_the_server(start):
    program = start()
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    token = f"Host: x\nAuthorization: Bearer {partner.tokens['adminAgent']}\n"
    upload = f"POST /multichannel/v1/customers/{customer.id}/usage?format=focus HTTP/1.1\n{token}"
    heads = [
        f"{upload}Content-Length: 1000000\n\n", f"{upload}Transfer-Encoding: chunked\n\nfffff\n",
        f"POST /v1/customers HTTP/1.1\n{token}Content-Length: 100000\n\n", "GET /v1/customers HTTP/1.1\nHost: x\nX: ",
    ]
    is_over = threading.Event()
    threads = [drip(program, head, is_over) for head in heads * 4]
    time.sleep(0.5)
    program.anonymous.get("/healthz").expect(200)
    try:
        assert program.stop() < ENDS_WITHIN
    finally:
        is_over.set()
        for thread in threads:
            thread.join(5)
    assert World(start()).partner()


def test_a_request_under_way_is_completed(start, database):
    program = start(*database.fresh())
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    rules = [{"match": "GET /v1/customers", "delayMs": 2500}]
    world.sandbox.put("/sandbox/v1/faults", {"rules": rules}).expect(200)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(partner.act("adminAgent").get("/v1/customers")))
    thread.start()
    time.sleep(0.5)
    took = program.stop()
    thread.join(5)
    assert [item["id"] for item in answers[0].expect(200)["items"]] == [customer.id]
    assert 1 < took < ENDS_WITHIN
    with pytest.raises(OSError):
        program.anonymous.get("/healthz")


def test_an_idle_connection_does_not_delay_the_end(start):
    program = start()
    with socket.create_connection((program.anonymous.host, program.anonymous.port)) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        assert program.stop() < 5


def test_what_was_acknowledged_is_kept_when_the_process_is_killed(start, database, tmp_path):
    durable = ["--data", str(tmp_path / "kept")] if database.name == "sqlite" else database.fresh()
    program = start(*durable)
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    path, kept = f"/multichannel/v1/customers/{customer.id}/subscriptions", []

    def write():
        agent = partner.act("adminAgent")
        try:
            while True:
                body = {"name": f"Subscription {len(kept)}", "family": "license", "channel": "open"}
                kept.append(agent.post(path, body).expect(201)["id"])
        except (OSError, HTTPException):
            pass

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    program.process.kill()
    program.process.wait()
    for thread in threads:
        thread.join(5)
    again = start(*durable)
    seen = again.client(partner.tokens["adminAgent"]).get(path).expect(200)["items"]
    assert kept and set(kept) <= {item["id"] for item in seen}
    records = again.client(customer.tokens["globalAdmin"]).get("/v1/auditrecords").expect(200)["items"]
    numbers = sorted(int(record["id"].rsplit("#", 1)[1]) for record in records if customer.id in record["id"])
    assert numbers[-1] - numbers[0] + 1 == len(numbers)
