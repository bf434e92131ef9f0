"""From the purchase to its use: registrations, activations, overage, transitions, and what becomes of an order."""

import uuid

from world import ADMINISTRATION, AZURE

E1 = "91FD106F-4B2C-4938-95AC-F54F74E9A239"
E3 = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
E1_PRODUCT, E3_PRODUCT = "18181a46-0d4e-45cd-891e-60aabd171b4e", "6fd2c87f-b296-42f0-b197-1e91e994b900"
SQL_SERVER = "8B6D4C93-2F5E-4E07-A1D8-7C3F90B25E61"
CONFERENCING = "0C266DFF-15DD-4B49-8397-2BB16070ED52"


class Sale:
    """A partner that has sold something: the agent, the order, and the path of its subscription."""

    def __init__(self, world, offer=E3, quantity=5, **more):
        self.world, self.partner, self.customer = world, world.partner(), world.customer()
        world.relationship(self.partner, self.customer, **more)
        self.agent = self.partner.act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"
        self.bought = self.sell(offer, quantity)

    def sell(self, offer, quantity=5):
        order = self.world.order(self.partner, self.customer, offer, quantity)
        self.order, self.id = order, order["lineItems"][0]["subscriptionId"]
        self.path, self.place = f"{self.base}/subscriptions/{self.id}", f"{self.base}/orders/{order['id']}"
        return order

    def stranger(self):
        """Another partner of the customer, which has sold nothing to it."""
        other = self.world.partner()
        self.world.relationship(other, self.customer)
        return other.act("adminAgent")


def refused(answer):
    return answer.status, answer.json["code"], answer.json["reason"]


def test_an_azure_subscription_is_registered_within_a_minute(world):
    sale = Sale(world, AZURE, 1)
    status = f"{sale.path}/registrationstatus"
    assert sale.agent.get(status).expect(200)["status"] == "NotRegistered"
    for body in (b"null", b'"success"'):
        answer = sale.agent.call("POST", f"{sale.path}/registrations", body)
        assert (answer.status, answer.body) == (202, b"")
        assert f"/v1{answer.headers['Location']}" == status
    seen = sale.agent.get(status).expect(200)
    assert (seen["status"], seen["subscriptionId"]) == ("Registering", sale.id)
    world.advance("PT60S")
    assert sale.agent.get(status).expect(200)["status"] == "Registered"
    sale.agent.call("POST", f"{sale.path}/registrations", b"null").expect(202)
    assert sale.agent.get(status).expect(200)["status"] == "Registered"


def test_only_azure_that_the_caller_sold_is_registered(world):
    sale = Sale(world)
    assert refused(sale.agent.post(f"{sale.path}/registrations")) == (400, 800011, "NOT_AZURE")
    sale.agent.get(f"{sale.path}/registrationstatus").expect(200)
    other = sale.stranger()
    other.post(f"{sale.path}/registrations").expect(404, "NOT_FOUND")
    other.get(f"{sale.path}/registrationstatus").expect(404, "NOT_FOUND")
    world.partner().act("adminAgent").post(f"{sale.path}/registrations").expect(403)
    sale.agent.post(f"{sale.base}/subscriptions/{uuid.uuid4()}/registrations").expect(404)


def test_software_is_taken_into_use_once(world):
    sale = Sale(world, SQL_SERVER, 2)
    link = {"uri": f"/customers/{sale.customer.id}/subscriptions/{sale.id}/activate", "method": "POST", "headers": []}
    rests = (sale.path, sale.place, f"{sale.place}/lineitems/0")
    places = [f"{rest}/activationlinks" for rest in rests]
    for place in places:
        assert sale.agent.get(place).expect(200)["items"] == [{"lineItemNumber": 0, "link": link}]
    (line,) = sale.agent.get(f"{sale.place}/provisioningstatus").expect(200)["items"]
    assert line["quantityProvisioningInformation"] == [{"quantity": 2, "status": "PrefulfillmentPending"}]
    done = sale.agent.call("POST", f"/v1{link['uri']}", b"null").expect(200)
    assert done == {"subscriptionId": sale.id, "status": "Success"}
    assert refused(sale.agent.post(f"{sale.path}/activate")) == (400, 800041, "ALREADY_ACTIVATED")
    for place in places:
        assert sale.agent.get(place).expect(200)["items"] == []
    (line,) = sale.agent.get(f"{sale.place}/provisioningstatus").expect(200)["items"]
    assert (line["lineItemNumber"], line["status"]) == (0, "Fulfilled")


