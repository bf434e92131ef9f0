"""Invoices, usage, Azure, service costs and analytics as Partner Center's clients ask for them."""

import csv
import io
import json
import re
import uuid
from decimal import Decimal
from urllib.parse import quote

import pytest

from receiver import Receiver
from described import Shapes

COLUMNS = [
    "ProviderName", "BillingAccountId", "SubAccountId", "SubAccountName", "BillingPeriodStart", "BillingPeriodEnd",
    "ChargePeriodStart", "ChargePeriodEnd", "BillingCurrency", "BilledCost", "ServiceName", "SkuId", "ChargeDescription",
    "ResourceId", "ResourceName", "ResourceType", "RegionName", "ConsumedQuantity", "ConsumedUnit",
]
NOBODY = "00000000-0000-4000-8000-000000000000"
DISK = "/subscriptions/s/resourceGroups/ferry-rg/providers/Microsoft.Storage/storageAccounts/ferrylogs"


class Books:
    """A partner that bills a customer for licences and for Azure."""

    def __init__(self, world):
        self.world = world
        world.set_clock("2026-03-10T09:00:00Z")
        self.partner, self.customer = world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        more = {"seller": self.partner, "channel": "csp"}
        self.usage = world.subscription(self.customer, "usage", name="Azure", **more)
        self.license = world.subscription(
            self.customer, name="Office 365 E3", quantity=4, currency="USD", monthlyCost="80.00", **more
        )
        self.agent, self.shapes = self.partner.act("adminAgent"), Shapes(world.program)
        self.base = f"/v1/customers/{self.customer.id}"
        self.azure = f"{self.base}/subscriptions/{self.usage}"

    def use(self, cost="10.50", days=3, month="2026-03", following="2026-04"):
        """Some days of usage on two meters, each at a resource of its own."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for day in range(1, days + 1):
            for meter, service, resource in (("m-1", "Storage", DISK), ("m-2", "Compute", DISK + "2")):
                writer.writerow([
                    "Microsoft", "1", f"/subscriptions/{self.usage}", "Azure", f"{month}-01T00:00:00Z",
                    f"{following}-01T00:00:00Z", f"{month}-{day:02}T00:00:00Z", f"{month}-{day:02}T01:00:00Z", "USD",
                    cost, service, meter, f"{service} unit", resource, resource.rsplit("/", 1)[-1], "storage", "US West",
                    "2", "GB",
                ])
        path = f"/multichannel/v1/customers/{self.customer.id}/usage?format=focus"
        headers = {"Content-Type": "text/csv"}
        return self.agent.post(path, out.getvalue().encode(), headers=headers).expect(201)

    def statement(self, month):
        path = f"/multichannel/v1/customers/{self.customer.id}/statements?month={month}"
        return sum(Decimal(item["total"]["amount"]) for item in self.agent.get(path).expect(200)["items"])

    def closed(self):
        """The one invoice of March, after its end."""
        self.use()
        self.world.set_clock("2026-04-02T09:00:00Z")
        (invoice,) = self.shapes.page(self.agent.get("/v1/invoices"), "Invoice")
        return invoice


@pytest.fixture
def books(world):
    return Books(world)


def test_a_month_is_invoiced_when_it_is_over_and_adds_up_to_its_statement(books):
    assert books.agent.get("/v1/invoices").expect(200)["items"] == []
    invoice = books.closed()
    assert Decimal(str(invoice["totalCharges"])) == books.statement("2026-03") == Decimal("143.00")
    assert (invoice["invoiceDate"], invoice["currencyCode"]) == ("2026-04-01T00:00:00Z", "USD")
    assert re.fullmatch(r"D[0-9A-Z]{9}", invoice["id"]) and invoice["documentType"] == "invoice"
    read = books.agent.get(f"/v1/invoices/{invoice['id'].lower()}").expect(200)
    assert books.shapes.check(read, "Invoice") == invoice
    told = {(part["billingProvider"], part["invoiceLineItemType"]) for part in invoice["invoiceDetails"]}
    assert told == {("office", "billing_line_items"), ("azure", "billing_line_items"), ("azure", "usage_line_items")}
    for part in invoice["invoiceDetails"]:
        books.agent.get("/v1" + part["links"]["self"]["uri"]).expect(200)
        assert books.agent.get("/v1" + part["detailLink"]["uri"]).expect(200)["totalCount"] > 0
    books.agent.get("/v1/invoices/D00000000X").expect(404, "NOT_FOUND")
    books.world.partner().act("adminAgent").get(f"/v1/invoices/{invoice['id']}").expect(404, "NOT_FOUND")
    books.partner.act("helpdeskAgent").get("/v1/invoices").expect(403)
    books.customer.act("globalAdmin").get("/v1/invoices").expect(403)


def test_what_is_restated_after_the_end_is_charged_on_the_next_invoice(books):
    books.closed()
    books.use("11.00")
    path = "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&period=previous"
    waiting = books.agent.get(path).expect(200)["items"]
    assert sum(Decimal(str(line["totalForCustomer"])) for line in waiting) == Decimal("3.00")
    books.world.set_clock("2026-05-02T09:00:00Z")
    invoices = books.agent.get("/v1/invoices").expect(200)["items"]
    assert [Decimal(str(invoice["totalCharges"])) for invoice in invoices] == [Decimal("83"), Decimal("143")]
    total = sum(Decimal(str(invoice["totalCharges"])) for invoice in invoices)
    assert total == books.statement("2026-03") + books.statement("2026-04")
    assert books.agent.get(path).expect(200)["items"] == []


def test_invoices_are_paged_by_offset_and_narrowed_by_their_date(books):
    books.closed()
    books.world.set_clock("2026-06-02T09:00:00Z")
    first = books.agent.get("/v1/invoices?size=2&offset=0").expect(200)
    assert first["totalCount"] == 2
    rest = books.agent.get("/v1/" + first["links"]["next"]["uri"]).expect(200)
    assert rest["totalCount"] == 1 and "next" not in rest["links"]
    assert {item["id"] for item in first["items"]}.isdisjoint(item["id"] for item in rest["items"])

    def dates(filter):
        items = books.agent.get("/v1/invoices?filter=" + quote(json.dumps(filter))).expect(200)["items"]
        return [item["invoiceDate"][:10] for item in items]

    assert dates({"Field": "InvoiceDate", "Value": "2026-05-01", "Operator": "greater_than_or_equals"}) == [
        "2026-06-01", "2026-05-01",
    ]
    java = {"value": "2026-05-01", "field": "invoice_date", "fieldType": "String", "operator": "LessThan"}
    assert dates(java) == ["2026-04-01"]
    both = {
        "LeftFilter": {"Field": "InvoiceDate", "Value": "2026-04-15", "Operator": "greater_than"}, "Operator": "and",
        "RightFilter": {"Field": "InvoiceDate", "Value": "2026-05-15", "Operator": "less_than"},
    }
    assert dates(both) == ["2026-05-01"]
    for wrong in ('{"Field":"Total","Value":"1"}', '{"Field":"InvoiceDate","Value":"soon"}', "{", '{"Field":"InvoiceDate"}'):
        books.agent.get("/v1/invoices?filter=" + quote(wrong)).expect(400)


def test_summaries_say_what_is_open(books):
    empty = books.shapes.check(books.agent.get("/v1/invoices/summary").expect(200), "InvoiceSummary")
    assert empty["balanceAmount"] == 0 and empty["lastPaymentDate"] == "0001-01-01T00:00:00"
    books.closed()
    summary = books.shapes.check(books.agent.get("/v1/invoices/summary").expect(200), "InvoiceSummary")
    assert summary["balanceAmount"] == 143 and summary["details"][0]["invoiceType"] == "Recurring"
    (one,) = books.shapes.page(books.agent.get("/v1/invoices/summaries"), "InvoiceSummary")
    assert one["balanceAmount"] == 143
    books.partner.act("salesAgent").get("/v1/invoices/summary").expect(403)
    books.partner.act("salesAgent").get("/v1/invoices/summaries").expect(403)


@pytest.mark.parametrize("language, title", (("en-US", "Invoice"), ("ja-JP", "請求書")))
def test_an_invoice_and_its_receipt_are_documents_in_both_languages(books, language, title):
    invoice = books.closed()
    agent = books.agent.speaking(language)
    for uri in (invoice["pdfDownloadLink"], invoice["taxReceipts"][0]["taxReceiptPdfDownloadLink"]):
        answer = agent.get("/v1" + uri, headers={"Accept": "application/pdf"})
        assert answer.status == 200 and answer.headers["Content-Type"] == "application/pdf", answer.text[:300]
        check_pdf(answer.body)
        assert b"(143.00 USD)" in answer.body
    assert title.encode("utf-16-be").hex().upper().encode() in agent.get("/v1" + invoice["pdfDownloadLink"]).body
    agent.get("/v1/invoices/D00000000X/documents/statement").expect(404, "NOT_FOUND")
    agent.get(f"/v1/invoices/{invoice['id']}/receipts/1/documents/statement").expect(404, "NOT_FOUND")


def check_pdf(body):
    """Well formed: every object lies where the table says, and streams are as long as they say."""
    assert body.startswith(b"%PDF-1.7\n") and body.endswith(b"%%EOF\n")
    start = int(body.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert body[start:].startswith(b"xref\n0 ")
    count = int(body[start:].split(b"\n")[1].split()[1])
    entries = body[start:].split(b"\n")[2 : 2 + count]
    for number, entry in enumerate(entries[1:], 1):
        offset = int(entry[:10])
        assert body[offset:].startswith(f"{number} 0 obj\n".encode())
    for length, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)endstream", body, re.S):
        assert int(length) == len(stream)


@pytest.mark.parametrize("provider, kind, shape, sum_of, expected", (
    ("office", "billinglineitems", "LicenseBasedLineItem", "totalForCustomer", "80"),
    ("azure", "billinglineitems", "UsageBasedLineItem", "postTaxTotal", "63"),
    ("azure", "usagelineitems", "DailyUsageLineItem", "consumedQuantity", "6"),
    ("all", "billinglineitems", "OneTimeInvoiceLineItem", "totalForCustomer", "143"),
    ("all", "usagelineitems", "DailyRatedUsageLineItem", "billingPreTaxTotal", "63"),
))
def test_lines_come_in_the_shape_of_their_provider(books, provider, kind, shape, sum_of, expected):
    invoice = books.closed()
    path = f"/v1/invoices/{invoice['id']}/lineitems?provider={provider}&invoicelineitemtype={kind}&currencycode=usd"
    lines = books.shapes.page(books.agent.get(path), shape)
    assert sum(Decimal(str(line[sum_of])) for line in lines) == Decimal(expected)
    assert {line["attributes"]["objectType"] for line in lines} == {shape}
    wire = {"office": "office", "azure": "azure", "all": "one_time"}[provider]
    for line in lines:
        assert line["billingProvider"] == wire
        assert line["invoiceLineItemType"] == ("billing" if kind[0] == "b" else "usage") + "_line_items"
        assert line["customerId"] == books.customer.id
    assert books.agent.get(path.replace("=usd", "=jpy")).expect(200)["items"] == []
    assert books.agent.get(path + "&hasPartnerEarnedCredit=true").expect(200)["items"] == []
    words = {"office": "Office", "azure": "Azure", "all": "All"}[provider]
    legacy = f"/v1/invoices/{invoice['id']}/lineitems/{words}/{'BillingLineItems' if kind[0] == 'b' else 'USAGE_LINE_ITEMS'}"
    assert books.agent.get(legacy).expect(200)["items"] == lines


def test_lines_are_paged_by_offset_or_by_token(books):
    invoice = books.closed()
    for provider in ("azure", "all"):
        path = f"/v1/invoices/{invoice['id']}/lineitems?provider={provider}&invoicelineitemtype=usagelineitems&size=4"
        first = books.agent.get(path).expect(200)
        following = first["links"]["next"]
        assert first["totalCount"] == 4 and ("continuationToken" in first) == (provider == "all")
        headers = {header["key"]: header["value"] for header in following["headers"]}
        rest = books.agent.get("/v1/" + following["uri"], headers=headers).expect(200)
        assert rest["totalCount"] == 2 and "next" not in rest["links"]
        if provider == "all":
            assert "provider=all" in following["uri"] and "seekOperation=Next" in following["uri"]
    base = f"/v1/invoices/{invoice['id']}/lineitems"
    for wrong in ("", "?provider=office", "?provider=moon&invoicelineitemtype=billinglineitems",
                  "?provider=office&invoicelineitemtype=moon"):
        books.agent.get(base + wrong).expect(400, "INVALID_INPUT")
    token = {"MS-ContinuationToken": "nonsense"}
    path = base + "?provider=all&invoicelineitemtype=usagelineitems&seekOperation=Next"
    books.agent.get(path, headers=token).expect(400, "INVALID_INPUT")
    books.agent.get("/v1/invoices/D00000000X/lineitems/office/billinglineitems").expect(404)
    books.agent.get(f"{base}/moon/billinglineitems").expect(404)


def test_products_with_skus_are_invoiced_once_and_told_as_one_time(books):
    books.world.subscription(
        books.customer, name="Windows Server", channel="csp", seller=books.partner, productId="DG7GMGF0DVT7",
        currency="USD", monthlyCost="12.00",
    )
    books.world.set_clock("2026-04-02T09:00:00Z")
    invoices = {item["invoiceType"]: item for item in books.agent.get("/v1/invoices").expect(200)["items"]}
    assert invoices["OneTime"]["id"].startswith("G") and invoices["OneTime"]["totalCharges"] == 12
    base = f"/v1/invoices/{invoices['OneTime']['id']}/lineitems"
    (line,) = books.shapes.page(books.agent.get(base + "/onetime/BILLINGLINEITEMS"), "OneTimeInvoiceLineItem")
    assert (line["productId"], line["totalForCustomer"]) == ("DG7GMGF0DVT7", 12)
    for provider in ("office", "azure", "marketplace"):
        assert books.agent.get(f"{base}/{provider}/billinglineitems").expect(200)["items"] == []
    (held,) = books.shapes.page(books.agent.get(f"{books.base}/entitlements?showExpiry=true"), "PurchaseEntitlement")
    assert (held["entitlementType"], held["productId"]) == ("software", "DG7GMGF0DVT7")
    assert books.agent.get(f"{books.base}/entitlements?entitlementType=reservedInstance").expect(200)["items"] == []
    books.agent.get(f"{books.base}/entitlements?entitlementType=moon").expect(400, "INVALID_INPUT")


def test_a_reservation_is_found_behind_its_entitlement(books):
    books.world.subscription(
        books.customer, name="Reserved VM", channel="csp", seller=books.partner, productId="DZH318Z0BQ3Q", quantity=2
    )
    (held,) = books.agent.get(f"{books.base}/entitlements?entitlementType=ReservedInstance").expect(200)["items"]
    (artifact,) = held["entitledArtifacts"]
    assert artifact["artifactType"] == "reservedinstance"
    found = books.agent.get("/v1" + artifact["link"]["uri"]).expect(200)
    books.shapes.check(found, "ReservedInstanceArtifactDetails")
    assert found["reservations"][0]["quantity"] == 2
    books.agent.get("/v1" + artifact["link"]["uri"].replace(artifact["resourceId"], NOBODY)).expect(404, "NOT_FOUND")


def test_what_is_not_invoiced_yet_is_told_and_linked(books):
    books.use()
    path = "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype={}&currencycode=usd&period=current"
    billing = books.shapes.page(books.agent.get(path.format("BillingLineItems")), "OneTimeInvoiceLineItem")
    assert sum(Decimal(str(line["totalForCustomer"])) for line in billing) == books.statement("2026-03")
    days = books.shapes.page(books.agent.get(path.format("UsageLineItems") + "&size=2000"), "DailyRatedUsageLineItem")
    assert sum(Decimal(str(line["billingPreTaxTotal"])) for line in days) == Decimal("63.00")
    page = books.agent.get(path.format("UsageLineItems") + "&size=4").expect(200)
    following = page["links"]["next"]
    headers = {header["key"]: header["value"] for header in following["headers"]}
    assert books.agent.get("/v1/" + following["uri"], headers=headers).expect(200)["totalCount"] == 2
    assert books.agent.get(path.format("BillingLineItems").replace("usd", "eur")).expect(200)["items"] == []
    assert books.agent.get("/v1/invoices/unbilled/lineitems?provider=Marketplace&period=current").expect(200)["items"] == []
    for wrong in ("period=never", "provider=moon", "currencycode=moon"):
        name = wrong.split("=")[0]
        changed = re.sub(rf"{name}=\w+", wrong, path.format("billinglineitems"))
        books.agent.get(changed).expect(400, "INVALID_INPUT")
    (link,) = books.shapes.page(books.agent.get("/v1/invoices/estimates/links?currencyCode=usd"), "EstimateLink")
    assert link["period"] == "current"
    assert books.agent.get("/v1" + link["link"]["uri"]).expect(200)["totalCount"] == 6
    assert books.agent.get("/v1/invoices/estimates/links").expect(200)["totalCount"] == 1
    books.agent.get("/v1/invoices/estimates/links?currencycode=dollars").expect(400, "INVALID_INPUT")


def test_usage_is_summed_for_partner_customer_and_subscription(books):
    books.use()
    summary = books.shapes.check(books.agent.get("/v1/usagesummary").expect(200), "PartnerUsageSummary")
    assert (summary["totalCost"], summary["customersWithUsageBasedSubscription"]) == (63, 1)
    (record,) = books.shapes.page(books.agent.get("/v1/customers/usagerecords"), "CustomerMonthlyUsageRecord")
    assert (record["resourceId"], record["totalCost"], record["percentUsed"]) == (books.customer.id, 63, 0)
    own = books.shapes.check(books.agent.get(f"{books.base}/usagesummary").expect(200), "CustomerUsageSummary")
    assert (own["totalCost"], own["billingStartDate"]) == (63, "2026-03-01T00:00:00Z")
    path = f"{books.base}/subscriptions/usagerecords"
    (record,) = books.shapes.page(books.agent.get(path), "SubscriptionMonthlyUsageRecord")
    assert (record["totalCost"], record["status"], record["usdTotalCost"]) == (63, "active", 63)
    one = books.shapes.check(books.agent.get(f"{books.azure}/usagesummary").expect(200), "SubscriptionUsageSummary")
    assert one["totalCost"] == 63
    stranger = books.world.partner().act("adminAgent")
    for path in ("/usagesummary", "/subscriptions/usagerecords", f"/subscriptions/{books.usage}/usagesummary"):
        stranger.get(books.base + path).expect(403)
        books.partner.act("helpdeskAgent").get(books.base + path).expect(403)
    assert stranger.get("/v1/customers/usagerecords").expect(200)["items"] == []
    books.agent.get(f"{books.base}/subscriptions/{NOBODY}/usagesummary").expect(404)
    books.agent.get(f"{books.base}/subscriptions/{books.license}/usagesummary").expect(400, "NOT_AZURE")


def test_usage_is_told_by_meter_resource_and_day(books):
    books.use()
    meters = books.shapes.page(books.agent.get(f"{books.azure}/meterusagerecords"), "MeterUsageRecord")
    assert {(meter["meterId"], meter["totalCost"], meter["quantityUsed"]) for meter in meters} == {
        ("m-1", 31.5, 6), ("m-2", 31.5, 6),
    }
    resources = books.shapes.page(books.agent.get(f"{books.azure}/resourceusagerecords"), "ResourceUsageRecord")
    assert {(item["name"], item["resourceGroupName"]) for item in resources} == {
        ("ferrylogs", "ferry-rg"), ("ferrylogs2", "ferry-rg"),
    }
    path = f"{books.azure}/usagerecords/resources"
    assert len(books.shapes.page(books.agent.get(path), "AzureResourceMonthlyUsageRecord")) == 2
    days = books.shapes.page(books.agent.get(f"{books.azure}/usagerecords/daily"), "SubscriptionDailyUsageRecord")
    assert [(day["dateUsed"][:10], day["totalCost"]) for day in days] == [
        ("2026-03-01", 21), ("2026-03-02", 21), ("2026-03-03", 21),
    ]
    for path in ("meterusagerecords", "resourceusagerecords", "usagerecords/resources", "usagerecords/daily"):
        books.agent.get(f"{books.base}/subscriptions/{books.license}/{path}").expect(400, "NOT_AZURE")
        books.agent.get(f"{books.base}/subscriptions/{NOBODY}/{path}").expect(404)


def test_utilization_is_read_by_when_it_was_reported(books):
    books.use()
    path = f"{books.azure}/utilizations/azure"
    span = "?start_time=2026-03-10T00:00:00Z&end_time=2026-03-11T00:00:00Z"
    hours = books.shapes.page(books.agent.get(f"{path}{span}&granularity=Hourly"), "AzureUtilizationRecord")
    assert len(hours) == 6 and hours[0]["usageEndTime"] == "2026-03-01T01:00:00Z"
    assert hours[0]["quantity"] == 2 and hours[0]["instanceData"]["resourceUri"].startswith("/subscriptions/")
    days = books.shapes.page(books.agent.get(f"{path}{span}&show_details=False"), "AzureUtilizationRecord")
    assert len(days) == 6 and "instanceData" not in days[0]
    assert days[0]["usageEndTime"] == "2026-03-02T00:00:00Z"
    offset = "?start_time=2026-03-10T00:00:00-00:00&end_time=2026-03-11T00:00:00%2b00:00&granularity=daily"
    assert books.agent.get(path + offset).expect(200)["totalCount"] == 6
    before = "?start_time=2026-03-08T00:00:00Z&end_time=2026-03-10T00:00:00Z"
    assert books.agent.get(path + before).expect(200)["items"] == []
    seen, page = [], books.agent.get(f"{path}{span}&granularity=hourly&size=4").expect(200)
    while True:
        seen += page["items"]
        following = page["links"].get("next")
        if following is None:
            break
        assert "continuationToken" not in page and "seek_operation=Next" in following["uri"]
        headers = {header["key"]: header["value"] for header in following["headers"]}
        page = books.agent.get(f"{path}?seek_operation=Next", headers=headers).expect(200)
    assert seen == hours
    for wrong in ("", "?start_time=x&end_time=2026-03-11T00:00:00Z", f"{span}&granularity=%7Bgranularity%7D",
                  "?start_time=2026-03-10T01:00:00Z&end_time=2026-03-11T00:00:00Z",
                  "?start_time=2026-03-11T00:00:00Z&end_time=2026-03-10T00:00:00Z"):
        books.agent.get(path + wrong).expect(400, "INVALID_INPUT")


def test_a_budget_is_kept_and_passing_it_is_told_once_a_month(books):
    receiver = Receiver()
    try:
        body = {"WebhookUrl": receiver.url, "WebhookEvents": ["usagerecords-thresholdExceeded", "invoice-ready"]}
        books.agent.post("/webhooks/v1/registration", body).expect(200)
        path = f"{books.base}/usagebudget"
        assert "amount" not in books.shapes.check(books.agent.get(path).expect(200), "SpendingBudget")
        dotnet = {"Amount": 50.0, "Attributes": {"ObjectType": "SpendingBudget"}}
        assert books.shapes.check(books.agent.call("PATCH", path, dotnet).expect(200), "SpendingBudget")["amount"] == 50
        books.use()
        (post,) = receiver.wait_for(1)
        assert json.loads(post.body)["EventName"] == "usagerecords-thresholdExceeded"
        books.use("10.51")
        (record,) = books.agent.get("/v1/customers/usagerecords").expect(200)["items"]
        assert (record["budget"]["amount"], record["percentUsed"]) == (50, 126.12)
        assert books.agent.get("/v1/usagesummary").expect(200)["customersOverBudget"] == 1
        books.world.set_clock("2026-04-02T09:00:00Z")
        books.agent.get("/v1/invoices").expect(200)
        posts = receiver.wait_for(2)
        assert json.loads(posts[1].body)["EventName"] == "invoice-ready", "and nothing was told twice"
        assert "amount" not in books.agent.call("PATCH", path, {"amount": None}).expect(200)
        for wrong in (-1, "much", [1]):
            books.agent.call("PATCH", path, {"amount": wrong}).expect(400, "INVALID_INPUT")
        books.partner.act("helpdeskAgent").call("PATCH", path, {"amount": 1}).expect(403)
        books.world.partner().act("adminAgent").get(path).expect(403)
    finally:
        receiver.close()


def test_azure_subscriptions_are_cancelled_and_reactivated(books):
    path = f"{books.azure}/azureEntitlements"
    (one,) = books.shapes.page(books.agent.get(path), "AzureEntitlement")
    assert (one["status"], one["subscriptionId"]) == ("active", books.usage)
    read = books.agent.get(f"{path}/{one['id'].upper()}").expect(200)
    assert read["id"] == one["id"]
    books.agent.post(f"{path}/{one['id']}/reactivate").expect(400, "ENTITLEMENT_ACTIVE")
    cancel = {"cancellationReason": "compromise"}
    assert books.agent.post(f"{path}/{one['id']}/cancel", cancel).expect(202)["status"] == "canceled"
    books.agent.post(f"{path}/{one['id']}/cancel", cancel).expect(400, "ENTITLEMENT_NOT_ACTIVE")
    assert books.agent.get(path).items[0]["status"] == "canceled"
    assert books.agent.post(f"{path}/{one['id']}/reactivate").expect(202)["status"] == "active"
    refused = books.agent.get(f"{path}/{NOBODY}")
    assert refused.expect(404, "NOT_FOUND")["code"] == 800111
    books.agent.post(f"{path}/{NOBODY}/cancel", cancel).expect(404, "NOT_FOUND")
    books.agent.get(f"{books.base}/subscriptions/{books.license}/azureEntitlements").expect(400, "NOT_AZURE")
    books.partner.act("helpdeskAgent").post(f"{path}/{one['id']}/cancel", cancel).expect(403)


def test_azure_offers_are_brought_under_a_plan_once(books):
    wish = {"CustomerId": books.customer.id, "ProductFamily": "azure"}
    found = books.agent.post("/v1/productUpgrades/eligibility", wish).expect(200)
    assert books.shapes.check(found, "ProductUpgradesEligibility")["isEligible"] is True
    answer = books.agent.post("/v1/productUpgrades", wish)
    assert answer.status == 202 and answer.body == b"", answer.text
    location = answer.headers["Location"]
    status = books.agent.post(f"/v1{location}/status", wish).expect(200)
    assert books.shapes.check(status, "ProductUpgradesStatus")["status"] == "completed"
    assert status["lineItems"][0]["targetProduct"]["id"] == books.usage
    found = books.agent.post("/v1/productupgrades/eligibility", wish).expect(200)
    assert (found["isEligible"], location.endswith(found["upgradeId"])) == (False, True) and found["reason"]
    again = books.agent.post("/v1/productUpgrades", wish)
    assert again.expect(400, "ALREADY_UPGRADED")["code"] == 900110
    (record,) = books.agent.get("/v1/customers/usagerecords").expect(200)["items"]
    assert record["isUpgraded"] is True
    other = books.world.customer()
    books.world.relationship(books.partner, other)
    none = books.agent.post("/v1/productUpgrades", {**wish, "CustomerId": other.id})
    assert none.expect(403, "NO_AZURE_SUBSCRIPTION")["code"] == 900108
    strange = books.agent.post(f"/v1{location}/status", {**wish, "CustomerId": other.id})
    assert strange.expect(400, "UPGRADE_OF_OTHER_CUSTOMER")["code"] == 900111
    unknown = books.agent.post(f"/v1/productUpgrades/{uuid.uuid4()}/status", wish)
    assert unknown.expect(404, "NOT_FOUND")["code"] == 900106
    books.agent.post("/v1/productUpgrades/42/status", wish).expect(404)
    books.agent.post("/v1/productUpgrades/eligibility", {**wish, "ProductFamily": "office"}).expect(400, "INVALID_INPUT")
    books.world.partner().act("adminAgent").post("/v1/productUpgrades/eligibility", wish).expect(403)


@pytest.mark.parametrize("path", ("azure", "azure-shared"))
def test_a_rate_card_tells_what_meters_have_cost(books, path):
    books.use()
    card = books.agent.get(f"/v1/ratecards/{path}?&currency=usd&region=US").expect(200)
    books.shapes.check(card, "AzureRateCard")
    assert [(meter["id"], meter["rates"]) for meter in card["meters"]] == [("m-2", {"0": 5.25}), ("m-1", {"0": 5.25})]
    assert (card["currency"], card["isTaxIncluded"], card["offerTerms"]) == ("USD", False, [])
    assert books.agent.get(f"/v1/ratecards/{path}?currency=JPY").expect(200)["meters"] == []
    books.agent.get(f"/v1/ratecards/{path}?currency=dollars").expect(400, "INVALID_INPUT")
    books.agent.get(f"/v1/ratecards/{path}?region=USA").expect(400, "INVALID_INPUT")


@pytest.mark.parametrize("period", ("mostrecent", "most_recent", "MostRecent"))
def test_service_costs_are_those_of_the_last_month(books, period):
    books.closed()
    base = f"{books.base}/servicecosts/{period}"
    summary = books.shapes.check(books.agent.get(base).expect(200), "ServiceCostsSummary")
    assert (summary["pretaxTotal"], summary["billingStartDate"]) == (143, "2026-03-01T00:00:00Z")
    lines = books.shapes.page(books.agent.get("/v1" + summary["links"]["serviceCostLineItems"]["uri"]), "ServiceCostLineItem")
    assert sum(Decimal(str(line["afterTaxTotal"])) for line in lines) == Decimal("143")
    current = books.agent.get(f"{books.base}/servicecosts/current").expect(200)
    assert current["pretaxTotal"] == 80
    books.agent.get(f"{books.base}/servicecosts/moon").expect(404)
    books.agent.get(f"{books.base}/servicecosts/moon/lineitems").expect(404)
    books.partner.act("helpdeskAgent").get(base).expect(403)
    books.partner.act("helpdeskAgent").get(base + "/lineitems").expect(403)


def test_licences_are_counted_for_partner_and_customer(books):
    for word, shape, sold in (("deployment", "DeploymentInsights", "licensesSold"), ("usage", "UsageInsights", None)):
        (row,) = books.shapes.page(books.agent.get(f"/v1/analytics/licenses/{word}"), f"PartnerLicenses{shape}")
        assert (row["serviceName"], row["channel"]) == ("Office 365 E3", "Reseller")
        assert sold is None or row[sold] == 4
        path = f"{books.base}/analytics/licenses/{word}"
        (row,) = books.shapes.page(books.agent.get(path), f"CustomerLicenses{shape}")
        assert row["customerId"] == books.customer.id and row[sold or "licensesQualified"] == 4
        books.world.partner().act("adminAgent").get(path).expect(403)
        books.customer.act("globalAdmin").get(f"/v1/analytics/licenses/{word}").expect(403)


def test_rows_of_licences_come_in_an_envelope_of_their_own(books):
    books.world.subscription(books.customer, name="Visio", quantity=2, channel="csp", seller=books.partner)
    for word, shape in (("deployment", "LicenseDeploymentRow"), ("usage", "LicenseUsageRow")):
        path = f"/partner/v1/analytics/commercial/{word}/license"
        whole = books.agent.get(path).expect(200)
        assert set(whole) == {"Value", "TotalCount"} and whole["TotalCount"] == 2
        for row in whole["Value"]:
            books.shapes.check(row, shape)
        first = books.agent.get(f"{path}?top=1").expect(200)
        rest = books.agent.get(first["@nextLink"]).expect(200)
        assert first["Value"] + rest["Value"] == whole["Value"] and "@nextLink" not in rest
        named = books.agent.get(path + "?filter=" + quote("productName eq 'Visio'")).expect(200)
        assert [row["productName"] for row in named["Value"]] == ["Visio"]
        for wrong in ("productName", "moon eq 1", "productName gt 1"):
            books.agent.get(f"{path}?filter={quote(wrong)}").expect(400, "INVALID_INPUT")
        assert books.world.partner().act("adminAgent").get(path).expect(200)["Value"] == []
