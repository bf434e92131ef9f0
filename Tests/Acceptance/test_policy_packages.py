"""Policy as data: drafted, checked, previewed, announced, taken back, and overridden in an emergency (SM-14, X-02)."""

import csv
import io
from datetime import timedelta

import pytest

from test_policies import GOOD, PACKAGES, POLICIES, package, row
from wire import request_id
from world import by_action, instant, text

NEWS = "/multichannel/v1/announcements"
SWITCHES = "/multichannel/v1/killswitches"
REASON = {"en": "Grants ended too early.", "ja": "アクセスが予定より早く終わる障害のためです。"}


@pytest.fixture
def owner(own):
    return own.persona("policyOwner")


def closing_open(name="no-open", channels="[direct, ea]"):
    return package(name, row(f"{name}-channels", "multichannel.channels", channels, "2017-01-01", "S-10"))


def hired(world):
    """A partner with the customer's permission, and what the customer bought in the Open program."""
    partner, customer = world.partner(), world.customer()
    subscription = world.subscription(customer, channel="open", term=world.term())
    world.relationship(partner, customer)
    return partner, customer, subscription


def drafted(owner, yaml):
    return owner.post(PACKAGES, yaml, headers={"Content-Type": "application/yaml"}).expect(201)


def soon(world):
    """The next whole second: what has just been set holds by then."""
    return text(world.now + timedelta(seconds=1))


def table(answer):
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def test_shipped_packages_are_listed_and_drafted_by_name(own_world, owner):
    listed = owner.get(PACKAGES).expect(200)["items"]
    assert [(item["id"], item["state"]) for item in listed] == [("2017-06", "shipped"), ("2026", "shipped")]
    shipped = owner.get(f"{PACKAGES}/2026").expect(200)
    assert shipped["yaml"] == owner.get(f"{PACKAGES}/shipped/2026").text and shipped["faults"] == []
    draft = owner.post(PACKAGES, {"package": "2026"}).expect(201)
    assert (draft["package"], draft["state"], draft["rows"]) == ("2026", "draft", shipped["rows"])
    kept = owner.get(f"{PACKAGES}/{draft['id']}").expect(200)
    assert kept["yaml"] == shipped["yaml"]
    assert [item["row"] for item in kept["policyRows"]] == [item["row"] for item in shipped["policyRows"]]
    assert kept["titles"]["ja"] and kept["texts"]["ja"] and kept["advices"]["en"]
    assert [item["state"] for item in owner.get(PACKAGES).items] == ["shipped", "shipped", "draft"]
    owner.post(PACKAGES, {"package": "1999"}).expect(404, "NOT_FOUND")
    owner.get(f"{PACKAGES}/nothing").expect(404, "NOT_FOUND")


def test_a_text_is_checked_before_anybody_keeps_it(own_world, owner):
    good = owner.post(f"{PACKAGES}/checks", closing_open()).expect(200)
    assert good["faults"] == [] and good["package"] == "no-open"
    change = good["changes"][0]
    assert (change["key"], change["new"]["value"]) == ("multichannel.channels", ["direct", "ea"])
    bad = owner.post(f"{PACKAGES}/checks", package("x", row("r", "no.such.key", "1", "2017-01-01"))).expect(200)
    assert [(fault["field"], fault["code"]) for fault in bad["faults"]] == [("rows[0].key", "unknown")]
    assert owner.post(f"{PACKAGES}/checks", {"package": "2026"}).expect(200)["faults"] == []
    assert len(owner.get(PACKAGES).items) == 2


LINT = {
    "no source": (package("x", GOOD).replace("source: the program's announcement\n", ""), "rows[0].source"),
    "a cloud that is none": (package("x", row("r", "resale.cspToCsp", "a", "2017-01-01", scope="{ cloud: mars }")), "rows[0].scope.cloud"),
    "equally specific rows": (
        package(
            "x", row("r", "resale.cspToCsp", "a", "2017-01-01", scope="{ cloud: public }"),
            row("q", "resale.cspToCsp", "b", "2017-01-01", scope="{ channel: csp }"),
        ), "rows[1]",
    ),
}


@pytest.mark.parametrize("fault", LINT)
def test_what_would_make_two_answers_or_none_is_found_at_the_door(program, fault):
    yaml, field = LINT[fault]
    answer = program.persona("policyOwner").post(PACKAGES, yaml)
    answer.expect(400, "INVALID_INPUT")
    assert answer.names(field), answer.text


