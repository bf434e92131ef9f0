"""The catalogue and carts, from looking for a product to its subscription."""

import threading

import pytest

EXCHANGE = "CFQ7TTC0LH16"
CONFERENCING = "CFQ7TTC0LHSL"


class Shop:
    def __init__(self, world, kind="direct", country="US"):
        self.world, self.partner = world, world.partner(kind)
        self.customer = world.customer(country=country)
        world.relationship(self.partner, self.customer)
        self.agent = self.partner.act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"

    def item(self, product=EXCHANGE, sku="0001"):
        path = f"{self.base}/products/{product}/skus/{sku}/availabilities?targetSegment=Commercial"
        (found,) = self.agent.get(path).expect(200)["items"]
        return found["catalogItemId"]

    def line(self, item=None, **more):
        line = {"catalogItemId": item or self.item(), "quantity": 3, "billingCycle": "annual", "termDuration": "P1Y"}
        return {**line, **more}

    def cart(self, *lines, **more):
        return self.agent.post(f"{self.base}/carts", {"lineItems": list(lines), **more})

    def checkout(self, cart, body=None):
        return self.agent.call("POST", f"{self.base}/carts/{cart['id']}/checkout", body)


@pytest.fixture
def shop(world):
    return Shop(world)


def errors(cart):
    return [line.get("error", {}).get("errorCode") for line in cart["lineItems"]]


def test_the_catalogue_is_walked_from_product_to_availability(shop):
    products = shop.agent.get("/v1/products?country=us&targetView=onlineservices").expect(200)["items"]
    assert EXCHANGE in [product["id"] for product in products]
    software = shop.agent.get("/v1/products?country=US&targetView=SoftwarePerpetual").expect(200)["items"]
    assert [product["title"] for product in software] == ["Windows Server 2022 Standard"]
    terms = shop.agent.get("/v1/products?country=US&targetView=SoftwareSubscriptions").expect(200)["items"]
    assert [product["title"] for product in terms] == ["SQL Server Standard"]
    for product in products:
        assert shop.agent.get("/v1" + product["links"]["self"]["uri"]).expect(200) == product
        for sku in shop.agent.get("/v1" + product["links"]["skus"]["uri"]).expect(200)["items"]:
            assert shop.agent.get("/v1" + sku["links"]["self"]["uri"]).expect(200) == sku
            for one in shop.agent.get("/v1" + sku["links"]["availabilities"]["uri"]).expect(200)["items"]:
                assert one["catalogItemId"] == f"{product['id']}:{sku['id']}:{one['id']}"
                assert (one["country"], one["defaultCurrency"]["code"]) == ("US", "USD")
                assert shop.agent.get("/v1" + one["links"]["self"]["uri"]).expect(200) == one


def test_the_same_is_seen_through_a_customer_whose_country_decides(shop):
    path = f"{shop.base}/products/{EXCHANGE}"
    product, everywhere = (shop.agent.get(each).expect(200) for each in (path, f"/v1/products/{EXCHANGE}?country=US"))
    assert {**product, "links": {}} == {**everywhere, "links": {}}
    assert shop.customer.id in product["links"]["self"]["uri"]
    assert shop.agent.get(f"{path}/skus/0001").expect(200)["id"] == "0001"
    (found,) = shop.agent.get(f"{path}/skus/0001/availabilities").expect(200)["items"]
    one = shop.agent.get(f"{path}/skus/0001/availabilities/{found['id']}").expect(200)
    assert one["catalogItemId"] == found["catalogItemId"] and one["country"] == "US"
    stranger = shop.world.partner().act("adminAgent")
    for place in (path, f"{path}/skus/0001", f"{path}/skus/0001/availabilities/{found['id']}"):
        stranger.get(place).expect(403)


def test_what_is_not_sold_somewhere_is_not_there(shop):
    agent = shop.agent
    assert agent.get("/v1/products?country=ZZ&targetView=OnlineServices").expect(200)["items"] == []
    for path, status, code in (
        (f"/v1/products/{EXCHANGE}?country=ZZ", 404, 400013), ("/v1/products/nothing?country=US", 404, 400013),
        (f"/v1/products/{EXCHANGE}/skus/9999?country=US", 404, 400018),
        (f"/v1/products/{EXCHANGE}/skus/0001/availabilities/none?country=US", 404, 400019),
        ("/v1/products?country=US&targetView=Games", 403, 400036),
        (f"/v1/products/{EXCHANGE}/skus?country=US&targetSegment=children", 403, 400030),
        ("/v1/products?country=US", 400, 800002), ("/v1/products?targetView=Azure", 400, 800002),
        ("/v1/products?country=USA&targetView=Azure", 400, 800002),
    ):
        answer = agent.get(path)
        assert (answer.status, answer.json["code"]) == (status, code), answer.text
    stranger = shop.world.partner()
    stranger.act("adminAgent").get(f"{shop.base}/products?targetView=Azure").expect(403)


