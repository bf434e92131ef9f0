"""A row of `subscription` as Partner Center's wire tells it, as Suiro does, from what is stored alone."""

import base64
from calendar import monthrange
from datetime import datetime

COLUMNS = """id, customer_id, name, product_id, family, quantity, status, term_start, term_end, auto_renew, order_id,
    depends_on, offering, suspended_for, end_of_term, billing_cycle, created_at, revision"""

STATUS = {"active": "active", "suspended": "suspended", "expired": "suspended", "disabled": "suspended",
          "deleted": "deleted"}


def short(instant):
    """The stored text without its fraction where that is zero."""
    return instant[:19] + "Z" if instant.endswith(".000Z") else instant


def duration(start, end):
    """As ISO 8601 writes it: `P1Y`, `P1M`, `P30D`."""
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])
    last = monthrange(int(end[:4]), int(end[5:7]))[1]
    if months > 0 and min(int(start[8:10]), last) == int(end[8:10]) and start[10:] == end[10:]:
        return f"P{months}M" if months % 12 else f"P{months // 12}Y"
    return f"P{(datetime.fromisoformat(end) - datetime.fromisoformat(start)).days}D"


def link(uri):
    return {"uri": uri, "method": "GET", "headers": []}


def subscription(row):
    (key, customer, name, product, family, quantity, status, start, end, renews, order, base, offering, reason,
     end_of_term, cycle, created, revision) = row
    identifier = key.upper()
    result = {"id": identifier}
    if product is not None:
        result["offerId"] = product
    result["offerName"] = name
    result["friendlyName"] = name
    result["quantity"] = 1 if quantity is None else quantity
    result["unitType"] = "Usage" if family == "usage" else "Licenses"
    if base is not None:
        result["parentSubscriptionId"] = base.upper()
    result["hasPurchasableAddons"] = False
    result["creationDate"] = short(created)
    result["effectiveStartDate"] = short(created if start is None else start)
    if end is not None:
        result["commitmentEndDate"] = short(end)
    result["status"] = STATUS[status]
    result["autoRenewEnabled"] = renews == 1
    if end_of_term is not None:
        result["endOfTermAction"] = end_of_term
    result["isTrial"] = offering == "trial"
    result["billingType"] = "usage" if family == "usage" else "license"
    result["billingCycle"] = cycle or "monthly"
    result["termDuration"] = "P1M" if start is None else duration(start, end)
    result["isMicrosoftProduct"] = True
    result["contractType"] = "subscription"
    result["publisherName"] = "Microsoft"
    if order is not None:
        result["orderId"] = order
    if status == "suspended" and reason is not None:
        result["suspensionReasons"] = [reason]
    result["attentionNeeded"] = False
    result["actionTaken"] = False
    links = {}
    if product is not None:
        links["offer"] = link(f"/offers/{product}?country=US")
    if base is not None:
        links["parentSubscription"] = link(f"/customers/{customer}/subscriptions/{base.upper()}")
    links["self"] = link(f"/customers/{customer}/subscriptions/{identifier}")
    result["links"] = links
    etag = base64.b64encode(f'{{"id":"{key}","version":{revision}}}'.encode()).decode()
    result["attributes"] = {"etag": etag, "objectType": "Subscription"}
    return result


def collection(rows, path):
    return {
        "totalCount": len(rows),
        "items": [subscription(row) for row in rows],
        "links": {"self": link(path)},
        "attributes": {"objectType": "Collection"},
    }
