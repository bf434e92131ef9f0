"""Partner Center's users: the directory of a customer's tenant, its roles, and who has which licence."""

import json
import uuid
from urllib.parse import quote

import pytest

from delegating import GLOBAL_ADMIN, HELPERS, HELPDESK, Delegating
from world import ADMINISTRATION, World

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
E1 = "18181a46-0d4e-45cd-891e-60aabd171b4e"
TEAMS = "57ff2da0-773e-42df-b2af-ffb7a2317929"
LEGACY_E1 = "91FD106F-4B2C-4938-95AC-F54F74E9A239"
# The members of resources.json, and what may be left out.
USER = {
    "id", "userPrincipalName", "firstName", "lastName", "displayName", "passwordProfile", "lastDirectorySyncTime",
    "userDomainType", "state", "softDeletionTime", "usageLocation", "immutableId", "phoneNumber", "links", "attributes",
}
SKU = {
    "availableUnits", "activeUnits", "consumedUnits", "suspendedUnits", "totalUnits", "warningUnits", "productSku",
    "servicePlans", "capabilityStatus", "attributes",
}
PLAN = {"displayName", "serviceName", "id", "capabilityStatus", "targetType"}
PRODUCT = {"id", "name", "skuPartNumber", "targetType", "licenseGroupId"}


class Tenant:
    def __init__(self, world):
        self.world, self.partner, self.customer = world, world.partner(), world.customer()
        world.relationship(self.partner, self.customer, scope=ADMINISTRATION)
        self.agent = self.partner.act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"

    def body(self, name=None, **more):
        name = name or f"ida.{uuid.uuid4().hex[:8]}"
        return {
            "usageLocation": "US", "userPrincipalName": f"{name}@{self.customer.domain}", "firstName": "Ida",
            "lastName": "Moor", "displayName": "Ida Moor",
            "passwordProfile": {"password": "First-Login-1", "forceChangePassword": True},
            "attributes": {"objectType": "CustomerUser"}, **more,
        }

    def user(self, name=None, **more):
        return self.agent.post(f"{self.base}/users", self.body(name, **more)).expect(201)

    def users(self, query=""):
        return self.agent.get(f"{self.base}/users{query}").expect(200)

    def skus(self):
        return {item["productSku"]["id"]: item for item in self.agent.get(f"{self.base}/subscribedskus").expect(200)["items"]}

    def update(self, user, assign=(), remove=(), **more):
        body = {
            "LicensesToAssign": [{"SkuId": sku, "ExcludedPlans": None, **more} for sku in assign] or None,
            "LicensesToRemove": list(remove) or None, "LicenseWarnings": None,
            "Attributes": {"ObjectType": "LicenseUpdate"},
        }
        return self.agent.post(f"{self.base}/users/{user['id']}/licenseupdates", body)


@pytest.fixture(scope="module")
def tenant(program):
    return Tenant(World(program))


def inactive():
    return "?size=0&filter=" + quote(json.dumps({"Field": "UserState", "Value": "Inactive", "Operator": "equals"}))


def test_a_user_is_made_as_the_sample_says(tenant):
    made = tenant.user("ida.sample")
    assert set(made) <= USER and None not in made.values()
    assert made["state"] == "active" and made["userDomainType"] == "managed"
    assert made["passwordProfile"] == {"password": "First-Login-1", "forceChangePassword": True}
    assert made["attributes"] == {"objectType": "CustomerUser"} and "softDeletionTime" not in made
    read = tenant.agent.get(f"{tenant.base}/users/{made['id']}").expect(200)
    assert "passwordProfile" not in read, "a password is said once, to whoever set it"
    assert {**read, "passwordProfile": made["passwordProfile"]} == made
    assert read["links"]["self"]["uri"] == f"/customers/{tenant.customer.id}/users/{made['id']}"


