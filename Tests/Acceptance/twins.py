"""Two worlds that differ in what one tenant owns, and everything that an unrelated principal can ask of them."""

import base64
import binascii
import itertools
import json
import random
import re
import uuid
from urllib.parse import quote

from delegating import EXCHANGE, HELPDESK, HELPERS, OURS, RELATIONSHIPS, details, group
from receiver import Receiver
from test_bad_input import BODIES
from wire import Client, patient

START = "2017-07-03T09:00:00Z"
PARTNERS = {
    "rival": "direct", "provider": "indirectProvider", "reseller": "indirectReseller", "advisor": "advisor",
    "newcomer": "direct",
}
CUSTOMERS = ("neighbour", "loner")
PARTNER_ROLES = ("globalAdmin", "adminAgent", "salesAgent", "helpdeskAgent", "billingAdmin", "app")
CUSTOMER_ROLES = ("globalAdmin", "billingAdmin", "user")

# What the tenant owns; None is a tenant that does not exist. Each pair sets two of these beside each other.
PLENTY = {
    "name": "Yamabuki Lacquerware", "domain": "yamabuki.example", "subscriptions": 6, "price": "310.00", "order": True,
    "move": True, "delegation": True, "usage": True, "invitation": True,
}
PAIRS = (
    (PLENTY, None),
    (PLENTY, {**PLENTY, "name": "Zeniya Holdings", "domain": "zeniya.example"}),
    (PLENTY, {**PLENTY, "subscriptions": 40}),
    (PLENTY, {**PLENTY, "price": "98765.43"}),
    (PLENTY, {**PLENTY, "subscriptions": 0, "order": False, "move": False, "usage": False}),
    (PLENTY, {**PLENTY, "move": False}),
    (PLENTY, {**PLENTY, "delegation": False}),
    (PLENTY, {**PLENTY, "invitation": False, "order": False}),
    ({**PLENTY, "usage": False}, PLENTY),
    ({**PLENTY, "subscriptions": 1, "delegation": False, "move": False}, None),
)

GDAP_BODIES = {
    "gdap.relationships.create": {
        "displayName": "Night watch", "duration": "P30D", "autoExtendDuration": "PT0S",
        "accessDetails": details(HELPDESK, EXCHANGE),
    },
    "gdap.relationships.update": {"displayName": "Day watch"},
    "gdap.requests.create": {"action": "lockForApproval"},
    "gdap.accessAssignments.create": {"accessContainer": group(HELPERS), "accessDetails": details(HELPDESK)},
    "gdap.accessAssignments.update": {"accessDetails": details(EXCHANGE)},
}
# Operations that are asked by something only the invited know, a domain or a link: test_abuse_tenancy.py looks at what
# they tell one by one.
BY_NAME = {
    "multichannel.relationshiprequests.create", "customers.create", "multichannel.delegations.get",
    "multichannel.delegations.accept", "multichannel.delegations.refuse",
    # A customer may answer a request by its link, as above.
    "gdap.requests.create", "gdap.requests.create.beta",
    # What happened in one instant is listed by ids, which the server makes.
    "multichannel.access.all",
}

OF_THE_PROGRAM = {"/healthz", "/readyz", "/metrics", "/webhooks/v1/certificate"}  # Its own keys and counts.

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
MADE = re.compile(
    UUID.pattern + r"|\b[0-9A-HJ-NP-Z]{4}(?:-[0-9A-HJ-NP-Z]{4}){2,6}\b|\b[0-9a-f]{64}\b|"
    r'(?<="mpnId":")\d+|whsec_[A-Za-z0-9+/=_-]+'
)
CARRIED = re.compile(r"eyJ[A-Za-z0-9_+/-]{8,}=*")
TOKEN = re.compile(
    r'(?<="continuationToken":")[^"]+|(?<="key":"MS-ContinuationToken","value":")[^"]+|(?<=skiptoken=)[^"&]+'
)
CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
MAIL = re.compile(r'(?<="eml":")((?:[^"\\]|\\.)*)')
FREE = {"date", "content-length"}  # A length says what the body says; the date is the clock of the wall.