def test_publication_waits_until_both_languages_say_it(own_world, owner):
    draft = drafted(owner, closing_open().replace(", ja: 再販が可能になります。", ""))
    assert [fault["field"] for fault in draft["faults"]] == ["summary.ja"]
    answer = owner.post(f"{PACKAGES}/{draft['id']}/publication")
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("summary.ja")
    assert owner.get(NEWS).items == []


def test_the_impact_names_who_of_whose_customers_as_json_and_as_csv(own_world, owner):
    world = own_world
    partner, customer, subscription = hired(world)
    draft = drafted(owner, closing_open())
    path = f"{PACKAGES}/{draft['id']}/impact?effective={text(world.now + timedelta(days=3))}"
    impact = owner.get(path).expect(200)
    manage = next(item for item in impact["items"] if item["action"] == "manage")
    assert (manage["customerId"], manage["partnerId"], manage["subscriptionId"]) == (customer.id, partner.id, subscription)
    assert (manage["before"]["verdict"], manage["after"]["verdict"]) == ("allowed", "refused")
    assert manage["after"]["reason"] == "CHANNEL_NOT_ELIGIBLE" and manage["after"]["text"].endswith(".")
    assert impact["affectedCustomers"] == 1 and impact["isComplete"] is True
    assert sum(count["count"] for count in impact["counts"]) == impact["totalCount"]
    lines = table(owner.get(path + "&format=csv"))
    assert len(lines) == impact["totalCount"] and {line["Customer"] for line in lines} == {customer.name}
    assert lines == table(owner.get(path, headers={"Accept": "text/csv"}))
    japanese = owner.speaking("ja-JP").get(path + "&format=csv")
    assert japanese.body.startswith(b"\xef\xbb\xbf") and {line["顧客"] for line in table(japanese)} == {customer.name}
    owner.get(path + "&format=pdf").expect(400, "INVALID_INPUT")
    assert by_action(world.options(partner, customer, subscription))["manage"]["verdict"] == "allowed"


def test_what_publishing_would_do_is_told_before_it_is_done(own_world, owner):
    world = own_world
    partner = world.partner()
    draft = drafted(owner, closing_open())
    effective = text(world.now + timedelta(days=3))
    preview = owner.get(f"{PACKAGES}/{draft['id']}/publication?effective={effective}").expect(200)
    assert preview["effective"] == effective and instant(preview["earliest"]) <= world.now
    assert preview["recipients"] >= 2 and set(preview["channels"]) == {"portal", "mail"}
    assert preview["titles"] == {"en": "A new rule", "ja": "新しい規則"}
    assert [change["effectiveFrom"] for change in preview["changes"]] == [effective]
    assert partner.act("adminAgent").get(NEWS).items == []


def test_the_news_sets_old_beside_new_and_tells_each_reader_of_its_own(own_world, owner):
    world = own_world
    partner, customer, subscription = hired(world)
    stranger = world.partner()
    draft = drafted(owner, closing_open())
    effective = text(world.now + timedelta(days=3))
    made = owner.post(f"{PACKAGES}/{draft['id']}/publication", {"effective": effective}).expect(201)["announcement"]
    entry = partner.act("adminAgent").get(f"{NEWS}/{made['id']}").expect(200)
    change = entry["changes"][0]
    assert change["old"]["value"] == ["direct", "advisor", "open", "ea", "thirdParty"]
    assert change["new"]["value"] == ["direct", "ea"] and change["effectiveFrom"] == effective
    assert change["old"]["row"] == "multichannel-channels" and change["new"]["row"] == "no-open-channels"
    assert entry["rules"] == ["S-10"] and entry["sources"] == ["the program's announcement"] and entry["whatToDo"]
    assert (entry["affectedCustomers"], entry["affectedSubscriptions"]) == (1, 1)
    japanese = partner.act("adminAgent", "ja-JP").get(f"{NEWS}/{made['id']}").expect(200)
    assert japanese["title"] == "新しい規則" and japanese["whatToDo"] != entry["whatToDo"]

    def affected(client):
        return client.get(f"{NEWS}/{made['id']}/affected").expect(200)["items"]

    assert {item["customerId"] for item in affected(partner.act("adminAgent"))} == {customer.id}
    assert {item["subscriptionId"] for item in affected(customer.act("globalAdmin"))} == {subscription}
    assert affected(stranger.act("adminAgent")) == []
    assert {line["Customer"] for line in table(partner.act("adminAgent").get(f"{NEWS}/{made['id']}/affected?format=csv"))} == {customer.name}
    assert "affectedCustomers" not in world.person(partner, "user").get(f"{NEWS}/{made['id']}").expect(200)
    world.person(partner, "user").get(f"{NEWS}/{made['id']}/affected").expect(403)
    mails = [mail for mail in world.sandbox.get("/sandbox/v1/outbox").items if mail["kind"] == "announcement"]
    mine = next(mail for mail in mails if mail["to"].endswith(partner.domain))
    assert "direct, advisor, open, ea, thirdParty" in mine["body"] and f"/announcements/{made['id']}" in mine["body"]


