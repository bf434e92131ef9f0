"""Rules that change: a package is drafted, its impact read, published, announced; and outcomes change with it."""

from datetime import timedelta

import pytest

from world import by_action, instant, text

PACKAGES = "/multichannel/v1/policypackages"
POLICIES = "/multichannel/v1/policies"
OFFER = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
ORDER = {"lineItems": [{"lineItemNumber": 0, "offerId": OFFER, "quantity": 1}]}


def package(name, *rows):
    """A package as its owner writes it."""
    lines = [
        f"package: {name}", "title: { en: A new rule, ja: 新しい規則 }",
        "summary: { en: Resale becomes possible., ja: 再販が可能になります。 }", "owner: policy", "reviewBy: 2030-01-01",
        "source: the program's announcement", "rows:",
    ]
    return "\n".join(lines + [f"  - {row}" for row in rows]) + "\n"


def row(id, key, value, start, rule="S-26", **more):
    extra = "".join(f", {name}: {inner}" for name, inner in more.items())
    return f"{{ id: {id}, key: {key}, value: {value}, from: {start}, rule: {rule}{extra} }}"


@pytest.fixture
def owner(own):
    return own.persona("policyOwner")


def publish(owner, yaml, effective=None):
    draft = owner.post(PACKAGES, yaml, headers={"Content-Type": "application/yaml"}).expect(201)
    path = f"{PACKAGES}/{draft['id']}"
    impact = owner.get(f"{path}/impact" + (f"?effective={effective}" if effective else "")).expect(200)
    body = {"effective": effective} if effective else None
    return draft, impact["items"], owner.post(f"{path}/publication", body).expect(201)


def test_the_default_package_says_what_the_founding_document_says(own_world):
    agent = own_world.partner().act("adminAgent")
    rows = agent.get(POLICIES).expect(200)["items"]
    assert {row["package"] for row in rows} == {"2017-06"}
    for row in rows:
        assert row["rule"] and row["source"] and row["owner"] and row["confidence"] and row["effectiveFrom"]
    by_key = {row["key"]: row["value"] for row in rows}
    assert by_key["license.exit.options"] == ["waitForTermEnd", "cancelFirst"]
    assert by_key["resale.cspToCsp"] == "forbidden" and by_key["license.switch.cspToCsp"] == "forbidden"
    assert set(by_key["multichannel.channels"]) == {"direct", "advisor", "open", "ea", "thirdParty"}
    assert agent.get(f"{POLICIES}/license.exit.options").expect(200)["totalCount"] == 1
    agent.get(f"{POLICIES}/no.such.key").expect(404, "NOT_FOUND")


def test_a_changed_rule_changes_the_outcome_without_a_restart(own_world, owner):
    world = own_world
    seller, buyer = world.partner(), world.customer(tenantType="cspTransacting")
    subscription = world.subscription(buyer, channel="csp", seller=seller)
    agent, path = seller.act("adminAgent"), f"/v1/customers/{buyer.id}/orders"
    agent.post(path, ORDER).expect(403, "RESALE_CSP_TO_CSP_FORBIDDEN")
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    start = text(world.now)[:10]
    yaml = package("resale-opened", row("resale-allowed", "resale.cspToCsp", "allowed", start))
    draft, impact, publication = publish(owner, yaml)
    assert draft["state"] == "draft" and draft["rows"] == 1
    changed = {(item["action"], item["before"]["reason"], item["after"]["reason"]) for item in impact}
    assert ("manage", "RESALE_CSP_TO_CSP_FORBIDDEN", "OWN_SALE") in changed
    assert {(item["subscriptionId"], item["partnerId"], item["customerId"]) for item in impact} == {(subscription, seller.id, buyer.id)}
    assert publication["package"] == "resale-opened"
    order = agent.post(path, ORDER)
    order.expect(201)
    why = agent.get(f"/multichannel/v1/decisions/{order.correlation}").expect(200)["items"]
    assert "resale-allowed" in {row.get("row") for row in why}
    assert by_action(world.options(seller, buyer, subscription))["manage"]["reason"] == "OWN_SALE"
    rows = agent.get(f"{POLICIES}/resale.cspToCsp").expect(200)["items"]
    assert [(row["value"], row["inForce"]) for row in rows] == [("forbidden", False), ("allowed", True)]


