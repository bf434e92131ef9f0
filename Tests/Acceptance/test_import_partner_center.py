"""suirod import partner-center: a dump of Partner Center becomes a partner's customers, and nothing is lost silently."""

import csv
import json
import os
import signal
import subprocess

import pytest

from program import PROGRAM
from wire import Client
from world import World

SUIROD = os.path.join(os.path.dirname(PROGRAM), "suirod")
BIRCH = "c3f1d2a4-9b58-4b06-8e2e-5b7e1f0a6d31"
LUMEN = "0fb2c9e7-6a13-4d7c-a5f4-91e8d3b27c60"
MAIL = "6B0E2F7A-4C91-4D38-9E55-8A7D13C0F264"
DESK = "f80c3a96-1d57-42eb-b6a9-07c4e58d2b13"
IDA = "2f6e9b01-c4d7-4a83-9051-e8b3d7f6a21c"
ORDER = "D41A7C60-92B3-4F1E-8C77-5E09B2A6F318"
TEMPLATE = "117a77b0-9360-443b-8795-c6dedc750cf9"


def customer(id, domain, name, **more):
    profile = {"tenantId": id, "domain": domain, "companyName": name,
               "attributes": {"objectType": "CustomerCompanyProfile"}}
    return {"id": id, "companyProfile": profile, "relationshipToPartner": "reseller",
            "links": {"self": {"uri": f"/customers/{id}", "method": "GET", "headers": []}},
            "attributes": {"objectType": "Customer"}, **more}


def subscription(id, offer, **more):
    return {"id": id, "offerId": offer, "offerName": "Mail Essentials", "friendlyName": "Studio mail", "quantity": 12,
            "unitType": "Licenses", "creationDate": "2026-01-09T08:30:00.0000000Z",
            "effectiveStartDate": "2026-01-09T00:00:00Z", "commitmentEndDate": "2027-01-08T00:00:00Z",
            "status": "active", "autoRenewEnabled": True, "isTrial": False, "billingType": "license",
            "billingCycle": "monthly", "termDuration": "P1Y", "orderId": ORDER, "promotionId": "39NFJQT1X0V1",
            "attributes": {"objectType": "Subscription"}, **more}


def collection(*items):
    return {"totalCount": len(items), "items": list(items), "attributes": {"objectType": "Collection"}}


BILLING = {"email": "nora@birch.example", "culture": "en-US", "language": "en", "companyName": "Birchwater Pottery",
           "defaultAddress": {"country": "US", "city": "Duluth", "state": "MN", "addressLine1": "1 Kiln Road",
                              "postalCode": "55802"}}
ORDERS = collection({
    "id": ORDER, "referenceCustomerId": BIRCH, "billingCycle": "monthly", "currencyCode": "USD",
    "lineItems": [{"lineItemNumber": 0, "offerId": "A1D9C3E0-5B72-4F86-9D10-3C6E8B24F7A5", "subscriptionId": MAIL,
                   "friendlyName": "Studio mail", "quantity": 12, "partnerIdOnRecord": "5510021"}],
    "creationDate": "2026-01-09T08:29:58.4400000Z", "status": "completed", "attributes": {"objectType": "Order"}})
USERS = collection({
    "id": IDA, "userPrincipalName": "ida.moor@birch.example", "firstName": "Ida", "lastName": "Moor",
    "displayName": "Ida Moor", "usageLocation": "US", "state": "active",
    "passwordProfile": {"password": "First-Login-1", "forceChangePassword": True},
    "attributes": {"objectType": "CustomerUser"}})
AGREEMENTS = collection({
    "primaryContact": {"firstName": "Nora", "lastName": "Velt", "email": "nora@birch.example",
                       "phoneNumber": "2185550143"},
    "templateId": TEMPLATE, "dateAgreed": "2024-01-08T00:00:00Z", "type": "MicrosoftCustomerAgreement"})


