"""Service requests: what a partner asks the provider's engineers for, in its own matter and in a customer's."""

import json
from urllib.parse import quote

import pytest

BASE = "/v1/servicerequests"
DRAFT = {"title": "Mail stands still", "description": "Nothing arrives.", "severity": "critical",
         "supportTopicId": "32444671", "status": "none"}
# What the .NET SDK sends with a note: every member, unset ones as it sees them.
NOTE = {
    "Id": None, "Title": None, "Description": None, "Severity": "unknown", "SupportTopicId": None, "Status": "none",
    "Organization": None, "CreatedDate": "0001-01-01T00:00:00", "NewNote": {"CreatedDate": "0001-01-01T00:00:00",
    "CreatedByName": None, "Text": "Sample note"}, "Notes": None,
}


@pytest.fixture
def agent(world):
    return world.partner().act("adminAgent")


def opened(agent, **more):
    return agent.post(f"{BASE}/en-US", {**DRAFT, **more}).expect(201)


def test_a_request_is_opened_noted_closed_and_opened_again(agent):
    request = opened(agent)
    assert (request["status"], request["severity"], request["notes"]) == ("open", "critical", [])
    assert request["lastClosedDate"] == "0001-01-01T00:00:00" and request["attributes"]["objectType"] == "ServiceRequest"
    path = f"{BASE}/{request['id']}"
    assert agent.get(path).expect(200) == request
    noted = agent.patch(path, NOTE).expect(200)
    assert [note["text"] for note in noted["notes"]] == ["Sample note"] and noted["title"] == DRAFT["title"]
    assert (noted["status"], noted["severity"]) == ("open", "critical")
    closed = agent.patch(path, {"Status": 2}).expect(200)
    assert closed["status"] == "closed" and closed["lastClosedDate"] > request["createdDate"][:4]
    assert agent.patch(path, {"Status": "Open"}).expect(200)["status"] == "open"


def test_lists_are_newest_first_filtered_by_state_and_paged_by_offset(world, agent):
    numbers = []
    for title in ("one", "two", "three"):
        numbers.insert(0, opened(agent, title=title)["id"])
        world.advance("PT1M")
    agent.patch(f"{BASE}/{numbers[0]}", {"status": "closed"}).expect(200)
    assert [item["id"] for item in agent.get(BASE).items] == numbers
    for spelled in ({"Field": "Status", "Value": "Open", "Operator": "equals"},
                    {"value": "open", "field": "Status", "fieldType": "String", "operator": "Equals"}):
        found = agent.get(f"{BASE}?filter={quote(json.dumps(spelled))}").items
        assert [item["id"] for item in found] == numbers[1:]
    assert [item["id"] for item in agent.get(f"{BASE}?status=closed").items] == numbers[:1]
    page = agent.get(f"{BASE}?size=2&offset=0").expect(200)
    assert [item["id"] for item in page["items"]] == numbers[:2]
    following = agent.get("/v1/" + page["links"]["next"]["uri"]).expect(200)
    assert [item["id"] for item in following["items"]] == numbers[2:] and "next" not in following["links"]


def test_a_request_in_a_customers_matter_is_found_there_and_among_the_partners_own(world):
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer)
    agent = partner.act("adminAgent")
    request = opened(agent, organization={"id": customer.id})
    base = f"/v1/customers/{customer.id}/servicerequests"
    assert [item["id"] for item in agent.get(base).items] == [request["id"]]
    assert agent.get(f"{base}/{request['id']}").expect(200) == request
    assert agent.patch(f"{base}/{request['id']}", {"newNote": {"text": "n"}}).expect(200)["notes"][0]["text"] == "n"
    assert request["id"] in [item["id"] for item in agent.get(BASE).items]
    own = opened(agent)
    agent.get(f"{base}/{own['id']}").expect(404, "NOT_FOUND")


def test_whoever_has_nothing_to_do_with_it_finds_nothing(world, agent):
    request, stranger = opened(agent), world.partner().act("adminAgent")
    stranger.get(f"{BASE}/{request['id']}").expect(404, "NOT_FOUND")
    stranger.patch(f"{BASE}/{request['id']}", {"status": "closed"}).expect(404, "NOT_FOUND")
    assert stranger.get(BASE).items == []
    customer = world.customer()
    stranger.post(f"{BASE}/en-US", {**DRAFT, "organization": {"id": customer.id}}).expect(403)
    stranger.get(f"/v1/customers/{customer.id}/servicerequests").expect(403)


def test_S_02_who_is_no_longer_tied_to_the_customer_reads_and_writes_nothing_of_its_matter(world):
    partner, other, customer = world.partner(), world.partner(), world.customer()
    for each in (partner, other):
        world.relationship(each, customer)
    agent, admin = partner.act("adminAgent"), customer.act("globalAdmin")
    request, own = opened(agent, organization={"id": customer.id}), opened(agent)
    path, base = f"{BASE}/{request['id']}", f"/v1/customers/{customer.id}"
    other.act("adminAgent").get(f"{base}/servicerequests/{request['id']}").expect(404, "NOT_FOUND")
    for way in admin.get(f"/multichannel/v1/customers/{customer.id}/access").expect(200)["items"]:
        if way["partner"]["id"] == partner.id and way["state"] == "active":
            admin.delete(f"/multichannel/v1/customers/{customer.id}/access/{way['id']}").expect(204)
    agent.get(f"{base}/servicerequests").expect(403, "NO_RELATIONSHIP")
    agent.get(path).expect(404, "NOT_FOUND")
    agent.patch(path, {"newNote": {"text": "still here"}}).expect(404, "NOT_FOUND")
    assert [item["id"] for item in agent.get(BASE).items] == [own["id"]]


def test_sales_agents_look_and_do_not_ask(world):
    partner = world.partner()
    request, sales = opened(partner.act("adminAgent")), partner.act("salesAgent")
    sales.get(f"{BASE}/{request['id']}").expect(200)
    sales.post(f"{BASE}/en-US", DRAFT).expect(403)
    sales.patch(f"{BASE}/{request['id']}", {"status": "closed"}).expect(403)


def test_topics_have_names_in_both_languages_and_others_are_refused(agent):
    english, japanese = (agent.speaking(language).get(f"{BASE}/supporttopics").items for language in ("en-US", "ja-JP"))
    assert [topic["id"] for topic in english] == [topic["id"] for topic in japanese]
    assert all(one["name"] != other["name"] for one, other in zip(english, japanese))
    assert agent.post(f"{BASE}/en-US", {**DRAFT, "supportTopicId": "1"}).names("supportTopicId")
    for broken in ({"severity": "urgent"}, {"title": ""}, {"severity": "unknown"}):
        agent.post(f"{BASE}/en-US", {**DRAFT, **broken}).expect(400)
    agent.get(f"{BASE}/no-number").expect(404, "NOT_FOUND")
    request = opened(agent)
    answer = agent.patch(f"{BASE}/{request['id']}", {"status": "attention_needed"})
    answer.expect(400)
    assert answer.names("status")


def test_every_change_is_on_record(world):
    partner = world.partner()
    agent = partner.act("adminAgent")
    path = f"{BASE}/{opened(agent)['id']}"
    for body in ({"newNote": {"text": "n"}}, {"status": "closed"}, {"status": "open"}, {"status": "open"}):
        agent.patch(path, body).expect(200)
    events = [item["event"] for item in agent.get("/v1/auditrecords").items if item["event"].startswith("serviceR")]
    assert events == [
        "serviceRequestReopened", "serviceRequestClosed", "serviceRequestChanged", "serviceRequestOpened"
    ]
