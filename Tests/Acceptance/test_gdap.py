"""Granular delegated admin privileges: Graph's wire, the customer's decision, time, and what an end takes away."""

from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest

from delegating import (
    EXCHANGE, GLOBAL_ADMIN, GLOBAL_READER, GRAPH, HELPDESK, HELPERS, MAILERS, OURS, RELATIONSHIPS, USERS, Delegating,
    details, fault, group,
)
from moving import Cast
from world import instant


@pytest.fixture
def both(world):
    return Delegating(world)


def test_a_tool_creates_locks_assigns_lists_and_ends_a_relationship(both):
    made = both.draft(autoExtendDuration="P180D")
    assert made["status"] == "created" and made["@odata.type"] == "#microsoft.graph.delegatedAdminRelationship"
    assert made["@odata.context"].endswith("/v1.0/$metadata#tenantRelationships/delegatedAdminRelationships/$entity")
    assert made["activatedDateTime"] is None and made["endDateTime"] is None
    assert made["id"].endswith(both.partner.id) and len(made["id"]) == 73
    one = f"{RELATIONSHIPS}/{made['id']}"

    answer = both.agent.post(f"{one}/requests", {"action": "lockForApproval"}, headers={"If-Match": made["@odata.etag"]})
    asked = answer.expect(201)
    assert asked["action"] == "lockForApproval" and answer.headers["Location"].endswith(f"/requests/{asked['id']}")
    assert both.seen(made)["status"] == "approvalPending"

    shown = both.admin.get(f"{OURS}/{made['id']}").expect(200)
    assert shown["mayDecide"] and shown["state"] == "approvalPending"
    approved = both.admin.post(f"{OURS}/{made['id']}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)
    assert approved["state"] == "active"

    query = quote("status eq 'active' and customer/tenantId eq '" + both.customer.id + "'")
    found = both.agent.get(f"{RELATIONSHIPS}?$filter={query}&$top=300").expect(200)["value"]
    assert [each["id"] for each in found] == [made["id"]]
    active = found[0]
    assert instant(active["endDateTime"]) - instant(active["activatedDateTime"]) == timedelta(days=730)

    assigned = both.assign(made, HELPERS, HELPDESK, GLOBAL_READER).expect(201)
    assert assigned["accessContainer"] == group(HELPERS)
    assert [each["status"] for each in both.assignments(made)] == ["active"]
    customers = both.agent.get(f"{GRAPH}/delegatedAdminCustomers").expect(200)["value"]
    assert [each["tenantId"] for each in customers] == [both.customer.id]

    both.ask(made, "terminate")
    assert both.seen(made)["status"] == "terminated"
    assert both.agent.get(f"{GRAPH}/delegatedAdminCustomers").expect(200)["value"] == []
    actions = [each["action"] for each in both.agent.get(f"{one}/requests").expect(200)["value"]]
    assert actions == ["lockForApproval", "approve", "terminate"]


def test_the_beta_version_answers_alike(both):
    made = both.active()
    shown = both.agent.get(f"/beta/tenantRelationships/delegatedAdminRelationships/{made['id']}").expect(200)
    assert "/beta/$metadata#" in shown["@odata.context"]
    assert {key: shown[key] for key in shown if key != "@odata.context"} == {
        key: made[key] for key in made if key != "@odata.context"
    }


@pytest.mark.parametrize("change, member, reason", [
    ({"displayName": "x" * 51}, "displayName", "DELEGATION_NAME_TOO_LONG"),
    ({"duration": "P0D"}, "duration", "DELEGATION_DURATION"),
    ({"duration": "P731D"}, "duration", "DELEGATION_DURATION"),
    ({"duration": "two years"}, "duration", "INVALID_INPUT"),
    ({"duration": None}, "duration", "INVALID_INPUT"),
    ({"displayName": ""}, "displayName", "INVALID_INPUT"),
    ({"autoExtendDuration": "P90D"}, "autoExtendDuration", "AUTO_EXTEND_DAYS"),
    ({"accessDetails": details(GLOBAL_ADMIN), "autoExtendDuration": "P180D"}, "autoExtendDuration", "AUTO_EXTEND_ROLE"),
    ({"accessDetails": {"unifiedRoles": []}}, "accessDetails.unifiedRoles", "INVALID_INPUT"),
    ({"accessDetails": details("11111111-2222-4333-8444-555555555555")},
     "accessDetails.unifiedRoles[0].roleDefinitionId", "INVALID_INPUT"),
    ({"@odata.type": "#microsoft.graph.resellerDelegatedAdminRelationship"}, "partner.tenantId", "INVALID_INPUT"),
    ({"partner": {"tenantId": "11111111-2222-4333-8444-555555555555"}}, "partner.tenantId", "INVALID_INPUT"),
])
def test_what_cannot_be_asked_for_is_refused_by_its_member(both, change, member, reason):
    error = fault(both.agent.post(RELATIONSHIPS, {**both.body(), **change}), 400, "badRequest", reason)
    assert error["target"] == member


@pytest.mark.parametrize("duration", ["P1D", "P730D", "P2Y"])
def test_the_limits_of_duration_themselves_are_allowed(both, duration):
    assert both.draft(duration=duration)["duration"] == duration


def test_a_name_is_for_one_relationship_of_the_partner(both, world):
    made = both.draft()
    fault(both.agent.post(RELATIONSHIPS, both.body(displayName=made["displayName"].upper())), 409, "conflict",
          "DELEGATION_NAME_TAKEN")
    other = Delegating(world)
    assert other.draft(displayName=made["displayName"])["displayName"] == made["displayName"]
    etag = {"If-Match": made["@odata.etag"]}
    both.agent.delete(f"{RELATIONSHIPS}/{made['id']}", headers=etag).expect(204)
    assert both.draft(displayName=made["displayName"])


def test_only_an_admin_agent_may_ask(both):
    for role in ("salesAgent", "helpdeskAgent"):
        fault(both.partner.act(role).post(RELATIONSHIPS, both.body()), 403, "forbidden", "REQUESTOR_NOT_ALLOWED")
    fault(both.admin.post(RELATIONSHIPS, both.body()), 403, "forbidden", "ACCESS_DENIED")
    fault(both.world.program.anonymous.get(RELATIONSHIPS), 401, "InvalidAuthenticationToken", "UNAUTHENTICATED")
    fault(both.partner.act("app").get(RELATIONSHIPS), 403, "forbidden")


def test_changes_need_the_etag_that_was_read(both):
    made = both.draft()
    one = f"{RELATIONSHIPS}/{made['id']}"
    fault(both.agent.patch(one, {"displayName": "New name"}), 428, "preconditionRequired", "PRECONDITION_REQUIRED")
    fault(both.agent.delete(one), 428, "preconditionRequired")
    fault(both.agent.patch(one, {"displayName": "New name"}, headers={"If-Match": 'W/"bm9uc2Vuc2U="'}), 412,
          "preconditionFailed", "ETAG_STALE")
    answer = both.agent.patch(one, {"displayName": "New name"}, headers={"If-Match": made["@odata.etag"]})
    changed = answer.expect(200)
    assert changed["displayName"] == "New name" and changed["@odata.etag"] != made["@odata.etag"]
    assert answer.headers["ETag"] == changed["@odata.etag"] and changed["duration"] == made["duration"]
    fault(both.agent.patch(one, {"duration": "P1D"}, headers={"If-Match": made["@odata.etag"]}), 412)
    both.agent.delete(one, headers={"If-Match": "*"}).expect(204)
    fault(both.agent.get(one), 404, "notFound", "NOT_FOUND")


def test_nothing_changes_after_it_was_sent(both):
    made = both.sent()
    one = f"{RELATIONSHIPS}/{made['id']}"
    fault(both.agent.patch(one, {"displayName": "Other"}, headers={"If-Match": "*"}), 409, "conflict", "DELEGATION_STATE")
    active = both.active()
    one = f"{RELATIONSHIPS}/{active['id']}"
    fault(both.agent.patch(one, {"duration": "P1D"}, headers={"If-Match": "*"}), 409, "conflict", "DELEGATION_STATE")
    fault(both.agent.delete(one, headers={"If-Match": "*"}), 409, "conflict", "DELEGATION_STATE")
    answer = both.agent.patch(one, {"autoExtendDuration": "P180D"}, headers={"If-Match": active["@odata.etag"]})
    assert answer.status == 202 and answer.headers["Retry-After"] == "10" and not answer.body
    operation = both.agent.get(urlsplit(answer.headers["Location"]).path).expect(200)
    assert operation["status"] == "succeeded" and operation["operationType"] == "delegatedAdminRelationshipUpdate"
    assert both.seen(active)["autoExtendDuration"] == "P180D"


def test_a_draft_is_the_partners_own_and_what_was_sent_is_both_sides(both, world):
    made = both.draft()
    one = f"{RELATIONSHIPS}/{made['id']}"
    fault(both.admin.get(one), 404, "notFound", "NOT_FOUND")
    both.ask(made, "lockForApproval")
    assert both.seen(made, both.admin)["status"] == "approvalPending"
    assert [each["id"] for each in both.admin.get(RELATIONSHIPS).expect(200)["value"]] == [made["id"]]
    stranger = Delegating(world)
    fault(stranger.agent.get(one), 404, "notFound")
    fault(stranger.admin.get(one), 404, "notFound")
    fault(stranger.agent.post(f"{one}/requests", {"action": "terminate"}), 404, "notFound")
    stranger.admin.get(f"{OURS}/{made['id']}").expect(403, "WRONG_TENANT")


def test_only_the_customers_global_administrator_decides_and_by_the_text_that_was_shown(both):
    made = both.sent()
    path = f"{OURS}/{made['id']}"
    japanese = both.customer.act("globalAdmin", "ja-JP").get(path).expect(200)
    english = both.admin.get(path).expect(200)
    assert japanese["termsHash"] != english["termsHash"] and "ヘルプデスク" in "".join(japanese["grants"])
    assert any("730" in line for line in english["grants"])
    for role in ("billingAdmin", "user"):
        body = {"termsHash": english["termsHash"]}
        both.customer.act(role).post(f"{path}/acceptance", body).expect(403, "GLOBAL_ADMIN_REQUIRED")
    both.admin.post(f"{path}/acceptance", {"termsHash": "0" * 64}).expect(409, "TERMS_CHANGED")
    fault(both.agent.post(f"{RELATIONSHIPS}/{made['id']}/requests", {"action": "approve"}), 403, "forbidden",
          "ACCESS_DENIED")
    assert both.seen(made)["status"] == "approvalPending"
    both.admin.post(f"{path}/acceptance", {"termsHash": japanese["termsHash"]}).expect(200)
    both.admin.post(f"{path}/acceptance", {"termsHash": japanese["termsHash"]}).expect(409, "DELEGATION_STATE")
    rows = both.admin.get(f"/multichannel/v1/customers/{both.customer.id}/access").expect(200)["items"]
    assert [row["kind"] for row in rows] == ["gdap"]
    assert rows[0]["grantedBy"]["termsHash"] == japanese["termsHash"] and rows[0]["grantedBy"]["language"] == "ja"


def test_graph_knows_approval_and_rejection_too(both):
    made = both.sent()
    both.ask(made, "approve", both.admin)
    assert both.seen(made)["status"] == "active"
    other = both.sent()
    both.ask(other, "reject", both.admin, reason="Not this year")
    assert both.seen(other)["status"] == "rejected"
    fault(both.admin.post(f"{RELATIONSHIPS}/{other['id']}/requests", {"action": "approve"}), 409, "conflict",
          "DELEGATION_STATE")
    fault(both.agent.post(f"{RELATIONSHIPS}/{other['id']}/requests", {"action": "sing"}), 400, "badRequest")


def test_whoever_has_the_link_may_approve_what_names_no_customer_and_it_is_used_once(both, world):
    made = both.draft(customer=None)
    both.ask(made, "lockForApproval")
    other = Delegating(world)
    both.ask(made, "approve", both.admin)
    assert both.seen(made)["customer"] == {"tenantId": both.customer.id, "displayName": both.customer.name}
    other.admin.get(f"{OURS}/{made['id']}").expect(403, "WRONG_TENANT")


def test_roles_are_assigned_to_groups_within_what_was_approved(both):
    made = both.sent()
    fault(both.assign(made, HELPERS, HELPDESK), 409, "conflict", "DELEGATION_STATE")
    both.ask(made, "approve", both.admin)
    one = f"{RELATIONSHIPS}/{made['id']}/accessAssignments"
    fault(both.assign(made, HELPERS, USERS), 400, "badRequest", "ROLES_NOT_APPROVED")
    fault(both.assign(made, "the helpers", HELPDESK), 400, "badRequest", "INVALID_INPUT")
    first = both.assign(made, HELPERS, HELPDESK).expect(201)
    fault(both.assign(made, HELPERS, EXCHANGE), 409, "conflict", "GROUP_ALREADY_ASSIGNED")
    both.assign(made, MAILERS, EXCHANGE).expect(201)
    assert len(both.assignments(made)) == 2

    body = {"accessDetails": details(HELPDESK, GLOBAL_READER)}
    fault(both.agent.patch(f"{one}/{first['id']}", body), 428)
    answer = both.agent.patch(f"{one}/{first['id']}", body, headers={"If-Match": first["@odata.etag"]})
    assert answer.status == 202 and answer.headers["Retry-After"] == "10"
    operation = both.agent.get(urlsplit(answer.headers["Location"]).path).expect(200)
    assert operation["operationType"] == "delegatedAdminAccessAssignmentUpdate"
    changed = both.agent.get(f"{one}/{first['id']}").expect(200)
    assert changed["accessDetails"] == body["accessDetails"]
    fault(both.agent.patch(f"{one}/{first['id']}", body, headers={"If-Match": first["@odata.etag"]}), 412)
    same = both.agent.patch(f"{one}/{first['id']}", body, headers={"If-Match": changed["@odata.etag"]})
    assert same.expect(200)["id"] == first["id"]

    both.agent.delete(f"{one}/{first['id']}", headers={"If-Match": changed["@odata.etag"]}).expect(204)
    fault(both.agent.get(f"{one}/{first['id']}"), 404, "notFound")
    assert [each["accessContainer"]["accessContainerId"] for each in both.assignments(made)] == [MAILERS]
    both.assign(made, HELPERS, GLOBAL_READER).expect(201)


def test_a_list_is_filtered_sorted_and_paged(own_world):
    both = Delegating(own_world)
    names = [both.sent()["displayName"] for _ in range(5)]
    both.draft(displayName="It's a draft")
    page = both.agent.get(f"{RELATIONSHIPS}?$top=2&$count=true&$orderby=displayName").expect(200)
    seen, pages = page["value"], 1
    assert page["@odata.count"] == 6 and len(seen) == 2
    while "@odata.nextLink" in page:
        link = urlsplit(page["@odata.nextLink"])
        page = both.agent.get(f"{link.path}?{link.query}").expect(200)
        seen, pages = seen + page["value"], pages + 1
    assert pages == 3 and [each["displayName"] for each in seen] == sorted(names + ["It's a draft"])

    def found(filter):
        answer = both.agent.get(f"{RELATIONSHIPS}?$filter={quote(filter)}").expect(200)
        return {each["displayName"] for each in answer["value"]}

    assert found("status eq 'approvalPending'") == set(names)
    assert found("not (status eq 'approvalPending')") == {"It's a draft"}
    assert found("displayName eq 'it''s a draft'") == {"It's a draft"}
    assert found("startswith(displayName,'Help') and status ne 'created'") == set(names)
    assert found("status in ('created', 'active') or displayName eq 'Helpdesk 1'") == {"It's a draft", "Helpdesk 1"}
    assert found("createdDateTime gt 2001-01-01T00:00:00Z") == set(names) | {"It's a draft"}
    assert found(f"customer/tenantId eq '{both.partner.id}'") == set()
    some = both.agent.get(f"{RELATIONSHIPS}?$select=id,status&$top=1").expect(200)["value"][0]
    assert {key for key in some if not key.startswith("@")} == {"id", "status"}
    for wrong in ("status", "status eq", "colour eq 'red'", "(status eq 'a'", "status eq 'a", "status like 'a'"):
        error = fault(both.agent.get(f"{RELATIONSHIPS}?$filter={quote(wrong)}"), 400, "badRequest")
        assert error["target"] == "$filter"


def test_a_relationship_ends_when_its_time_is_over(own_world):
    both = Delegating(own_world)
    made = both.active(duration="P30D")
    both.assign(made, HELPERS, HELPDESK).expect(201)
    own_world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    own_world.advance("P29DT23H")
    assert both.seen(made)["status"] == "active"
    kinds = {mail["kind"] for mail in own_world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]}
    assert "delegationReminder" in kinds
    own_world.advance("PT2H")
    assert both.seen(made)["status"] == "expired"
    path = f"/multichannel/v1/customers/{both.customer.id}/access"
    assert both.admin.get(path).expect(200)["items"] == []
    fault(both.assign(made, MAILERS, HELPDESK), 409, "conflict", "DELEGATION_STATE")
    own_world.advance("P365D")
    fault(both.agent.get(f"{RELATIONSHIPS}/{made['id']}"), 404, "notFound")
    again = both.draft(displayName=made["displayName"])
    assert again["status"] == "created", "a name that nobody sees any more is free"


