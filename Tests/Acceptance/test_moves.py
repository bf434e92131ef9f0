"""Moves over HTTP: previewed, agreed, carried out, without gap, overlap or forgotten access."""

import concurrent.futures
from datetime import timedelta

import pytest

from moving import MOVES, Cast
from world import instant


@pytest.fixture
def cast(world):
    return Cast(world)


def term(world, months=6):
    now = world.now
    text = "%Y-%m-%dT00:00:00Z"
    return {
        "start": (now - timedelta(days=30)).strftime(text), "end": (now + timedelta(days=30 * months)).strftime(text),
        "autoRenew": True,
    }


def test_a_preview_writes_nothing_and_the_move_says_the_same(cast):
    usage = cast.hold("usage")
    preview = cast.preview(usage, cutover=(cast.world.now + timedelta(days=3)).strftime("%Y-%m-%dT00:00:00Z"))
    assert cast.act("customer").get(f"/multichannel/v1/customers/{cast.customer.id}/moves").items == []
    again = cast.preview(usage, cutover=preview["cutover"])
    move = cast.request(usage, cutover=preview["cutover"])
    for member in ("kind", "form", "stays", "atRisk", "billing", "moves", "blockers", "policyEdition", "termsHash"):
        assert preview[member] == again[member] == move[member], member
    assert [consent["party"] for consent in preview["consents"]] == ["customer", "source", "target"]
    assert [step["id"] for step in preview["steps"]] == [step["id"] for step in move["steps"]]
    assert move["state"] == "awaitingConsent" and move["policyEdition"] == "2017-06"


def test_a_preview_can_be_opened_again_with_its_edition_and_instant(cast):
    usage = cast.hold("usage")
    first = cast.preview(usage)
    later = cast.preview(usage, edition=first["edition"], at=first["at"])
    assert later["termsHash"] == first["termsHash"]
    path = f"/multichannel/v1/customers/{cast.customer.id}/movepreviews"
    cast.act("target").post(path, cast.body([usage], edition=99_999)).expect(400, "INVALID_INPUT")


def test_billing_intervals_are_half_open_and_touch_and_add_up(cast):
    usage = cast.hold("usage")
    cutover = (cast.world.now + timedelta(days=40)).strftime("%Y-%m-16T00:00:00Z")
    lines = cast.preview(usage, cutover=cutover)["billing"]
    assert [line["payee"]["id"] for line in lines] == [cast.source.id, cast.target.id]
    assert lines[0]["to"] == lines[1]["from"]
    assert instant(lines[0]["to"]) == instant(cutover)
    total = sum(round(float(line["amount"]["amount"]) * 100) for line in lines)
    assert total == 31000


def test_a_switch_from_the_first_question_to_the_last_leftover(cast):
    usage = cast.hold("usage")
    move = cast.agree(cast.request(usage))
    assert move["state"] == "inProgress" and cast.ready(move)["who"] == "source"
    cutover = cast.play(move, until="grantAccess")
    assert cutover["state"] == "handover"
    assert cast.held(usage)["billOwner"]["id"] == cast.target.id
    alias = cutover["moves"][0]["result"]["alias"]
    assert cast.held(alias)["id"] == usage and cast.held(alias, by="target")["id"] == usage
    kinds = {leftover["kind"] for leftover in cast.leftovers()}
    assert {"standingGroup", "resellerTie"} <= kinds
    done = cast.play(cutover)
    assert done["state"] == "completed" and {item["state"] for item in cast.leftovers()} == {"removed"}
    # The former partner holds no key any more.
    cast.act("source").get(f"/multichannel/v1/customers/{cast.customer.id}/subscriptions").expect(403)
    assert cast.look(done, by="source")["state"] == "completed"


