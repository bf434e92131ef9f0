"""Who cannot be sold to at all; families and policy rows that do not exist; the three clouds."""

import pytest

from world import World, by_action

OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
GOOD_ORDER = {"lineItems": [{"lineItemNumber": 0, "offerId": OFFER, "quantity": 5}]}
POOR_ORDERS = (
    None, "", "{", "null", "[]", "\x00", {}, {"lineItems": []}, {"lineItems": [{"offerId": "nothing", "quantity": 1}]},
    {"lineItems": [{"offerId": OFFER, "quantity": -1}]}, {"billingCycle": "weekly", "lineItems": "none"}, GOOD_ORDER,
)


@pytest.mark.parametrize("role", ("adminAgent", "salesAgent", "globalAdmin", "app"))
@pytest.mark.parametrize("buyer_kind", ("direct", "indirectProvider", "indirectReseller", "itself", "customer"))
def test_a_partner_cannot_resell_to_a_tenant_of_the_program_whatever_else_is_missing(world, buyer_kind, role):
    seller = world.partner()
    if buyer_kind == "itself":
        buyer = seller
    elif buyer_kind == "customer":
        buyer = world.customer(tenantType="cspTransacting")
    else:
        buyer = world.partner(buyer_kind)
    for body in POOR_ORDERS:
        refused = seller.act(role).post(f"/v1/Customers/{buyer.id.upper()}/orders", body)
        refused.expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")
        assert refused.json["rule"] == "S-26" and refused.json["code"] == 800020
        assert [step["action"] for step in refused.json["next"]] == ["useCustomerTenant"]


def test_even_a_suspended_partner_is_told_first_that_resale_is_forbidden(world):
    seller = world.partner(standing="suspended")
    seller.act("adminAgent").post(f"/v1/customers/{world.partner().id}/orders").expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")


def test_an_existing_tie_does_not_make_resale_possible(world):
    seller, buyer = world.partner(), world.customer(tenantType="cspTransacting")
    subscription = world.subscription(buyer, channel="csp", seller=seller)
    seller.act("adminAgent").get(f"/v1/customers/{buyer.id}").expect(200)
    seller.act("adminAgent").post(f"/v1/customers/{buyer.id}/orders", GOOD_ORDER).expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")
    answer = world.options(seller, buyer, subscription)
    assert answer["classification"] == {**answer["classification"], "route": "refused", "rule": "S-26"}


def test_an_order_for_anybody_else_is_judged_by_what_is_missing(world):
    seller = world.partner()
    for stranger in (world.customer(), world.partner("advisor")):
        seller.act("adminAgent").post(f"/v1/customers/{stranger.id}/orders", GOOD_ORDER).expect(403, "NO_RELATIONSHIP")
    customer = world.customer()
    world.relationship(seller, customer)
    path = f"/v1/customers/{customer.id}/orders"
    seller.act("adminAgent").post(path, {}).expect(400, "INVALID_INPUT")
    lines = {"lineItems": [{"lineItemNumber": 0, "offerId": "nothing", "quantity": 1}]}
    seller.act("adminAgent").post(path, lines).expect(404, "NOT_FOUND")
    seller.act("helpdeskAgent").post(path, GOOD_ORDER).expect(403, "ACCESS_DENIED")
    seller.act("salesAgent").post(path, GOOD_ORDER).expect(201)


def test_a_request_to_a_tenant_of_the_program_is_refused_by_the_same_rule(world):
    partner, buyer = world.partner(), world.partner()
    body = {"customerDomain": buyer.domain, "language": "en"}
    answer = partner.act("adminAgent").post("/multichannel/v1/relationshiprequests", body)
    assert answer.expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")["rule"] == "S-26"


@pytest.mark.parametrize("family", ("perpetual", "", None, "license-ish", "使用量"))
def test_a_family_that_is_neither_license_nor_usage_is_never_guessed(world, family):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    body = {"customerId": customer.id, "name": "A riddle", "family": family, "channel": "open"}
    refused = world.sandbox.post("/sandbox/v1/subscriptions", body)
    refused.expect(400, "UNKNOWN_FAMILY")
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions"
    refused = partner.act("adminAgent").post(path, body)
    assert refused.expect(400, "UNKNOWN_FAMILY")["rule"] == "S-31"
    assert refused.json["next"][0]["action"] == "provideEvidence"
    assert partner.act("adminAgent").get(path).items == []