class Dump:
    """A folder as scripts leave it behind."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, path, content, encoding="utf-8"):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((content if isinstance(content, str) else json.dumps(content)).encode(encoding))

    def whole(self):
        """One customer in a page with its billing profile, another in a second page; each kind in another form."""
        self.write("customers-1.json", collection(customer(BIRCH, "birch.example", "Birchwater Pottery",
                                                           billingProfile=BILLING, allowDelegatedAccess=True)))
        self.write("customers-2.json", [customer(LUMEN, "lumen.example", "Lumen Ferry Lines")])
        offer = "A1D9C3E0-5B72-4F86-9D10-3C6E8B24F7A5"
        usage = subscription(DESK, "MS-AZR-0145P", billingType="usage", unitType="Usage", quantity=1,
                             friendlyName="Azure", status="suspended", commitmentEndDate="9999-12-31T00:00:00Z")
        lines = json.dumps(subscription(MAIL, offer, partnerId="5510021")) + "\n" + json.dumps(usage)
        self.write(f"customers/{BIRCH}/subscriptions.jsonl", lines)
        self.write(f"orders-{BIRCH}.json", ORDERS, "utf-8-sig")
        pascal = {name[:1].upper() + name[1:]: value for name, value in USERS["items"][0].items()}
        self.write(f"customers/{BIRCH}/users.json", json.dumps([pascal]), "utf-16")
        self.write(f"customers/{BIRCH}/agreements.json", AGREEMENTS)
        return self

    def take(self, where, *more, code=0):
        arguments = [SUIROD, "import", "partner-center", *where, "--from", str(self.folder), *more]
        ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr


@pytest.fixture
def dump(tmp_path):
    folder = tmp_path / "dump"
    folder.mkdir()
    return Dump(folder)


@pytest.fixture
def place(start, database, tmp_path):
    """A database with one partner in it that no program has open, and the partner."""
    where = database.fresh() or ["--data", str(tmp_path / "kept")]
    program = start(*where)
    partner = World(program).partner(country="JP")
    program.stop()
    return where, partner


class Served:
    """suirod on a database, for as long as somebody asks."""

    def __init__(self, where):
        self.process = subprocess.Popen([SUIROD, "serve", "--port", "0", *where], stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.DEVNULL)

    def __enter__(self):
        self.url = self.process.stdout.readline().split()[-1]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(10) == 0


def copy(where, file):
    """Everything in the database, without what is only noted of the time."""
    subprocess.run([SUIROD, "backup", *where, "--output", str(file)], capture_output=True, check=True)
    return [line for line in file.read_text("utf-8").splitlines() if not line.startswith('["clock.newest"')]


def test_a_dump_becomes_the_partners_customers_with_ids_and_all(place, dump, tmp_path):
    where, partner = place
    said = dump.whole().take(where)
    assert "customers: 2 taken, 0 already there, 0 left out" in said
    assert "subscriptions: 2 taken" in said and "orders: 1 taken" in said
    assert "users: 1 taken" in said and "agreements: 1 taken" in said
    assert "not kept: member subscription promotionId (2 times)" in said
    assert "not kept: member user passwordProfile (1 times)" in said and "First-Login-1" not in said
    assert "not in the catalogue: offer A1D9C3E0" in said and "1 customers have no country" in said
    with Served(where) as served:
        agent = Client(served.url, partner.tokens["adminAgent"])
        listed = {item["id"]: item["companyProfile"] for item in agent.get("/v1/customers").expect(200)["items"]}
        assert {id: profile["domain"] for id, profile in listed.items()} == {
            BIRCH: "birch.example", LUMEN: "lumen.example"}
        profile = agent.get(f"/v1/customers/{BIRCH}/profiles/billing").expect(200)
        assert profile["defaultAddress"] == BILLING["defaultAddress"] and profile["email"] == BILLING["email"]
        assert agent.get(f"/v1/customers/{BIRCH}").expect(200)["allowDelegatedAccess"] is False
        held = {item["id"]: item for item in agent.get(f"/v1/customers/{BIRCH}/subscriptions").expect(200)["items"]}
        mail, desk = held[MAIL], held[DESK.upper()]
        assert (mail["quantity"], mail["friendlyName"], mail["orderId"]) == (12, "Studio mail", ORDER)
        assert mail["offerId"] == "A1D9C3E0-5B72-4F86-9D10-3C6E8B24F7A5" and mail["autoRenewEnabled"] is True
        assert mail["creationDate"].startswith("2026-01-09T08:30:00") and mail["termDuration"] == "P1Y"
        assert (desk["status"], desk["billingType"]) == ("suspended", "usage")
        order, = agent.get(f"/v1/customers/{BIRCH}/orders").expect(200)["items"]
        assert order["id"] == ORDER and order["creationDate"].startswith("2026-01-09T08:29:58")
        assert order["lineItems"][0]["subscriptionId"] == MAIL
        agreement, = agent.get(f"/v1/customers/{BIRCH}/agreements").expect(200)["items"]
        assert agreement["dateAgreed"].startswith("2024-01-08") and agreement["primaryContact"]["lastName"] == "Velt"
        assert agent.get(f"/v1/customers/{BIRCH}/users").status == 403, "access is for the customer to give"
        ways = agent.get(f"/multichannel/v1/customers/{BIRCH}/access").expect(200)["items"]
        assert [way["kind"] for way in ways] == ["resellerTie"]
    kept = "\n".join(copy(where, tmp_path / "copy.jsonl"))
    assert "ida.moor@birch.example" in kept and "First-Login-1" not in kept
    assert "whole" in subprocess.run([SUIROD, "verify", *where], capture_output=True, text=True, check=False).stdout


def test_a_dry_run_and_the_same_dump_again_change_nothing(place, dump, tmp_path):
    where, _ = place
    dump.whole()
    subprocess.run([SUIROD, "migrate", *where], check=True, capture_output=True)
    before = copy(where, tmp_path / "before")
    said = dump.take(where, "--dry-run")
    assert "customers: 2 would be taken" in said and "dry run" in said
    assert copy(where, tmp_path / "after") == before
    dump.take(where)
    imported = copy(where, tmp_path / "imported")
    again = dump.take(where)
    assert "customers: 0 taken, 2 already there" in again and "subscriptions: 0 taken, 2 already there" in again
    assert "users: 0 taken, 1 already there" in again and "agreements: 0 taken, 1 already there" in again
    assert copy(where, tmp_path / "again") == imported


def test_what_the_sandbox_dumps_can_be_imported_elsewhere(place, dump, start):
    where, _ = place
    source = start()
    world = World(source)
    partner, buyer = world.partner(), world.customer()
    world.relationship(partner, buyer)
    world.order(partner, buyer)
    agent, paths = partner.act("adminAgent"), {"customers": "/v1/customers"}
    for name in ("subscriptions", "orders"):
        paths[f"customers/{buyer.id}/{name}"] = f"/v1/customers/{buyer.id}/{name}"
    answers = {name: agent.get(path).expect(200) for name, path in paths.items()}
    for name, answer in answers.items():
        dump.write(f"{name}.json", answer)
    source.stop()
    said = dump.take(where)
    assert "customers: 1 taken" in said and "subscriptions: 1 taken" in said and "orders: 1 taken" in said
    assert "not in the catalogue" not in said


def test_the_portals_list_of_customers_is_taken_in_both_languages(place, dump):
    where, _ = place
    dump.write("Customers.csv", "Microsoft ID,Company name,Primary domain name,Relationship,Tags\r\n"
                                f'{BIRCH},"Birchwater, Ltd.",birch.example,Cloud Reseller,\r\n', "utf-8-sig")
    dump.write("Customers.ja.csv", "Microsoft ID,会社名,プライマリ ドメイン名,関係,タグ\r\n"
                                   f"{LUMEN},ルーメン汽船,lumen.example,クラウド リセラー,重要\r\n", "utf-8-sig")
    dump.write("Subscriptions.csv", "SubscriptionId,CustomerId,OfferId,FriendlyName,Quantity,Status,BillingType\r\n"
                                    f"{MAIL},{LUMEN},MS-AZR-0145P,Azure,1,Active,Usage\r\n")
    said = dump.take(where)
    assert "customers: 2 taken" in said and "subscriptions: 1 taken" in said
    assert "not kept: member customer tags (1 times)" in said


@pytest.mark.parametrize("name, content, told", [
    ("customers.json", '[{"id": "1",', "customers.json: line 1, byte 12: syntax"),
    ("customers.json", '{"items": [\n{"id": 1}\n', "customers.json: line 3, byte 22: syntax"),
    ("customers.json", "", "customers.json: line 1, byte 0: empty"),
    ("error.json", "<html>502</html>", "error.json: line 1, byte 0: syntax"),
    ("Customers.csv", 'Microsoft ID,Company name,Primary domain name\n1,"cut', "Customers.csv: line 2: quoting"),
])
def test_a_file_that_breaks_off_stops_the_import_before_it_begins(place, dump, tmp_path, name, content, told):
    where, _ = place
    dump.whole()
    subprocess.run([SUIROD, "migrate", *where], check=True, capture_output=True)
    before = copy(where, tmp_path / "before")
    dump.write(name, content)
    said = dump.take(where, code=1)
    assert told in said and "Nothing was imported" in said
    assert copy(where, tmp_path / "after") == before


def test_every_wrong_line_is_told_with_its_place_and_the_rest_is_taken(place, dump, tmp_path):
    where, _ = place
    dump.write("customers.json", [
        customer(BIRCH, "birch.example", "Birchwater Pottery"), customer(LUMEN, "birch.example", "The same domain"),
        customer("c3f1d2a4", "short.example", "A wrong id"), customer(DESK, "no domain", "A wrong domain"),
        customer(IDA, "gone.example", "Gone", relationshipToPartner="none"),
    ])
    good, offer = subscription(MAIL, "MS-AZR-0145P"), "A1D9C3E0-5B72-4F86-9D10-3C6E8B24F7A5"
    dump.write(f"customers/{BIRCH}/subscriptions.json", [
        good, subscription(DESK, offer, quantity=-4), subscription("17", offer),
        subscription(IDA, offer, commitmentEndDate="2025-01-08T00:00:00Z"),
        subscription(LUMEN, offer, status="pending"), subscription(TEMPLATE, offer, parentSubscriptionId=DESK),
    ])
    dump.write(f"customers/{LUMEN}/subscriptions.json", [subscription(BIRCH, offer)])
    dump.write("users.json", USERS)
    report = tmp_path / "left-out.csv"
    said = dump.take(where, "--report", str(report), code=2)
    assert "customers: 1 taken, 0 already there, 4 left out" in said
    assert "subscriptions: 2 taken, 0 already there, 5 left out" in said
    rows = list(csv.DictReader(report.open(encoding="utf-8", newline="")))
    found = {(row["file"], row["place"], row["field"], row["reason"]) for row in rows}
    held = f"customers/{BIRCH}/subscriptions.json"
    assert found == {
        ("customers.json", "item 2", "domain", "domainTaken"), ("customers.json", "item 3", "id", "notAGUID"),
        ("customers.json", "item 3", "companyProfile.tenantId", "notAGUID"),
        ("customers.json", "item 4", "domain", "malformed"),
        ("customers.json", "item 5", "relationshipToPartner", "noRelationship"),
        (held, "item 2", "quantity", "outOfRange"), (held, "item 3", "id", "notAGUID"),
        (held, "item 4", "commitmentEndDate", "endsBeforeStart"), (held, "item 5", "status", "notCompleted"),
        (held, "item 6", "parentSubscriptionId", "unknownParent"),
        (f"customers/{LUMEN}/subscriptions.json", "item 1", "", "unknownCustomer"),
        ("users.json", "item 1", "", "noCustomer"),
    }
    assert [row["extent"] for row in rows if row["reason"] == "unknownParent"] == ["field"]
    assert f"left out\t{held}\titem 2\tsubscription\tquantity\t-4\toutOfRange" in said
    assert report.stat().st_mode & 0o777 == 0o600
    (dump.folder / "customers.json").unlink()
    for file in (dump.folder / "customers" / BIRCH).iterdir():
        file.unlink()
    assert "0 taken" in dump.take(where, code=1)


def test_a_subscription_of_one_customer_is_not_given_to_another(place, dump):
    where, _ = place
    dump.whole().take(where)
    for file in list(dump.folder.glob("**/*.json*")):
        file.unlink()
    dump.write(f"subscriptions-{LUMEN}.json", [subscription(MAIL, "MS-AZR-0145P")])
    dump.write(f"orders-{LUMEN}.json", [{**ORDERS["items"][0], "referenceCustomerId": LUMEN}])
    said = dump.take(where, code=1)
    assert said.count("heldByAnotherCustomer") == 2


def test_the_folder_and_the_partner_are_asked_for_in_one_sentence(place, dump, start):
    where, partner = place
    missing = Dump(dump.folder / "nowhere").take(where, code=1)
    assert "There is no folder" in missing and missing.count("\n") == 1
    assert "no JSON or CSV file" in dump.take(where, code=1)
    dump.whole()
    assert "There is no partner moon.example" in dump.take(where, "--partner", "moon.example", code=1)
    program = start(*where)
    other = World(program).partner()
    program.stop()
    asked = dump.take(where, code=1)
    assert partner.domain in asked and other.domain in asked
    assert f"partner {other.name}" in dump.take(where, "--partner", other.id)
