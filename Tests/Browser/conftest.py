"""One sandbox full of examples and one browser for all tests; a window of their own for everybody in them."""

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests" / "Acceptance"))
os.environ.setdefault("SUIRO_SANDBOX", str(ROOT / ".build" / "debug" / "suiro-sandbox"))

from program import Program  # noqa: E402  (it reads SUIRO_SANDBOX when it is imported)
from tab import Tab  # noqa: E402
from world import Organization, World  # noqa: E402

LANGUAGES = ["ja", "en"]
DESK, PHONE = 1280, 320


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
    with sync_playwright() as playwright:
        path = os.environ.get("SUIRO_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


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


def persona(program, key, role, domain):
    """The organization of a persona, as world building would have answered it."""
    found = program.ready["personas"][key]
    return Organization(program, {
        "id": found["tenant"], "name": found["organization"], "domain": domain, "tokens": {role: found["token"]},
        "people": {role: found["user"]},
    })


class Windows:
    """Opens windows and looks after them."""

    def __init__(self, chromium, url):
        self.chromium, self.url, self.tabs = chromium, url, []

    def __call__(self, language="en", who=None, width=DESK, scripts=False, colours="light", url=None):
        """A window in a language, of a width, with JavaScript off unless asked for; signed in as `who`."""
        context = self.chromium.new_context(
            locale={"ja": "ja-JP", "en": "en-GB"}[language], viewport={"width": width, "height": 900},
            java_script_enabled=scripts, color_scheme=colours, reduced_motion="reduce", accept_downloads=True,
        )
        tab = Tab(context, url or self.url, language)
        self.tabs.append(tab)
        if who is not None:
            tab.sign_in(who)
            tab.steps = 0
        return tab

    def close(self):
        complaints = [complaint for tab in self.tabs for complaint in tab.complaints]
        for tab in self.tabs:
            tab.context.close()
        assert complaints == [], f"behind the pages: {complaints}"


@pytest.fixture
def window(chromium, program):
    """Opens windows. Whatever the browser complained of in one of them fails the test."""
    windows = Windows(chromium, program.url)
    yield windows
    windows.close()
