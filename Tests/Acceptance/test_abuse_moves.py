"""Abuse of switches and of what is billed: two takers, two acceptances, changes in between, forged parties."""

from decimal import Decimal

import pytest

import csvfiles
from moving import MOVES, Cast
from test_concurrency import at_once
from wire import request_id


@pytest.fixture
def cast(world):
    return Cast(world)


def consent(cast, party, move, decision="approve", headers=None):
    body = {"decision": decision, "termsHash": move["termsHash"]}
    return cast.act(party).post(f"{MOVES}/{move['id']}/consents", body, headers=headers)


def test_X_01_of_sixteen_moves_and_transfers_of_one_subscription_one_is_open(cast):
    usage = cast.hold("usage")
    rivals = [cast.world.partner() for _ in range(8)]
    for rival in rivals:
        cast.world.relationship(rival, cast.customer)
    base = f"/v1/customers/{cast.customer.id}/transfers"

    def move(rival):
        body = {"subscriptionIds": [usage], "toPartner": rival.id}
        path = f"/multichannel/v1/customers/{cast.customer.id}/moves"
        return lambda: rival.act("adminAgent").post(path, body, headers=request_id())

    def transfer(rival):
        body = {"sourcePartnerTenantId": cast.source.id, "transferType": 3, "lineItems": [{"subscriptionId": usage}]}
        return lambda: rival.act("adminAgent").post(base, body, headers=request_id())

    answers = at_once([make(rival) for rival in rivals for make in (move, transfer)])
    assert [answer.status for answer in answers].count(201) == 1, [answer.text[:200] for answer in answers]
    assert {answer.status for answer in answers} <= {201, 400, 409}
    made = cast.act("customer").get(f"/multichannel/v1/customers/{cast.customer.id}/moves").expect(200)["items"]
    assert len(made) == 1


def test_X_02_a_consent_given_64_times_at_once_counts_once_and_is_told_alike(cast):
    move = cast.request(cast.hold("usage"))
    cast.approve(move, "customer")
    cast.approve(move, "target")
    key = request_id()
    answers = at_once([lambda: consent(cast, "source", move, headers=key) for _ in range(32)])
    answers += at_once([lambda: consent(cast, "source", move, headers=request_id()) for _ in range(32)])
    same = answers[:32]
    assert {answer.status for answer in same} == {200} and len({answer.text for answer in same}) == 1
    assert {answer.status for answer in answers[32:]} <= {200, 409}
    events = [row["event"] for row in cast.act("customer").get("/v1/auditrecords?size=500").expect(200)["items"]]
    assert events.count("moveAgreed") <= 1 and cast.look(move)["state"] == "inProgress"
    done = cast.play(move)
    lines = done["billing"]
    assert all(one["to"] == two["from"] for one, two in zip(lines, lines[1:]))


@pytest.mark.parametrize("change", [
    {"quantity": 50}, {"status": "suspended"}, {"autoRenewEnabled": False}, {"friendlyName": "Other"},
])
def test_X_03_what_is_changed_during_a_switch_is_not_carried_out_unseen(world, change):
    """The source changes the subscription while the others consent: what is carried out is what was agreed or is refused."""
    cast = Cast(world)
    world.relationship(cast.source, cast.customer)
    bought = world.order(cast.source, cast.customer)["lineItems"][0]["subscriptionId"].lower()
    answer = cast.act("target").post(
        f"/multichannel/v1/customers/{cast.customer.id}/moves",
        {**cast.body([bought]), "kind": "replaceLicense", "plan": "cancelFirst"},
    )
    move = answer.expect(201)
    cast.approve(move, "customer")
    path = f"/v1/customers/{cast.customer.id}/subscriptions/{bought}"
    changed = cast.act("source").patch(path, change)
    assert changed.status in (200, 400, 403, 409), changed.text
    after = cast.act("source").get(path).expect(200)
    seen = cast.look(move)
    if changed.status == 200 and seen["termsHash"] != move["termsHash"]:
        consent(cast, "target", move).expect(409, "TERMS_CHANGED")
    # Nobody's change is undone by the switch, and the switch has one state for all its parties.
    assert cast.act("source").get(path).expect(200)["quantity"] == after["quantity"]
    assert len({cast.look(move, by=party)["state"] for party in ("customer", "source", "target")}) == 1


