"""Programs to test: one for each test file on each database, and more where a test wants its own."""

import os
from pathlib import Path

import pytest

import scenarios
import shapes
import wire
from program import PostgreSQL, Program, SQLite
from world import World

KINDS = ["sqlite", "postgres"] if os.environ.get("SUIRO_TEST_POSTGRES") else ["sqlite"]


def pytest_collection_modifyitems(config, items):
    """What all tests together have shown is asked last, and only where all of them run."""
    last = [item for item in items if item.path.name == "test_every_operation.py"]
    rest = [item for item in items if item not in last]
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {"test_every_operation.py"}
    is_whole = not config.option.keyword and {item.path.name for item in rest} >= files
    items[:] = rest + (last if is_whole or not rest else [])


@pytest.fixture(scope="session", params=KINDS)
def database(request):
    """Where programs keep what they know."""
    kind = SQLite() if request.param == "sqlite" else PostgreSQL(os.environ["SUIRO_TEST_POSTGRES"])
    yield kind
    kind.close()


@pytest.fixture(scope="module")
def program(database, tmp_path_factory):
    """A program with a fresh database, shared by the tests of one file."""
    running = Program(tmp_path_factory.mktemp("program"), *database.fresh())
    yield running
    running.stop()


@pytest.fixture
def world(program):
    return World(program)


@pytest.fixture
def start(tmp_path):
    """Starts programs with arguments of one's own; those that still run are ended."""
    running = []

    def begin(*arguments):
        running.append(Program(tmp_path, *arguments))
        return running[-1]

    yield begin
    for each in running:
        if each.is_alive:
            each.stop()


@pytest.fixture
def own(start, database):
    """A program for one test alone, on each database."""
    return start(*database.fresh())


@pytest.fixture
def own_world(own):
    return World(own)


@pytest.fixture(autouse=True)
def answers_have_the_shape_that_sdks_read(monkeypatch):
    """Every success of Partner Center's operations, in every scenario, is checked field by field."""
    call = wire.Client.call

    def checked(client, method, path, *arguments, **more):
        answer = call(client, method, path, *arguments, **more)
        scenarios.note(answer)
        if answer.status < 300 and answer.body and len(answer.body) < 1_000_000:
            complaints = shapes.complaints_about(method, path, answer.status, answer.body, echoed=True)
            assert not complaints, f"{answer.asked}: {complaints}"
        return answer

    monkeypatch.setattr(wire.Client, "call", checked)
