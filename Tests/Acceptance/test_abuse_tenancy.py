"""Abuse across tenants: children under wrong parents, owned fields sent back, other people's business, odd filters."""

import csv
import io
import json
import random
import re
from urllib.parse import quote

import pytest

import csvfiles
from asked import QUERIES
from delegating import GRAPH, HELPDESK, HELPERS, OURS, RELATIONSHIPS, Delegating
from moving import Cast
from test_bad_input import BODIES
from wire import patient

VARYING = ("Date", "MS-RequestId", "MS-CorrelationId", "Content-Length", "request-id", "client-request-id")
NOBODY = "00000000-0000-4000-8000-000000000000"
SQL = re.compile(r"sqlite|postgres|syntax error|near \"|SELECT |libpq|SQLSTATE", re.IGNORECASE)


class Estate:
    """One partner with two customers, each with something of every kind, and a stranger with the same."""

    def __init__(self, world):
        self.world = world
        self.both = Delegating(world)
        self.partner, self.agent = self.both.partner, patient(self.both.agent)
        self.customers = [self.both.customer, world.customer(), world.customer()]
        self.owned = [self._furnish(self.partner, customer) for customer in self.customers[:2]]
        stranger = world.partner()
        self.owned.append(self._furnish(stranger, self.customers[2]))

    def _furnish(self, partner, customer):
        world, agent = self.world, partner.act("adminAgent")
        world.relationship(partner, customer)
        order = world.order(partner, customer)
        base = f"/multichannel/v1/customers/{customer.id}"
        usage = world.subscription(customer, "usage", "csp", world.partner(), name="Azure plan")
        move = agent.post(f"{base}/moves", {"subscriptionIds": [usage]}).expect(201)["id"]
        rows = customer.act("globalAdmin").get(f"{base}/access").expect(200)["items"]
        own = next(row["id"] for row in rows if row["partner"]["id"] == partner.id)
        both = Delegating(world, partner, customer)
        made = both.active(displayName=f"Care of {customer.id[:8]}")
        assigned = both.assign(made, HELPERS, HELPDESK).expect(201)["id"]
        requests = agent.get(f"{RELATIONSHIPS}/{made['id']}/requests").expect(200)["value"]
        return {
            "customer_id": customer.id, "subscription_id": order["lineItems"][0]["subscriptionId"],
            "order_id": order["id"], "move_id": move, "transfer_id": move, "access_id": own, "leftover_id": own,
            "relationship_id": made["id"], "assignment_id": assigned, "request_id": requests[0]["id"],
            "operation_id": requests[0]["id"], "step": "openRequest",
        }


@pytest.fixture(scope="module")
def estate(program):
    from world import World

    return Estate(World(program))


def two_ids(program):
    """Every operation whose path names a thing within a thing."""
    description = program.anonymous.get("/openapi.json").expect(200)
    for path, methods in description["paths"].items():
        parts = re.findall(r"\{(\w+)\}", path)
        if len(parts) >= 2 and not path.startswith("/sandbox/") and "step" not in parts:
            for method, operation in methods.items():
                # What is declined reads nothing of anybody's, and says the same to everyone.
                if method != "parameters" and operation.get("x-support") != "declined":
                    yield operation["operationId"], method.upper(), path, parts