def test_what_rests_or_needs_no_activation_is_not_activated(world):
    sale = Sale(world, SQL_SERVER, 1)
    sale.agent.patch(sale.path, {"status": "suspended"}).expect(200)
    assert refused(sale.agent.post(f"{sale.path}/activate")) == (400, 800012, "NOT_ACTIVE")
    assert sale.agent.get(f"{sale.path}/activationlinks").expect(200)["items"] == []
    (line,) = sale.agent.get(f"{sale.place}/provisioningstatus").expect(200)["items"]
    assert line["status"] == "Unfulfilled"
    sale.sell(E3)
    assert refused(sale.agent.post(f"{sale.path}/activate")) == (400, 800041, "ACTIVATION_NOT_NEEDED")
    assert sale.agent.get(f"{sale.path}/activationlinks").expect(200)["items"] == []
    (line,) = sale.agent.get(f"{sale.place}/provisioningstatus").expect(200)["items"]
    assert line["status"] == "Fulfilled"


def test_lines_and_orders_of_others_are_not_there(world):
    sale = Sale(world)
    for line in ("1", "x", "-1"):
        answer = sale.agent.get(f"{sale.place}/lineitems/{line}/activationlinks")
        assert refused(answer) == (400, 800071, "ORDER_LINE_UNKNOWN")
    other = sale.stranger()
    for rest in ("provisioningstatus", "activationlinks", "lineitems/0/activationlinks"):
        assert other.get(f"{sale.place}/{rest}").expect(404)["code"] == 20000
        sale.agent.get(f"{sale.base}/orders/nothing/{rest}").expect(404)
    other.post(f"{sale.path}/activate").expect(404)
    other.get(f"{sale.path}/activationlinks").expect(404)
    assert other.patch(sale.place, {"status": "cancelled"}).expect(404)["code"] == 20000


def test_overage_is_one_partners_choice(world):
    sale = Sale(world, AZURE, 1)
    place = f"{sale.base}/subscriptions/overage"
    assert sale.agent.get(place).expect(200)["items"] == []
    wish = {"azureEntitlementId": sale.id.lower(), "overageEnabled": True, "type": "PhoneServices"}
    made = sale.agent.put(place, {**wish, "partnerId": sale.partner.id}).expect(200)
    assert (made["azureEntitlementId"], made["partnerId"]) == (sale.id.lower(), sale.partner.id)
    assert (made["overageEnabled"], made["type"]) == (True, "PhoneServices")
    assert sale.agent.get(place).expect(200)["items"] == [made]
    assert sale.agent.put(place, {**wish, "overageEnabled": False}).expect(200)["overageEnabled"] is False
    other = world.partner()
    world.relationship(other, sale.customer)
    azure = world.order(other, sale.customer, AZURE, 1)["lineItems"][0]["subscriptionId"]
    agent = other.act("adminAgent")
    answer = agent.put(place, {**wish, "azureEntitlementId": azure})
    assert refused(answer) == (403, 800115, "OVERAGE_OF_ANOTHER")
    assert agent.get(place).expect(200)["items"] == []


def test_overage_is_billed_to_azure_that_the_caller_sold(world):
    sale = Sale(world)
    place = f"{sale.base}/subscriptions/overage"
    for id in (sale.id, str(uuid.uuid4())):
        answer = sale.agent.put(place, {"azureEntitlementId": id, "overageEnabled": True})
        assert refused(answer) == (403, 800114, "OVERAGE_NOT_ELIGIBLE")
    for wish in (
        {}, {"azureEntitlementId": "x", "overageEnabled": True}, {"azureEntitlementId": sale.id},
        {"azureEntitlementId": sale.id, "overageEnabled": True, "type": "Fax"},
        {"azureEntitlementId": sale.id, "overageEnabled": True, "partnerId": "nobody"},
    ):
        sale.agent.put(place, wish).expect(400, "INVALID_INPUT")
    stranger = world.partner().act("adminAgent")
    stranger.get(place).expect(403)
    stranger.put(place, {"azureEntitlementId": sale.id, "overageEnabled": True}).expect(403)


