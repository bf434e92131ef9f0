"""Abuse of delegated rights: without end, beyond what was approved, after its end, after a switch, in old tokens."""

from datetime import timedelta

import pytest

from asked import QUERIES
from delegating import (
    EXCHANGE, GLOBAL_ADMIN, GLOBAL_READER, HELPDESK, HELPERS, OURS, RELATIONSHIPS, USERS, Delegating, details, fault,
)
from moving import MOVES, Cast
from wire import patient
from world import instant, text

# What a partner has left behind itself, and the switch that it took part in, it may look at for ever.
ITS_OWN = {"multichannel.moves.ofCustomer", "transfers.list", "transfers.get", "multichannel.leftovers.list"}
ITS_OWN |= {"multichannel.statements.list"}  # Of the months in which it was the one that billed.
ROLES = ("globalAdmin", "adminAgent", "salesAgent", "helpdeskAgent", "billingAdmin", "app")


def access(customer):
    path = f"/multichannel/v1/customers/{customer.id}/access?state=all"
    return customer.act("globalAdmin").get(path).expect(200)["items"]


def test_D_01_no_road_leads_to_a_right_without_an_end(world):
    """Every way to a right in this product, and what stands in the list of access afterwards."""
    both = Delegating(world)
    world.relationship(both.partner, both.customer)
    provider = world.partner("indirectProvider")
    reseller = world.partner("indirectReseller", provider=provider.id)
    world.relationship(reseller, both.customer, indirectProviderId=provider.id)
    world.subscription(both.customer, family="usage", channel="csp", seller=world.partner())
    world.order(both.partner, both.customer)
    for duration, extend in (("P1D", "PT0S"), ("P730D", "P180D")):
        made = both.active(HELPDESK, duration=duration, autoExtendDuration=extend)
        both.assign(made, HELPERS, HELPDESK).expect(201)
    made = both.active(GLOBAL_ADMIN, duration="P730D")
    fault(both.agent.patch(f"{RELATIONSHIPS}/{made['id']}", {"autoExtendDuration": "P180D"},
                           headers={"If-Match": "*"}), 400, "badRequest", "AUTO_EXTEND_ROLE")
    both.admin.put(f"{OURS}/{made['id']}/autoextension", {"enabled": True}).expect(400, "AUTO_EXTEND_ROLE")
    for wish in ({"duration": "P731D"}, {"duration": "P9999D"}, {"duration": "PT0S"}, {"duration": "-P1D"}):
        assert both.agent.post(RELATIONSHIPS, {**both.body(), **wish}).status == 400
    rows = access(both.customer)
    assert {"resellerTie", "dap", "gdap"} <= {row["kind"] for row in rows}
    limits = {"gdap": 730, "dap": 730}
    for row in rows:
        assert "until" in row, row
        ahead = instant(row["until"]) - world.now
        assert timedelta(0) < ahead <= timedelta(days=limits.get(row["kind"], 3_660), minutes=1), row


def test_D_02_an_assignment_cannot_be_changed_into_more_than_was_approved(world):
    both = Delegating(world)
    made = both.active(HELPDESK, GLOBAL_READER)
    assigned = both.assign(made, HELPERS, HELPDESK).expect(201)
    one = f"{RELATIONSHIPS}/{made['id']}/accessAssignments/{assigned['id']}"
    for roles in ([USERS], [HELPDESK, USERS], [GLOBAL_ADMIN], [EXCHANGE]):
        answer = both.agent.patch(one, {"accessDetails": details(*roles)}, headers={"If-Match": "*"})
        fault(answer, 400, "badRequest", "ROLES_NOT_APPROVED")
    assert both.agent.get(one).expect(200)["accessDetails"] == details(HELPDESK)
    # An approval of the same partner by another customer lends nothing.
    other = Delegating(world, both.partner)
    wide = other.active(HELPDESK, USERS, displayName="Another's night watch")
    moved = f"{RELATIONSHIPS}/{wide['id']}/accessAssignments/{assigned['id']}"
    fault(both.agent.patch(moved, {"accessDetails": details(USERS)}, headers={"If-Match": "*"}), 404, "notFound")


def test_D_03_a_right_ends_at_its_end_whether_or_not_anything_has_run(own_world):
    both = Delegating(own_world)
    subscription = own_world.subscription(both.customer)
    own_world.relationship(both.partner, both.customer, scope={"delegatedAdmin": True, "days": 10})
    dap = next(row for row in access(both.customer) if row["kind"] == "dap")
    end = instant(dap["until"])

    def manage():
        options = own_world.options(both.partner, both.customer, subscription)["items"]
        return next(item for item in options if item["action"] == "manage")["reason"]

    own_world.set_clock(text(end - timedelta(seconds=30)))
    assert manage() == "PERMISSION_GRANTED"
    # The clock is put, not advanced: nothing that is due has run when the next request comes.
    own_world.set_clock(text(end + timedelta(seconds=1)))
    assert manage() == "PERMISSION_REQUIRED"


