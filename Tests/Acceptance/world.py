"""Builds worlds through /sandbox/v1: partners, customers, what they bought, and who works for whom."""

import itertools
import uuid
from datetime import datetime, timedelta, timezone

_numbers = itertools.count(1)


# What a partner that administers a customer's directory asks for.
ADMINISTRATION = {"reseller": True, "delegatedAdmin": True, "roles": ["adminAgent", "helpdeskAgent"], "days": 180}
AZURE = "MS-AZR-0145P"


class Organization:
    def __init__(self, program, body):
        self.program, self.id, self.name, self.domain = program, body["id"], body["name"], body["domain"]
        self.tokens, self.people = body["tokens"], body["people"]

    def act(self, role, language=None):
        """A client of the person in that role."""
        return self.program.client(self.tokens[role], language)


class World:
    def __init__(self, program):
        self.program = program
        self.sandbox = program.sandbox

    def partner(self, kind="direct", **more):
        number = next(_numbers)
        body = {"name": f"Harbor Lane Cloud {number}", "kind": kind, "country": "US", **more}
        return Organization(self.program, self.sandbox.post("/sandbox/v1/partners", body).expect(201))

    def customer(self, **more):
        number = next(_numbers)
        domain = f"birchwater-{number}-{uuid.uuid4().hex[:6]}.example"
        body = {"name": f"Birchwater Pottery {number}", "domain": domain, "country": "US", **more}
        return Organization(self.program, self.sandbox.post("/sandbox/v1/customers", body).expect(201))

    def person(self, organization, *roles):
        path = f"/sandbox/v1/organizations/{organization.id}/people"
        return self.program.client(self.sandbox.post(path, {"roles": list(roles)}).expect(201)["token"])

    def subscription(self, customer, family="license", channel="open", seller=None, **more):
        body = {"customerId": customer.id, "name": "Office 365 E3", "family": family, "channel": channel, **more}
        if seller is not None:
            body["sellerPartnerId"] = seller.id
        return self.sandbox.post("/sandbox/v1/subscriptions", body).expect(201)["id"]

    def request(self, partner, customer, role="adminAgent", **more):
        body = {
            "customerDomain": customer.domain, "language": "en",
            "recipient": {"name": "Nora Velt", "email": f"nora@{customer.domain}"},
            "scope": {"reseller": True, "delegatedAdmin": True, "roles": ["helpdeskAgent"], "days": 180}, **more,
        }
        return partner.act(role).post("/multichannel/v1/relationshiprequests", body).expect(201)

    def accept(self, customer, code, language=None):
        admin = customer.act("globalAdmin", language)
        shown = admin.get(f"/multichannel/v1/invitations/{code}").expect(200)
        path = f"/multichannel/v1/invitations/{code}/acceptance"
        return admin.post(path, {"termsHash": shown["termsHash"]}).expect(200)

    def relationship(self, partner, customer, **more):
        return self.accept(customer, self.request(partner, customer, **more)["code"])

    def order(self, partner, customer, offer="796B6B5F-613C-4E24-A17C-EBA730D49C02", quantity=5):
        body = {"lineItems": [{"lineItemNumber": 0, "offerId": offer, "quantity": quantity}]}
        return partner.act("adminAgent").post(f"/v1/customers/{customer.id}/orders", body).expect(201)

    def options(self, partner, customer, subscription, at=None, language=None):
        path = f"/multichannel/v1/customers/{customer.id}/subscriptions/{subscription}/options"
        query = f"?at={at}" if at else ""
        return partner.act("adminAgent", language).get(path + query).expect(200)

    @property
    def now(self):
        return instant(self.sandbox.get("/sandbox/v1/clock").expect(200)["now"])

    def set_clock(self, text):
        return instant(self.sandbox.put("/sandbox/v1/clock", {"now": text}).expect(200)["now"])

    def advance(self, by):
        return instant(self.sandbox.post("/sandbox/v1/clock/advance", {"by": by}).expect(200)["now"])

    def term(self, months_ago=2, months_ahead=10, auto_renew=False):
        """A year's term around the clock's today."""
        start = self.now - timedelta(days=30 * months_ago)
        end = self.now + timedelta(days=30 * months_ahead)
        return {"start": text(start), "end": text(end), "autoRenew": auto_renew}


def by_action(options):
    return {item["action"]: item for item in options["items"]}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)


def text(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