def test_a_name_is_had_once_and_has_to_be_one(tenant):
    tenant.user("once")
    answer = tenant.agent.post(f"{tenant.base}/users", tenant.body("ONCE"))
    assert answer.expect(409, "USER_NAME_TAKEN")["data"] == ["userPrincipalName"]
    for name in ("nobody", "a b@c.example", "@c.example"):
        answer = tenant.agent.post(f"{tenant.base}/users", {**tenant.body(), "userPrincipalName": name})
        answer.expect(400, "INVALID_INPUT")
        assert answer.names("userPrincipalName")
    body = tenant.body()
    del body["passwordProfile"]
    answer = tenant.agent.post(f"{tenant.base}/users", body)
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("passwordProfile")


def test_a_user_is_changed_as_the_sdks_send_it(tenant):
    made = tenant.user()
    path = f"{tenant.base}/users/{made['id']}"
    body = {"DisplayName": "Ida M.", "FirstName": None, "State": "active", "PasswordProfile": None, "Attributes": {"Etag": None}}
    changed = tenant.agent.patch(path, body).expect(200)
    assert changed["displayName"] == "Ida M." and changed["firstName"] == "Ida"
    assert tenant.agent.get(path).expect(200) == changed
    tenant.agent.patch(f"{tenant.base}/users/{uuid.uuid4()}", body).expect(404, "NOT_FOUND")


def test_a_deleted_user_comes_back_within_the_days_that_policy_keeps_it(program):
    tenant = Tenant(World(program))
    made = tenant.user("back")
    path = f"{tenant.base}/users/{made['id']}"
    assert tenant.agent.delete(path).status == 204
    assert made["id"] not in [item["id"] for item in tenant.users()["items"]]
    [gone] = tenant.users(inactive())["items"]
    assert gone["id"] == made["id"] and gone["state"] == "inactive" and gone["softDeletionTime"].endswith("Z")
    assert tenant.agent.patch(path, {"displayName": "Ghost"}).expect(404)["code"] == 60002
    tenant.agent.delete(path).expect(404)
    back = tenant.agent.patch(path, {"state": 0, "attributes": {"objectType": "CustomerUser"}}).expect(200)
    assert back["state"] == "active" and "softDeletionTime" not in back
    assert tenant.users(inactive())["items"] == []
    tenant.agent.delete(path)
    tenant.user("back")
    tenant.agent.patch(path, {"State": "Active"}).expect(409, "USER_NAME_TAKEN")


def test_users_are_walked_as_the_sdks_walk_them(program):
    tenant = Tenant(World(program))
    names = sorted(tenant.user(f"walk{n}")["userPrincipalName"] for n in range(5))
    seen, page = [], tenant.users("?size=2")
    while True:
        seen += [item["userPrincipalName"] for item in page["items"]]
        if "next" not in page["links"]:
            break
        headers = {item["key"]: item["value"] for item in page["links"]["next"]["headers"]}
        assert headers["MS-ContinuationToken"] == page["continuationToken"]
        page = tenant.agent.get("/v1" + page["links"]["next"]["uri"], headers=headers).expect(200)
    assert seen == names
    sorted_down = tenant.users("?size=0&sortField=UserPrincipalName&sortDirection=Descending")["items"]
    assert [item["userPrincipalName"] for item in sorted_down] == names[::-1]
    wrong = quote(json.dumps({"Field": "Shoe", "Value": "42", "Operator": "equals"}))
    tenant.agent.get(f"{tenant.base}/users?filter={wrong}").expect(400, "INVALID_INPUT")
    tenant.agent.get(f"{tenant.base}/users", headers={"MS-ContinuationToken": "zzzz"}).expect(400)


def test_the_directory_of_a_created_customer_begins_with_its_administrator(world):
    partner = world.partner()
    agent = partner.act("adminAgent")
    domain = f"new-{uuid.uuid4().hex[:8]}.example"
    made = agent.post("/v1/customers", {
        "companyProfile": {"domain": domain}, "billingProfile": {"companyName": "New", "defaultAddress": {"country": "US"}},
    }).expect(201)
    if made["allowDelegatedAccess"]:
        [admin] = agent.get(f"/v1/customers/{made['id']}/users").expect(200)["items"]
        assert admin["userPrincipalName"] == f"admin@{domain}"
        roles = agent.get(f"/v1/customers/{made['id']}/users/{admin['id']}/directoryroles").expect(200)["items"]
        assert [role["id"] for role in roles] == [GLOBAL_ADMIN]