def test_D_03_a_delegation_ends_at_its_end_whether_or_not_anything_has_run(own_world):
    both = Delegating(own_world)
    made = both.active(duration="P30D")
    end = instant(made["endDateTime"])
    own_world.set_clock(text(end - timedelta(seconds=30)))
    both.assign(made, HELPERS, HELPDESK).expect(201)
    own_world.set_clock(text(end + timedelta(seconds=1)))
    assert both.seen(made)["status"] == "expired"
    fault(both.assign(made, "0c9a6d52-51c5-4f0f-8a65-5c2f8b7f4e21", HELPDESK), 409, "conflict", "DELEGATION_STATE")
    assert [row["state"] for row in access(both.customer)] != ["active"]


def old_partners_requests(cast, names):
    """Every operation that names the customer, as the former partner would send it."""
    description = cast.world.program.anonymous.get("/openapi.json").expect(200)
    for path, methods in description["paths"].items():
        if "{customer_id}" not in path or path.startswith("/sandbox/"):
            continue
        for method, operation in methods.items():
            # What is declined reads nothing of anybody's, and says the same to everyone.
            if method != "parameters" and operation.get("x-support") != "declined":
                filled = path.format_map(names) + QUERIES.get(operation["operationId"], "")
                yield operation["operationId"], method.upper(), filled


class Names(dict):
    def __missing__(self, key):
        return "00000000-0000-4000-8000-000000000000"


def test_D_07_after_a_switch_every_operation_is_closed_to_the_former_partner(world):
    cast = Cast(world)
    usage = cast.hold("usage", name="Azure plan")
    clients = {role: patient(cast.source.act(role)) for role in ROLES}
    move = cast.agree(cast.request(usage))
    agent = clients["adminAgent"]
    listed = f"/multichannel/v1/customers/{cast.customer.id}/subscriptions"
    agent.get(listed).expect(200)
    done = cast.play(move)
    assert done["state"] == "completed"
    names = Names(customer_id=cast.customer.id, subscription_id=usage, move_id=move["id"], transfer_id=move["id"])
    asked = 0
    for id, method, path in old_partners_requests(cast, names):
        for role in ROLES:
            body = None if method in ("GET", "DELETE") else {}
            answer = clients[role].call(method, path, body)
            # Its own history of the switch stays its own; nothing of the customer's does.
            if id in ITS_OWN and answer.status == 200:
                assert cast.target.id not in answer.text or "moves" in id or "transfers" in id
                continue
            assert answer.status in (400, 401, 403, 404, 405, 409), f"{id} as {role}: {answer.status} {answer.text[:300]}"
            if method in ("GET", "HEAD"):
                assert answer.status in (401, 403, 404), f"{id} as {role}: {answer.status} {answer.text[:300]}"
            assert usage not in answer.text.lower() or usage in path, f"{id}: {answer.text[:300]}"
            asked += 1
    assert asked > 150
    for path in ("/v1/customers", "/v1.0/tenantRelationships/delegatedAdminCustomers"):
        assert cast.customer.id not in agent.get(path).text
    assert cast.held(usage)["billOwner"]["id"] == cast.target.id
    agent.post(f"{MOVES}/{move['id']}/withdrawal", {}).expect(409)


@pytest.mark.parametrize("road", ["customer", "partner"])
def test_D_08_a_token_from_before_the_end_opens_nothing_after_it(world, road):
    """Again and again: granted, used, ended, and the same token asked on the very next request."""
    partner, customer = world.partner(), world.customer()
    clients = [partner.act(role) for role in ("adminAgent", "salesAgent", "app")]
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions"
    admin = customer.act("globalAdmin")
    for round in range(15):
        world.relationship(partner, customer)
        client = clients[round % len(clients)]
        client.get(path).expect(200)
        if road == "customer":
            rows = [row for row in access(customer) if row["state"] == "active"]
            for row in rows:
                admin.delete(f"/multichannel/v1/customers/{customer.id}/access/{row['id']}").expect(204)
        else:
            clients[0].patch(f"/v1/customers/{customer.id}", {"relationshipToPartner": "none"}).expect(200)
        for each in clients:
            each.get(path).expect(403, "NO_RELATIONSHIP")
