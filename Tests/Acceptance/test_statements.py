"""Cost statements over HTTP: what a month costs whom, to the last decimal and in whole minor units."""

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

import pytest

import csvfiles
from test_import import PUBLISHED_FOCUS, Books


@pytest.fixture
def books(world):
    return Books(world)


def statements(books, month, client=None, query="", **headers):
    path = f"{books.base}/statements?month={month}{query}"
    return (client or books.customer.act("globalAdmin")).get(path, headers=headers)


def rounded(amount, digits):
    """Half away from zero."""
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def check(page, expected, digits=2):
    """The statements of one currency against what the file says."""
    for item in page["items"]:
        lines = item["lines"]
        assert sum(Decimal(line["amount"]["amount"]) for line in lines) == Decimal(item["total"]["amount"])
        assert sum(Decimal(line["exactAmount"]["amount"]) for line in lines) == Decimal(item["exactTotal"]["amount"])
        buckets = [Decimal(item[bucket]["amount"]) for bucket in ("regular", "lateReported")]
        assert sum(buckets) == Decimal(item["total"]["amount"])
        for line in lines:
            exact, amount = (Decimal(line[name]["amount"]) for name in ("exactAmount", "amount"))
            assert abs(exact - amount) < Decimal(1).scaleb(-digits) and amount == rounded(amount, digits)
            assert line["from"] < line["to"]
    assert sum(Decimal(item["exactTotal"]["amount"]) for item in page["items"]) == expected
    assert sum(Decimal(item["total"]["amount"]) for item in page["items"]) == rounded(expected, digits)


def of_month(content, month, column="BillingPeriodStart"):
    rows = csvfiles.parsed(content)
    return sum(Decimal(row["BilledCost"]) for row in rows if row[column].startswith(month))


def test_where_nothing_moved_a_month_is_what_the_imported_file_says(books):
    content = csvfiles.focus(400)
    report = books.send(content).expect(201)
    seen = Decimal(0)
    for month in ("2024-09", "2024-10"):
        page = statements(books, month).expect(200)
        check(page, of_month(content, month))
        assert {item["payer"]["kind"] for item in page["items"]} == {"vendor", "other"}
        assert {item["currency"] for item in page["items"]} == {"USD"}
        assert all(item["lateReported"]["amount"] == "0.00" for item in page["items"])
        assert page["items"][0]["month"]["start"] == f"{month}-01T00:00:00Z"
        assert [total["currency"] for total in page["totals"]] == ["USD"]
        assert Decimal(page["totals"][0]["exactTotal"]["amount"]) == of_month(content, month)
        seen += Decimal(page["totals"][0]["exactTotal"]["amount"])
    assert seen == Decimal(report["totals"][0]["amount"])
    empty = statements(books, "2024-11").expect(200)
    assert (empty["totalCount"], empty["items"], empty["totals"]) == (0, [], [])


def test_the_published_sample_is_stated_to_the_last_decimal(books):
    content = PUBLISHED_FOCUS.read_text("utf-8-sig") if PUBLISHED_FOCUS.exists() else csvfiles.focus(1000)
    books.send(content).expect(201)
    page = statements(books, "2024-09").expect(200)
    check(page, of_month(content, "2024-09"))
    accounts = {row["SubAccountId"] for row in csvfiles.parsed(content) if row["BillingPeriodStart"] < "2024-10"}
    assert len({line["subscriptionId"] for item in page["items"] for line in item["lines"]}) == len(accounts)


@pytest.mark.parametrize("currency, digits", (("JPY", 0), ("USD", 2), ("KWD", 3)))
def test_lines_add_up_in_the_minor_units_of_each_currency(books, currency, digits):
    rows = [list(row) for row in csvfiles.focus_rows(60, months=("2024-09",))]
    for row in rows:
        row[csvfiles.FOCUS.index("BillingCurrency")] = currency
    content = csvfiles.text(csvfiles.FOCUS, rows)
    books.send(content).expect(201)
    check(statements(books, "2024-09").expect(200), of_month(content, "2024-09"), digits)