def test_a_license_gives_way_and_its_users_go_with_it(world):
    sale = Sale(world, E1, 3, scope=ADMINISTRATION)
    users = f"{sale.base}/users"
    user = sale.agent.post(users, {
        "usageLocation": "US", "userPrincipalName": f"ida@{sale.customer.domain}", "firstName": "Ida",
        "lastName": "Moor", "displayName": "Ida Moor",
        "passwordProfile": {"password": "First-Login-1", "forceChangePassword": True},
    }).expect(201)
    sale.agent.post(f"{users}/{user['id']}/licenseupdates", {"licensesToAssign": [{"skuId": E1_PRODUCT}]}).expect(201)
    found = sale.agent.get(f"{sale.path}/transitionEligibilities?eligibilityType=immediate").expect(200)["items"]
    assert {item["title"] for item in found} == {"Office 365 E3", "Microsoft 365 E3"}
    better = next(item for item in found if item["title"] == "Office 365 E3")
    assert better["quantity"] == 3 and better["catalogItemId"].startswith("CFQ7TTC0LF8R:0001:")
    assert better["eligibilities"] == [
        {"isEligible": True, "transitionType": "transition_with_license_transfer", "errors": []}
    ]
    body = {"toCatalogItemId": better["catalogItemId"], "quantity": 3, "termDuration": "P1Y", "billingCycle": "annual",
            "transitionType": "transition_with_license_transfer"}
    made = sale.agent.post(f"{sale.path}/transitions", body).expect(200)
    assert (made["fromSubscriptionId"], made["toCatalogItemId"]) == (sale.id, better["catalogItemId"])
    (event,) = made["events"]
    assert (event["name"], event["status"], event["errors"]) == ("Conversion", "Completed", [])
    new = sale.agent.get(f"{sale.base}/subscriptions/{made['toSubscriptionId']}").expect(200)
    assert (new["offerId"], new["quantity"], new["billingCycle"]) == (E3, 3, "annual")
    held = sale.agent.get(f"{users}/{user['id']}/licenses").expect(200)["items"]
    assert [license["productSku"]["id"] for license in held] == [E3_PRODUCT]
    for path in (sale.path, f"{sale.base}/subscriptions/{made['toSubscriptionId']}"):
        listed = f"{path}/transitions"
        assert sale.agent.get(listed).expect(200)["items"] == [made]
        assert sale.agent.get(f"{listed}?operationId={made['operationId'].upper()}").expect(200)["items"] == [made]
        assert sale.agent.get(f"{listed}?operationId={uuid.uuid4()}").expect(200)["items"] == []
    assert sale.agent.get(f"{sale.path}/transitioneligibilities").expect(200)["items"] == []


def test_a_transition_that_is_not_offered_is_refused(world):
    sale = Sale(world, E1, 3)
    place = f"{sale.path}/transitions"
    for wish in (
        {}, {"toCatalogItemId": "CFQ7TTC0LH18:0001:CFQ7TTC0K9DQ"}, {"toCatalogItemId": E3, "quantity": 2},
        {"toCatalogItemId": E3, "termDuration": "P3Y"}, {"toCatalogItemId": E3, "transitionType": "swap"},
        {"toCatalogItemId": E3, "toSubscriptionId": sale.id}, {"toCatalogItemId": E3, "promotionId": "x"},
    ):
        sale.agent.post(place, wish).expect(400, "INVALID_INPUT")
    assert refused(sale.agent.post(place, {"toCatalogItemId": E3, "billingCycle": "triennial"}))[1] == 800097
    assert refused(sale.agent.post(place, {"toCatalogItemId": SQL_SERVER})) == (400, 800024, "NO_UPGRADE")
    assert sale.agent.get(f"{sale.path}/transitionEligibilities?eligibilityType=Scheduled").expect(200)["items"] == []
    sale.agent.get(f"{sale.path}/transitionEligibilities?eligibilityType=never").expect(400, "INVALID_INPUT")
    assert sale.agent.get(place).expect(200)["items"] == []
    other = sale.stranger()
    other.post(place, {"toCatalogItemId": E3}).expect(404)
    other.get(place).expect(404)
    other.get(f"{sale.path}/transitionEligibilities").expect(404)
    sale.agent.patch(sale.path, {"status": "suspended"}).expect(200)
    assert refused(sale.agent.post(place, {"toCatalogItemId": E3})) == (400, 800012, "NOT_ACTIVE")


