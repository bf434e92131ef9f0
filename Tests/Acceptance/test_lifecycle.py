"""What partners do with what they sold: suspending, cancelling, resizing, and what time does; under the rules of 2017
and under today's, on the wire and in the options."""

import threading
from datetime import timedelta

import pytest

from world import World, by_action, instant, text

LICENSE = "91FD106F-4B2C-4938-95AC-F54F74E9A239"
BETTER = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
ADD_ON = "0C266DFF-15DD-4B49-8397-2BB16070ED52"
TRIAL = "C38088A5-DB22-4F4B-9A3E-5B1C7D60E2F4"
AZURE = "MS-AZR-0145P"
PACKAGES = "/multichannel/v1/policypackages"


class Sale:
    """A partner with a customer of its own, and what it sells there."""

    def __init__(self, world):
        self.world, self.partner, self.customer = world, world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        self.agent, self.base = self.partner.act("adminAgent"), f"/v1/customers/{self.customer.id}"

    def order(self, offer=LICENSE, quantity=5, base=None):
        line = {"lineItemNumber": 0, "offerId": offer, "quantity": quantity, "parentSubscriptionId": base}
        order = self.agent.post(f"{self.base}/orders", {"lineItems": [line]}).expect(201)
        return order["lineItems"][0]["subscriptionId"]

    def path(self, id):
        return f"{self.base}/subscriptions/{id}"

    def get(self, id):
        return self.agent.get(self.path(id)).expect(200)

    def change(self, id, **change):
        return self.agent.patch(self.path(id), change)

    def seen(self, id):
        """The same subscription in the view of all channels."""
        return self.agent.get(f"/multichannel{self.path(id)}").expect(200)

    def option(self, id, action, at=None):
        return by_action(self.world.options(self.partner, self.customer, id.lower(), at=at))[action]


def steps(option):
    return {step["action"]: step for step in option["next"]}


@pytest.fixture
def sale(world):
    return Sale(world)


@pytest.fixture
def today(own):
    """A sale where today's rules hold."""
    owner = own.persona("policyOwner")
    draft = owner.post(PACKAGES, owner.get(f"{PACKAGES}/shipped/2026").text).expect(201)
    owner.post(f"{PACKAGES}/{draft['id']}/publication").expect(201)
    return Sale(World(own))


def test_a_suspended_license_of_2017_costs_nothing_and_is_lost_after_its_days(sale):
    id = sale.order()
    told = steps(sale.option(id, "suspend"))
    changed = sale.change(id, status="suspended", suspensionReasons=["nonPayment"]).expect(200)
    assert changed["status"] == "suspended" and changed["suspensionReasons"] == ["nonPayment"]
    life = sale.seen(id)["lifecycle"]
    assert life["isBilled"] is False and life["access"] == "administrators" and life["suspendedFor"] == "nonPayment"
    kept = instant(life["until"]) - instant(life["since"])
    assert timedelta(days=90) <= kept <= timedelta(days=120)
    assert abs(instant(told["reactivate"]["date"]) - instant(life["until"])) < timedelta(minutes=1)
    assert sale.change(id, status="active").expect(200)["status"] == "active"
    sale.change(id, status="suspended").expect(200)
    sale.world.set_clock(sale.seen(id)["lifecycle"]["until"])
    assert sale.agent.get(f"{sale.base}/subscriptions").items == []
    assert sale.get(id)["status"] == "deleted" and sale.seen(id)["status"] == "deleted"
    gone = sale.change(id, status="active").expect(400, "CANNOT_BE_REACTIVATED")
    assert gone["code"] == 800096 and gone["rule"] == "LC-13"


def test_a_license_of_2017_is_cancelled_on_any_day_with_a_credit(sale):
    world = sale.world
    id = world.subscription(
        sale.customer, channel="csp", seller=sale.partner, quantity=10, currency="USD", monthlyCost="310.00",
        term=world.term(months_ago=2, auto_renew=True),
    )
    option = sale.option(id, "cancel")
    assert (option["verdict"], option["rule"]) == ("allowed", "LC-08")
    credit = steps(option)["receiveCredit"]["cost"]
    assert credit["currency"] == "USD" and 0 < float(credit["amount"]) < 310
    assert sale.change(id, quantity=1).expect(200)["quantity"] == 1
    assert sale.change(id, status="deleted").expect(200)["status"] == "deleted"
    assert sale.change(id, status="active").expect(400, "CANNOT_BE_REACTIVATED")
    assert sale.change(id, quantity=2).expect(400, "NOT_ACTIVE")["code"] == 800012