@pytest.mark.parametrize("spelled, meant", [("License", "license"), ("LICENSE_BASED", "license"), ("usageBased", "usage")])
def test_families_are_understood_in_any_spelling(world, spelled, meant):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    body = {"name": "Microsoft Azure", "Family": spelled, "channel": "ThirdParty"}
    made = partner.act("adminAgent").post(f"/multichannel/v1/customers/{customer.id}/subscriptions", body).expect(201)
    assert (made["family"], made["channel"], made["source"]) == (meant, "thirdParty", "observed")


def test_a_subscription_without_a_channel_asks_for_evidence(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    subscription = world.subscription(customer, channel=None)
    answer = world.options(partner, customer, subscription)
    assert answer["classification"]["route"] == "needsEvidence"
    assert {step["action"] for item in answer["items"] for step in item["next"]} == {"provideEvidence"}


def test_before_any_rule_was_written_nothing_is_permitted(start, database):
    program = start(*database.fresh(), "--clock", "2015-06-01T00:00:00Z")
    world = World(program)
    partner, customer = world.partner(), world.customer()
    agent = partner.act("adminAgent")
    request = agent.post("/multichannel/v1/relationshiprequests", {"customerDomain": customer.domain})
    assert request.expect(400, "POLICY_MISSING")["rule"] == "6.1" and "multichannel.enabled" in request.text
    subscription = world.subscription(customer, channel="csp", seller=partner)
    path = f"/multichannel/v1/customers/{customer.id}/subscriptions/{subscription}/options"
    refused = agent.get(path)
    if refused.status == 200:
        assert {item["reason"] for item in refused.items if item["verdict"] == "allowed"} <= {"OWN_SALE"}
    else:
        refused.expect(400, "POLICY_MISSING")
    order = agent.post(f"/v1/customers/{customer.id}/orders", GOOD_ORDER)
    order.expect(400, "POLICY_MISSING")
    why = agent.get(f"/multichannel/v1/decisions/{request.correlation}").expect(200)
    assert why["items"][0]["key"] == "multichannel.enabled" and "row" not in why["items"][0]
    agent.get("/multichannel/v1/policies?at=2015-06-01").expect(200)
    assert agent.get("/multichannel/v1/policies?at=2015-06-01").items == []
    world.set_clock("2017-06-09T00:00:00Z")
    world.relationship(partner, customer)
    assert by_action(agent.get(path).expect(200))["cancel"]["verdict"] == "allowed"


@pytest.mark.parametrize("cloud", ("public", "usgov", "germany"))
def test_the_main_job_is_done_in_every_cloud(start, database, cloud):
    program = start(*database.fresh(), "--cloud", cloud, "--clock", "2017-06-09T00:00:00Z")
    world = World(program)
    assert program.ready["cloud"] == cloud and program.anonymous.get("/readyz").expect(200)["cloud"] == cloud
    partner, rival, customer = world.partner(), world.partner(), world.customer()
    bought = world.subscription(customer, channel="ea", term=world.term())
    other = world.subscription(customer, channel="csp", seller=rival, term=world.term())
    world.relationship(partner, customer)
    assert by_action(world.options(partner, customer, bought))["manage"]["verdict"] == "allowed"
    assert by_action(world.options(partner, customer, other))["switchPartner"]["reason"] == "LICENSE_SWITCH_FORBIDDEN"
    rows = partner.act("adminAgent").get("/multichannel/v1/policies/multichannel.enabled").expect(200)["items"]
    assert [row["scope"] for row in rows] == [{"cloud": cloud}] and rows[0]["value"] is True
    world.order(partner, customer)


def test_clouds_share_no_tokens(start, database):
    one, other = start(*database.fresh(), "--cloud", "usgov"), start(*database.fresh(), "--cloud", "germany")
    partner = World(one).partner()
    one.client(partner.tokens["adminAgent"]).get("/v1/customers").expect(200)
    other.client(partner.tokens["adminAgent"]).get("/v1/customers").expect(401)
