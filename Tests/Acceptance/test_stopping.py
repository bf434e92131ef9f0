"""SIGTERM: what is under way is finished, what was acknowledged is kept, and nobody can hold the server."""

import socket
import threading
import time

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