def test_auto_renew_ends_the_term_that_the_license_is_in(sale):
    id = sale.order()
    first = sale.get(id)
    sale.world.advance("P400D")
    renewed = sale.get(id)
    assert renewed["effectiveStartDate"] == first["commitmentEndDate"] and renewed["status"] == "active"
    assert sale.change(id, autoRenewEnabled=False).expect(200)["commitmentEndDate"] == renewed["commitmentEndDate"]
    sale.world.set_clock(renewed["commitmentEndDate"])
    assert sale.seen(id)["status"] == "expired" and sale.get(id)["status"] == "suspended"
    late = sale.change(id, autoRenewEnabled=True).expect(400, "AUTO_RENEW_NOT_POSSIBLE")
    assert late["code"] == 800093
    # What the wire calls suspended is no wish to suspend when it is sent back.
    sale.agent.patch(sale.path(id), sale.get(id)).expect(200)
    sale.world.advance("P30D")
    assert sale.seen(id)["status"] == "disabled"
    sale.world.advance("P90D")
    assert sale.seen(id)["status"] == "deleted"


def test_a_reason_that_is_none_and_a_wish_that_is_none_are_named(sale):
    id = sale.order()
    assert sale.change(id, status="suspended", suspensionReasons=["boredom"]).names("suspensionReasons[0]")
    assert sale.change(id, endOfTermAction="dissolve").names("endOfTermAction")
    refused = sale.change(id, endOfTermAction="extend").expect(400, "END_OF_TERM_NOT_OFFERED")
    assert refused["policyRow"] == "term-end-choices"
    assert sale.change(id, endOfTermAction="cancel").expect(200)["autoRenewEnabled"] is False


def test_today_a_license_is_cancelled_within_168_hours_and_not_later(today):
    first, second = today.order(), today.order()
    bought = instant(today.get(second)["effectiveStartDate"])
    assert instant(today.get(second)["cancellationAllowedUntilDate"]) == bought + timedelta(hours=168)
    option = today.option(second, "cancel")
    assert option["rule"] == "LC-10" and instant(steps(option)["cancelInTime"]["date"]) == bought + timedelta(hours=168)
    assert "UTC" in steps(option)["cancelInTime"]["text"] and "exportData" in steps(option)
    today.world.set_clock(text(bought + timedelta(hours=167)))
    assert today.change(first, status="deleted").expect(200)["status"] == "deleted"
    today.world.set_clock(text(bought + timedelta(hours=168, seconds=1)))
    late = today.change(second, status="deleted").expect(400, "CANCEL_WINDOW_OVER")
    assert late["code"] == 900117 and late["policyRow"] == "cancel-window-new"
    assert late["availableFrom"] == today.get(second)["commitmentEndDate"]
    ahead = today.option(second, "cancel", at=late["availableFrom"])
    assert ahead["verdict"] == "allowed"
    today.world.set_clock(late["availableFrom"])
    assert today.change(second, status="deleted").expect(200)["status"] == "deleted"


def test_today_seats_are_given_back_while_their_own_window_is_open(today):
    id = today.order(quantity=20)
    today.change(id, quantity=15).expect(200)
    today.world.advance("P8D")
    refused = today.change(id, quantity=14).expect(400, "DECREASE_WINDOW_OVER")
    assert refused["code"] == 800090 and refused["next"] == []
    today.change(id, quantity=25).expect(200)
    step = steps(today.option(id, "changeQuantity"))["removeSeats"]
    assert "10" in step["text"]
    assert today.change(id, quantity=14).expect(400, "DECREASE_WINDOW_OVER")
    assert today.change(id, quantity=18).expect(200)["quantity"] == 18
    today.world.advance("P8D")
    today.change(id, quantity=17).expect(400, "DECREASE_WINDOW_OVER")
    today.change(id, quantity=19).expect(200)


def test_today_a_suspended_license_costs_on_and_keeps_the_relationship(today):
    world = today.world
    id = world.subscription(
        today.customer, channel="csp", seller=today.partner, quantity=10, currency="USD", monthlyCost="100.00",
        term=world.term(auto_renew=True),
    )
    told = steps(today.option(id, "suspend"))
    end = today.get(id)["commitmentEndDate"]
    assert told["payWhileSuspended"]["date"] == end and float(told["payWhileSuspended"]["cost"]["amount"]) > 900
    changed = today.change(id, status="suspended").expect(200)
    assert changed["autoRenewEnabled"] is False and today.seen(id)["lifecycle"]["isBilled"] is True
    blocked = today.agent.patch(today.base, {"relationshipToPartner": "none"})
    blocked.expect(400, "REMOVAL_BLOCKED")
    today.change(id, autoRenewEnabled=True).expect(400, "AUTO_RENEW_NOT_POSSIBLE")
    assert today.change(id, status="active").expect(200)["autoRenewEnabled"] is False
    assert set(steps(today.option(id, "manage"))) & {"chooseEndOfTerm", "turnOnAutoRenew"}
    today.change(id, status="suspended", suspensionReasons=["customerRequest"]).expect(400, "SUSPENSION_REASON_NOT_ALLOWED")
    today.change(id, status="suspended", suspensionReasons=["fraud"]).expect(200)
    world.set_clock(end)
    assert today.seen(id)["status"] == "disabled" and today.seen(id)["lifecycle"]["isBilled"] is False
    today.agent.patch(today.base, {"relationshipToPartner": "none"}).expect(200)


