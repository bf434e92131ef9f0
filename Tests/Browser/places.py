"""Every page of the portal, in each of its states: who sees it, and how they get there."""

from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Place:
    name: str
    who: str
    address: str
    status: int = 200
    then: Callable = field(default=lambda tab: None)
    """What is done on the page to bring it into this state."""


def all_places(s):
    """`s` are the scenes. The people are grouped, because each group is one session."""
    return _strangers(s) + _technician(s) + _customers(s) + _others(s)


def _strangers(s):
    return [
        Place("sign in", None, "/sign-in?next=%2Fcustomers"),
        Place("sign in, nobody chosen", None, "/sign-in", 403, lambda tab: tab.press("portal.signIn.button")),
        Place("sign in, no token", None, "/sign-in", 403, lambda tab: tab.press("portal.signIn.token.button")),
        Place("accessibility", None, "/accessibility"),
        Place("code", None, "/r"),
        Place("code, mistyped", None, "/r?code=7Q2M-K4XD", 400),
        Place("doorstep", None, f"/r/{s.open['code']}"),
        Place("reusable link", None, f"/r?partnerId={s.tozai.id}"),
        Place("nowhere", None, "/nowhere", 404),
    ]


def _technician(s):
    customer = f"/customers/{s.mirai.id}"
    return [Place(name, "hanako", address, *more) for name, address, *more in [
        ("home", "/"),
        ("customers", "/customers"),
        ("customers, none found", "/customers?q=zzz"),
        ("customer", customer),
        ("access", f"{customer}/people-and-access"),
        ("subscription", f"{customer}/subscriptions/{s.subscription}"),
        ("subscription, ahead", f"{customer}/subscriptions/{s.subscription}?at=2031-01-01"),
        ("subscription, no such day", f"{customer}/subscriptions/{s.subscription}?at=soon"),
        ("requests", "/requests"),
        ("requests, unanswered", "/requests?show=open"),
        ("new request", "/requests/new"),
        ("new request, mistakes", "/requests/new", 400, _many_mistakes),
        ("new request, all roles", "/requests/new", 200, lambda tab: tab.page.locator("summary").first.click()),
        ("request, unanswered", f"/requests/{s.open['id']}"),
        ("request, declined", f"/requests/{s.declined.request}"),
        ("request, answered", f"/requests/{s.accepted.request}"),
        ("announcements", "/announcements"),
        ("webhooks, none yet", "/webhooks"),
        ("policies", "/policies"),
        ("policies of one rule", "/policies?rule=S-16"),
        ("policies, none", "/policies?rule=S-99"),
        ("audit", "/audit"),
        ("audit, mistakes", "/audit?customer=mirai&from=soon&to=later", 400),
        ("audit, nothing", "/audit?to=1999-12-31"),
        ("explanation", f"/audit/explain/{s.explained}"),
        ("explanation of nothing", "/audit/explain/00000000-0000-4000-8000-000000000000", 404),
        ("refused", f"/customers/{s.asked.id}", 403),
        ("not a customer", "/customers/nobody", 404),
        ("consent, as the partner", f"/r/{s.open['code']}", 403),
        ("sign out", "/sign-out"),
    ]]


def _many_mistakes(tab):
    tab.page.locator("input[name=roles]").evaluate_all("boxes => boxes.forEach(box => box.checked = false)")
    for name, text in [("mail", "tanaka"), ("domain", "mirai shoji"), ("days", "soon")]:
        tab.fill(name, text)
    tab.press("portal.requestForm.button")


def _customers(s):
    consent, own = f"/r/{s.open['code']}", f"/customers/{s.mirai.id}"
    return [
        Place("home, asked", "olivia", "/"),
        Place("consent", "olivia", consent),
        Place("consent, who has access", "olivia", consent, 200, lambda tab: tab.page.locator("summary").click()),
        Place("consent, no answer", "olivia", consent, 400, lambda tab: tab.press("portal.consent.continue")),
        Place("consent, check approval", "olivia", consent, 200, lambda tab: _answer(tab, "accept")),
        Place("consent, check refusal", "olivia", consent, 200, lambda tab: _answer(tab, "decline")),
        Place("consent, ask", "olivia", consent, 200, lambda tab: _answer(tab, "ask")),
        Place("reusable link, as a customer", "olivia", f"/r?partnerId={s.tozai.id}"),
        Place("home, of a customer", "ichiro", "/"),
        Place("own subscriptions", "ichiro", own),
        Place("own subscription", "ichiro", f"{own}/subscriptions/{s.subscription}"),
        Place("own access", "ichiro", f"{own}/people-and-access"),
        Place("end access", "ichiro", f"{own}/access/{s.grant}/end"),
        Place("consent, other organization", "ichiro", consent, 403),
        Place("consent, approved", s.accepted.tokens["globalAdmin"], f"/r/{s.accepted.code}"),
        Place("consent, declined", s.declined.tokens["globalAdmin"], f"/r/{s.declined.code}"),
        Place("consent, withdrawn", s.withdrawn.tokens["globalAdmin"], f"/r/{s.withdrawn.code}"),
        Place("consent, no administrator", s.asked.tokens["user"], f"/r/{s.asked.code}"),
    ]


def _answer(tab, answer):
    tab.choose(f"portal.consent.{answer}")
    tab.press("portal.consent.continue")


def _others(s):
    newcomer = s.newcomer.tokens["adminAgent"]
    return [
        Place("home, of the vendor", "sofia", "/"),
        Place("home, nothing to do", newcomer, "/"),
        Place("customers, none yet", newcomer, "/customers"),
        Place("requests, none yet", newcomer, "/requests"),
    ]