def test_N_01_a_child_is_not_found_under_another_parent_on_any_route(program, estate):
    mine, other, foreign = estate.owned
    asked = 0
    for id, method, path, parts in two_ids(program):
        clients = [estate.agent, *(patient(customer.act("globalAdmin")) for customer in estate.customers[:2])]
        for client in clients:
            for parent, child in ((mine, other), (other, mine), (mine, foreign), (foreign, mine), (foreign, other)):
                names = {**dict.fromkeys(parts, NOBODY), **child, parts[0]: parent.get(parts[0], NOBODY)}
                headers = {"If-Match": "*"}
                body = None if method in ("GET", "DELETE") else BODIES.get(id.removesuffix(".beta"), {}).get("body", {})
                answer = client.call(method, path.format(**names) + QUERIES.get(id, ""), body, headers)
                seen = f"{answer.asked} {answer.status} {answer.text[:300]}"
                if method in ("GET", "DELETE"):
                    assert answer.status in (403, 404), seen
                else:
                    assert 400 <= answer.status < 500, seen
                asked += 1
    assert asked > 300
    # And nothing of it was touched: each is still there under its own parent.
    for own in (mine, other):
        estate.agent.get("/v1/customers/{customer_id}/subscriptions/{subscription_id}".format(**own)).expect(200)
        estate.agent.get("/v1/customers/{customer_id}/orders/{order_id}".format(**own)).expect(200)
        path = RELATIONSHIPS + "/{relationship_id}/accessAssignments/{assignment_id}"
        assert estate.agent.get(path.format(**own)).expect(200)["status"] == "active"


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def changed(value, path, to):
    value = json.loads(json.dumps(value))
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return value


