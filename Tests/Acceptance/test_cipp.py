"""What the open-source portal CIPP sends: Graph's delegated administration and Partner Center, in its own spelling.

PowerShell writes pretty-printed JSON with line ends, sends only Authorization, a content type and its own agent, and
reads members in any case. Nothing here sends a header of ours or of the SDKs.
"""

import http.client
import json
import time
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest

from delegating import EXCHANGE, GLOBAL_READER, HELPDESK, HELPERS, MAILERS, OURS, details, group
from receiver import Receiver
from wire import Answer
from world import instant

VERSIONS = ["v1.0", "beta"]
ROLES = [HELPDESK, EXCHANGE, GLOBAL_READER]


class PowerShell:
    """Invoke-RestMethod: what it adds to a request, and what it does not."""

    def __init__(self, program, token):
        self.program, self.token = program, token
        parts = urlsplit(program.url)
        self.host, self.port = parts.hostname, parts.port

    def send(self, method, path, body=None, **headers):
        sent = {"Authorization": f"Bearer {self.token}", "User-Agent": "Mozilla/5.0 (Windows NT 10.0) PowerShell/7.4.6"}
        if method != "GET" and method != "HEAD":
            sent["Content-Type"] = "application/json; charset=utf-8"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        if isinstance(body, (dict, list)):
            body = json.dumps(body, indent=2).replace("\n", "\r\n")
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, quote(path, safe="/?&=%$'(),:;@!~*+-._{}\""), body and body.encode(), sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(), f"{method} {path}")
        finally:
            connection.close()

    def graph(self, method, path, body=None, **headers):
        answer = self.send(method, path, body, **headers)
        assert answer.status < 300, f"{answer.asked} answered {answer.status}: {answer.text[:800]}"
        return answer.json if answer.body else None

    def all(self, path):
        """Follows @odata.nextLink as it is, as New-GraphGetRequest does."""
        found = []
        while path:
            page = self.graph("GET", path)
            found += page["value"]
            link = page.get("@odata.nextLink")
            path = link and f"{urlsplit(link).path}?{urlsplit(link).query}"
        return found


@pytest.fixture
def scene(world):
    """A partner whose administrator agent's token CIPP holds, and a customer who knows nothing of CIPP."""
    partner, customer = world.partner(), world.customer()
    return partner, customer, PowerShell(world.program, partner.tokens["adminAgent"])