def test_a_relationship_that_is_extended_goes_on(own_world):
    both = Delegating(own_world)
    made = both.active(duration="P30D", autoExtendDuration="P180D")
    end = instant(made["endDateTime"])
    own_world.advance("P31D")
    seen = both.seen(made)
    assert seen["status"] == "active" and instant(seen["endDateTime"]) == end + timedelta(days=180)
    one = f"{RELATIONSHIPS}/{made['id']}"
    both.agent.patch(one, {"autoExtendDuration": "PT0S"}, headers={"If-Match": "*"}).expect(202)
    own_world.advance("P180D")
    assert both.seen(made)["status"] == "expired"


def test_a_request_that_nobody_answers_is_over_after_ninety_days(own_world):
    both = Delegating(own_world)
    made = both.sent()
    own_world.advance("P89D")
    assert both.seen(made)["status"] == "approvalPending"
    own_world.advance("P1DT1H")
    assert both.seen(made)["status"] == "expired"
    fault(both.admin.post(f"{RELATIONSHIPS}/{made['id']}/requests", {"action": "approve"}), 409, "conflict")


def test_the_customer_ends_it_among_its_ways_in_and_everybody_is_told(own_world):
    both = Delegating(own_world)
    made = both.active()
    both.assign(made, HELPERS, HELPDESK).expect(201)
    own_world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    path = f"/multichannel/v1/customers/{both.customer.id}/access"
    row = both.admin.get(path).expect(200)["items"][0]
    assert row["kind"] == "gdap" and row["partner"]["id"] == both.partner.id and made["id"].startswith(row["id"])
    both.admin.delete(f"{path}/{row['id']}").expect(204)
    assert both.seen(made)["status"] == "terminated"
    both.admin.delete(f"{path}/{row['id']}").expect(409, "ACCESS_ENDED")
    mails = own_world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert [mail["kind"] for mail in mails] == ["delegationTerminated"] * len(mails) and len(mails) >= 2
    records = both.agent.get("/v1/auditrecords").expect(200)["items"]
    events = [record["event"] for record in records]
    for event in ("delegationCreated", "delegationSent", "delegationApproved", "delegationActivated",
                  "assignmentCreated", "delegationTerminated"):
        assert event in events, event