def test_what_is_announced_can_be_taken_back_until_its_day(own_world, owner):
    world = own_world
    partner, customer, subscription = hired(world)
    draft = drafted(owner, closing_open())
    path = f"{PACKAGES}/{draft['id']}"
    owner.post(f"{path}/withdrawal").expect(409, "PACKAGE_NOT_ANNOUNCED")
    effective = world.now + timedelta(days=3)
    made = owner.post(f"{path}/publication", {"effective": text(effective)}).expect(201)["announcement"]
    manage = by_action(world.options(partner, customer, subscription, at=text(effective)))["manage"]
    assert manage["reason"] == "CHANNEL_NOT_ELIGIBLE"
    back = owner.post(f"{path}/withdrawal").expect(201)["announcement"]
    assert back["kind"] == "withdrawal" and "A new rule" in back["title"]
    manage = by_action(world.options(partner, customer, subscription, at=text(effective)))["manage"]
    assert manage["verdict"] == "allowed"
    agent = partner.act("adminAgent")
    assert agent.get(f"{NEWS}/{made['id']}").expect(200)["withdrawnBy"] == back["id"]
    taken = agent.get(f"{NEWS}/{back['id']}").expect(200)["changes"][0]
    assert (taken["old"]["row"], taken["new"]["row"]) == ("no-open-channels", "multichannel-channels")
    assert owner.get(path).expect(200)["stage"] == "withdrawn"
    owner.post(f"{path}/withdrawal").expect(409, "PACKAGE_NOT_ANNOUNCED")
    owner.post(f"{path}/publication").expect(409, "PACKAGE_PUBLISHED")
    world.advance("P4D")
    assert by_action(world.options(partner, customer, subscription))["manage"]["verdict"] == "allowed"


def test_what_holds_is_not_taken_back(own_world, owner):
    draft = drafted(owner, closing_open())
    owner.post(f"{PACKAGES}/{draft['id']}/publication").expect(201)
    answer = owner.post(f"{PACKAGES}/{draft['id']}/withdrawal")
    answer.expect(409, "PACKAGE_NOT_ANNOUNCED")
    assert answer.json["rule"] == "SM-14"


def test_lead_time_is_a_rule_like_any_other(own_world, owner):
    world = own_world
    lead = package("lead", row("lead-30", "announcements.leadDays", "30", "2017-01-01", "SM-14"))
    owner.post(f"{PACKAGES}/{drafted(owner, lead)['id']}/publication").expect(201)
    path = f"{PACKAGES}/{drafted(owner, closing_open())['id']}/publication"
    answer = owner.post(path, {"effective": text(world.now + timedelta(days=29))})
    answer.expect(400, "EFFECTIVE_TOO_EARLY")
    made = owner.post(path).expect(201)["announcement"]
    assert instant(made["effectiveFrom"]) - instant(made["publishedAt"]) == timedelta(days=30)


def test_a_kill_switch_holds_at_once_is_told_afterwards_and_kept(own_world, owner):
    world = own_world
    partner, customer, subscription = hired(world)
    world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    before = next(item for item in owner.get(SWITCHES).items if item["key"] == "multichannel.enabled")
    assert (before["value"], before["isEmergency"]) == (True, False)
    body = {"key": "multichannel.enabled", "value": False, "reason": REASON}
    once = request_id()
    made = owner.post(SWITCHES, body, headers=once).expect(201)["announcement"]
    assert owner.post(SWITCHES, body, headers=once).expect(201)["announcement"]["id"] == made["id"]
    assert (made["kind"], made["text"]) == ("emergency", REASON["en"]) and made["effectiveFrom"] == made["publishedAt"]
    refused = by_action(world.options(partner, customer, subscription))["manage"]
    assert refused["reason"] == "MULTICHANNEL_NOT_AVAILABLE"
    rows = partner.act("adminAgent").get(f"{POLICIES}/multichannel.enabled?at={soon(world)}").expect(200)["items"]
    assert [(item["value"], item["emergency"]) for item in rows] == [(False, REASON)]
    assert partner.act("adminAgent", "ja-JP").get(f"{NEWS}/{made['id']}").expect(200)["text"] == REASON["ja"]
    assert any(REASON["en"] in mail["body"] for mail in world.sandbox.get("/sandbox/v1/outbox").items)
    owner.post(SWITCHES, body).expect(409, "SWITCH_ALREADY_SET")
    now = next(item for item in owner.get(SWITCHES).items if item["key"] == "multichannel.enabled")
    assert (now["value"], now["isEmergency"], now["reason"]) == (False, True, REASON)
    owner.post(SWITCHES, {**body, "value": True}).expect(201)
    assert by_action(world.options(partner, customer, subscription))["manage"]["verdict"] == "allowed"


