"""A person's window: what it shows, every step taken in it, and everything that went on behind it."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from words import Words

LANGUAGES = ["ja", "en"]


@contextmanager
def browser():
    with sync_playwright() as playwright:
        path = os.environ.get("SUIRO_CHROMIUM", "/usr/bin/chromium")
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


class Tab:
    def __init__(self, context, url, language):
        self.context, self.url, self.language = context, url, language
        self.words = Words(language)
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.steps = 0
        self.document = None
        self.requests, self.errors, self.failures, self._console = [], [], [], []
        self._documents = set()
        self.page.on("console", lambda message: self._console.append((message.location.get("url", ""), message.text)))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _failed(self, request):
        # A download, or a second click before the first was answered, ends a navigation; nothing is missing.
        if not (request.is_navigation_request() and "ERR_ABORTED" in (request.failure or "")):
            self.failures.append(f"{request.url}: {request.failure}")

    def _answered(self, response):
        if response.request.is_navigation_request():
            self.document = response
            self._documents.add(response.url)
        elif response.status >= 400:
            self.failures.append(f"{response.url}: {response.status}")

    @property
    def console(self):
        """What the browser complained of; that a page answered with 4xx is the page's own business."""
        return [
            f"{url}: {text}" for url, text in self._console
            if not (text.startswith("Failed to load resource: the server responded with a status of 4")
                    and url in self._documents)
            # Chromium tells of every success of signing out.
            and "Clear-Site-Data header on" not in text
        ]

    @property
    def complaints(self):
        strangers = [url for url in self.requests if not url.startswith((self.url + "/", "data:", "about:"))]
        return self.console + self.errors + self.failures + [f"asked another host: {url}" for url in strangers]

    def take_complaints(self):
        """The complaints since this was asked last."""
        taken = self.complaints
        for kept in (self.requests, self.errors, self.failures, self._console):
            kept.clear()
        return taken

    # Where one is.

    @property
    def address(self):
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def status(self):
        return self.document.status

    @property
    def title(self):
        return self.page.title()

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def shows(self, key, **arguments):
        """Whether a sentence of the catalogue can be read in the main part of the page."""
        return self.words.until(key, **arguments) in self.text

    def in_document(self, script, argument=None):
        return self.page.evaluate(script, argument)

    # What one does. Each is one step.

    def goto(self, address):
        self.page.goto(address if "://" in address else self.url + address)
        return self

    def follow(self, key, exact=True, within="main", **arguments):
        """Clicks the link with these words."""
        self.steps += 1
        self.page.locator(within).get_by_role("link", name=self.words(key, **arguments), exact=exact).first.click()

    def press(self, key, **arguments):
        """Presses the button with these words."""
        self.steps += 1
        self.page.locator("main").get_by_role("button", name=self.words(key, **arguments), exact=True).click()

    def choose(self, key):
        """Ticks the radio button or box with these words."""
        self.steps += 1
        self.page.get_by_label(self.words(key), exact=True).check()

    def fill(self, field, text):
        self.steps += 1
        self.page.locator(f"#{field}").fill(text)

    # Who one is.

    def sign_in_here(self, who):
        """On the sign-in page: as a persona, or as somebody else by token."""
        if "." in who:
            self.fill("token", who)
            self.press("portal.signIn.token.button")
        else:
            self.steps += 1
            self.page.locator(f"input[name=persona][value={who}]").check()
            self.press("portal.signIn.button")

    def sign_in(self, who):
        """The same without the pages: as a persona or by token, and in the language of this window."""
        form = {"token" if "." in who else "persona": who, "next": "/accessibility"}
        answer = self.context.request.post(f"{self.url}/sign-in", form=form, max_redirects=0)
        assert answer.status == 303, f"{who} cannot sign in: {answer.status}"
        self.context.add_cookies([{"name": "suiro_lang", "value": self.language, "url": self.url}])
        return self

    def speak(self, language):
        """Changes the language as a reader would, and comes back."""
        if self.in_document("document.documentElement.lang") != language:
            self.page.locator(f"header a[hreflang={language}]").click()
        return self


class Windows:
    """Opens windows and looks after them."""

    def __init__(self, chromium, url):
        self.chromium, self.url, self.tabs = chromium, url, []

    def __call__(self, language="en", who=None, width=1280, scripts=False, colours="light", url=None):
        """A window in a language, of a width, with JavaScript off unless asked for; signed in as `who`."""
        context = self.chromium.new_context(
            locale={"ja": "ja-JP", "en": "en-GB"}[language], viewport={"width": width, "height": 900},
            java_script_enabled=scripts, color_scheme=colours, reduced_motion="reduce", accept_downloads=True,
        )
        tab = Tab(context, url or self.url, language)
        self.tabs.append(tab)
        return tab if who is None else tab.sign_in(who)

    def close(self):
        complaints = [complaint for tab in self.tabs for complaint in tab.complaints]
        for tab in self.tabs:
            tab.context.close()
        assert complaints == [], f"behind the pages: {complaints}"