def test_who_loses_what_is_said_first_and_the_last_way_in_is_not_given_up_unasked(both, world):
    made = both.active()
    helpers = both.assign(made, HELPERS, HELPDESK, GLOBAL_READER).expect(201)
    both.assign(made, MAILERS, EXCHANGE).expect(201)
    path = f"{OURS}/{made['id']}"
    loss = both.agent.get(f"{path}/losses").expect(200)
    assert {each["group"]: each["loses"] for each in loss["groups"]} == {
        HELPERS: ["globalReader", "helpdeskAdministrator"], MAILERS: ["exchangeAdministrator"]
    }
    assert loss["isLastPath"] and not loss["isBlocked"]
    one = both.agent.get(f"{path}/losses?assignment={helpers['id']}").expect(200)
    assert [each["group"] for each in one["groups"]] == [HELPERS] and not one["isLastPath"]
    assert both.seen(made)["status"] == "active", "looking changes nothing"

    world.relationship(both.partner, both.customer, scope={"reseller": True, "delegatedAdmin": True, "days": 30})
    sold = world.subscription(both.customer, family="usage", channel="csp", seller=both.partner, name="Azure plan")
    assert sold and not both.agent.get(f"{path}/losses").expect(200)["isBlocked"], "there is another way in"
    rows = both.admin.get(f"/multichannel/v1/customers/{both.customer.id}/access").expect(200)["items"]
    dap = next(row for row in rows if row["kind"] == "dap")
    both.admin.delete(f"/multichannel/v1/customers/{both.customer.id}/access/{dap['id']}").expect(204)
    loss = both.agent.get(f"{path}/losses").expect(200)
    assert loss["isBlocked"] and loss["unattended"] == ["Azure plan"]
    requests = f"{RELATIONSHIPS}/{made['id']}/requests"
    error = fault(both.agent.post(requests, {"action": "terminate"}), 409, "conflict", "LAST_ACCESS_PATH")
    assert "Azure plan" in error["message"] and error["innerError"]["rule"] == "GD-17"
    assert both.seen(made)["status"] == "active"
    both.ask(made, "terminate", force=True)
    assert both.seen(made)["status"] == "terminated"