def test_a_publication_is_announced_in_the_portal_and_by_mail(own_world, owner):
    world = own_world
    partner = world.partner(country="JP", language="ja")
    other = world.partner(country="US", language="en")
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    effective = text(world.now + timedelta(days=10))
    _, _, publication = publish(owner, package("news", row("resale-news", "resale.cspToCsp", "allowed", "2017-01-01")), effective)
    made = publication["announcement"]
    assert len(made["channels"]) >= 2 and "portal" in made["channels"]
    assert made["effectiveFrom"] == effective and instant(made["publishedAt"]) <= instant(effective)
    for client, language, title in ((partner, "ja-JP", "新しい規則"), (other, "en-US", "A new rule")):
        agent = client.act("helpdeskAgent", language)
        item = agent.get("/multichannel/v1/announcements").expect(200)["items"][0]
        assert (item["id"], item["title"], item["keys"]) == (made["id"], title, ["resale.cspToCsp"])
        assert agent.get(f"/multichannel/v1/announcements/{made['id']}").expect(200)["title"] == title
    mails = [mail for mail in world.sandbox.get("/sandbox/v1/outbox").items if mail["kind"] == "announcement"]
    japanese = [mail for mail in mails if mail["to"].endswith(partner.domain)]
    assert {mail["language"] for mail in japanese} == {"ja"} and "新しい規則" in japanese[0]["subject"] + japanese[0]["body"]
    assert any(mail["to"].endswith(other.domain) and "A new rule" in mail["subject"] + mail["body"] for mail in mails)
    agent.get(f"/multichannel/v1/announcements/{partner.id}").expect(404)


def test_a_rule_for_later_holds_from_its_day_on_and_not_before(own_world, owner):
    world = own_world
    partner, seller, customer = world.partner(), world.partner(), world.customer()
    subscription = world.subscription(customer, channel="csp", seller=seller, term=world.term())
    world.relationship(partner, customer)
    effective = world.now + timedelta(days=30)
    yaml = package("transfers", row("license-transfer", "license.switch.cspToCsp", "transfer", "2017-01-01", "LT-03"))
    publish(owner, yaml, text(effective))

    def transfer(at=None):
        return by_action(world.options(partner, customer, subscription, at=at))["transferLicense"]

    now = transfer()
    assert now["reason"] == "LICENSE_SWITCH_FORBIDDEN" and now["availableFrom"] == text(effective)
    assert transfer(text(effective - timedelta(seconds=1)))["reason"] == "LICENSE_SWITCH_FORBIDDEN"
    assert transfer(text(effective))["verdict"] == "allowed"
    world.advance("P29D")
    assert transfer()["reason"] == "LICENSE_SWITCH_FORBIDDEN"
    world.advance("P1D")
    assert (transfer()["verdict"], transfer()["policyRow"]) == ("allowed", "license-transfer")


def test_todays_rules_are_shipped_and_wait_for_their_owner(own_world, owner):
    world = own_world
    partner, seller, customer = world.partner(), world.partner(), world.customer()
    subscription = world.subscription(customer, channel="csp", seller=seller, term=world.term())
    world.relationship(partner, customer)
    yaml = owner.get(f"{PACKAGES}/shipped/2026").text
    draft = owner.post(PACKAGES, yaml).expect(201)
    impact = owner.get(f"{PACKAGES}/{draft['id']}/impact").expect(200)["items"]
    assert any(item["action"] == "transferLicense" and item["after"]["verdict"] == "allowed" for item in impact)
    assert by_action(world.options(partner, customer, subscription))["transferLicense"]["verdict"] == "refused"
    owner.post(f"{PACKAGES}/{draft['id']}/publication").expect(201)
    assert by_action(world.options(partner, customer, subscription))["transferLicense"]["verdict"] == "allowed"
    owner.get(f"{PACKAGES}/shipped/nothing").expect(404)
    owner.get(f"{PACKAGES}/shipped/..%2f..%2fopenapi").expect(404)


def test_a_draft_is_published_once_and_not_into_the_past(own_world, owner):
    draft = owner.post(PACKAGES, package("once", row("r", "resale.cspToCsp", "allowed", "2017-01-01"))).expect(201)
    path = f"{PACKAGES}/{draft['id']}/publication"
    early = text(own_world.now - timedelta(days=1))
    owner.post(path, {"effective": early}).expect(400, "EFFECTIVE_TOO_EARLY")
    owner.post(path, {"effective": "tomorrow"}).expect(400, "INVALID_INPUT")
    owner.post(path).expect(201)
    owner.post(path).expect(409, "PACKAGE_PUBLISHED")
    owner.post(f"{PACKAGES}/nothing/publication").expect(404, "NOT_FOUND")
    owner.get(f"{PACKAGES}/nothing/impact").expect(404, "NOT_FOUND")


