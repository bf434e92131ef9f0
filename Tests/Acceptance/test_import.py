"""Usage, cost and catalogue files: exact sums, all or nothing, the same file twice changes nothing."""

import csv
import pathlib
from decimal import Decimal

import pytest

import csvfiles
from wire import request_id
from world import World

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data"
PUBLISHED_FOCUS = SHARED / "focus_1.0_sample_1000.csv"
PUBLISHED_CATALOGUE = SHARED / "licensing_products_2026-08.csv"


class Books:
    """A customer with a partner that imports for it."""

    def __init__(self, world):
        self.partner, self.customer = world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        self.agent = self.partner.act("adminAgent")
        self.base = f"/multichannel/v1/customers/{self.customer.id}"

    def send(self, content, format="focus", client=None, **headers):
        body = content.encode() if isinstance(content, str) else content
        headers = {"Content-Type": "text/csv", **headers}
        return (client or self.agent).post(f"{self.base}/usage?format={format}", body, headers=headers)

    @property
    def subscriptions(self):
        return self.agent.get(f"{self.base}/subscriptions").expect(200)["items"]

    def lines(self):
        """What is kept, by account, month and service."""
        found = {}
        for item in self.subscriptions:
            for month in item["cost"]["months"]:
                total = Decimal(month["total"]["amount"])
                services = {line["service"]: Decimal(line["cost"]["amount"]) for line in month["services"]}
                assert sum(services.values()) == total
                for service, cost in services.items():
                    found[item["aliases"][0], month["start"][:7], service] = cost
        return found


@pytest.fixture
def books(world):
    return Books(world)


def check_focus(books, content):
    rows = csvfiles.parsed(content)
    by_currency, by_line = csvfiles.totals(rows)
    accounts = {(row["ProviderName"], row["BillingAccountId"], row["SubAccountId"]) for row in rows}
    report = books.send(content).expect(201)
    assert (report["state"], report["rows"], report["rejected"]) == ("completed", len(rows), 0)
    assert report["subscriptions"] == len(accounts)
    assert {total["currency"]: Decimal(total["amount"]) for total in report["totals"]} == by_currency
    assert books.lines() == by_line, "equal to the last decimal"
    by_account = {item["aliases"][0]: item for item in books.subscriptions}
    for provider, _, account in accounts:
        item = by_account[account]
        assert (item["family"], item["source"]) == ("usage", "observed")
        assert item["channel"] == ("ea" if provider == "Microsoft" else "thirdParty"), provider
    kept = books.subscriptions
    again = books.send(content).expect(200)
    assert again["id"] == report["id"] and again["repeated"] is True and books.subscriptions == kept
    seen = books.agent.get(f"/multichannel/v1/imports/{report['id']}").expect(200)
    assert {total["currency"]: Decimal(total["amount"]) for total in seen["totals"]} == by_currency
    return report


@pytest.mark.parametrize("line_end", ("\r\n", "\n", "\r"))
def test_a_generated_statement_is_kept_to_the_last_decimal(books, line_end):
    check_focus(books, csvfiles.text(csvfiles.FOCUS, csvfiles.focus_rows(400), line_end))