def test_an_add_on_is_bought_with_an_order_that_was_placed(world):
    sale = Sale(world)
    line = {"lineItemNumber": 1, "offerId": CONFERENCING, "quantity": 2, "parentSubscriptionId": sale.id,
            "friendlyName": "Phones"}
    order = sale.agent.patch(sale.place, {**sale.order, "lineItems": [*sale.order["lineItems"], line]}).expect(200)
    first, second = order["lineItems"]
    assert first == sale.order["lineItems"][0]
    assert (second["lineItemNumber"], second["parentSubscriptionId"], second["quantity"]) == (1, sale.id, 2)
    assert sale.agent.get(sale.place).expect(200) == order
    assert sale.agent.patch(sale.place, order).expect(200) == order
    (addon,) = sale.agent.get(f"{sale.path}/addons").expect(200)["items"]
    assert (addon["id"], addon["orderId"]) == (second["subscriptionId"], order["id"])
    lines = sale.agent.get(f"{sale.place}/provisioningstatus").expect(200)["items"]
    assert [line["lineItemNumber"] for line in lines] == [0, 1]
    for wrong in (
        {**line, "offerId": "ADDON"}, {**line, "parentSubscriptionId": str(uuid.uuid4())}, {**line, "quantity": 0},
        {"lineItemNumber": 7, "offerId": CONFERENCING, "quantity": 1}, {**line, "subscriptionId": str(uuid.uuid4())},
        {"lineItemNumber": 1, "parentSubscriptionId": sale.id},
    ):
        sale.agent.patch(sale.place, {"lineItems": [wrong]}).expect(400, "INVALID_INPUT")
    assert sale.agent.get(sale.place).expect(200) == order


def test_the_billing_cycle_of_an_order_is_changed(world):
    sale = Sale(world)
    assert sale.agent.patch(sale.place, {"billingCycle": "unknown"}).expect(200) == sale.order
    order = sale.agent.patch(sale.place, {**sale.order, "billingCycle": "Annual"}).expect(200)
    assert order["billingCycle"] == "annual"
    assert sale.agent.get(sale.path).expect(200)["billingCycle"] == "annual"
    answer = sale.agent.patch(sale.place, {"billingCycle": "triennial"})
    assert refused(answer) == (400, 800097, "BILLING_CYCLE_NOT_OFFERED")
    sale.agent.patch(sale.place, {"billingCycle": "weekly"}).expect(400, "INVALID_INPUT")
    sale.agent.patch(sale.path, {"status": "suspended"}).expect(200)
    assert refused(sale.agent.patch(sale.place, {"billingCycle": "monthly"})) == (400, 6000, "ORDER_NOT_ACTIVE")
    assert sale.agent.get(sale.place).expect(200)["billingCycle"] == "annual"


def test_an_order_is_taken_back_with_what_it_brought(world):
    sale = Sale(world)
    line = {"offerId": CONFERENCING, "quantity": 1, "parentSubscriptionId": sale.id}
    sale.agent.patch(sale.place, {"lineItems": [line]}).expect(200)
    order = sale.agent.patch(sale.place, {"status": "Cancelled"}).expect(200)
    assert order["status"] == "cancelled"
    for line in order["lineItems"]:
        seen = sale.agent.get(f"{sale.base}/subscriptions/{line['subscriptionId']}")
        assert seen.status == 404 or seen.json["status"] == "deleted"
    assert sale.agent.patch(sale.place, {"status": "cancelled"}).expect(200) == order
    assert sale.agent.get(sale.place).expect(200) == order
    assert refused(sale.agent.patch(sale.place, {"billingCycle": "annual"}))[1] == 6000
    sale.agent.patch(sale.place, {"status": "lost"}).expect(400, "INVALID_INPUT")


def test_an_order_is_taken_back_for_sixty_days(own_world):
    early, late = Sale(own_world, SQL_SERVER), Sale(own_world, SQL_SERVER)
    own_world.advance("P59D")
    assert early.agent.patch(early.place, {"status": "cancelled"}).expect(200)["status"] == "cancelled"
    own_world.advance("P1D")
    assert refused(late.agent.patch(late.place, {"status": "cancelled"})) == (400, 900117, "CANCEL_WINDOW_OVER")
    assert late.agent.get(late.path).expect(200)["status"] == "active"