def test_a_kill_switch_outlasts_packages_until_it_is_lifted(own_world, owner):
    world = own_world
    owner.post(SWITCHES, {"key": "moves.enabled", "value": False, "reason": REASON}).expect(201)
    yaml = package("on", row("moves-on", "moves.enabled", "true", "2017-01-01", "X-02", scope="{ cloud: public }"))
    owner.post(f"{PACKAGES}/{drafted(owner, yaml)['id']}/publication").expect(201)

    def value():
        return owner.get(f"{POLICIES}/moves.enabled?at={soon(world)}").expect(200)["items"][0]["value"]

    assert value() is False
    owner.post(SWITCHES, {"key": "moves.enabled", "value": True, "reason": REASON}).expect(201)
    assert value() is True


BAD_SWITCHES = {
    "no flag": ({"key": "resale.cspToCsp", "value": False, "reason": REASON}, 400, "key"),
    "no such key": ({"key": "no.such", "value": False, "reason": REASON}, 404, None),
    "no value": ({"key": "moves.enabled", "reason": REASON}, 400, "value"),
    "a word for a flag": ({"key": "moves.enabled", "value": "no", "reason": REASON}, 400, "value"),
    "no reason": ({"key": "moves.enabled", "value": False}, 400, "reason"),
    "a reason in one language": ({"key": "moves.enabled", "value": False, "reason": {"en": "x"}}, 400, "reason.ja"),
    "a reason in the other": ({"key": "moves.enabled", "value": False, "reason": {"ja": "x"}}, 400, "reason.en"),
}


@pytest.mark.parametrize("fault", BAD_SWITCHES)
def test_a_kill_switch_without_key_value_or_reasons_moves_nothing(program, fault):
    body, status, field = BAD_SWITCHES[fault]
    owner = program.persona("policyOwner")
    before = owner.get(SWITCHES).items
    answer = owner.post(SWITCHES, body)
    assert answer.status == status, answer.text
    assert field is None or answer.names(field), answer.text
    assert owner.get(SWITCHES).items == before


def test_packages_and_switches_are_the_policy_owners_alone(own_world, own):
    world = own_world
    draft = drafted(own.persona("policyOwner"), closing_open())["id"]
    partner, customer = world.partner(), world.customer()
    body = {"key": "moves.enabled", "value": False, "reason": REASON}
    for client in (
        partner.act("globalAdmin"), partner.act("adminAgent"), customer.act("globalAdmin"), own.persona("operator"),
        partner.act("app"), own.anonymous,
    ):
        for answer in (
            client.get(PACKAGES), client.get(f"{PACKAGES}/{draft}"), client.get(f"{PACKAGES}/{draft}/publication"),
            client.post(f"{PACKAGES}/checks", closing_open()), client.post(f"{PACKAGES}/{draft}/withdrawal"),
            client.get(SWITCHES), client.post(SWITCHES, body),
        ):
            assert answer.status in (401, 403), answer.text
    auditor = own.persona("auditor")
    assert len(auditor.get(PACKAGES).items) == 3 and auditor.get(SWITCHES).items
    auditor.post(SWITCHES, body).expect(403)
    auditor.post(f"{PACKAGES}/{draft}/withdrawal").expect(403)


def test_every_step_is_in_the_audit_log(own_world, own):
    world = own_world
    owner = own.persona("policyOwner")
    draft = drafted(owner, closing_open())
    effective = text(world.now + timedelta(days=3))
    owner.post(f"{PACKAGES}/{draft['id']}/publication", {"effective": effective}).expect(201)
    owner.post(f"{PACKAGES}/{draft['id']}/withdrawal").expect(201)
    owner.post(SWITCHES, {"key": "moves.enabled", "value": False, "reason": REASON}).expect(201)
    records = own.persona("auditor").get("/v1/auditrecords").expect(200)["items"]
    events = [record["event"] for record in records]
    for event in ("policyDrafted", "policyPublished", "policyWithdrawn", "policyOverridden", "announcementMade"):
        assert event in events, events
    override = next(record for record in records if record["event"] == "policyOverridden")
    data = {pair["key"]: pair["value"] for pair in override["customizedData"]}
    assert data["reason.ja"] == REASON["ja"] and data["value"] == "false" and override["operationStatus"] == "succeeded"