@pytest.mark.parametrize("ending", ["withdrawn", "declined", "expired", "completed"])
def test_X_04_what_has_ended_is_neither_agreed_to_nor_ended_again(own_world, ending):
    cast = Cast(own_world)
    usage = cast.hold("usage")
    move = cast.request(usage)
    if ending == "withdrawn":
        cast.act("target").post(f"{MOVES}/{move['id']}/withdrawal", {}).expect(200)
    elif ending == "declined":
        consent(cast, "source", move, "decline").expect(200)
    elif ending == "expired":
        own_world.advance("P31D")
    else:
        cast.agree(move)
        cast.play(move)
    before = cast.look(move)
    assert before["state"] == ending
    owner = cast.held(usage)["billOwner"]["id"]
    base = f"/v1/customers/{cast.customer.id}/transfers/{move['id']}"
    for party in ("customer", "source", "target"):
        for decision in ("approve", "decline"):
            assert consent(cast, party, move, decision).status in (400, 403, 404, 409)
        assert cast.act(party).post(f"{MOVES}/{move['id']}/withdrawal", {}).status in (403, 404, 409)
        assert cast.step(move, "openRequest", party).status in (200, 403, 404, 409)  # 200: done already, by this party.
        assert cast.act(party).post(f"{base}/accept", {}).status in (403, 404, 409)
        for status in ("complete", "reject", "active"):
            answer = cast.act(party).patch(base, {"id": move["id"], "status": status})
            assert answer.status in (400, 403, 404, 409), answer.text
        assert cast.act(party).delete(base).status in (403, 404, 409)
    after = cast.look(move)
    assert (after["state"], after["consents"], after["steps"]) == (ending, before["consents"], before["steps"])
    assert cast.held(usage)["billOwner"]["id"] == owner == (cast.target if ending == "completed" else cast.source).id


def test_X_05_no_party_can_be_forged(cast):
    usage = cast.hold("usage")
    stranger, third = cast.world.partner(), cast.world.partner()
    cast.world.relationship(third, cast.customer)
    base = f"/v1/customers/{cast.customer.id}/transfers"
    moves = f"/multichannel/v1/customers/{cast.customer.id}/moves"
    other = Cast(cast.world)
    foreign = other.hold("usage")
    owner = cast.held(usage)["billOwner"]["id"]
    # A partner without a tie asks; one asks for another's customer; one names itself the source; one switches to itself.
    for client, path, body in (
        (stranger, moves, {"subscriptionIds": [usage], "toPartner": stranger.id}),
        (stranger, base, {"sourcePartnerTenantId": cast.source.id, "lineItems": [{"subscriptionId": usage}]}),
        (third, base, {"sourcePartnerTenantId": third.id, "lineItems": [{"subscriptionId": usage}], "transferType": 3}),
        (third, base, {"targetPartnerTenantId": stranger.id, "lineItems": [{"subscriptionId": usage}]}),
        (cast.source, moves, {"subscriptionIds": [usage], "toPartner": cast.source.id, "kind": "switchPartner"}),
        (cast.target, moves, {"subscriptionIds": [foreign], "toPartner": cast.target.id}),
        (cast.target, moves, {"subscriptionIds": [usage], "toPartner": cast.customer.id}),
    ):
        answer = client.act("adminAgent").post(path, body, headers=request_id())
        made = answer.json if answer.status == 201 else {}
        if made:  # Taken for what it must be, not for what it says.
            assert third.id != made.get("sourcePartnerTenantId"), answer.text[:400]
            client.act("adminAgent").post(f"{MOVES}/{made['id']}/withdrawal", {}).expect(200)
        else:
            assert answer.status in (400, 403, 404, 409), f"{answer.status} {answer.text[:300]}"
    move = cast.request(usage)
    for client in (stranger, third):
        answer = client.act("adminAgent").post(
            f"{MOVES}/{move['id']}/consents", {"decision": "approve", "termsHash": move["termsHash"]}
        )
        assert answer.status in (403, 404), answer.text
        assert client.act("adminAgent").post(f"{base}/{move['id']}/accept", {}).status in (403, 404)
    other.act("customer").post(
        f"{MOVES}/{move['id']}/consents", {"decision": "approve", "termsHash": move["termsHash"]}
    ).expect(404)
    # One party cannot speak for another.
    body = {"decision": "approve", "termsHash": move["termsHash"], "party": "customer"}
    cast.act("target").post(f"{MOVES}/{move['id']}/consents", body)
    states = {each["party"]: each["state"] for each in cast.look(move)["consents"]}
    assert states["customer"] == states["source"] == "pending"
    assert cast.held(usage)["billOwner"]["id"] == owner


def test_X_08_a_silent_source_holds_nobody_for_longer_than_thirty_days(own_world):
    cast = Cast(own_world)
    usage = cast.hold("usage")
    move = cast.request(usage)
    cast.approve(move, "customer")
    own_world.advance("P29D")
    assert cast.look(move)["state"] == "awaitingConsent"
    own_world.advance("P2D")
    assert cast.look(move)["state"] == "expired"
    again = cast.act("target").post(f"{MOVES}/{move['id']}/renewal", {}).expect(201)
    assert again["state"] == "awaitingConsent"
    # Meanwhile the customer may cut off the source's access itself, without asking anybody.
    rows = cast.act("customer").get(f"/multichannel/v1/customers/{cast.customer.id}/access").expect(200)["items"]
    theirs = [row for row in rows if row["partner"]["id"] == cast.source.id]
    assert theirs
    for row in theirs:
        path = f"/multichannel/v1/customers/{cast.customer.id}/access/{row['id']}"
        assert cast.act("customer").delete(path).status in (204, 409)


def stated(customer, month, client=None):
    path = f"/multichannel/v1/customers/{customer.id}/statements?month={month}"
    return (client or customer.act("billingAdmin")).get(path).expect(200)


