"""The limits of the vendor's own sandbox, for programs that are to meet them."""

import uuid


def new_customer(agent):
    company = {"domain": f"{uuid.uuid4().hex[:10]}.example", "companyName": "Kiln and Glaze"}
    return agent.post("/v1/customers", {"companyProfile": company, "billingProfile": {"email": "a@x.example"}})


def test_limits_are_off_until_they_are_set(own_world):
    assert own_world.sandbox.get("/sandbox/v1/limits").expect(200) == {}
    set_to = own_world.sandbox.put("/sandbox/v1/limits", {"vendors": True}).expect(200)
    assert set_to == {"customers": 75, "subscriptions": 5, "seats": 25}
    assert own_world.sandbox.put("/sandbox/v1/limits", {"seats": 3}).expect(200) == {"seats": 3}
    assert own_world.sandbox.get("/sandbox/v1/limits").expect(200) == {"seats": 3}
    assert own_world.sandbox.put("/sandbox/v1/limits", {"seats": -1}).expect(400)["data"] == ["seats"]
    own_world.sandbox.post("/sandbox/v1/reset").expect(200)
    assert own_world.sandbox.get("/sandbox/v1/limits").expect(200) == {}


def test_one_customer_too_many_is_refused(own_world):
    own_world.sandbox.put("/sandbox/v1/limits", {"customers": 2}).expect(200)
    partner = own_world.partner()
    agent = partner.act("adminAgent")
    own_world.relationship(partner, own_world.customer())
    new_customer(agent).expect(201)
    refused = new_customer(agent)
    assert refused.expect(400, "SANDBOX_LIMIT")["code"] == 800018
    assert len(agent.get("/v1/customers").expect(200)["items"]) == 2
    # Another partner has its own.
    new_customer(own_world.partner().act("adminAgent")).expect(201)


def test_one_subscription_or_seat_too_many_is_refused(own_world):
    partner, customer = own_world.partner(), own_world.customer()
    own_world.relationship(partner, customer)
    own_world.sandbox.put("/sandbox/v1/limits", {"subscriptions": 1, "seats": 25}).expect(200)
    path = f"/v1/customers/{customer.id}/orders"
    line = {"lineItemNumber": 0, "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 26}
    agent = partner.act("adminAgent")
    assert agent.post(path, {"lineItems": [line]}).expect(400, "SANDBOX_LIMIT")["code"] == 800018
    own_world.order(partner, customer, quantity=25)
    again = agent.post(path, {"lineItems": [{**line, "quantity": 1}]})
    assert "1" in again.expect(400, "SANDBOX_LIMIT")["description"]
    assert len(agent.get(f"/v1/customers/{customer.id}/subscriptions").expect(200)["items"]) == 1
