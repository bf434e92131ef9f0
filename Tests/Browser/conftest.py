"""One sandbox full of examples and one browser for all tests; a window of their own for everybody in them."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests" / "Acceptance"))
os.environ.setdefault("SUIRO_SANDBOX", str(ROOT / ".build" / "debug" / "suiro-sandbox"))

from program import Program  # noqa: E402  (it reads SUIRO_SANDBOX when it is imported)
from scenes import Scenes, persona  # noqa: E402
from tab import LANGUAGES, Windows, browser  # noqa: E402
from world import World  # noqa: E402


def pytest_generate_tests(metafunc):
    """Whatever depends on the language is tested in both."""
    if "language" in metafunc.fixturenames:
        metafunc.parametrize("language", LANGUAGES, scope="session")


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    running = Program(tmp_path_factory.mktemp("program"), "--demo")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def world(program):
    return World(program)


@pytest.fixture(scope="session")
def tozai(program):
    """The partner of the demo, whose technician is Hanako."""
    return persona(program, "hanako", "adminAgent", "tozai-cloud.example")


@pytest.fixture(scope="session")
def mirai(program):
    """The customer of the demo that holds subscriptions in four channels."""
    return persona(program, "ichiro", "globalAdmin", "mirai-shoji.example")


@pytest.fixture(scope="session")
def scenes(program, world, tozai, mirai):
    return Scenes(program, world, tozai, mirai)


@pytest.fixture
def window(chromium, program):
    """Opens windows. Whatever the browser complained of in one of them fails the test."""
    windows = Windows(chromium, program.url)
    yield windows
    windows.close()