def test_removing_the_reseller_relationship_ends_granular_administration(both, world):
    world.relationship(both.partner, both.customer)
    made = both.active()
    both.agent.patch(f"/v1/customers/{both.customer.id}", {"relationshipToPartner": "none"}).expect(200)
    assert both.seen(made)["status"] == "terminated"


def test_a_customer_with_an_active_relationship_has_pages_to_be_looked_after(both):
    made = both.active()
    one = f"{GRAPH}/delegatedAdminCustomers/{both.customer.id}"
    assert both.agent.get(one).expect(200)["displayName"] == both.customer.name
    pages = both.agent.get(f"{one}/serviceManagementDetails").expect(200)["value"]
    assert all(page["serviceManagementUrl"].startswith(both.world.program.url) for page in pages) and pages
    both.ask(made, "terminate", both.admin)
    fault(both.agent.get(one), 404, "notFound")


def test_a_write_that_names_its_request_is_done_once(both):
    key = {"MS-RequestId": "b2f7c9d0-5f1a-4c55-9b1f-0f5c1d2e3a4b"}
    body = both.body()
    first = both.agent.post(RELATIONSHIPS, body, headers=key).expect(201)
    again = both.agent.post(RELATIONSHIPS, body, headers=key).expect(201)
    assert first["id"] == again["id"]
    fault(both.agent.post(RELATIONSHIPS, both.body(), headers=key), 409, "conflict", "REQUEST_REUSED")


