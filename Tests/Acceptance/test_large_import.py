"""Files that arrive in pieces, take long, or never end; and memory that does not grow with them."""

import os
import socket
import threading
import time
from decimal import Decimal

import csvfiles
from world import World

# A debug build reads some megabytes a second, so the file is kept small; a release build may be given more.
MEGABYTES = int(os.environ.get("SUIRO_TEST_MEGABYTES", "30"))


def books(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    return partner.act("adminAgent"), f"/multichannel/v1/customers/{customer.id}"


def kept(agent, base):
    return agent.get(f"{base}/subscriptions").expect(200)["items"]


def test_a_file_in_chunks_of_any_size_is_the_same_file(world):
    content = csvfiles.focus(300).encode()
    expected = csvfiles.totals(csvfiles.parsed(content.decode()))[0]["USD"]
    for size in (1, 7, 1000, 65536):
        agent, base = books(world)
        part = content[: content.index(b"\r\n", 1500) + 2] if size == 1 else content
        chunks = (part[start:start + size] for start in range(0, len(part), size))
        headers = {"Content-Type": "text/csv", "Transfer-Encoding": "chunked"}
        report = agent.post(f"{base}/usage?format=focus", chunks, headers=headers).expect(201)
        if size > 1:
            assert Decimal(report["totals"][0]["amount"]) == expected
        assert len(kept(agent, base)) == report["subscriptions"] > 0


def upload(program, agent, base, head, pieces, ending):
    """Begins an upload by hand and ends it in a way of one's own; answers what came back."""
    lines = f"POST {base}/usage?format=focus HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {agent.token}\r\n{head}\r\n\r\n"
    with socket.create_connection((program.anonymous.host, program.anonymous.port), timeout=10) as line:
        line.sendall(lines.encode())
        for piece in pieces:
            line.sendall(piece)
        if ending == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            return b""
        line.shutdown(socket.SHUT_WR)
        try:
            return line.recv(65536)
        except OSError:
            return b""


def test_an_upload_that_is_cut_off_imports_nothing(program, world):
    content = csvfiles.focus(200).encode()
    half = content[: content.rindex(b"\r\n", 0, len(content) // 2) + 2]
    chunk = b"%x\r\n%s\r\n" % (len(half), half)
    agent, base = books(world)
    for head, piece in ((f"Content-Length: {len(content)}", half), ("Transfer-Encoding: chunked", chunk)):
        for ending in ("half-closed", "reset"):
            seen = upload(program, agent, base, head, [piece], ending)
            assert not seen or seen.startswith(b"HTTP/1.1 4"), seen
            time.sleep(0.2)
            assert kept(agent, base) == [], f"{head} {ending}"
    events = [item["event"] for item in agent.get("/v1/auditrecords").items]
    assert "usageImported" not in events
    agent.post(f"{base}/usage?format=focus", content, headers={"Content-Type": "text/csv"}).expect(201)


def test_an_upload_that_is_refused_is_refused_before_it_is_read(program, world):
    agent, base = books(world)
    stranger = world.partner().act("adminAgent")
    began = time.monotonic()
    seen = upload(program, stranger, base, "Content-Length: 2000000000", [b"BilledCost\r\n"], "half-closed")
    assert seen.startswith(b"HTTP/1.1 403") and time.monotonic() - began < 5


def test_memory_does_not_grow_with_the_file(start):
    program = start()
    agent, base = books(World(program))
    head, _, rows = csvfiles.focus(4000).partition("\r\n")
    rows = rows.encode()
    count = MEGABYTES * 1_000_000 // len(rows) + 1

    def pieces():
        yield head.encode() + b"\r\n"
        for _ in range(count):
            yield rows

    agent.post(f"{base}/usage?format=focus", csvfiles.focus(100), headers={"Content-Type": "text/csv"}).expect(201)
    before, highest, is_over = program.resident_kilobytes(), [0], threading.Event()

    def watch():
        while not is_over.wait(0.05):
            highest[0] = max(highest[0], program.resident_kilobytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        headers = {"Content-Type": "text/csv", "Transfer-Encoding": "chunked"}
        report = agent.post(f"{base}/usage?format=focus", pieces(), headers=headers, timeout=300).expect(201)
    finally:
        is_over.set()
        watcher.join()
    one = csvfiles.totals(csvfiles.parsed(head + "\r\n" + rows.decode()))[0]["USD"]
    assert report["rows"] == 4000 * count and Decimal(report["totals"][0]["amount"]) == one * count
    grown = (highest[0] - before) / 1000
    assert grown < min(80, MEGABYTES / 2), f"{grown:.0f} MB more for a file of {MEGABYTES} MB"