class Side:
    """One of the two worlds: what it names, and what it was heard to say."""

    def __init__(self, program):
        self.program, self.sandbox = program, program.sandbox
        self.names, self.numbers, self.tokens, self.receivers = {}, {}, {}, {}
        self.count = itertools.count(1)
        program.sandbox.post("/sandbox/v1/reset").expect(200)
        self.sandbox.put("/sandbox/v1/clock", {"now": START}).expect(200)

    def name(self, key, value):
        self.names[key] = value
        self.numbers.setdefault(value.lower(), f"«{key}»")

    def close(self):
        for receiver in self.receivers.values():
            receiver.close()

    # The world: always in one order, so that only the tenant's rows differ.

    def build(self, tenant):
        made = {}
        for name, kind in {**PARTNERS, "keeper": "direct"}.items():
            body = {"name": f"The {name}", "kind": kind, "country": "US", "domain": f"{name}.example"}
            if name == "reseller":
                body["provider"] = made["provider"]["id"]
            made[name] = self._organization(name, "partners", body)
        for name in CUSTOMERS:
            body = {"name": f"The {name}", "domain": f"{name}.example", "country": "US"}
            made[name] = self._organization(name, "customers", body)
        self._tie("rival", "neighbour")
        self._tie("advisor", "neighbour")
        for number in range(3):
            self._bought(f"neighbour.subscription{number}", "neighbour", f"Suite {number}", "open")
        for name in PARTNERS:
            self._listen(name)
        self._order("neighbour", "rival")
        self.settle()
        self.tenant = tenant
        if tenant is not None:
            self._build_tenant(tenant)

    def _build_tenant(self, wish):
        body = {"name": wish["name"], "domain": wish["domain"], "country": "US"}
        self._organization("tenant", "customers", body)
        self._tie("keeper", "tenant")
        for number in range(wish["subscriptions"]):
            cost = {"monthlyCost": {"amount": wish["price"], "currency": "USD"}}
            self._bought(f"tenant.subscription{number}", "tenant", f"{wish['name']} {number}", "ea", **cost)
        agent, admin = self.act("keeper", "adminAgent"), self.act("tenant", "globalAdmin")
        base = f"/multichannel/v1/customers/{self.names['tenant']}"
        if wish["order"]:
            self._order("tenant", "keeper")
        if wish["move"]:
            asked = {"subscriptionIds": [self._bought("tenant.usage", "tenant", "Azure", "ea", family="usage")]}
            move = agent.post(f"{base}/moves", asked).expect(201)
            self.name("tenant.move", move["id"])
        if wish["delegation"]:
            body = {**GDAP_BODIES["gdap.relationships.create"], "customer": {"tenantId": self.names["tenant"]}}
            made = agent.post(RELATIONSHIPS, body).expect(201)
            agent.post(f"{RELATIONSHIPS}/{made['id']}/requests", {"action": "lockForApproval"}).expect(201)
            admin.post(f"{RELATIONSHIPS}/{made['id']}/requests", {"action": "approve"}).expect(201)
            path = f"{RELATIONSHIPS}/{made['id']}/accessAssignments"
            assigned = agent.post(path, GDAP_BODIES["gdap.accessAssignments.create"]).expect(201)
            self.name("tenant.relationship", made["id"][:36])
            self.name("tenant.assignment", assigned["id"])
        if wish["invitation"]:
            scope = {"reseller": True, "delegatedAdmin": True, "days": 20}
            asked = {"customerDomain": wish["domain"], "scope": scope}
            made = agent.post("/multichannel/v1/relationshiprequests", asked).expect(201)
            self.name("tenant.request", made["id"])
            self.name("tenant.code", made["code"])
        if wish["usage"]:
            rows = "SubscriptionGuid,Subscription Name\n" + f"{self.names['tenant']},Azure\n"
            path = f"{base}/usage?format=ea"
            answer = agent.post(path, rows, headers={"Content-Type": "text/csv"})
            found = UUID.findall(answer.text)
            if found:
                self.name("tenant.import", found[0])
        for number, row in enumerate(admin.get(f"{base}/access").expect(200)["items"][:3]):
            self.name(f"tenant.access{number}", row["id"])
        refused = agent.post(f"/v1/customers/{self.names['tenant']}/orders", {"lineItems": []})
        self.name("tenant.correlation", refused.correlation)

    def _organization(self, name, kind, body):
        made = self.sandbox.post(f"/sandbox/v1/{kind}", body).expect(201)
        self.name(name, made["id"])
        self.tokens[name] = made["tokens"]
        for role, person in made["people"].items():
            self.name(f"{name}.{role}", person)
        return made

    def _bought(self, key, customer, name, channel, family="license", **more):
        body = {"customerId": self.names[customer], "name": name, "family": family, "channel": channel, **more}
        made = self.sandbox.post("/sandbox/v1/subscriptions", body).expect(201)["id"]
        self.name(key, made)
        return made

    def _tie(self, partner, customer):
        agent, admin = self.act(partner, "adminAgent"), self.act(customer, "globalAdmin")
        domain = self.tenant_domain if customer == "tenant" else f"{customer}.example"
        asked = {"customerDomain": domain, "scope": {"reseller": True, "delegatedAdmin": True, "days": 100}}
        code = agent.post("/multichannel/v1/relationshiprequests", asked).expect(201)["code"]
        shown = admin.get(f"/multichannel/v1/invitations/{code}").expect(200)
        accepted = {"termsHash": shown["termsHash"]}
        admin.post(f"/multichannel/v1/invitations/{code}/acceptance", accepted).expect(200)

    @property
    def tenant_domain(self):
        return self.tenant["domain"]

    def _order(self, customer, partner):
        line = {"lineItemNumber": 0, "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 5}
        path = f"/v1/customers/{self.names[customer]}/orders"
        made = self.act(partner, "adminAgent").post(path, {"lineItems": [line]}).expect(201)
        self.name(f"{customer}.order", made["id"])
        self.name(f"{customer}.bought", made["lineItems"][0]["subscriptionId"])

    def _listen(self, name):
        receiver = self.receivers[name] = Receiver()
        agent = self.act(name, "adminAgent")
        events = agent.get("/webhooks/v1/registration/events").expect(200)
        body = {"WebhookUrl": receiver.url, "WebhookEvents": events}
        agent.post("/webhooks/v1/registration", body).expect(200)

    # Asking, and what was heard.

    def act(self, name, role):
        if name == "operator":
            return self.program.persona("operator")
        if name == "anonymous":
            return Client(self.program.url)
        return self.program.client(self.tokens[name][role])

    def fill(self, text):
        """Names in « » as this world knows them; what it does not have gets an id that nobody has."""
        def known(match):
            key = match.group(1)
            if key not in self.names:
                absent = str(uuid.uuid5(uuid.NAMESPACE_URL, key))
                self.name(key, "ZZZZ-ZZZZ-ZZZZ" if key.endswith("code") else absent)
            return self.names[key]
        return re.sub(r"«([\w.]+)»", known, text)

    def ask(self, name, role, request):
        body = request["body"]
        path = quote(self.fill(request["path"]), safe="/?&=%$+*'(),:;@!~-._")
        headers = {key: self.fill(value) for key, value in request["headers"].items()}
        if "MS-ContinuationToken" in headers:
            carried = base64.urlsafe_b64encode(headers["MS-ContinuationToken"].encode())
            headers["MS-ContinuationToken"] = carried.decode().rstrip("=")
        if body is not None:
            body = self.fill(body)
        # A bucket that ran dry is no difference.
        return patient(self.act(name, role)).call(request["method"], path, body, headers)

    def heard(self, answer):
        """Status, headers and body, with ids and times renamed."""
        head = sorted(
            (key.lower(), self.renamed(value)) for key, value in answer.headers.items() if key.lower() not in FREE
        )
        length = answer.headers.get("Content-Length")
        assert length is None or answer.asked.startswith("HEAD ") or int(length) == len(answer.body)
        return answer.status, head, self.renamed(answer.text)

    def renamed(self, text):
        text = MAIL.sub(lambda found: self._mail(found.group(1)), text)
        text = TOKEN.sub(lambda found: self._token(found.group(0)), text)
        text = CARRIED.sub(lambda found: self._opened(found.group(0)), text)
        text = text.replace(self.program.url, "HOST").replace(self.program.url.split("//")[1], "HOST")
        for receiver in self.receivers.values():
            text = text.replace(receiver.url, "HOOK")
        text = re.sub(r"http://127\.0\.0\.1:\d+", "HOOK", text)
        text = CLOCK.sub(r"\1T", text)
        return MADE.sub(self._number, text)

    def _number(self, found):
        value = found.group(0)
        if value.lower() not in self.numbers:
            self.numbers[value.lower()] = f"#{next(self.count)}"
        number = self.numbers[value.lower()]
        return number.upper() if value != value.lower() else number

    def _opened(self, text):
        """What an etag or a continuation token carries, where it can be read."""
        try:
            inner = base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return text
        try:
            inner = json.dumps(json.loads(inner), sort_keys=True)
        except ValueError:
            pass
        return f"<{self.renamed(inner)}>"

    def _token(self, text):
        """A continuation token: what it carries in the open, and that a seal follows."""
        carried, dot, seal = text.partition(".")
        opened = self._opened(carried)
        return f"<token {len(text)}>" if opened == carried else opened + dot + "seal" * bool(seal)

    def _mail(self, escaped):
        head, _, payload = json.loads(f'"{escaped}"').partition("\r\n\r\n")
        try:
            payload = base64.b64decode(payload).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            pass
        return json.dumps(head + "\n" + payload)[1:-1]

    def settle(self, by="PT1S"):
        """Advancing returns when everything due has been sent."""
        self.sandbox.post("/sandbox/v1/clock/advance", {"by": by}).expect(200)

    def sent(self):
        """Mails to the organizations that have nothing to do with the tenant, and what their receivers were told."""
        mails = self.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
        strangers = tuple(f"@{name}.example" for name in (*PARTNERS, *CUSTOMERS))
        kept = [mail for mail in mails if mail["to"].endswith(strangers)]
        posts = {}
        for name, receiver in self.receivers.items():
            told = sorted((post.path, self.renamed(post.body.decode())) for post in receiver.heard)
            posts[name] = told
        return self.renamed(json.dumps(kept)), posts


class Questions:
    """Requests over every operation of the description, drawn from one seed."""

    def __init__(self, description, seed):
        self.random = random.Random(seed)
        self.description = description
        self.operations = []
        for path, methods in description["paths"].items():
            if path.startswith(("/sandbox/", "/{tenant}/", "/openapi")) or path in OF_THE_PROGRAM:
                continue
            for method, operation in methods.items():
                if method != "parameters" and operation["operationId"] not in BY_NAME:
                    parameters = methods.get("parameters", []) + operation.get("parameters", [])
                    self.operations.append((method.upper(), path, operation, [self._resolve(p) for p in parameters]))
        # Tokens of another's lists, found or written by hand: they name a row and where it stands.
        at = f'"at":"{START}"'
        self.tokens = [
            '{"size":1,"after":{' + at + ',"id":"customer:«tenant»#2"}}', '{"size":1,"after":{' + at + ',"id":"«tenant»"}}',
            '{"size":1,"after":{"id":"«tenant»","nameKey":"a"}}', '{"size":5,"after":{' + at + ',"id":"tenant:«rival»#9"}}',
        ]

    def _resolve(self, parameter):
        if "$ref" not in parameter:
            return parameter
        return self.description["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[-1]]

    def draw(self, name):
        """One request of that principal."""
        pick = self.random.choice
        method, path, operation, parameters = pick(self.operations)
        id = operation["operationId"]
        if self.random.random() < 0.05:
            method = pick(("HEAD", "OPTIONS", "PUT", "DELETE"))
        for part in re.findall(r"\{(\w+)\}", path):
            path = path.replace("{" + part + "}", self._id(part, name))
        query, headers = [], {}
        for parameter in parameters:
            if parameter["in"] == "query" and self.random.random() < 0.4:
                query.append(f"{parameter['name']}={self._value(parameter['name'])}")
        if self.tokens and self.random.random() < 0.3:
            headers["MS-ContinuationToken"] = pick(self.tokens)
            query.append("seekOperation=Next")
        if method in ("PATCH", "DELETE") and "/tenantRelationships/" in path:
            headers["If-Match"] = "*"
        if self.random.random() < 0.2:
            headers["X-Locale"] = "ja-JP"
        body = self._body(id) if method in ("POST", "PUT", "PATCH") else None
        if "text/csv" in operation.get("requestBody", {}).get("content", {}):
            headers["Content-Type"], body = "text/csv", "SubscriptionGuid,Cost\n«tenant»,1\n"
        if query:
            path += "?" + "&".join(query)
        return {"id": id, "method": method, "path": path, "headers": headers, "body": body}

    def _id(self, part, name):
        pick = self.random.choice
        own = "neighbour" if name in ("rival", "advisor", "neighbour") else "loner"
        pools = {
            "customer_id": ["«tenant»"] * 4 + [f"«{own}»", "«nobody»", "«keeper»", "x"],
            "subscription_id": [
                "«tenant.subscription0»", "«tenant.bought»", "«tenant.usage»", "«tenant.subscription5»", "«nobody»",
                "«neighbour.subscription0»", "«neighbour.bought»",
            ],
            "order_id": ["«tenant.order»", "«neighbour.order»", "«nobody»", "x"],
            "move_id": ["«tenant.move»", "«nobody»"], "transfer_id": ["«tenant.move»", "«nobody»"],
            "access_id": ["«tenant.access0»", "«tenant.access1»", "«tenant.relationship»", "«nobody»"],
            "leftover_id": ["«tenant.access0»", "«nobody»"],
            "relationship_id": ["«tenant.relationship»-«keeper»", "«nobody»-«keeper»", "«tenant.relationship»"],
            "assignment_id": ["«tenant.assignment»", "«nobody»"], "request_id": ["«tenant.request»", "«nobody»"],
            "code": ["«other.code»", "x"], "correlation_id": ["«tenant.correlation»", "«nobody»"],
            "import_id": ["«tenant.import»", "«nobody»"], "id": ["customer:«tenant»#2", "tenant:«keeper»#1", "«nobody»"],
            "step": ["openRequest", "cutOver", "x"], "name": ["2026", "2017-06", "x"],
            "offer_id": ["796B6B5F-613C-4E24-A17C-EBA730D49C02", "x"], "key": ["resale.cspToCsp", "x"],
        }
        return pick(pools.get(part, ["«nobody»", "«tenant»", "x"]))

    def _value(self, name):
        pick = self.random.choice
        filters = {
            "filter": [
                '{"Field":"CompanyName","Value":"Y","Operator":"starts_with"}',
                '{"Field":"Domain","Value":"«tenant.domain»","Operator":"starts_with"}',
                '{"Field":"CustomerId","Value":"«tenant»","Operator":"equals"}', "x",
            ],
            "$filter": ["customer/tenantId eq '«tenant»'", "status eq 'active'", "tenantId eq '«tenant»'", "status eq"],
            "size": ["1", "2", "0", "1000"], "$top": ["1", "2", "300"], "$skip": ["1", "0"], "$count": ["true"],
            "offset": ["1"], "state": ["all", "active", "failed"], "role": ["incoming", "outgoing"],
            "at": [START, "2018-01-01T00:00:00Z"], "month": ["2017-06", "2017-07"], "assignment": ["«tenant.assignment»"],
            "startDate": ["2017-01-01"], "endDate": ["2017-12-31"], "seekOperation": ["Next"], "force": ["true"],
        }
        parts = re.split("([«»])", pick(filters.get(name, ["x", "«tenant»", "1"])))
        return "".join(part if part in "«»" else quote(part, safe="") for part in parts)

    def _body(self, id):
        plain = id.removesuffix(".beta")
        if plain in GDAP_BODIES:
            body = dict(GDAP_BODIES[plain])
            if plain == "gdap.requests.create":
                body["action"] = self.random.choice(("lockForApproval", "approve", "reject", "terminate"))
            if plain == "gdap.relationships.create":
                body["displayName"] = f"Watch {self.random.randrange(10**6)}"
            return json.dumps(body)
        text = json.dumps(BODIES.get(id, {}).get("body", {}))
        return re.sub("00000000-0000-4000-8000-000000000000", lambda _: self.random.choice(
            ["«tenant»", "«tenant.usage»", "«tenant.subscription0»", "«keeper»", "«nobody»"]
        ), text)
