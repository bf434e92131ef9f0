"""Small usage and catalogue files of the shapes that are published, and what they add up to."""

import csv
import io
import random
from collections import defaultdict
from decimal import Decimal

FOCUS = [
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart",
    "ChargeCategory", "ChargeDescription", "EffectiveCost", "InvoiceIssuerName", "ProviderName", "ServiceName",
    "SubAccountId", "SubAccountName", "Tags",
]
ACCOUNTS = [
    ("Microsoft", "/subscriptions/64e355d7-997c-491d-b0c1-8414dccfcf4", "みらい商事 本番"),
    ("Microsoft", "/subscriptions/0a1b2c3d-0000-4000-8000-000000000001", "test, with a comma"),
    ("AWS", "51738928782", "Atlas Nimbus"),
    ("Oracle", "ocid1.tenancy.oc1..x", 'quoted "name"'),
]
SERVICES = ["Virtual Machines", "Storage", "Cosmos DB, multi-region", "Backup\nand restore"]


def text(columns, rows, line_end="\r\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=quoting)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().replace("\r\n", line_end)


def focus_rows(count, seed=7, months=("2024-09", "2024-10")):
    chance = random.Random(seed)
    for number in range(count):
        provider, account, name = ACCOUNTS[number % len(ACCOUNTS)]
        month = months[number % len(months)]
        billed = f"{Decimal(chance.randrange(-10**12, 10**14)).scaleb(-11):f}"
        following = f"{month[:5]}{int(month[5:]) + 1:02}"
        yield [
            billed, "1234567890123", "SunBird", "USD", f"{following}-01 00:00:00", f"{month}-01 00:00:00", "Usage",
            f"row {number}", billed, "Microsoft" if provider == "Microsoft" else provider, provider,
            SERVICES[chance.randrange(len(SERVICES))], account, name, "NULL",
        ]


def focus(count=60, **more):
    return text(FOCUS, focus_rows(count, **more))


def parsed(content):
    return list(csv.DictReader(io.StringIO(content.lstrip("\ufeff"), newline=None)))


def totals(rows):
    """Billed cost by currency; and by account, month and service."""
    by_currency, by_line = defaultdict(Decimal), defaultdict(Decimal)
    for row in rows:
        cost = Decimal(row["BilledCost"])
        by_currency[row["BillingCurrency"]] += cost
        by_line[row["SubAccountId"], row["BillingPeriodStart"][:7], row["ServiceName"]] += cost
    return by_currency, by_line


EA = ["SubscriptionGuid", "SubscriptionName", "Date", "MeterCategory", "ExtendedCost", "EnrollmentNumber", "BillingCurrency"]


def ea(count=30):
    rows = []
    for number in range(count):
        day = f"{(number % 2) + 9:02}/{number % 28 + 1:02}/2024"
        rows.append([
            f"64E355D7-997C-491D-B0C1-8414DCCF{number % 3:04}", f"Enrollment subscription {number % 3}", day,
            SERVICES[number % 3], f"{number}.{number:03}1", "8611537", "JPY",
        ])
    return text(EA, rows)


CATALOGUE = [
    "Product_Display_Name", "String_Id", "GUID", "Service_Plan_Name", "Service_Plan_Id",
    "Service_Plans_Included_Friendly_Names",
]


def catalogue(products=5, plans=3):
    rows = []
    for product in range(products):
        for plan in range(plans):
            rows.append([
                f"Quarry Suite, Edition {product}", f"QUARRY_{product}", f"00000000-0000-4000-9000-{product:012}",
                f"PLAN_{plan}", f"00000000-0000-4000-a000-{plan:012}", f"Plan – {plan}",
            ])
    return text(CATALOGUE, rows)