def other_value(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 7
    if re.fullmatch(r"[0-9a-fA-F-]{36}", value):
        return NOBODY
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return "2031-01-01T00:00:00Z"
    return value + "x"


@pytest.mark.parametrize("path, method, free", [
    ("/v1/customers/{customer_id}/subscriptions/{subscription_id}", "PATCH",
     {"friendlyName", "quantity", "status", "autoRenewEnabled", "partnerIdOnRecord", "billingCycle"}),
    ("/v1/customers/{customer_id}", "PATCH", {"relationshipToPartner"}),
    ("/v1/customers/{customer_id}/transfers/{transfer_id}", "PATCH", {"status", "reason"}),
])
def test_N_03_what_the_server_owns_is_not_changed_by_sending_it_back(estate, path, method, free):
    own = estate.owned[0]
    path = path.format(**own)
    before = estate.agent.get(path).expect(200)
    tried = 0
    for place, value in list(leaves(before)):
        if place[0] in ("attributes", "links") or value is None or set(place) & free:
            continue
        answer = estate.agent.call(method, path, changed(before, place, other_value(value)))
        assert answer.status < 500, answer.text[:300]
        tried += 1
        after = estate.agent.get(path).expect(200)
        for body in (before, after):
            body.pop("attributes", None)
        assert after == before, f"{place}: {value} became something else"
        before = estate.agent.get(path).expect(200)
    assert tried >= 3


def test_N_03_a_new_thing_is_not_what_its_maker_says_of_it(world, estate):
    """Owned members in the bodies of creations: id, state, owner, dates."""
    owned = {
        "id": NOBODY, "status": "active", "state": "accepted", "createdDateTime": "2001-01-01T00:00:00Z",
        "creationDate": "2001-01-01T00:00:00Z", "activatedDateTime": "2001-01-01T00:00:00Z", "partnerId": NOBODY,
        "endDateTime": "2199-01-01T00:00:00Z", "source": "managed", "expires": "2199-01-01T00:00:00Z", "reminders": 9,
        "customerId": NOBODY, "code": "AAAA-AAAA-AAAA", "consents": [{"party": "customer", "state": "approved"}],
        "billOwner": {"id": NOBODY}, "sourcePartnerTenantId": NOBODY, "@odata.etag": 'W/"x"',
    }
    both = Delegating(world, estate.partner, estate.customers[0])
    base = f"/multichannel/v1/customers/{estate.customers[0].id}"
    usage = world.subscription(estate.customers[0], "usage", "csp", world.partner(), name="Azure")
    for path, body in (
        (RELATIONSHIPS, both.body(displayName="Owned members")), (f"{base}/moves", {"subscriptionIds": [usage]}),
        (f"{base}/subscriptions", {"name": "Own", "family": "license", "channel": "open"}),
        ("/multichannel/v1/relationshiprequests", {"customerDomain": "nobody-here.example", "scope": {"days": 30}}),
    ):
        answer = estate.agent.post(path, {**body, **owned})
        assert answer.status in (201, 400), f"{path}: {answer.status} {answer.text[:300]}"
        if answer.status == 400:
            assert any(answer.names(member) for member in owned), answer.text[:300]
            continue
        made = answer.json
        assert made["id"] != NOBODY and NOBODY not in answer.text, answer.text[:500]
        assert "2001-01-01" not in answer.text and "2199-01-01" not in answer.text
        assert made.get("status") in (None, "created", "active") and made.get("state") not in ("accepted", "completed")
        if path == RELATIONSHIPS:
            assert made["status"] == "created"
        if path.endswith("/subscriptions"):
            assert made["source"] == "observed"
        assert not any(consent["party"] == "customer" and consent["state"] == "approved"
                       for consent in made.get("consents", []))


def test_N_04_of_two_partners_of_one_customer_neither_sees_the_others_prices_and_paths(world):
    one, other, customer = world.partner(), world.partner(), world.customer()
    for partner in (one, other):
        world.relationship(partner, customer)
    cost = {"monthlyCost": {"amount": "98765.43", "currency": "USD"}}
    secret = world.subscription(customer, "usage", "csp", other, name="Azure of the other", **cost)
    base = f"/multichannel/v1/customers/{customer.id}"
    agent = one.act("adminAgent")
    month = f"{world.now:%Y-%m}"
    paths = [
        f"{base}/subscriptions", f"{base}/subscriptions/{secret}", f"{base}/subscriptions/{secret}/options",
        f"{base}/access?state=all", f"{base}/statements?month={month}", f"{base}/statements?month={month}&format=csv",
        f"/v1/customers/{customer.id}/subscriptions", f"/v1/customers/{customer.id}/subscriptions/{secret}",
        f"/v1/customers/{customer.id}/orders", "/v1/auditrecords?size=500", f"{GRAPH}/delegatedAdminCustomers",
    ]
    for path in paths:
        seen = agent.get(path)
        assert "98765.43" not in seen.text and "98,765.43" not in seen.text, f"{path} tells the price: {seen.text[:300]}"
    rows = agent.get(f"{base}/access?state=all").expect(200)["items"]
    assert {row["partner"]["id"] for row in rows} == {one.id}
    # Those who pay and those who are paid do see it: the figure is there to be seen.
    assert "98765.43" in customer.act("globalAdmin").get(f"{base}/subscriptions").text
    assert "98765.43" in other.act("adminAgent").get(f"{base}/subscriptions").text


@pytest.mark.parametrize("path", [
    "/v1/customers/{}", "/v1/customers/{}/subscriptions", "/v1/customers/{}/orders", "/v1/customers/{}/transfers",
    "/multichannel/v1/customers/{}/subscriptions", "/multichannel/v1/customers/{}/access",
    "/multichannel/v1/customers/{}/moves", "/multichannel/v1/customers/{}/leftovers",
    "/v1.0/tenantRelationships/delegatedAdminCustomers/{}", "/multichannel/v1/moves/{}", "/multichannel/v1/imports/{}",
    "/multichannel/v1/relationshiprequests/{}", "/v1/auditrecords/{}", "/multichannel/v1/decisions/{}",
])
def test_N_05_a_strangers_thing_is_answered_as_one_that_is_not_there(world, estate, path):
    foreign = estate.owned[2]
    ids = [foreign["customer_id"], foreign["move_id"], foreign["access_id"]]
    stranger = world.partner()
    for role in ("adminAgent", "salesAgent", "globalAdmin"):
        client = patient(stranger.act(role))
        absent = client.get(path.format(NOBODY))
        for id in ids:
            answer = client.get(path.format(id))
            assert answer.status == absent.status in (403, 404), f"{answer.asked}: {answer.status} {answer.text[:300]}"
            head = {key: value for key, value in answer.headers.items() if key not in VARYING}
            assert head == {key: value for key, value in absent.headers.items() if key not in VARYING}
            moment = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|(?<=-id\":\")[0-9a-f-]{36}")
            plain = [moment.sub("", each.text.replace(id, "ID").replace(NOBODY, "ID")) for each in (answer, absent)]
            assert plain[0] == plain[1]


def test_N_05_on_every_route_that_reads_a_strangers_thing_is_answered_as_one_that_is_not_there(world, estate):
    """Every GET of the document that names something, asked with what exists and with what does not."""
    foreign = estate.owned[2]
    moment = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|(?<=-id\":\")[0-9a-f-]{36}")
    guid = re.compile(r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
    clients = [patient(world.partner().act(role)) for role in ("adminAgent", "globalAdmin")]
    clients.append(patient(world.customer().act("globalAdmin")))
    asked = 0
    for path, methods in world.program.anonymous.get("/openapi.json").expect(200)["paths"].items():
        names = re.findall(r"\{(\w+)\}", path)
        # Links are for whoever has them, tenants of the token endpoint are no secret, and files ship with the program.
        if "get" not in methods or not names or names == ["tenant"] or "shipped" in path:
            continue
        if "/invitations/" in path or path.startswith(OURS) or path.startswith("/sandbox/"):
            continue
        for client in clients:
            here, nowhere = (
                client.get(path.format(**{name: foreign.get(name, NOBODY) if known else NOBODY for name in names}))
                for known in (True, False)
            )
            assert here.status == nowhere.status, f"{here.asked}: {here.status} {nowhere.status} {here.text[:300]}"
            plain = []
            for answer in (here, nowhere):
                plain.append(guid.sub("ID", moment.sub("", answer.text)))
            assert plain[0] == plain[1], here.asked
            asked += 1
    assert asked > 100


def test_N_05_a_request_by_domain_does_not_tell_who_has_it(world):
    customer, agent = world.customer(), world.partner().act("adminAgent")
    asked = {"customerDomain": customer.domain, "scope": {"days": 30}}
    answer = agent.post("/multichannel/v1/relationshiprequests", asked)
    answer.expect(201)
    assert customer.id not in answer.text and customer.name not in answer.text


def test_N_05_a_draft_relationship_does_not_tell_the_tenants_name(world):
    both = Delegating(world)
    body = both.body(customer={"tenantId": both.customer.id, "displayName": "As we call it"})
    assert both.agent.post(RELATIONSHIPS, body).expect(201)["customer"]["displayName"] == "As we call it"


def test_N_05_a_draft_for_a_tenant_that_is_not_there_is_answered_as_one_for_a_stranger(world):
    """Whether a tenant id is one of somebody is not told by drafting, changing, sending or reading."""
    both, nobody = Delegating(world), "9f1a6c3e-52d1-4c0b-9d0e-7a1b2c3d4e5f"
    answers = []
    for number, tenant in enumerate((both.customer.id, nobody)):
        body = both.body(displayName=f"Draft {number}", customer={"tenantId": tenant, "displayName": "As we call it"})
        made = both.agent.post(RELATIONSHIPS, body).expect(201)
        changed = both.agent.patch(
            f"{RELATIONSHIPS}/{made['id']}", {"duration": "P30D"}, headers={"If-Match": made["@odata.etag"]}
        ).expect(200)
        both.ask(made, "lockForApproval")
        sent = both.seen(made)
        answers.append([
            {key: value for key, value in each.items() if key not in ("id", "displayName", "@odata.etag", "customer")
             and not key.endswith("DateTime")} | {"customer": each["customer"]["displayName"]}
            for each in (made, changed, sent)
        ])
    assert answers[0] == answers[1]
    assert both.admin.get(f"{OURS}/{made['id']}").expect(403)["reason"] == "WRONG_TENANT"


def test_I_02_a_link_for_somebody_else_names_nobody(world):
    """Whoever has a link may know that it is another organization's: it says "sign in with the other account"."""
    both = Delegating(world)
    made, code = both.sent(), world.request(both.partner, both.customer)["code"]
    stranger = world.customer().act("globalAdmin")
    for path in (f"{OURS}/{made['id']}", f"/multichannel/v1/invitations/{code}"):
        answer = stranger.get(path)
        assert answer.status == 403 and answer.json["reason"] == "WRONG_TENANT"
        for secret in (both.customer.id, both.customer.domain, both.partner.id):
            assert secret not in answer.text


def test_N_05_a_cursor_of_another_principal_is_refused(world):
    """The token of one partner's list in the hands of another."""
    one, other = world.partner(), world.partner()
    mine, theirs = [], []
    for owner, kept in ((one, mine), (other, theirs)):
        for _ in range(3):
            customer = world.customer()
            world.relationship(owner, customer)
            kept.append(customer.id)
    for path in ("/v1/customers", "/v1/auditrecords"):
        page = one.act("adminAgent").get(f"{path}?size=1").expect(200)
        headers = {"MS-ContinuationToken": page["continuationToken"]}
        answer = other.act("adminAgent").get(f"{path}?seekOperation=Next", headers=headers)
        assert answer.status == 400 and answer.names("MS-ContinuationToken"), answer.text[:300]
        assert not any(id in answer.text for id in mine), answer.text[:300]
        one.act("adminAgent").get(f"{path}?seekOperation=Next", headers=headers).expect(200)
    made = [Delegating(world, one, world.customer()).draft(displayName=f"Draft {n}")["id"] for n in range(3)]
    page = one.act("adminAgent").get(f"{RELATIONSHIPS}?$top=1").expect(200)
    query = page["@odata.nextLink"].split("?", 1)[1]
    answer = other.act("adminAgent").get(f"{RELATIONSHIPS}?{query}")
    assert answer.status == 400 and not any(id in answer.text for id in made)
    one.act("adminAgent").get(f"{RELATIONSHIPS}?{query}").expect(200)


PLAIN = ("=", "+", "-", "@", "\t=", " =", "'=", '"=', "\u200b=", "%3D")
WIDE = ("＝", "＋", "－", "＠")
RESTS = (
    "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example","y")', "1+1", "SUM(1;2)", "IMPORTXML(A1;B1)", 'a,"b"\r\nc',
)


@pytest.mark.parametrize("starts", [
    PLAIN, WIDE,
])
def test_N_07_no_cell_of_an_exported_file_begins_a_formula(world, starts):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    payloads = [start + rest for start in starts for rest in RESTS]
    rows = [list(row) for row in csvfiles.focus_rows(len(payloads), months=("2024-09",))]
    for number, (row, payload) in enumerate(zip(rows, payloads)):
        row[csvfiles.FOCUS.index("SubAccountName")] = payload
        row[csvfiles.FOCUS.index("SubAccountId")] = f"account-{number}"
        row[csvfiles.FOCUS.index("ServiceName")] = payload
    base = f"/multichannel/v1/customers/{customer.id}"
    sent, kind = csvfiles.text(csvfiles.FOCUS, rows), {"Content-Type": "text/csv"}
    answer = partner.act("adminAgent").post(f"{base}/usage?format=focus", sent, headers=kind)
    assert answer.status in (201, 202), answer.text[:500]
    file = customer.act("globalAdmin").get(f"{base}/statements?month=2024-09&format=csv")
    assert file.status == 200
    found = list(csv.reader(io.StringIO(file.text, newline="")))
    assert len(found) > len(payloads) / 2 and {len(row) for row in found} == {len(found[0])}
    for row in found[1:]:
        for cell in row:
            if re.fullmatch(r"-?\d+(\.\d+)?", cell):
                continue
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0", *WIDE)), cell


@pytest.mark.parametrize("value", ["a\r\nX-Injected: yes", "a\nb", "a\rb", "%0d%0aX-Injected: yes", "a\u2028b"])
def test_N_07_no_header_is_written_by_a_name(world, value):
    customer, partner = world.customer(), world.partner()
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    body = {"customerDomain": customer.domain, "recipient": {"name": value, "email": f"n@{customer.domain}"},
            "scope": {"days": 30}}
    answer = partner.act("adminAgent").post("/multichannel/v1/relationshiprequests", body)
    assert answer.status in (201, 400) and "X-Injected" not in answer.headers
    if answer.status == 201:
        head = answer.json["draft"]["eml"].split("\r\n\r\n")[0]
        assert not re.search(r"^X-Injected", head, re.MULTILINE)
    for mail in world.sandbox.get("/sandbox/v1/outbox").items:
        assert "\n" not in mail["subject"] and "\r" not in mail["subject"] and "\n" not in mail["to"]
    named = partner.act("adminAgent").get("/v1/customers", headers={"MS-CorrelationId": quote(value)})
    assert "X-Injected" not in named.headers


PIECES = [
    "status", "displayName", "customer/tenantId", "eq", "ne", "gt", "and", "or", "not", "in", "(", ")", "'", "''", "'a'", ",",
    "startswith", "contains(", "null", "true", "1e309", "-0", "2017-01-01T00:00:00Z", "9999-99-99", "--", ";", "/*", "%", "_",
    "\\", "' OR 1=1 --", "' UNION SELECT name FROM sqlite_master --", "\u0000", "\U0001f600", "が", "e\u0301", "*", "[", "{",
    "x" * 300, "any(d:d/x eq 1)", "$it", "duration'P1D'", "(((((", "guid'0'",
]


def shaped(chance):
    """A filter of the older wire: JSON with a field, a value and an operator, one of them odd."""
    odd = chance.choice(PIECES + [None, 7, 1e300, True, [], {}, ["a"] * 50, {"$ne": 1}])
    filter = {"Field": chance.choice(["CompanyName", "Domain", "CustomerId", "rowid", "1=1", "id; --"]),
              "Value": "a", "Operator": chance.choice(["starts_with", "equals", "LIKE", "=", "or"])}
    filter[chance.choice(list(filter))] = odd
    text = json.dumps(filter)
    return text if chance.random() < 0.8 else text[:chance.randrange(len(text))] + chance.choice(PIECES)


def test_N_08_three_thousand_odd_filters_and_never_a_fault_or_a_word_of_sql(world):
    both = Delegating(world)
    world.relationship(both.partner, both.customer)
    both.sent()
    stranger = world.customer()
    world.relationship(world.partner(), stranger)
    chance = random.Random(8)
    statuses = set()
    for number in range(3_000):
        if number % 3 == 0:
            filter = quote("".join(chance.choice(PIECES) + chance.choice(["", " "]) for _ in range(chance.randrange(1, 9))))
            name = chance.choice(["$filter", "$filter", "$orderby", "$select", "$skiptoken", "$top"])
            path = f"{RELATIONSHIPS}?{name}={filter}"
        elif number % 3 == 1:
            path = f"/v1/customers?filter={quote(shaped(chance))}"
        else:
            path = f"/v1/auditrecords?filter={quote(shaped(chance))}"
        answer = both.agent.get(path)
        statuses.add(answer.status)
        assert answer.status < 500, f"{path}: {answer.status} {answer.text[:300]}"
        assert stranger.id not in answer.text, f"{path} widened what is seen"
        described = answer.text.replace(quote(path), "") if answer.status == 200 else str(answer.json.get("description"))
        assert not SQL.search(described) or "sqlite_master" in path, f"{path}: {answer.text[:300]}"
    assert {200, 400} <= statuses
    assert world.program.anonymous.get("/readyz").status == 200


def test_N_09_no_answer_to_a_principal_may_be_kept_for_another(program, estate):
    description = program.anonymous.get("/openapi.json").expect(200)
    asked = 0
    for path, methods in description["paths"].items():
        if "get" not in methods or path.startswith(("/sandbox/", "/{tenant}/", "/openapi")):
            continue
        if path in ("/healthz", "/readyz", "/metrics", "/webhooks/v1/certificate"):
            continue
        filled = re.sub(r"\{(\w+)\}", lambda found: estate.owned[0].get(found.group(1), "x"), path)
        for client in (estate.agent, program.anonymous):
            answer = client.get(filled)
            assert "no-store" in (answer.headers["Cache-Control"] or ""), f"{answer.asked} {answer.status}"
            asked += 1
    assert asked > 100
