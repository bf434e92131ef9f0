"""Every page of the portal, in each of its states: who sees it, and how they get there."""

from dataclasses import dataclass, field
from typing import Callable

from switching import path


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
    return _strangers(s) + _technician(s) + _customers(s) + _others(s) + _moving(s.moves)


def _strangers(s):
    return [
        Place("sign in", None, "/sign-in?next=%2Fcustomers"),
        Place("sign in, nobody chosen", None, "/sign-in", 403, lambda tab: tab.press("portal.signIn.button")),
        Place("sign in, no token", None, "/sign-in", 403, lambda tab: tab.press("portal.signIn.token.button")),
        Place("accessibility", None, "/accessibility"),
        Place("compatibility", None, "/docs/compatibility"),
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
        ("webhooks", "/webhooks"),
        ("webhooks, delivered", "/webhooks?state=delivered"),
        ("announcements, none fits", "/announcements?key=zzz"),
        ("announcement", f"/announcements/{s.news}"),
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
        ("delegation, as the partner", f"/delegations/{s.delegation}"),
        ("all access", "/access"),
        ("all access, filtered", "/access?kind=dap&ending=3650"),
        ("all access, mistakes", "/access?ending=soon&customer=mirai", 400),
        ("calendar of ends", "/access/calendar"),
        ("unused rights", "/access/unused"),
        ("delegations", "/delegations"),
        ("sign out", "/sign-out"),
    ]]


def _many_mistakes(tab):
    tab.page.locator("input[name=roles]").evaluate_all("boxes => boxes.forEach(box => box.checked = false)")
    for name, text in [("mail", "tanaka"), ("domain", "mirai shoji"), ("days", "soon")]:
        tab.fill(name, text)
    tab.press("portal.requestForm.button")


def _customers(s):
    consent, own = f"/r/{s.open['code']}", f"/customers/{s.mirai.id}"
    delegation = f"/delegations/{s.delegation}"
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
        Place("sessions", "ichiro", "/sessions"),
        Place("own access", "ichiro", f"{own}/people-and-access"),
        Place("end access", "ichiro", f"{own}/access/{s.grant}/end"),
        Place("text agreed to", "ichiro", f"{own}/access/{s.grant}/terms"),
        Place("own calendar of ends", "ichiro", "/access/calendar"),
        Place("own unused rights", "ichiro", "/access/unused"),
        Place("own delegations", "ichiro", "/delegations"),
        Place("consent, other organization", "ichiro", consent, 403),
        Place("consent, approved", s.accepted.tokens["globalAdmin"], f"/r/{s.accepted.code}"),
        Place("consent, declined", s.declined.tokens["globalAdmin"], f"/r/{s.declined.code}"),
        Place("consent, withdrawn", s.withdrawn.tokens["globalAdmin"], f"/r/{s.withdrawn.code}"),
        Place("consent, no administrator", s.asked.tokens["user"], f"/r/{s.asked.code}"),
        Place("delegation", "ichiro", delegation),
        Place("delegation, no answer", "ichiro", delegation, 400, lambda tab: tab.press("portal.consent.continue")),
        Place("delegation, check approval", "ichiro", delegation, 200, lambda tab: _answer(tab, "accept")),
        Place("delegation, check refusal", "ichiro", delegation, 200, lambda tab: _answer(tab, "decline")),
        Place("delegation, approved", s.accepted.tokens["globalAdmin"], f"/delegations/{s.delegated}"),
    ]


def _answer(tab, answer):
    tab.choose(f"portal.consent.{answer}")
    tab.press("portal.consent.continue")


def _no_package(tab):
    tab.fill("text", "package: x")
    tab.press("portal.newPackage.button")


def _no_reason(tab):
    tab.press("portal.publish.next")


def _reasons(tab):
    tab.fill("reason-en", "Seats are lost.")
    tab.fill("reason-ja", "シートが失われるためです。")
    tab.press("portal.publish.next")