def test_today_auto_renew_that_is_off_runs_on_by_the_month_unless_somebody_chose(today):
    plain, chosen = today.order(), today.order()
    end = today.get(plain)["commitmentEndDate"]
    today.change(plain, autoRenewEnabled=False).expect(200)
    step = steps(today.option(plain, "manage"))["chooseEndOfTerm"]
    assert step["date"] == end
    made = today.change(chosen, endOfTermAction="cancel").expect(200)
    assert made["autoRenewEnabled"] is False and made["endOfTermAction"] == "cancel"
    # Sent back with what it was before, a choice is no second wish.
    same = today.agent.patch(today.path(chosen), made).expect(200)
    assert same["attributes"]["etag"] == made["attributes"]["etag"]
    today.world.set_clock(today.get(chosen)["commitmentEndDate"])
    assert today.seen(plain)["status"] == "active" and today.seen(plain)["lifecycle"]["isExtended"] is True
    assert today.seen(chosen)["status"] == "disabled" and today.seen(chosen)["lifecycle"]["access"] == "nobody"
    today.world.advance("P100D")
    assert today.option(plain, "cancel")["rule"] == "LC-20"
    assert today.change(plain, status="deleted").expect(200)["status"] == "deleted"


def test_today_cancelled_usage_is_kept_for_90_days(today):
    id = today.order(offer=AZURE, quantity=1)
    assert today.change(id, status="deleted").expect(200)["status"] == "suspended"
    assert today.seen(id)["status"] == "disabled"
    assert today.change(id, status="active").expect(200)["status"] == "active"
    today.change(id, status="deleted").expect(200)
    today.world.advance("P90D")
    assert today.seen(id)["status"] == "deleted"
    today.change(id, status="active").expect(400, "CANNOT_BE_REACTIVATED")


def test_add_ons_rest_and_wake_with_their_base(sale):
    base = sale.order()
    missing = sale.agent.post(f"{sale.base}/orders", {"lineItems": [{"offerId": ADD_ON, "quantity": 1}]})
    missing.expect(400, "INVALID_INPUT")
    add_on = sale.order(offer=ADD_ON, base=base)
    listed = sale.agent.get(f"{sale.path(base)}/addons").expect(200)["items"]
    assert [(item["id"], item["parentSubscriptionId"]) for item in listed] == [(add_on, base)]
    assert listed == [sale.get(add_on)] and sale.agent.get(f"{sale.path(add_on)}/addons").items == []
    sale.change(base, status="suspended").expect(200)
    assert sale.get(add_on)["suspensionReasons"] == ["base"]
    alone = sale.change(add_on, status="active").expect(409, "BASE_NOT_ACTIVE")
    assert alone["code"] == 27009 and steps(alone)["reactivateBase"]
    sale.change(base, status="active").expect(200)
    assert sale.get(add_on)["status"] == "active"
    sale.change(add_on, status="suspended").expect(200)
    sale.change(base, status="suspended").expect(200)
    sale.change(base, status="active").expect(200)
    assert sale.get(add_on)["status"] == "suspended"


def test_a_trial_is_converted_and_what_stands_in_the_way_is_told_in_a_success(sale):
    paid, trial = sale.order(), sale.order(offer=TRIAL, quantity=25)
    path = f"{sale.path(trial)}/conversions"
    assert sale.agent.get(f"{sale.path(paid)}/conversions").expect(200)["items"] == []
    conversion = sale.agent.get(path).expect(200)["items"][0]
    assert conversion["offerId"] == TRIAL and conversion["quantity"] == 25 and sale.get(trial)["isTrial"] is True
    for id, target in ((paid, conversion["targetOfferId"]), (trial, BETTER), (trial, "nothing")):
        failed = sale.agent.post(f"{sale.path(id)}/conversions", {**conversion, "targetOfferId": target}).expect(200)
        assert failed["error"]["code"] == 1 and failed["error"]["description"]
        assert failed["attributes"]["objectType"] == "ConversionResult"
    sale.agent.post(path, {}).expect(400, "INVALID_INPUT")
    done = sale.agent.post(path, {**conversion, "quantity": 12}).expect(200)
    assert "error" not in done and done["subscriptionId"] == trial
    now = sale.get(trial)
    assert (now["isTrial"], now["quantity"], now["offerId"]) == (False, 12, conversion["targetOfferId"])
    assert now["termDuration"] == "P1Y" and sale.agent.get(path).items == []