def approved(customer, relationship):
    """The customer follows the link in its own browser and agrees."""
    admin = customer.act("globalAdmin")
    shown = admin.get(f"{OURS}/{relationship['id']}").expect(200)
    admin.post(f"{OURS}/{relationship['id']}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)


def invited(cipp, version, name, tag=True):
    """The invitation wizard: a relationship for nobody in particular, asked again until it is there, then locked."""
    base = f"/{version}/tenantRelationships/delegatedAdminRelationships"
    made = cipp.graph("POST", base, {
        "displayName": name, "accessDetails": {"unifiedRoles": [{"roleDefinitionId": role} for role in ROLES]},
        "autoExtendDuration": "P180D", "duration": "P730D",
    })
    for _ in range(6):
        seen = cipp.graph("GET", f"{base}/{made['id']}")
        if seen["status"] == "created":
            break
        time.sleep(0.2)
    locking = {"If_Match": seen["@odata.etag"]} if tag else {}
    asked = cipp.graph("POST", f"{base}/{made['id']}/requests", {"action": "lockForApproval"}, **locking)
    assert asked["action"] == "lockForApproval" and asked["status"] in ("created", "pending", "succeeded")
    return base, made


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("tag", [True, False])
def test_a_tenant_is_brought_in_worked_for_and_given_back(world, scene, version, tag):
    partner, customer, cipp = scene
    base, made = invited(cipp, version, "CIPP_6a2d1f0c-3b44-4b7f-9e11-1d7cfb1d0b5a", tag)
    approved(customer, made)
    # The job that waits for approvals: active ones in one page, then those whose name it gave.
    active = cipp.all(f"{base}?$filter=status eq 'active'&$top=300")
    mine = next(each for each in active if each["id"] == made["id"])
    assert mine["customer"] == {"tenantId": customer.id, "displayName": customer.name}
    assert mine["autoExtendDuration"] == "P180D" and mine["displayName"].startswith("CIPP_")
    assert instant(mine["endDateTime"]) - instant(mine["activatedDateTime"]) == timedelta(days=730)

    one = f"{base}/{made['id']}"
    for container, role in ((HELPERS, HELPDESK), (MAILERS, EXCHANGE)):
        mapping = {"accessContainer": group(container), "accessDetails": details(role)}
        assert cipp.graph("POST", f"{one}/accessAssignments", mapping)["accessContainer"] == group(container)
    again = cipp.send("POST", f"{one}/accessAssignments", {"accessContainer": group(HELPERS), "accessDetails": details(HELPDESK)})
    assert again.status == 409 and again.json["error"]["message"], "mapped already: CIPP reads the message"

    listed = cipp.all(f"{one}/accessAssignments?$filter=(status eq 'active')")
    assert {each["accessContainer"]["accessContainerId"] for each in listed} == {HELPERS, MAILERS}
    helpers = next(each for each in listed if each["accessContainer"] == group(HELPERS))
    path = f"{one}/accessAssignments/{helpers['id']}"
    change = {"accessDetails": details(HELPDESK, GLOBAL_READER)}
    assert cipp.send("PATCH", path, change, If_Match=helpers["@odata.etag"]).status == 202
    changed = cipp.graph("GET", path)
    assert changed["accessDetails"] == change["accessDetails"] and changed["@odata.etag"] != helpers["@odata.etag"]
    stale = cipp.send("DELETE", path, If_Match=helpers["@odata.etag"])
    assert stale.status == 412 and cipp.graph("GET", path)["status"] == "active"
    assert cipp.send("DELETE", path, If_Match=changed["@odata.etag"]).status == 204

    # Offboarding: every active relationship with the tenant, written with AND as CIPP writes it.
    theirs = cipp.all(f"{base}?$filter=(status eq 'active') AND (customer/tenantId eq '{customer.id}')")
    assert [each["id"] for each in theirs] == [made["id"]]
    for each in theirs:
        answer = cipp.send("POST", f"{base}/{each['id']}/requests", '{"action":"terminate"}', Content_Type="application/json")
        assert answer.status == 201
    assert cipp.graph("GET", one)["status"] in ("terminationRequested", "terminating", "terminated")
    assert cipp.all(f"{base}?$filter=(status eq 'active') AND (customer/tenantId eq '{customer.id}')") == []
    rows = customer.act("globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access").expect(200)["items"]
    assert rows == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_draft_is_deleted_by_its_tag_and_what_was_approved_is_not(scene, version):
    _, customer, cipp = scene
    base = f"/{version}/tenantRelationships/delegatedAdminRelationships"
    body = {
        "displayName": "CIPP_draft", "duration": "P30D", "accessDetails": details(HELPDESK), "autoExtendDuration": "PT0S",
        "customer": {"tenantId": customer.id, "displayName": customer.name},
    }
    made = cipp.graph("POST", base, body)
    assert cipp.send("DELETE", f"{base}/{made['id']}").status == 428
    assert cipp.send("DELETE", f"{base}/{made['id']}", If_Match=made["@odata.etag"]).status == 204
    assert cipp.send("GET", f"{base}/{made['id']}").status == 404
    _, sent = invited(cipp, version, "CIPP_sent")
    tag = cipp.graph("GET", f"{base}/{sent['id']}")["@odata.etag"]
    assert cipp.send("DELETE", f"{base}/{sent['id']}", If_Match=tag).status == 204
    customer.act("globalAdmin").get(f"{OURS}/{sent['id']}").expect(404)
    _, active = invited(cipp, version, "CIPP_active")
    approved(customer, active)
    tag = cipp.graph("GET", f"{base}/{active['id']}")["@odata.etag"]
    assert cipp.send("DELETE", f"{base}/{active['id']}", If_Match=tag).status == 409


@pytest.mark.parametrize("version", VERSIONS)
def test_lists_are_walked_by_their_links_whatever_the_page(scene, version):
    _, _, cipp = scene
    base, _ = invited(cipp, version, "CIPP_0")
    for number in range(1, 7):
        invited(cipp, version, f"CIPP_{number}")
    everything = cipp.all(base)
    assert len(everything) == 7
    for query in ("$top=1", "$top=3&$orderby=createdDateTime desc", "$top=2&$count=true", "$top=300"):
        found = cipp.all(f"{base}?{query}")
        assert sorted(each["id"] for each in found) == sorted(each["id"] for each in everything), query
    waiting = cipp.all(f"{base}?$filter=status eq 'approvalPending' and startsWith(displayName,'CIPP_')&$top=300")
    assert len(waiting) == 7
    some = cipp.all(f"{base}?$select=id,displayName,status&$top=2")
    assert all({"id", "displayName", "status"} == {key for key in each if not key.startswith("@")} for each in some)


def test_what_graph_documents_of_a_relationships_life_is_told(world, scene):
    """Requests, operations and customers, as the reference of Graph names them."""
    _, customer, cipp = scene
    base, made = invited(cipp, "v1.0", "Documented")
    approved(customer, made)
    one = f"{base}/{made['id']}"
    relationship = cipp.graph("GET", one)
    assert set(relationship) >= {
        "id", "displayName", "duration", "customer", "accessDetails", "status", "autoExtendDuration", "createdDateTime",
        "lastModifiedDateTime", "activatedDateTime", "endDateTime", "@odata.etag", "@odata.context",
    }
    requests = cipp.graph("GET", f"{one}/requests")["value"]
    assert [each["action"] for each in requests] == ["lockForApproval", "approve"]
    for each in requests:
        shown = cipp.graph("GET", f"{one}/requests/{each['id']}")
        assert shown["id"] == each["id"] and shown["status"] == "succeeded" and shown["createdDateTime"]
    answer = cipp.send("PATCH", one, {"autoExtendDuration": "PT0S"}, If_Match=relationship["@odata.etag"])
    assert answer.status == 202 and int(answer.headers["Retry-After"]) > 0
    operation = cipp.graph("GET", urlsplit(answer.headers["Location"]).path)
    assert operation["operationType"] == "delegatedAdminRelationshipUpdate" and operation["status"] == "succeeded"
    assert [each["id"] for each in cipp.graph("GET", f"{one}/operations")["value"]] == [operation["id"]]
    customers = cipp.graph("GET", "/v1.0/tenantRelationships/delegatedAdminCustomers")["value"]
    assert [each["tenantId"] for each in customers] == [customer.id]
    pages = f"/v1.0/tenantRelationships/delegatedAdminCustomers/{customer.id}/serviceManagementDetails"
    assert cipp.graph("GET", pages)["value"]


def test_the_relationship_link_and_the_lists_of_relationships(scene):
    partner, _, cipp = scene
    link = cipp.graph("GET", "/v1/customers/relationshiprequests?dualRoleIndirectRelationship=false")["url"]
    assert partner.id in link
    found = cipp.graph("GET", "/v1/relationships?relationship_type=IsIndirectResellerOf")
    assert isinstance(found["items"], list)


def test_the_profile_of_the_organization_reads_with_or_without_a_mark_in_front(scene):
    partner, _, cipp = scene
    answer = cipp.send("GET", "/v1/profiles/organization", Content_Type="application/json")
    profile = json.loads(answer.text.removeprefix("\ufeff"))
    assert profile["companyName"] == partner.name


def test_a_relationship_is_removed_with_one_member_and_nothing_else(world, scene):
    partner, customer, cipp = scene
    world.relationship(partner, customer)
    assert cipp.send("PATCH", f"/v1/customers/{customer.id}", '{ "relationshipToPartner": "none" }').status == 200
    assert cipp.send("GET", f"/v1/customers/{customer.id}").status == 403
    assert customer.id not in cipp.send("GET", "/v1/customers?size=500").text


def test_a_customer_is_created_from_a_body_in_pascal_case(scene):
    _, _, cipp = scene
    made = cipp.graph("POST", "/v1/customers", {
        "enableGDAPByDefault": False, "Id": None, "CommerceId": None,
        "CompanyProfile": {"TenantId": None, "Domain": "pascal-case-cipp.example", "CompanyName": "Contoso", "Attributes": None},
        "BillingProfile": {
            "FirstName": "Nora", "LastName": "Velt", "Email": "nora@pascal-case-cipp.example", "Culture": "EN-US",
            "Language": "En", "CompanyName": "Contoso",
            "DefaultAddress": {"Country": "US", "Region": None, "City": "Redmond", "State": "WA", "AddressLine1": "1 Way",
                               "AddressLine2": None, "PostalCode": "98052", "PhoneNumber": None},
        },
        "RelationshipToPartner": "none", "AllowDelegatedAccess": None, "AssociatedPartnerId": None,
    })
    assert made["companyProfile"]["domain"] == "pascal-case-cipp.example"


def test_webhooks_are_registered_tested_and_lead_to_what_happened(world, scene):
    partner, customer, cipp = scene
    receiver = Receiver()
    registration = "/webhooks/v1/registration"
    assert cipp.send("GET", registration).status == 404, "caught by CIPP"
    events = cipp.graph("GET", f"{registration}/events")
    wanted = ["test-created", "granular-admin-relationship-approved"]
    assert set(wanted) <= set(events)
    made = cipp.graph("POST", registration, {"WebhookUrl": receiver.url, "WebhookEvents": wanted})
    assert made["SubscriberId"]
    changed = cipp.graph("PUT", registration, {"WebhookUrl": receiver.url, "WebhookEvents": wanted})
    assert {key.lower() for key in changed} >= {"webhookurl", "subscriberid", "lastmodifiedtimestamp"}
    test = cipp.graph("POST", f"{registration}/validationEvents")
    receiver.wait_for(1)
    world.advance("PT1S")
    result = cipp.graph("GET", f"{registration}/validationEvents/{test['correlationId']}")
    assert result["status"] == "completed"
    _, relationship = invited(cipp, "beta", "CIPP_webhook")
    approved(customer, relationship)
    post = next(each for each in receiver.wait_for(2) if each.json["EventName"] != "test-created")
    assert post.json["EventName"] == "granular-admin-relationship-approved"
    audit = urlsplit(post.json["AuditUri"])
    record = cipp.graph("GET", audit.path)
    assert isinstance(record["resourceNewValue"], str) and isinstance(json.loads(record["resourceNewValue"]), dict)
    receiver.close()


@pytest.mark.parametrize("method, path, body", [
    ("POST", "/v1/customers/{}/applicationconsents", {"ApplicationId": "x", "ApplicationGrants": []}),
    ("DELETE", "/v1/customers/{}/applicationconsents/x", None), ("POST", "/v1/validations/address", {"Country": "US"}),
    ("GET", "/v1/customers/{}/subscriptions/x/azureEntitlements", None), ("GET", "/v1/customers/{}/DeviceBatches", None),
    ("GET", "/accountenrollments/v1/accountexternalresourcekeys?accountIds={}&keyType=mpnId", None),
    ("GET", "/v1/customers/{}/subscriptions/usagerecords", None),
])
def test_calls_that_are_not_served_yet_are_answered_in_a_shape_it_can_read(world, scene, method, path, body):
    partner, customer, cipp = scene
    world.relationship(partner, customer)
    answer = cipp.send(method, path.format(customer.id), body)
    if answer.status < 300:
        return  # Served by now.
    assert answer.status in (400, 403, 404) and answer.json["description"] and "code" in answer.json