def _others(s):
    newcomer = s.newcomer.tokens["adminAgent"]
    return [
        Place("home, of the vendor", "sofia", "/"),
        Place("announcement, of the vendor", "sofia", f"/announcements/{s.news}"),
        Place("policies, of their owner", "sofia", "/policies"),
        Place("package, shipped", "sofia", "/policies/packages/2017-06"),
        Place("package, announced", "sofia", f"/policies/packages/{s.published}"),
        Place("package, drafted", "sofia", f"/policies/packages/{s.drafted}"),
        Place("new package", "sofia", "/policies/packages/new"),
        Place("new package, mistakes", "sofia", "/policies/packages/new", 400, _no_package),
        Place("impact", "sofia", f"/policies/packages/{s.drafted}/impact"),
        Place("impact, no such day", "sofia", f"/policies/packages/{s.drafted}/impact?effective=soon", 400),
        Place("publish", "sofia", f"/policies/packages/{s.drafted}/publish"),
        Place("publish, too early", "sofia", f"/policies/packages/{s.drafted}/publish?effective=2017-01-01", 400),
        Place("publish, check", "sofia", f"/policies/packages/{s.drafted}/publish?effective=2099-01-01"),
        Place("withdraw package", "sofia", f"/policies/packages/{s.published}/withdraw"),
        Place("switches", "sofia", "/policies/switches"),
        Place("switch", "sofia", "/policies/switches/moves.enabled"),
        Place("switch, mistakes", "sofia", "/policies/switches/moves.enabled", 400, _no_reason),
        Place("switch, check", "sofia", "/policies/switches/moves.enabled", 200, _reasons),
        Place("home, nothing to do", newcomer, "/"),
        Place("customers, none yet", newcomer, "/customers"),
        Place("requests, none yet", newcomer, "/requests"),
        Place("webhooks, none yet", newcomer, "/webhooks"),
    ]


def _moving(m):
    return _planning(m) + _deciding(m) + _handing_over(m)


def _planning(m):
    return [Place(name, "hanako", address, *more) for name, address, *more in [
        ("moves", "/switches"),
        ("moves, coming", "/switches?role=incoming"),
        ("moves, none", "/switches?role=outgoing&state=completed"),
        ("plan, customer", "/switches/new"),
        ("plan, no customer", "/switches/new?q=zzz"),
        ("plan, subjects", m.asked.wizard()),
        ("plan, no subject", m.asked.wizard(step=2), 400),
        ("plan, target", m.asked.wizard(m.other)),
        ("plan, plans", m.asked.wizard(m.licence)),
        ("plan, target mistakes", m.asked.wizard(m.licence, cutover="soon", step=3), 400),
        ("plan, preview", m.asked.wizard(m.other, step=3)),
        ("plan, preview of a plan", m.asked.wizard(m.licence, plan="cancelFirst", step=3)),
        ("plan, blocked", m.asked.wizard(m.licence, kind="switchPartner", step=3)),
        ("plan, in a move already", m.asked.wizard(m.azure, kind="switchPartner", step=1)),
        ("plan, check", m.asked.wizard(m.other, step=4)),
        ("move, asked for", path(m.waiting)),
        ("subscription in a move", f"/customers/{m.asked.customer.id}/subscriptions/{m.azure}"),
        ("move, assess", path(m.assessed)),
        ("move, assess mistake", path(m.assessed), 400, _judge_nothing),
        ("move, details", path(m.entered)),
        ("move, details mistakes", path(m.entered), 400, lambda tab: tab.press("portal.step.save.button")),
        ("move, step", f"{path(m.entered)}/steps/createTarget"),
    ]]


def _judge_nothing(tab):
    tab.fill("service-new", "Fax")
    tab.press("portal.step.save.button")


def _deciding(m):
    move = path(m.waiting)
    return [Place(name, m.asked.token, address, *more) for name, address, *more in [
        ("home, with a move", "/"),
        ("own moves", "/switches"),
        ("own plan, subjects", m.asked.wizard()),
        ("own plan, target", m.asked.wizard(m.licence)),
        ("move, to answer", move),
        ("move, no answer", move, 400, lambda tab: tab.press("portal.consent.continue")),
        ("move, check approval", move, 200, lambda tab: _answer_move(tab, "accept")),
        ("move, check refusal", move, 200, lambda tab: _answer_move(tab, "decline")),
        ("withdraw move", f"{move}/withdraw"),
    ]] + [
        Place("home, with a move to answer", m.asked.seller, "/"),
        Place("move, not your turn", m.built.token, path(m.assessed)),
    ]


def _answer_move(tab, answer):
    tab.choose(f"portal.consent.{answer}")
    tab.press("portal.consent.continue")


def _handing_over(m):
    customer, move = f"/customers/{m.handed.customer.id}", path(m.handover)
    leftover = f"{customer}/leftovers/{m.leftover}?decision="
    return [Place(name, m.handed.token, address, *more) for name, address, *more in [
        ("move, handed over", move),
        ("move, check step", move, 200, lambda tab: tab.press("portal.consent.continue")),
        ("access left over", f"{customer}/people-and-access"),
        ("leftover, remove", leftover + "remove"),
        ("leftover, too early", leftover + "remove", 400, lambda tab: tab.press("portal.leftover.remove.button")),
        ("leftover, may stay", leftover + "signOff"),
        ("leftover, no reason", leftover + "signOff", 400, lambda tab: tab.press("portal.leftover.signOff.button")),
    ]] + [Place("move, of the former partner", m.handed.seller, move)]