def test_a_license_is_upgraded_in_place(sale):
    old = sale.order(quantity=7)
    offered = sale.agent.get(f"{sale.path(old)}/upgrades").expect(200)["items"]
    better = next(item for item in offered if item["targetOffer"]["id"] == BETTER)
    assert better["isEligible"] is True and better["quantity"] == 7 and better["upgradeErrors"] == []
    wrong = sale.agent.post(f"{sale.path(old)}/upgrades", {"TargetOffer": {"Id": ADD_ON}}).expect(200)
    assert [error["code"] for error in wrong["upgradeErrors"]] == ["SubscriptionDoesNotHaveAnyUpgradePaths"]
    assert "targetSubscriptionId" not in wrong
    done = sale.agent.post(f"{sale.path(old)}/upgrades", better).expect(200)
    new = sale.get(done["targetSubscriptionId"])
    assert (new["offerId"], new["quantity"], done["upgradeErrors"]) == (BETTER, 7, [])
    assert sale.get(old)["status"] == "deleted"
    assert [item["id"] for item in sale.agent.get(f"{sale.base}/subscriptions").items] == [new["id"]]


def test_the_support_contact_is_whoever_was_designated(sale):
    id = sale.order()
    path = f"{sale.path(id)}/supportcontact"
    contact = sale.agent.get(path).expect(200)
    assert contact["supportTenantId"] == sale.partner.id and contact["supportMpnId"].isdigit()
    other = sale.world.partner("advisor")
    sale.agent.put(path, {"SupportTenantId": other.id}).expect(403, "NO_RELATIONSHIP")
    sale.world.relationship(other, sale.customer)
    before = sale.seen(id)
    kept = sale.agent.put(path, {"SupportTenantId": other.id, "Name": "anything"}).expect(200)
    assert (kept["supportTenantId"], kept["name"]) == (other.id, other.name) and sale.agent.get(path).json == kept
    after = sale.seen(id)
    assert after["supportContact"]["id"] == other.id
    for fact in ("seller", "billOwner", "partnerOfRecord"):
        assert after[fact] == before[fact]
    assert sale.agent.put(path, {"supportTenantId": sale.customer.id}).names("supportTenantId")
    assert sale.agent.put(path, {"supportTenantId": other.id, "supportMpnId": "0"}).names("supportMpnId")
    other.act("adminAgent").get(path).expect(404, "NOT_FOUND")


def test_provisioning_is_told_while_there_is_something_to_tell(sale):
    id = sale.order(quantity=9)
    path = f"{sale.path(id)}/provisioningstatus"
    status = sale.agent.get(path).expect(200)
    assert (status["status"], status["quantity"], status["skuId"]) == ("success", 9, LICENSE.lower())
    assert status["endDate"] == sale.get(id)["commitmentEndDate"]
    usage = sale.agent.get(f"{sale.path(sale.order(offer=AZURE, quantity=1))}/provisioningstatus").expect(200)
    assert usage["endDate"].startswith("9999-12-31")
    sale.change(id, status="suspended").expect(200)
    assert sale.agent.get(path).expect(200)["status"] == "none"
    sale.change(id, status="deleted").expect(200)
    sale.agent.get(path).expect(404, "NOT_FOUND")


def test_of_two_who_cancel_at_once_one_is_told_that_it_is_done(sale):
    id = sale.order()
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(sale.change(id, status="deleted"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [200, 400, 400, 400]
    assert {answer.reason for answer in answers if answer.status == 400} == {"NOT_ACTIVE"}


def test_every_change_is_on_record(sale):
    id = sale.order()
    for change in ({"quantity": 9}, {"autoRenewEnabled": False}, {"status": "suspended"}, {"status": "active"}):
        sale.change(id, **change).expect(200)
    sale.change(id, quantity=9).expect(200)
    rows = sale.agent.get("/v1/auditrecords").expect(200)["items"]
    details = [
        {pair["key"]: pair["value"] for pair in row["customizedData"]} for row in rows
        if row["operationType"] == "update_subscription"
    ]
    own = [row for row in details if row["subject"] == id.lower()]
    assert len(own) == 4
    assert {"quantity": "9", "quantityBefore": "5"}.items() <= next(row for row in own if "quantity" in row).items()
    assert sorted(row["status"] for row in own if "status" in row) == ["active", "suspended"]


@pytest.mark.parametrize("language", ("en-US", "ja-JP"))
def test_every_refusal_reads_as_a_sentence(today, language):
    id = today.order()
    today.world.advance("P8D")
    agent = today.partner.act("adminAgent", language)
    for change in ({"status": "deleted"}, {"quantity": 1}):
        refused = agent.patch(today.path(id), change)
        assert refused.status == 400 and "%(" not in refused.text and "⟦" not in refused.text
        assert refused.json["description"].endswith("." if language == "en-US" else "。")