def sum_of(page):
    return sum(Decimal(item["exactTotal"]["amount"]) for item in page["items"])


def test_B_01_rows_sent_twice_late_and_in_any_order_are_counted_once(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    rows = list(csvfiles.focus_rows(200, months=("2024-09",)))
    expected = sum(Decimal(row[0]) for row in rows)
    path = f"/multichannel/v1/customers/{customer.id}/usage?format=focus"
    agent, kind = partner.act("adminAgent"), {"Content-Type": "text/csv"}
    for sent in (rows[:150], rows, list(reversed(rows)), rows):
        body = csvfiles.text(csvfiles.FOCUS, sent)
        assert agent.post(path, body, headers=kind).status in (200, 201, 202)
    assert sum_of(stated(customer, "2024-09")) == expected
    # The same file under the same request id, 16 times at once.
    key = {**kind, **request_id()}
    answers = at_once([lambda: agent.post(path, csvfiles.text(csvfiles.FOCUS, rows), headers=key) for _ in range(16)])
    assert len({answer.text for answer in answers if answer.status < 300}) == 1
    assert sum_of(stated(customer, "2024-09")) == expected


@pytest.mark.parametrize("cell", [
    "1e300", "9" * 400, "-" + "9" * 400, "NaN", "Infinity", "1,5", "0x10", "1_000", "９９", "--1", "1.2.3", " ", "1e-400",
])
def test_B_02_an_amount_that_cannot_be_counted_is_refused_by_its_row(world, cell):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    rows = [list(row) for row in csvfiles.focus_rows(5, months=("2024-09",))]
    rows[3][0] = cell
    path = f"/multichannel/v1/customers/{customer.id}/usage?format=focus"
    body = csvfiles.text(csvfiles.FOCUS, rows)
    answer = partner.act("adminAgent").post(path, body, headers={"Content-Type": "text/csv"})
    assert answer.status < 500, answer.text[:300]
    total = sum_of(stated(customer, "2024-09"))
    assert answer.status in (200, 201, 202, 400)
    if "rejected" in answer.text or answer.status == 400:
        assert total == 0, "nothing is half-imported"
    else:
        assert total == sum(Decimal(row[0]) for row in rows), f"{cell} was taken for another number"
    assert world.program.anonymous.get("/readyz").status == 200


def test_B_03_neither_partner_reads_what_the_other_bills(world):
    customer, partners = world.customer(), [world.partner(name="Hokusei Billing"), world.partner(name="Tozai Billing")]
    for partner in partners:
        world.relationship(partner, customer)
        cost = {"monthlyCost": {"amount": "310.00", "currency": "USD"}, "term": world.term()}
        world.subscription(customer, "license", "csp", partner, quantity=2, **cost)
    month = f"{world.now:%Y-%m}"
    everybody = stated(customer, month)
    assert {item["payer"]["id"] for item in everybody["items"]} == {partner.id for partner in partners}
    path = f"/multichannel/v1/customers/{customer.id}/statements?month={month}"
    for own, other in (partners, partners[::-1]):
        for role in ("globalAdmin", "adminAgent", "salesAgent", "helpdeskAgent", "billingAdmin", "app"):
            for query in ("", "&format=csv"):
                answer = own.act(role).get(path + query)
                assert answer.status in (200, 403)
                assert other.id not in answer.text and other.name not in answer.text, f"{role}: {answer.text[:300]}"
        items = own.act("adminAgent").get(path).expect(200)["items"]
        assert [item["payer"]["id"] for item in items] == [own.id]


@pytest.mark.parametrize("stopper", ["customer", "source", "target"])
def test_X_07_what_one_administrator_began_is_told_to_all_and_stopped_by_any(world, stopper):
    cast = Cast(world)
    usage = cast.hold("usage")
    colleague = world.person(cast.customer, "globalAdmin")
    access = f"/multichannel/v1/customers/{cast.customer.id}/access"

    def state():
        return cast.held(usage), colleague.get(access).expect(200)["items"], cast.leftovers()

    def mails():
        return world.sandbox.get("/sandbox/v1/outbox").items

    before, sent = state(), len(mails())
    move = cast.approve(cast.request(usage, by="customer"), "customer")
    told = {mail["to"].split("@")[1] for mail in mails()[sent:]}
    assert {cast.source.domain, cast.target.domain, cast.customer.domain} <= told, "all three know of it"
    sent = len(mails())
    if stopper == "customer":
        colleague.post(f"{MOVES}/{move['id']}/withdrawal", {}).expect(200)
    else:
        body = {"decision": "decline", "termsHash": move["termsHash"], "reason": "We know nothing of it"}
        cast.act(stopper).post(f"{MOVES}/{move['id']}/consents", body).expect(200)
    world.advance("P40D")
    after = cast.look(move)
    assert after["state"] in ("withdrawn", "declined") and len(mails()) > sent
    assert [part for part in state()[1:]] == [part for part in before[1:]]
    held = cast.held(usage)
    assert {name: held[name] for name in ("billOwner", "seller", "supportContact", "partnerOfRecord")} == {
        name: before[0][name] for name in ("billOwner", "seller", "supportContact", "partnerOfRecord")}