def test_roles_are_given_and_taken(tenant):
    made = tenant.user()
    roles = tenant.agent.get(f"{tenant.base}/directoryroles").expect(200)["items"]
    helpdesk = next(role for role in roles if role["id"] == HELPDESK)
    assert helpdesk == {"name": "Helpdesk Administrator", "id": HELPDESK, "attributes": {"objectType": "DirectoryRole"}}
    members = f"{tenant.base}/directoryroles/{HELPDESK}/usermembers"
    body = {"Id": made["id"], "DisplayName": "Ida", "UserPrincipalName": made["userPrincipalName"], "Attributes": {"ObjectType": "UserMember"}}
    added = tenant.agent.post(members, body).expect(201)
    assert added == {
        "roleId": HELPDESK, "id": made["id"], "displayName": made["displayName"],
        "userPrincipalName": made["userPrincipalName"], "attributes": {"objectType": "UserMember"},
    }
    tenant.agent.post(members, body).expect(201)
    [member] = tenant.agent.get(members).expect(200)["items"]
    assert member["id"] == made["id"] and member["attributes"] == {"objectType": "UserMember"}
    assert tenant.agent.get(f"{tenant.base}/users/{made['id']}/directoryroles").expect(200)["items"] == [helpdesk]
    assert tenant.agent.delete(f"{members}/{made['id']}").status == 204
    tenant.agent.delete(f"{members}/{made['id']}").expect(404)
    assert tenant.agent.get(members).expect(200)["items"] == []
    tenant.agent.get(f"{tenant.base}/directoryroles/{uuid.uuid4()}/usermembers").expect(404, "NOT_FOUND")
    tenant.agent.post(members, {"id": str(uuid.uuid4())}).expect(404)


def test_licences_count_against_the_seats_that_were_bought(program):
    tenant = Tenant(World(program))
    tenant.world.order(tenant.partner, tenant.customer, quantity=2)
    tenant.world.order(tenant.partner, tenant.customer, offer=LEGACY_E1, quantity=5)
    sku = tenant.skus()[E3]
    assert set(sku) == SKU and set(sku["productSku"]) == PRODUCT and all(set(plan) == PLAN for plan in sku["servicePlans"])
    assert sku["productSku"]["skuPartNumber"] == "ENTERPRISEPACK" and sku["capabilityStatus"] == "Enabled"
    assert (sku["activeUnits"], sku["consumedUnits"], sku["availableUnits"], sku["totalUnits"]) == (2, 0, 2, 2)
    assert (sku["suspendedUnits"], sku["warningUnits"]) == (0, 0)
    one, two, three = (tenant.user() for _ in range(3))
    done = tenant.update(one, [E3], excludedPlans=[TEAMS]).expect(201)
    assert done["licenseWarnings"] == [] and done["attributes"] == {"objectType": "LicenseUpdate"}
    tenant.update(two, [E3.upper()]).expect(201)
    refused = tenant.update(three, [E3])
    assert refused.expect(400, "NO_LICENSE_LEFT")["code"] == 60012
    assert refused.json["data"] == [f"quota exceeded for SKU {E3}"]
    assert tenant.skus()[E3]["consumedUnits"] == 2 and tenant.skus()[E3]["availableUnits"] == 0
    [license] = tenant.agent.get(f"{tenant.base}/users/{one['id']}/licenses").expect(200)["items"]
    assert set(license) == {"servicePlans", "productSku", "attributes"}
    states = {plan["id"]: plan["capabilityStatus"] for plan in license["servicePlans"]}
    assert states.pop(TEAMS) == "Disabled" and set(states.values()) == {"Success"}
    # A unit that is taken in the same call can be given, and a deleted user's is free.
    tenant.update(two, [E3]).expect(201)
    warned = tenant.update(two, [E1]).expect(201)["licenseWarnings"]
    assert warned and set(warned[0]) == {"code", "message", "servicePlans"} and "⟦" not in warned[0]["message"]
    tenant.agent.delete(f"{tenant.base}/users/{one['id']}")
    tenant.update(three, [E3]).expect(201)
    tenant.update(three, remove=[E3]).expect(201)
    assert tenant.skus()[E3]["consumedUnits"] == 1