def test_the_bill_changes_hands_at_the_instant_whether_or_not_anything_ran(cast):
    usage = cast.hold("usage")
    cutover = (cast.world.now + timedelta(days=2)).strftime("%Y-%m-%dT00:00:00Z")
    scheduled = cast.play(cast.agree(cast.request(usage, cutover=cutover)), until="cutOver")
    assert scheduled["state"] == "scheduled"
    cast.world.set_clock((instant(cutover) - timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert cast.held(usage)["billOwner"]["id"] == cast.source.id
    cast.world.set_clock(cutover)
    assert cast.held(usage)["billOwner"]["id"] == cast.target.id
    assert cast.look(scheduled)["state"] == "handover"


def test_a_licence_is_refused_with_its_two_plans(cast):
    license = cast.hold("license", quantity=10, term=term(cast.world))
    for kind in ("switchPartner", "transferLicense"):
        blockers = cast.preview(license, kind=kind)["blockers"]
        assert blockers[0]["reason"] == "LICENSE_SWITCH_FORBIDDEN" and blockers[0]["rule"] == "S-16"
        assert [step["action"] for step in blockers[0]["next"]] == ["waitForTermEnd", "cancelFirst"]
        path = f"/multichannel/v1/customers/{cast.customer.id}/moves"
        answer = cast.act("target").post(path, cast.body([license], kind=kind))
        body = answer.expect(400, "LICENSE_SWITCH_FORBIDDEN")
        assert [step["action"] for step in body["next"]] == ["waitForTermEnd", "cancelFirst"]


@pytest.mark.parametrize("channel", ["direct", "open", "ea", "csp"])
def test_a_licence_is_replaced_by_either_plan(cast, channel):
    waiting = cast.hold("license", channel, quantity=10, term=term(cast.world, 2))
    cancelled = cast.hold("license", channel, quantity=10, term=term(cast.world))
    move = cast.play(cast.agree(cast.request(waiting, kind="replaceLicense", plan="wait")), until="endOld")
    step = cast.ready(move)
    cast.step(move, "endOld", step["who"]).expect(409, "TOO_EARLY")
    first = cast.play(cast.agree(cast.request(cancelled, kind="replaceLicense", plan="cancelFirst")))
    assert first["state"] == "completed" and first["moves"][0]["replacedBy"]
    cast.world.set_clock(move["cutover"])
    done = cast.play(move)
    assert done["state"] == "completed"
    new = cast.held(done["moves"][0]["replacedBy"])
    assert new["seller"]["id"] == cast.target.id and new["quantity"] == 10


def test_usage_from_another_channel_is_created_anew(cast):
    usage = cast.hold("usage", "ea")
    move = cast.agree(cast.request(usage))
    assert move["kind"] == "recreate"
    move = cast.play(move, until="enterDetails")
    cast.step(move, "cancelOld", "customer").expect(409, "STEP_LOCKED")
    answer = cast.step(move, "enterDetails", "target", {"details": {"regions": "japaneast"}})
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("details.contacts")
    details = {"regions": "japaneast", "contacts": "ops@a.example"}
    move = cast.step(move, "enterDetails", "target", {"details": details}).expect(200)
    move = cast.play(move, until="chooseCancelScope")
    move = cast.step(move, "chooseCancelScope", "customer", {"scope": "whole"}).expect(200)
    move = cast.play(move, until="watchUsage")
    cast.step(move, "watchUsage", "target").expect(409, "TOO_EARLY")
    cast.world.advance("P8D")
    assert cast.play(move)["state"] == "completed"
    assert cast.held(usage)["source"] == "observed" and cast.held(usage)["status"] != "active"


def test_a_consent_is_bound_to_what_was_seen(cast):
    usage = cast.hold("usage")
    move = cast.request(usage)
    body = {"decision": "approve", "termsHash": "0" * 64}
    cast.act("customer").post(f"{MOVES}/{move['id']}/consents", body).expect(409, "TERMS_CHANGED")
    cast.act("customer").post(f"{MOVES}/{move['id']}/consents", {"decision": "approve"}).expect(400)
    cast.approve(move, "customer")
    back = cast.act("customer").post(f"{MOVES}/{move['id']}/consents", {"decision": "withdraw"}).expect(200)
    states = {consent["party"]: consent["state"] for consent in back["consents"]}
    assert states == {"customer": "pending", "source": "pending", "target": "approved"}


def test_a_refusal_carries_its_reason_to_all_parties_in_their_language(world):
    cast = Cast(world, language="ja")
    usage = cast.hold("usage")
    move = cast.request(usage)
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    body = {"decision": "decline", "reason": "Open invoices."}
    cast.act("source").post(f"{MOVES}/{move['id']}/consents", body).expect(200)
    for party in ("customer", "source", "target"):
        seen = cast.look(move, by=party)
        assert (seen["state"], seen["endedBy"], seen["endReason"]) == ("declined", "source", "Open invoices.")
    mails = world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert {mail["language"] for mail in mails} == {"en", "ja"}
    assert all("Open invoices." in mail["body"] and "⟦" not in mail["subject"] + mail["body"] for mail in mails)


def test_reminders_come_on_their_days_and_nobody_agrees_after_thirty(cast):
    usage = cast.hold("usage")
    move = cast.request(usage)
    reminders = []
    for day in range(1, 31):
        cast.world.sandbox.delete("/sandbox/v1/outbox").expect(204)
        cast.world.advance("P1D")
        mails = cast.world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
        if any(mail["kind"] == "moveReminder" for mail in mails):
            reminders.append(day)
    assert reminders == [3, 10, 20, 27]
    assert cast.look(move)["state"] == "expired"
    body = {"decision": "approve", "termsHash": move["termsHash"]}
    cast.act("customer").post(f"{MOVES}/{move['id']}/consents", body).expect(409, "MOVE_NOT_OPEN")
    copy = cast.act("target").post(f"{MOVES}/{move['id']}/renewal", {}).expect(201)
    assert copy["renews"] == move["id"] and copy["state"] == "awaitingConsent"


def test_mails_carry_the_dates_as_a_calendar_file(cast):
    usage = cast.hold("usage")
    cast.world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    move = cast.request(usage)
    mails = cast.world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    asked = [mail for mail in mails if mail["kind"] == "moveRequested"]
    assert len(asked) == 3
    for mail in asked:
        [file] = mail["attachments"]
        assert file["contentType"].startswith("text/calendar")
        assert file["body"].startswith("BEGIN:VCALENDAR\r\n") and file["body"].endswith("END:VCALENDAR\r\n")
    text = cast.act("customer").get(f"{MOVES}/{move['id']}/calendar")
    assert text.status == 200 and text.headers["Content-Type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in text.text.split("\r\n"))


def test_old_access_waits_for_the_new_one_unless_the_customer_orders_otherwise(cast):
    usage = cast.hold("usage")
    move = cast.play(cast.agree(cast.request(usage)), until="grantAccess")
    first, second = cast.leftovers()[:2]
    cast.resolve(first).expect(409, "HANDOVER_ORDER")
    cast.resolve(first, decision="remove", immediate=True).expect(200)
    cast.resolve(first).expect(409, "LEFTOVER_RESOLVED")
    kept = cast.resolve(second, decision="signOff", reason="Until June").expect(200)
    assert (kept["state"], kept["reason"]) == ("signedOff", "Until June")
    assert cast.play(move)["state"] == "completed"


def test_guests_roles_and_groups_are_leftovers_too(cast):
    usage = cast.hold("usage")
    for kind in ("dap", "gdap", "resourceRole", "guest", "supportContact"):
        body = {"customerId": cast.customer.id, "partnerId": cast.source.id, "kind": kind}
        cast.world.sandbox.post("/sandbox/v1/access", body).expect(201)
    preview = cast.preview(usage)
    move = cast.play(cast.agree(cast.request(usage)), until="grantAccess")
    kinds = {"resellerTie", "dap", "gdap", "resourceRole", "guest", "supportContact", "standingGroup"}
    assert {item["kind"] for item in preview["survivingAccess"]} == kinds
    assert {item["kind"] for item in cast.leftovers()} == kinds
    assert cast.play(move)["state"] == "completed"
    partners = {
        grant["partner"]["id"]
        for grant in cast.act("customer").get(f"/multichannel/v1/customers/{cast.customer.id}/access").items
    }
    assert partners == {cast.target.id}


def test_ten_rivals_and_one_winner(cast):
    usage = cast.hold("usage")
    rivals = [cast.world.partner() for _ in range(10)]
    for rival in rivals:
        cast.world.relationship(rival, cast.customer)

    def ask(rival):
        body = {"subscriptionIds": [usage], "toPartner": rival.id}
        return rival.act("adminAgent").post(f"/multichannel/v1/customers/{cast.customer.id}/moves", body)

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, rivals))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 9
    assert {answer.reason for answer in answers if answer.status == 409} == {"ALREADY_MOVING"}


def test_cancelling_against_agreeing_has_one_outcome(cast):
    for _ in range(5):
        usage = cast.hold("usage")
        move = cast.approve(cast.approve(cast.request(usage), "customer"), "target")
        agree = {"decision": "approve", "termsHash": move["termsHash"]}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            yes = pool.submit(lambda: cast.act("source").post(f"{MOVES}/{move['id']}/consents", agree))
            no = pool.submit(lambda: cast.act("target").post(f"{MOVES}/{move['id']}/withdrawal", {}))
            yes, no = yes.result(), no.result()
        state = cast.look(move)["state"]
        # Agreed first, it may still be withdrawn by whoever began it; withdrawn first, nobody can agree.
        assert no.status == 200 and state == "withdrawn"
        assert yes.status in (200, 409) and (yes.status == 200 or yes.reason == "MOVE_NOT_OPEN")


def test_a_partner_that_is_suspended_takes_over_nothing(cast):
    usage = cast.hold("usage")
    cutover = (cast.world.now + timedelta(days=2)).strftime("%Y-%m-%dT00:00:00Z")
    move = cast.play(cast.agree(cast.request(usage, cutover=cutover)), until="cutOver")
    cast.world.sandbox.call(
        "PATCH", f"/sandbox/v1/organizations/{cast.target.id}", {"standing": "suspended"}
    ).expect(200)
    cast.world.set_clock(cutover)
    assert cast.held(usage)["billOwner"]["id"] == cast.source.id
    failed = cast.look(move)
    assert failed["state"] == "finishedWithErrors"
    assert failed["moves"][0]["result"]["reason"] == "PARTNER_SUSPENDED"


def test_the_customer_begins_and_invites_both(cast):
    third = cast.world.partner()
    usage = cast.hold("usage")
    move = cast.request(usage, by="customer", toPartner=third.id)
    assert move["state"] == "planned" and move["initiator"] == "customer"
    body = {"decision": "approve", "termsHash": move["termsHash"]}
    third.act("adminAgent").post(f"{MOVES}/{move['id']}/consents", body).expect(403, "NO_RELATIONSHIP")
    cast.world.relationship(third, cast.customer)
    seen = third.act("adminAgent").get(f"{MOVES}/{move['id']}").expect(200)
    third.act("adminAgent").post(
        f"{MOVES}/{move['id']}/consents", {"decision": "approve", "termsHash": seen["termsHash"]}
    ).expect(200)


def test_strangers_learn_nothing(cast):
    usage = cast.hold("usage")
    move = cast.request(usage)
    stranger, other = cast.world.partner(), cast.world.customer()
    for client in (stranger.act("adminAgent"), other.act("globalAdmin")):
        client.get(f"{MOVES}/{move['id']}").expect(404, "NOT_FOUND")
        client.post(f"{MOVES}/{move['id']}/withdrawal", {}).expect(404, "NOT_FOUND")
        client.post(f"{MOVES}/{move['id']}/steps/openRequest", {}).expect(404, "NOT_FOUND")
    stranger.act("adminAgent").get(f"/multichannel/v1/customers/{cast.customer.id}/leftovers").expect(403)
    cast.customer.act("user").get(f"{MOVES}/{move['id']}").expect(403)


def test_lists_from_either_side(cast):
    move = cast.request(cast.hold("usage"))

    def ids(party, query):
        return [item["id"] for item in cast.act(party).get(f"{MOVES}{query}").expect(200)["items"]]

    assert ids("target", "?role=incoming") == [move["id"]] and ids("target", "?role=outgoing") == []
    assert ids("source", "?role=outgoing&state=awaitingConsent") == [move["id"]]
    assert ids("source", "?state=completed") == [] and ids("customer", "") == [move["id"]]
    cast.act("target").get(f"{MOVES}?role=sideways").expect(400, "INVALID_INPUT")
    cast.act("target").get(f"{MOVES}?state=lost").expect(400, "INVALID_INPUT")


@pytest.mark.parametrize(
    "change, field",
    [
        ({"subscriptionIds": []}, "subscriptionIds"), ({"subscriptionIds": ["x"]}, "subscriptionIds[0]"),
        ({"kind": "teleport"}, "kind"), ({"plan": "hope"}, "plan"), ({"cutover": "tomorrow"}, "cutover"),
        ({"cutover": "2001-01-01T00:00:00Z"}, "cutover"), ({"toPartner": "x"}, "toPartner"),
        ({"toPartner": "00000000-0000-4000-8000-000000000000"}, "toPartner"),
        ({"kind": "switchPartner", "plan": "wait"}, "plan"),
    ],
)
def test_bad_input_names_the_field(cast, change, field):
    usage = cast.hold("usage")
    for what in ("movepreviews", "moves"):
        path = f"/multichannel/v1/customers/{cast.customer.id}/{what}"
        answer = cast.act("target").post(path, {**cast.body([usage]), **change})
        answer.expect(400, "INVALID_INPUT")
        assert answer.names(field), answer.text
    assert cast.act("target").get(MOVES).items == []


def test_a_request_that_arrives_twice_is_one_move(cast):
    usage = cast.hold("usage")
    path = f"/multichannel/v1/customers/{cast.customer.id}/moves"
    headers = {"MS-RequestId": "7f3c1f0a-93b1-4d2f-8f0e-6f0d6a1b2c3d"}
    client = cast.act("target")
    first = client.call("POST", path, cast.body([usage]), headers).expect(201)
    second = client.call("POST", path, cast.body([usage]), headers).expect(201)
    assert first["id"] == second["id"]


def test_texts_speak_the_language_that_was_asked_for(cast):
    usage = cast.hold("usage")
    path = f"/multichannel/v1/customers/{cast.customer.id}/movepreviews"
    seen = {}
    for language in ("en-US", "ja-JP"):
        body = cast.act("target", language).post(path, cast.body([usage])).expect(200)
        texts = [item["text"] for item in body["stays"] + body["atRisk"]] + [step["help"] for step in body["steps"]]
        assert texts and not any("⟦" in text or not text for text in texts)
        seen[language] = texts
    assert all(english != japanese for english, japanese in zip(*seen.values()))


def test_transfers_on_the_wire_are_moves(cast):
    usage = cast.hold("usage")
    base = f"/v1/customers/{cast.customer.id}/transfers"
    eligible = cast.source.act("adminAgent").get(f"/v1/customers/{cast.customer.id}/transferseligibility?transferType=x")
    assert eligible.expect(200) == [{"id": usage, "isEligible": True}]
    body = {"sourcePartnerTenantId": cast.source.id, "sourcePartnerName": "Hokusei", "transferType": 3}
    made = cast.act("target").post(base, body).expect(201)
    assert made["status"] == "Active" and made["lineItems"][0]["subscriptionId"] == usage
    assert [item["id"] for item in cast.act("source").get(base).expect(200)] == [made["id"]]
    cast.act("source").post(f"{base}/{made['id']}/accept", {}).expect(200)
    cast.approve(cast.look({"id": made["id"]}), "customer")
    cast.play({"id": made["id"]})
    assert cast.act("target").get(f"{base}/{made['id']}").expect(200)["status"] == "Complete"
    cast.act("target").call("DELETE", f"{base}/{made['id']}").expect(409)
    other = cast.hold("usage")
    body = {"lineItems": [{"subscriptionId": other}], "targetPartnerTenantId": cast.target.id}
    made = cast.act("source").post(base, body).expect(201)
    rejected = cast.act("target").call("PATCH", f"{base}/{made['id']}", {"id": made["id"], "status": "reject"})
    assert rejected.expect(200)["status"] == "Reject"
    made = cast.act("source").post(base, body).expect(201)
    cast.act("source").call("DELETE", f"{base}/{made['id']}").expect(204)
    assert cast.look(made)["state"] == "withdrawn"