def test_unknown_paths_and_methods_are_answered_in_graphs_shape(both):
    fault(both.agent.get(f"{GRAPH}/nothing"), 404, "notFound", "NO_SUCH_ROUTE")
    fault(both.agent.put(RELATIONSHIPS, {}), 405, "methodNotAllowed", "METHOD_NOT_ALLOWED")
    fault(both.agent.get(f"{RELATIONSHIPS}/not-an-id"), 404, "notFound", "NOT_FOUND")
    fault(both.agent.post(RELATIONSHIPS, "{"), 400, "badRequest", "INVALID_JSON")


def test_either_side_turns_extension_on_and_off_and_both_are_told(own_world):
    both = Delegating(own_world)
    made = both.active()
    own_world.sandbox.delete("/sandbox/v1/outbox").expect(204)
    path = f"{OURS}/{made['id']}/autoextension"
    assert both.admin.put(path, {"enabled": True}).expect(200)["autoExtendDays"] == 180
    assert both.seen(made)["autoExtendDuration"] == "P180D"
    mails = own_world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert {mail["kind"] for mail in mails} == {"delegationAutoExtend"} and len(mails) >= 2
    assert "autoExtendDays" not in both.agent.put(path, {"enabled": False}).expect(200)
    both.customer.act("billingAdmin").put(path, {"enabled": True}).expect(403, "ACCESS_DENIED")
    wide = both.active(GLOBAL_ADMIN)
    both.admin.put(f"{OURS}/{wide['id']}/autoextension", {"enabled": True}).expect(400, "AUTO_EXTEND_ROLE")


