"""Sessions of the portal, as browsers meet them."""

import pytest

from browsing import Browser


@pytest.fixture(scope="module")
def demo(database, tmp_path_factory):
    from program import Program

    running = Program(tmp_path_factory.mktemp("demo"), "--demo", *database.fresh())
    yield running
    running.stop()


def test_ASVS_3_3_the_cookie_is_for_this_site_alone(demo):
    answer = Browser(demo).send("POST", "/sign-in", {"persona": "hanako", "next": "/"})
    cookie = next(line for line in answer.headers.get_all("Set-Cookie") if line.startswith("suiro_session="))
    assert "; HttpOnly" in cookie and "; SameSite=Strict" in cookie and "; Path=/" in cookie and "Domain" not in cookie
    assert len(cookie.split(";")[0].split("=")[1]) == 64, "256 bits"


def test_a_persona_stays_signed_in_however_far_the_test_clock_travels(demo):
    browser = Browser(demo).signed_in("hanako")
    for by in ("PT16M", "P2D", "P400D"):
        demo.sandbox.post("/sandbox/v1/clock/advance", {"by": by}).expect(200)
        assert browser.get("/customers").status == 200, by
    demo.sandbox.put("/sandbox/v1/clock", {"now": "2017-06-01T00:00:00Z"}).expect(200)
    assert browser.get("/customers").status == 200


def test_ASVS_7_2_4_signing_in_gives_a_new_session_and_ends_the_old(demo):
    browser = Browser(demo).signed_in("hanako")
    old = dict(browser.cookies)
    browser.signed_in("hanako")
    assert browser.cookies["suiro_session"] != old["suiro_session"]
    stale = Browser(demo)
    stale.cookies = old
    assert stale.get("/customers").status == 303


def test_ASVS_7_4_1_signing_out_ends_it_on_the_server_and_in_the_browser(demo):
    browser = Browser(demo).signed_in("hanako")
    old = dict(browser.cookies)
    browser.get("/sign-out")
    answer = browser.post("/sign-out")
    assert answer.status == 303 and '"cache"' in answer.headers["Clear-Site-Data"]
    assert "suiro_session" not in browser.cookies
    stale = Browser(demo)
    stale.cookies = old
    assert stale.get("/customers").status == 303


def test_ASVS_7_5_2_one_sees_ones_sessions_and_ends_one_or_all_others(demo):
    mine, second, third = (Browser(demo).signed_in("hanako") for _ in range(3))
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0 <script>"}
    named = Browser(demo)
    named.send("POST", "/sign-in", {"persona": "hanako", "next": "/"}, agent)
    page = mine.get("/sessions").text
    assert "Firefox · Windows" in page and "<script" not in page
    count = page.count('name="session"')
    assert count >= 3
    mine.post("/sessions")
    assert mine.get("/sessions").text.count('name="session"') == count - 1
    mine.send("POST", "/sessions", {**mine.hidden("/sessions"), "others": "1"})
    assert mine.get("/sessions").text.count('name="session"') == 0
    assert {browser.get("/customers").status for browser in (second, third, named)} == {303}
    assert mine.get("/customers").status == 200


def test_nobody_ends_another_persons_session(demo):
    mine, other = Browser(demo).signed_in("hanako"), None
    name = next(key for key, p in demo.ready["personas"].items() if p["kind"] == "customer" and "globalAdmin" in p["roles"])
    other = Browser(demo).signed_in(name)
    Browser(demo).signed_in(name)
    other.get("/sessions")
    theirs = other.hidden("/sessions")["session"]
    mine.get("/sessions")
    mine.post("/sessions", {"session": theirs})
    assert other.get("/sessions").text.count('name="session"') >= 1


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
    {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:1"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_ASVS_3_5_1_a_form_from_elsewhere_is_refused(demo, headers):
    browser = Browser(demo).signed_in("hanako")
    browser.get("/sign-out")
    assert browser.post("/sign-out", headers=headers).status == 403
    assert browser.get("/customers").status == 200
    assert Browser(demo).send("POST", "/sign-in", {"persona": "hanako"}, headers).status == 403


def test_ASVS_3_5_1_a_form_without_its_proof_or_with_another_sessions_is_refused(demo):
    browser, other = Browser(demo).signed_in("hanako"), Browser(demo).signed_in("hanako")
    browser.get("/sign-out"), other.get("/sign-out")
    own = browser.hidden("/sign-out")
    for fields in ({}, {**own, "csrf": ""}, {**own, "csrf": other.hidden("/sign-out")["csrf"]}, {"csrf": own["csrf"]}):
        assert browser.send("POST", "/sign-out", fields).status == 403, fields
    assert browser.send("POST", "/sign-out", own).status == 303


def test_who_follows_a_link_of_a_mail_passes_the_doorstep(demo):
    away = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    stranger = Browser(demo)
    answer = stranger.send("GET", "/r/7Q2M-K4XD-9TPA?x=1", headers=away)
    assert answer.status == 200 and answer.headers["Refresh"] == "0" and 'href="/r/7Q2M-K4XD-9TPA?x=1"' in answer.text
    home = {**away, "Sec-Fetch-Site": "same-origin"}
    assert "Refresh" not in stranger.send("GET", "/r/7Q2M-K4XD-9TPA?x=1", headers=home).headers


def vectors():
    hosts = ("evil.example", "evil.example/", "evil.example%2F", "evil.example#", "evil.example?", "[::1]", "127.0.0.1:1", "é.example")
    heads = ("//", "///", "////", "/\\", "\\/", "\\\\", "/\t/", "/\n/", "/\r/", "http://", "https://", "HTTPS://", "ftp://",
             "http:", "https:", "javascript:", "data:text/html,", "vbscript:", "//a@", "https://127.0.0.1@", " //", "\t//",
             "\u00a0//", "\u3000//", "／／", "/／", "﹨﹨", ".", "..//", "@", "?", "%2f%2f", "%5c%5c", "\x00//", "\x0b//",
             "/\x00/", "//%00", "//\\", "/\\/", "\\/\\/", "https:/", "https:\\", "///\\", "/ /", "//;@", "https://;@",
             "x-app:", "blob:", "file://", "mailto:", "tel:", "//%09", "/%09//\t", "\u2028//", "\ufeff//", "\u200b//",
             "//%E3%80%82", "。//", "//。", "//user:pw@", "h\nttps://", "java\tscript:", "feed:https://")
    return [head + host for head in heads for host in hosts]


def test_ASVS_3_7_2_signing_in_leads_nowhere_else(demo):
    from urllib.parse import urljoin, urlsplit

    tried = vectors()
    assert len(tried) >= 490
    for next_ in tried:
        answer = Browser(demo).send("POST", "/sign-in", {"persona": "hanako", "next": next_})
        place = answer.headers["Location"]
        assert answer.status == 303 and place.startswith("/") and not place.startswith("//"), repr(next_)
        assert urlsplit(urljoin(demo.url + "/sign-in", place)).netloc == urlsplit(demo.url).netloc, repr(next_)