def test_a_customers_country_decides_the_currency(world):
    shop = Shop(world, country="JP")
    path = f"{shop.base}/products/{EXCHANGE}/skus/0001/availabilities"
    (found,) = shop.agent.get(path).expect(200)["items"]
    assert (found["country"], found["defaultCurrency"]) == ("JP", {"code": "JPY", "symbol": "¥"})


def test_inventory_says_what_can_be_had(shop):
    asked = {"TargetItems": [
        {"ProductId": EXCHANGE, "SkuId": "0001"}, {"ProductId": EXCHANGE, "SkuId": "9999"}, {"ProductId": "nothing"},
    ], "InventoryContext": {"customerId": shop.customer.id}}
    answers = shop.agent.post("/v1/extensions/product/checkinventory?country=US", asked).expect(200)
    assert [answer["isRestricted"] for answer in answers] == [False, True, True]
    shop.agent.post("/v1/extensions/product/checkinventory?country=US", {}).expect(400)


def test_offers_stand_on_shelves_and_carry_add_ons(shop):
    shelves = shop.agent.get("/v1/offercategories?country=US").expect(200)["items"]
    assert [shelf["rank"] for shelf in shelves] == [1, 2, 3, 4, 5]
    trials = shop.agent.get("/v1/offers?country=US&offer_category_id=trials").expect(200)["items"]
    assert [offer["isTrial"] for offer in trials] == [True]
    assert shop.agent.get("/v1/offers?country=US&offer_category_id=Business").expect(200)["items"] == []
    base = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
    for path in ("/v1", shop.base):
        (add_on,) = shop.agent.get(f"{path}/offers/{base}/addons?country=US").expect(200)["items"]
        assert add_on["isAddOn"] and base in add_on["prerequisiteOffers"]
    assert len(shop.agent.get(f"{shop.base}/offers?size=2&offset=1").expect(200)["items"]) == 2
    shop.agent.get(f"/v1/offers/{shop.customer.id}/addons?country=US").expect(404)


def test_a_cart_becomes_orders_once(shop):
    monthly = shop.line(quantity=2, billingCycle="Monthly", termDuration="p1m")
    cart = shop.cart(shop.line(), monthly).expect(201)
    assert (cart["status"], errors(cart)) == ("Active", [None, None])
    assert [line["orderGroup"] for line in cart["lineItems"]] == ["0", "1"]
    assert shop.agent.get(f"{shop.base}/carts/{cart['id']}").expect(200) == cart
    done = shop.checkout(cart, b'"success"').expect(201)
    assert done["orderErrors"] == [] and [order["billingCycle"] for order in done["orders"]] == ["annual", "monthly"]
    (line,) = done["orders"][0]["lineItems"]
    assert (line["offerId"], line["termDuration"]) == (shop.item(), "P1Y")
    held = shop.agent.get(f"{shop.base}/subscriptions/{line['subscriptionId']}").expect(200)
    assert (held["billingCycle"], held["termDuration"], held["quantity"]) == ("annual", "P1Y", 3)
    order = done["orders"][0]
    assert shop.agent.get(f"{shop.base}/orders/{order['id']}").expect(200) == order
    assert shop.agent.get(f"{shop.base}/carts/{cart['id']}").expect(200)["status"] == "Ordered"
    for again in (shop.checkout(cart), shop.agent.put(f"{shop.base}/carts/{cart['id']}", {"lineItems": [shop.line()]})):
        assert (again.status, again.json["code"]) == (400, 800065)
    assert len(shop.agent.get(f"{shop.base}/orders").items) == 2