@pytest.mark.parametrize("quoting", (csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
def test_a_byte_order_mark_is_not_part_of_the_first_column(books, quoting):
    content = csvfiles.text(csvfiles.FOCUS, csvfiles.focus_rows(20), quoting=quoting)
    check_focus(books, "\ufeff" + content)
    agent = books.partner.act("adminAgent")
    rows = [[f"Marked {quoting}", "M", f"00000000-0000-4000-9000-00000000000{quoting}", "P", "", ""]]
    content = "\ufeff" + csvfiles.text(csvfiles.CATALOGUE, rows, quoting=quoting)
    agent.post("/multichannel/v1/catalog?format=licensing-csv", content).expect(201)


def test_the_published_sample_is_kept_to_the_last_decimal(books):
    content = PUBLISHED_FOCUS.read_text("utf-8") if PUBLISHED_FOCUS.exists() else csvfiles.focus(1000)
    report = check_focus(books, content)
    assert report["rows"] == 1000


def test_an_imported_account_can_be_asked_what_may_be_done_with_it(books, world):
    books.send(csvfiles.focus()).expect(201)
    ours = next(item for item in books.subscriptions if item["channel"] == "ea")
    options = {item["action"]: item for item in world.options(books.partner, books.customer, ours["id"])["items"]}
    assert options["recreate"]["reason"] == "RECREATE_IN_STEPS" and options["cancel"]["reason"] == "BOUGHT_ELSEWHERE"


def test_usage_of_an_enterprise_agreement_is_kept_by_subscription_and_month(books):
    content = csvfiles.ea()
    rows = csvfiles.parsed(content)
    books.send(content, format="ea").expect(201)
    expected = {}
    for row in rows:
        key = f"/subscriptions/{row['SubscriptionGuid'].lower()}", f"2024-{row['Date'][:2]}", row["MeterCategory"]
        expected[key] = expected.get(key, 0) + Decimal(row["ExtendedCost"])
    assert books.lines() == expected
    assert {item["channel"] for item in books.subscriptions} == {"ea"}


def test_a_newer_statement_of_a_month_takes_the_place_of_the_older(books):
    older, newer = csvfiles.focus(60, seed=1), csvfiles.focus(80, seed=2)
    books.send(older).expect(201)
    ids = {item["id"] for item in books.subscriptions}
    books.send(newer).expect(201)
    assert books.lines() == csvfiles.totals(csvfiles.parsed(newer))[1]
    assert {item["id"] for item in books.subscriptions} == ids
    other = csvfiles.focus(60, seed=3, months=("2024-11",))
    books.send(other).expect(201)
    both = csvfiles.totals(csvfiles.parsed(newer))[1] | csvfiles.totals(csvfiles.parsed(other))[1]
    assert books.lines() == both


BAD_CELLS = [
    ("BilledCost", "1e5", "notANumber"), ("BilledCost", "twelve", "notANumber"), ("BilledCost", "", "required"),
    ("BilledCost", "NaN", "notANumber"), ("BilledCost", "1" * 40, "notANumber"), ("BilledCost", "1,5", "notANumber"),
    ("BillingCurrency", "usd", "notACurrency"), ("BillingPeriodStart", "2024-02-30", "notADate"),
    ("BillingPeriodEnd", "2024-09-01 00:00:00", "outOfRange"), ("ProviderName", "NULL", "required"),
    ("ServiceName", "", "required"), ("SubAccountId", "x" * 2000, "tooLong"),
]


def test_every_bad_cell_is_reported_and_nothing_is_imported(books):
    rows = [list(row) for row in csvfiles.focus_rows(40)]
    expected = []
    for number, (column, value, reason) in enumerate(BAD_CELLS):
        rows[number * 3][csvfiles.FOCUS.index(column)] = value
        expected.append((number * 3, column, "" if value == "NULL" else value[:200], reason))
    content = csvfiles.text(csvfiles.FOCUS, rows)
    answer = books.send(content)
    report = answer.expect(400, "IMPORT_REJECTED")
    assert (report["state"], report["rejected"], report["rows"]) == ("rejected", len(BAD_CELLS), 40)
    line_of, line = [], 2
    for row in rows:
        line_of.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    found = [(item["line"], item["column"], item["value"], item["reason"]) for item in report["rejections"]]
    assert found == [(line_of[row], column, value, reason) for row, column, value, reason in expected]
    assert all(item["text"] and "⟦" not in item["text"] for item in report["rejections"])
    assert books.subscriptions == []
    assert books.agent.get(f"/multichannel/v1/imports/{report['id']}").expect(200)["state"] == "rejected"
    books.send(csvfiles.focus()).expect(201)


@pytest.mark.parametrize("content, reason", [
    ("", "missingHeader"), ("BilledCost,ServiceName\r\n1,x\r\n", "missingColumn"), ('"BilledCost', "quoting"),
    (csvfiles.focus(3) + '"unclosed', "quoting"), (csvfiles.focus(3).encode() + b"\xff\xfe,1\r\n", "notUTF8"),
    (csvfiles.focus(3) + "x" * 1_100_000, "recordTooLong"), (csvfiles.focus(3).encode() + b'"a"b,1\r\n', "quoting"),
    ("{}", "missingColumn"), (csvfiles.focus(3) + "1,2\r\n", "required"), (b"PK\x03\x04" + bytes(range(256)), None),
    (csvfiles.focus(3).replace("Storage", "Sto\0rage").replace("Virtual", "Vir\0tual"), "nul"),
])
def test_a_file_that_is_no_statement_is_rejected(books, content, reason):
    answer = books.send(content)
    report = answer.expect(400, "IMPORT_REJECTED")
    assert reason is None or reason in {item["reason"] for item in report["rejections"]}, answer.text[:500]
    assert books.subscriptions == []


def test_a_format_that_is_none_is_named(books):
    for query in ("", "?format=", "?format=xml", "?format=%00"):
        for path in (f"{books.base}/usage", "/multichannel/v1/catalog"):
            answer = books.agent.post(path + query, b"x")
            answer.expect(400, "INVALID_INPUT")
            assert answer.names("format")


def test_who_may_not_import_is_turned_away(books, world):
    content = csvfiles.focus()
    for client in (books.customer.act("user"), books.partner.act("helpdeskAgent"), world.partner().act("adminAgent")):
        assert books.send(content, client=client).status == 403
    world.program.anonymous.post(f"{books.base}/usage?format=focus", content).expect(401)
    assert books.subscriptions == []
    books.send(content, client=books.customer.act("billingAdmin")).expect(201)


def test_the_same_request_id_with_another_file_is_a_conflict(books):
    key = request_id()
    first = books.send(csvfiles.focus(20, seed=1), **key).expect(201)
    assert books.send(csvfiles.focus(20, seed=1), **key).expect(201)["id"] == first["id"]
    books.send(csvfiles.focus(20, seed=2), **key).expect(409, "REQUEST_REUSED")
    assert books.lines() == csvfiles.totals(csvfiles.parsed(csvfiles.focus(20, seed=1)))[1]


@pytest.mark.parametrize("source", ("generated", "published"))
def test_a_catalogue_becomes_offers_that_can_be_ordered(program, source):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent = partner.act("adminAgent")
    path = "/multichannel/v1/catalog?format=licensing-csv"
    is_there = source == "published" and PUBLISHED_CATALOGUE.exists()
    content = PUBLISHED_CATALOGUE.read_text("utf-8-sig") if is_there else csvfiles.catalogue(200 if source == "published" else 5)
    rows = csvfiles.parsed(content)
    products = {row["GUID"].strip().upper() for row in rows}
    report = agent.post(path, content, headers={"Content-Type": "text/csv"}).expect(201)
    assert (report["rows"], report["products"], report["rejected"]) == (len(rows), len(products), 0)
    assert agent.post(path, content, headers={"Content-Type": "text/csv"}).expect(200)["repeated"] is True
    row = rows[0]
    offer = agent.get(f"/v1/offers/{row['GUID']}").expect(200)
    assert (offer["name"], offer["product"]["id"]) == (row["Product_Display_Name"].strip(), row["String_Id"])
    order = world.order(partner, customer, offer=row["GUID"])
    assert order["lineItems"][0]["offerId"].upper() == row["GUID"].upper()


def test_a_catalogue_with_a_bad_row_changes_nothing(program):
    agent = World(program).partner().act("adminAgent")
    content = csvfiles.catalogue(3).replace("00000000-0000-4000-9000-000000000002", "not-a-guid", 1)
    content = content.replace("QUARRY", "UNHEARD")
    report = agent.post("/multichannel/v1/catalog?format=licensing-csv", content).expect(400, "IMPORT_REJECTED")
    assert [(row["column"], row["value"], row["reason"]) for row in report["rejections"]] == [("GUID", "not-a-guid", "notAGUID")]
    assert not [offer for offer in agent.get("/v1/offers?size=1000").items if "UNHEARD" in offer["product"]["id"]]