def test_what_cannot_be_licensed_is_refused(tenant):
    made = tenant.user()
    tenant.update(made, [str(uuid.uuid4())]).expect(400, "INVALID_INPUT")
    tenant.update(made, remove=[E3]).expect(400, "INVALID_INPUT")
    tenant.update(made).expect(400, "INVALID_INPUT")
    tenant.world.order(tenant.partner, tenant.customer, quantity=1)
    answer = tenant.update(made, [E3], ExcludedPlans=[str(uuid.uuid4())])
    answer.expect(400, "INVALID_INPUT")
    nowhere = tenant.user(usageLocation=None)
    answer = tenant.update(nowhere, [E3])
    answer.expect(400, "INVALID_INPUT")
    assert answer.names("usageLocation")
    groups = "?licenseGroupIds=Group1&licenseGroupIds=Group2"
    assert len(tenant.agent.get(f"{tenant.base}/subscribedskus{groups}").expect(200)["items"]) == 1
    assert tenant.agent.get(f"{tenant.base}/subscribedskus?licenseGroupIds=group2").expect(200)["items"] == []
    tenant.agent.get(f"{tenant.base}/subscribedskus?licenseGroupIds=Group3").expect(400, "INVALID_INPUT")


def test_selling_alone_says_nothing_about_people(tenant):
    stranger, seller = tenant.world.partner().act("adminAgent"), tenant.partner.act("salesAgent")
    for path in ("/users", "/directoryroles", "/subscribedskus", f"/users/{uuid.uuid4()}"):
        for client in (stranger, seller):
            answer = client.get(tenant.base + path)
            assert answer.status == 403, answer.text


def test_a_helpdesk_sets_passwords_and_nothing_else(world):
    pair = Delegating(world)
    relationship = pair.active(HELPDESK)
    boss = pair.partner.act("globalAdmin")
    boss.put(f"/multichannel/v1/groups/{HELPERS}", {"name": "Helpers"}).expect(200)
    boss.put(f"/multichannel/v1/groups/{HELPERS}/members/{pair.partner.people['adminAgent']}").expect(200)
    pair.assign(relationship, HELPERS, HELPDESK).expect(201)
    base = f"/v1/customers/{pair.customer.id}"
    body = {
        "userPrincipalName": f"ida@{pair.customer.domain}", "displayName": "Ida", "usageLocation": "US",
        "passwordProfile": {"password": "First-Login-1"},
    }
    made = pair.admin.post(f"{base}/users", body).expect(201)
    path = f"{base}/users/{made['id']}"
    assert pair.agent.get(path).expect(200)["id"] == made["id"]
    pair.agent.patch(path, {"passwordProfile": {"password": "Next-Login-2"}}).expect(200)
    pair.agent.patch(path, {"displayName": "X", "passwordProfile": {"password": "Next-Login-3"}}).expect(403)
    pair.agent.post(f"{base}/users", {**body, "userPrincipalName": "b@c.example"}).expect(403)
    pair.agent.delete(path).expect(403)
    pair.agent.post(f"{path}/licenseupdates", {"licensesToAssign": [{"skuId": E3}]}).expect(403)
    pair.agent.post(f"{base}/directoryroles/{GLOBAL_ADMIN}/usermembers", {"id": made["id"]}).expect(403)


def test_what_happened_to_users_is_in_the_audit_log(tenant):
    made = tenant.user()
    tenant.agent.patch(f"{tenant.base}/users/{made['id']}", {"passwordProfile": {"password": "Next-Login-2"}}).expect(200)
    records = tenant.agent.get("/v1/auditrecords?size=500")
    text = records.text
    assert made["userPrincipalName"] in text and "userPasswordReset" in text
    assert "Next-Login-2" not in text and "First-Login-1" not in text