def test_what_can_be_done_follows_the_roles_in_force(both, world):
    world.relationship(both.partner, both.customer, scope={"reseller": True, "delegatedAdmin": True, "days": 30})
    rows = both.admin.get(f"/multichannel/v1/customers/{both.customer.id}/access").expect(200)["items"]
    dap = next(row for row in rows if row["kind"] == "dap")
    both.admin.delete(f"/multichannel/v1/customers/{both.customer.id}/access/{dap['id']}").expect(204)
    open_license = world.subscription(both.customer)
    agreement = world.subscription(both.customer, channel="ea")

    def manage(subscription):
        options = world.options(both.partner, both.customer, subscription)["items"]
        return next(item for item in options if item["action"] == "manage")["reason"]

    made = both.active()
    assert manage(open_license) == "PERMISSION_REQUIRED", "approval alone gives nothing"
    both.assign(made, HELPERS, HELPDESK).expect(201)
    assert manage(open_license) == "PERMISSION_GRANTED"
    assert manage(agreement) == "PERMISSION_REQUIRED", "it does not help with an Enterprise Agreement"
    both.ask(made, "terminate")
    assert manage(open_license) == "PERMISSION_REQUIRED"


def test_granular_access_of_the_former_partner_is_access_left_over(world):
    cast = Cast(world)
    usage = cast.hold("usage", name="Azure plan")
    both = Delegating(world, cast.source, cast.customer)
    made = both.active()
    both.assign(made, HELPERS, HELPDESK).expect(201)
    move = cast.agree(cast.request(usage))
    cast.play(move, until="verifyAccess")
    left = both.admin.get(f"/multichannel/v1/customers/{both.customer.id}/leftovers").expect(200)["items"]
    granular = next(item for item in left if item["kind"] == "gdap")
    assert granular["partner"]["id"] == both.partner.id and both.seen(made)["status"] == "active"
    cast.resolve(granular, decision="remove", immediate=True).expect(200)
    assert both.seen(made)["status"] == "terminated"