def test_two_checkouts_at_once_order_once(shop):
    cart, answers = shop.cart(shop.line()).expect(201), []
    threads = [threading.Thread(target=lambda: answers.append(shop.checkout(cart).status)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201] + [400] * 7
    assert len(shop.agent.get(f"{shop.base}/orders").items) == 1


def test_lines_that_cannot_be_bought_are_kept_with_their_errors(shop):
    lines = [
        shop.line("nothing:0001:here"), shop.line(currencyCode="EUR"), shop.line(quantity=200000),
        shop.line(termDuration="P5Y"), shop.line(promotionId="39NFJQT1PFPK:0002:39NFJQT1Q5KK"),
        shop.line(participants=[{"key": "transaction_reseller", "value": "1"}]),
        shop.line(shop.item(CONFERENCING, "0002")), shop.line(),
    ]
    cart = shop.cart(*lines).expect(201)
    assert errors(cart) == [10001, 10000, 10002, 10006, 10006, 10004, 10007, None]
    refused = shop.checkout(cart)
    assert (refused.status, refused.json["code"], refused.json["reason"]) == (400, 800009, "CART_HAS_ERRORS")
    assert shop.agent.get(f"{shop.base}/orders").items == []
    mended = shop.agent.put(f"{shop.base}/carts/{cart['id']}", {"LineItems": [shop.line()]}).expect(200)
    assert errors(mended) == [None]
    shop.checkout(mended, b"null").expect(201)


def test_an_add_on_is_bought_with_its_base_or_for_one(shop):
    addon = shop.line(shop.item(CONFERENCING, "0002"), quantity=1)
    base = shop.line(shop.item("CFQ7TTC0LF8R"), addonItems=[addon])
    cart = shop.cart(base).expect(201)
    assert "error" not in cart["lineItems"][0]["addonItems"][0]
    first, second = shop.checkout(cart).expect(201)["orders"]
    held = first["lineItems"][0]["subscriptionId"]
    assert second["lineItems"][0]["parentSubscriptionId"] == held
    more = shop.cart({**addon, "provisioningContext": {"ParentSubscriptionId": held}}).expect(201)
    assert errors(more) == [None] and more["lineItems"][0]["provisioningContext"] == {"parentSubscriptionId": held}
    assert len(shop.agent.get(f"{shop.base}/subscriptions/{held}/addons").items) == 1
    shop.checkout(more).expect(201)
    assert len(shop.agent.get(f"{shop.base}/subscriptions/{held}/addons").items) == 2


def test_an_indirect_provider_names_its_reseller_and_confirms_it(world):
    shop = Shop(world, "indirectProvider")
    reseller = world.partner("indirectReseller", provider=shop.partner.id)
    world.relationship(reseller, shop.customer)
    number = reseller.act("adminAgent").get("/v1/profiles/mpn").expect(200)["mpnId"]
    part = {"participants": [{"key": "transaction_reseller", "value": number}]}
    assert errors(shop.cart(shop.line(**part)).expect(201)) == [10006]
    accepted = {"partnerOnRecordAttestationAccepted": True}
    other = {"participants": [{"key": "transaction_reseller", "value": "999"}]}
    assert errors(shop.cart(shop.line(**other), **accepted).expect(201)) == [10004]
    cart = shop.cart(shop.line(**part), **accepted).expect(201)
    assert errors(cart) == [None]
    (order,) = shop.checkout(cart).expect(201)["orders"]
    assert order["lineItems"][0]["partnerIdOnRecord"] == number


def test_a_cart_is_kept_for_a_week_and_is_nobody_elses(shop):
    cart = shop.cart(shop.line()).expect(201)
    other = shop.world.partner()
    shop.world.relationship(other, shop.customer)
    answer = other.act("adminAgent").get(f"{shop.base}/carts/{cart['id']}")
    assert (answer.status, answer.json["code"]) == (404, 800008)
    shop.world.advance("PT167H59M")
    shop.agent.get(f"{shop.base}/carts/{cart['id']}").expect(200)
    shop.world.advance("PT1M")
    answer = shop.checkout(cart)
    assert (answer.status, answer.json["code"]) == (404, 800008)
    shop.agent.get(f"{shop.base}/carts/nonsense").expect(404)


def test_one_request_id_orders_once(shop):
    cart = shop.cart(shop.line()).expect(201)
    headers = {"MS-RequestId": "5f1f7d3e-4a0b-4f5e-9a3b-0f2f4d7b9c11"}
    path = f"{shop.base}/carts/{cart['id']}/checkout"
    first = shop.agent.call("POST", path, None, headers=headers).expect(201)
    assert shop.agent.call("POST", path, None, headers=headers).expect(201) == first