def test_only_the_vendors_policy_owner_changes_rules(own_world, own):
    world = own_world
    yaml = package("forbidden", row("r", "resale.cspToCsp", "allowed", "2017-01-01"))
    draft = own.persona("policyOwner").post(PACKAGES, yaml).expect(201)["id"]
    partner, customer = world.partner(), world.customer()
    for client in (
        partner.act("globalAdmin"), partner.act("adminAgent"), customer.act("globalAdmin"), own.persona("auditor"),
        own.persona("operator"), partner.act("app"), own.anonymous,
    ):
        for answer in (
            client.post(PACKAGES, yaml), client.get(f"{PACKAGES}/{draft}/impact"), client.post(f"{PACKAGES}/{draft}/publication")
        ):
            assert answer.status in (401, 403), answer.text
    assert partner.act("adminAgent").get("/multichannel/v1/announcements").items == []


GOOD = row("r", "resale.cspToCsp", "allowed", "2017-01-01")
FAULTS = {
    "an unknown key": (package("x", row("r", "resale.cspToCsb", "allowed", "2017-01-01")), "rows[0].key"),
    "a value of the wrong type": (package("x", row("r", "relationship.link.expiryDays", "soon", "2017-01-01")), "rows[0].value"),
    "a number below nothing": (package("x", row("r", "relationship.link.expiryDays", "-1", "2017-01-01")), "rows[0].value"),
    "no start": (package("x", "{ id: r, key: resale.cspToCsp, value: allowed, rule: S-26 }"), "rows[0].from"),
    "a day that does not exist": (package("x", row("r", "resale.cspToCsp", "allowed", "2017-02-29")), "rows[0].from"),
    "an end before the start": (package("x", row("r", "resale.cspToCsp", "a", "2018-01-01", until="2017-01-01")), "rows[0].until"),
    "no rule": (package("x", "{ id: r, key: resale.cspToCsp, value: allowed, from: 2017-01-01 }"), "rows[0].rule"),
    "no id": (package("x", "{ key: resale.cspToCsp, value: allowed, from: 2017-01-01, rule: S-26 }"), "rows[0].id"),
    "a second row that answers too": (package("x", GOOD, row("q", "resale.cspToCsp", "forbidden", "2017-05-01")), "rows[1]"),
    "an unknown facet": (package("x", row("r", "resale.cspToCsp", "a", "2017-01-01", scope="{ planet: mars }")), "rows[0].scope.planet"),
    "an unknown member of a row": (package("x", row("r", "resale.cspToCsp", "a", "2017-01-01", colour="red")), "rows[0].colour"),
    "an unknown member": (package("x", GOOD) + "colour: red\n", "colour"),
    "an unknown confidence": (package("x", row("r", "resale.cspToCsp", "a", "2017-01-01", confidence="sure")), "rows[0].confidence"),
    "no rows": (package("x"), "rows"), "a row that is a word": (package("x", "word"), "rows[0]"),
    "no Japanese title": (package("x", GOOD).replace(", ja: 新しい規則", ""), "title.ja"),
    "no name": (package("x", GOOD).replace("package: x\n", ""), "package"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_with_a_package_is_named_by_field(program, fault):
    yaml, field = FAULTS[fault]
    answer = program.persona("policyOwner").post(PACKAGES, yaml)
    answer.expect(400, "INVALID_INPUT")
    assert answer.names(field), f"{field}: {answer.text}"


NO_YAML = [
    b"", b"{", b"[]", b"word", b"\xff\xfe", b"a: [", b"- " * 20_000, b"[" * 100_000, b"{a: " * 20_000, b"? " * 5000, b"\x00",
    b"!!binary x", b"a: &a [*a]", b"%YAML 9.9\n---\n", b"x" * 900_000, b"- &a x\n" + b"- *a\n" * 50_000, b"a: 1\na: 2\n",
    b"a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
    b"e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n"
    b"h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\ni: [*h,*h,*h,*h,*h,*h,*h,*h,*h]\n", package("x", GOOD).encode() + b"note: \"a\\0b\"\n",
]


@pytest.mark.parametrize("number", range(len(NO_YAML)))
def test_text_that_is_no_package_is_refused_and_does_no_harm(program, number):
    answer = program.persona("policyOwner").post(PACKAGES, NO_YAML[number])
    assert 400 <= answer.status < 500, answer.text[:300]
    assert program.is_alive and program.anonymous.get("/readyz").status == 200