def test_usage_of_an_enterprise_agreement_is_stated_by_its_days(books):
    books.send(csvfiles.ea(), format="ea").expect(201)
    page = statements(books, "2024-09").expect(200)
    lines = [line for item in page["items"] for line in item["lines"]]
    days = [row["Date"] for row in csvfiles.parsed(csvfiles.ea()) if row["Date"].startswith("09")]
    assert min(line["from"] for line in lines) == f"2024-09-{min(days)[3:5]}T00:00:00Z"
    assert {(line["kind"], line["bucket"]) for line in lines} == {("usage", "regular")}
    assert all("." not in line["amount"]["amount"] for line in lines), "yen have no minor unit"


def test_a_licence_of_the_program_is_charged_for_the_month(books, world):
    subscription = world.subscription(
        books.customer, channel="csp", seller=books.partner, term=world.term(), currency="JPY", monthlyCost="12000"
    )
    month = f"{world.now:%Y-%m}"
    for client in (books.customer.act("billingAdmin"), books.agent):
        page = statements(books, month, client).expect(200)
        assert [(item["payer"]["id"], item["total"]["amount"]) for item in page["items"]] == [(books.partner.id, "12000")]
        (line,) = page["items"][0]["lines"]
        assert (line["subscriptionId"], line["kind"]) == (subscription, "charge")


def test_a_month_must_be_a_month(books):
    for month in ("", "2024", "2024-9", "2024-13", "2024-09-01", "september", "0000-01", "%00", "2024-09%20"):
        answer = statements(books, month)
        answer.expect(400, "INVALID_INPUT")
        assert answer.names("month"), month
    answer = books.agent.get(f"{books.base}/statements")
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("month")
    answer = statements(books, "2024-09", query="&format=xml")
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("format")
    for client in (books.customer.act("globalAdmin"), books.customer.act("globalAdmin", "ja-JP")):
        assert "⟦" not in statements(books, "2024-13", client).text


def test_a_statement_is_for_the_customer_and_for_those_who_pay(books, world):
    books.send(csvfiles.focus()).expect(201)
    assert statements(books, "2024-09", books.customer.act("billingAdmin")).expect(200)["items"]
    assert statements(books, "2024-09", books.agent).expect(200)["items"] == [], "the partner pays nothing of this"
    assert statements(books, "2024-09", books.agent).expect(200)["totals"] == []
    statements(books, "2024-09", books.customer.act("user")).expect(403)
    statements(books, "2024-09", world.customer().act("globalAdmin")).expect(403)
    statements(books, "2024-09", world.partner().act("adminAgent")).expect(403, "NO_RELATIONSHIP")
    statements(books, "2024-09", world.program.anonymous).expect(401)


def test_a_statement_comes_as_a_file_as_well(books):
    rows = [list(row) for row in csvfiles.focus_rows(40)]
    rows[0][csvfiles.FOCUS.index("SubAccountName")] = "=cmd|' /C calc'!A0"
    rows[0][csvfiles.FOCUS.index("SubAccountId")] = "formula"
    books.send(csvfiles.text(csvfiles.FOCUS, rows)).expect(201)
    page = statements(books, "2024-09").expect(200)
    expected = [
        (item["payer"]["name"], line["service"], line["from"], line["amount"]["amount"], line["exactAmount"]["amount"])
        for item in page["items"] for line in item["lines"]
    ]
    for answer in (
        statements(books, "2024-09", query="&format=csv"),
        statements(books, "2024-09", Accept="text/csv"),
        statements(books, "2024-09", Accept="text/csv, application/json;q=0.5"),
    ):
        assert answer.status == 200 and answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "statements-2024-09.csv" in answer.headers["Content-Disposition"]
        found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        names = ("payerName", "service", "from", "amount", "exactAmount")
        assert [tuple(row[name] for name in names) for row in found] == expected
        assert {row["subscriptionName"] for row in found if "calc" in row["subscriptionName"]} == {"'=cmd|' /C calc'!A0"}
    for accept in ("application/json, text/csv", "*/*", "text/csv;q=0"):
        assert statements(books, "2024-09", Accept=accept).expect(200)["items"]
    assert statements(books, "2024-09", query="&format=json", Accept="text/csv").expect(200)["items"]
    assert statements(books, "2024-13", Accept="text/csv").expect(400, "INVALID_INPUT")
