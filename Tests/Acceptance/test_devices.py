"""Devices of customers: the batches they come in, what becomes of each, and the policies they are set up by."""

import uuid

import pytest

MADE = {"ModelName": "Book 3", "OemManufacturerName": "Harbor"}


class Shed:
    def __init__(self, world):
        self.world, self.partner, self.customer = world, world.partner(), world.customer()
        world.relationship(self.partner, self.customer)
        self.agent, self.stranger = self.partner.act("adminAgent"), world.partner().act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"
        self.batches, self.policies = self.base + "/deviceBatches", self.base + "/policies"

    def policy(self, **more):
        wish = {"Name": "Kiosk", "Category": "o_o_b_e", "PolicySettings": ["skip_eula"], **more}
        return self.agent.post(self.policies, wish).expect(201)

    def upload(self, batch, devices, agent=None):
        answer = (agent or self.agent).post(self.batches, {"BatchId": batch, "Devices": devices})
        return self.job(answer)

    def job(self, answer):
        assert (answer.status, answer.body) == (202, b""), answer.text
        return self.agent.get("/v1" + answer.headers["Location"]).expect(200)

    def devices(self, batch, query=""):
        return self.agent.get(f"{self.batches}/{batch}/devices{query}").expect(200)


@pytest.fixture
def shed(world):
    return Shed(world)


def serials(count, start=0):
    return [{"SerialNumber": f"S{number:05}", **MADE} for number in range(start, start + count)]


def test_a_policy_is_made_changed_and_deleted(shed):
    made = shed.policy(Description="For the hall")
    assert (made["category"], made["policySettings"], made["devicesAssignedCount"]) == ("o_o_b_e", ["skip_eula"], 0)
    path = f"{shed.policies}/{made['id']}"
    assert shed.agent.get(path).expect(200) == made
    change = {"name": "Hall", "category": 1, "policySettings": [2, "SkipExpressSettings"]}
    changed = shed.agent.put(path, change).expect(200)
    assert (changed["name"], changed["policySettings"]) == (
        "Hall", ["oobe_user_not_local_admin", "skip_express_settings"]
    )
    assert "description" not in changed and changed["createdDate"] == made["createdDate"]
    assert [one["id"] for one in shed.agent.get(shed.policies).expect(200)["items"]] == [made["id"]]
    shed.agent.call("DELETE", path).expect(204)
    shed.agent.get(path).expect(404)
    shed.agent.call("DELETE", path).expect(404)
    shed.agent.put(path, change).expect(404)


@pytest.mark.parametrize("change, field", [
    ({"Name": ""}, "name"), ({"Category": "house"}, "category"), ({"Category": 7}, "category"),
    ({"PolicySettings": ["sing"]}, "policySettings[0]"), ({"PolicySettings": [True]}, "policySettings[0]"),
])
def test_what_is_wrong_with_a_policy_is_named(shed, change, field):
    wish = {"Name": "Kiosk", "Category": "OOBE", **change}
    assert shed.agent.post(shed.policies, wish).expect(400)["data"] == [field]
    assert shed.agent.get(shed.policies).expect(200)["items"] == []


def test_devices_are_handed_in_and_each_is_told_of(shed):
    devices = [
        {"SerialNumber": "S1", **MADE}, {"ProductKey": "00329"}, {"HardwareHash": "T0E="}, {"SerialNumber": "S2"},
        {"SerialNumber": "s1", **MADE},
    ]
    job = shed.upload("June", devices)
    assert job["status"] == "finished_with_errors"
    assert [row.get("errorCode") for row in job["devicesStatus"]] == [
        None, None, None, "IdentityMissing", "ListedTwice"
    ]
    (batch,) = shed.agent.get(shed.batches).expect(200)["items"]
    assert (batch["id"], batch["devicesCount"], batch["createdBy"]) == ("June", 3, "adminAgent")
    assert len(shed.agent.get("/v1" + batch["devicesLink"]["uri"]).expect(200)["items"]) == 3
    again = shed.job(shed.agent.post(f"{shed.batches}/June/devices", [{"ProductKey": "00329"}, {"ProductKey": "00330"}]))
    assert [row["status"] for row in again["devicesStatus"]] == ["finished_with_errors", "finished"]
    assert again["devicesStatus"][0]["errorCode"] == "AlreadyRegistered"
    assert shed.job(shed.agent.post(f"{shed.batches}/June/devices", serials(1, 9)))["status"] == "finished"


def test_a_name_is_given_to_one_batch(shed):
    shed.upload("June", serials(1))
    taken = shed.agent.post(shed.batches, {"BatchId": "June", "Devices": serials(1, 5)})
    assert taken.expect(409, "DEVICE_BATCH_EXISTS")["code"] == 3000
    shed.agent.post(f"{shed.batches}/July/devices", serials(1, 5)).expect(404)
    shed.agent.get(f"{shed.batches}/July/devices").expect(404)


def test_what_is_wrong_with_a_batch_is_named(shed):
    for body, field in (
        ({"Devices": serials(1)}, "batchId"), ({"BatchId": "b"}, "devices"), ({"BatchId": "b", "Devices": []}, "devices"),
        ({"BatchId": "b", "Devices": [{"SerialNumber": 7.5}]}, "devices[0].serialNumber"),
        ({"BatchId": "b", "Devices": serials(2001)}, "devices"),
    ):
        assert shed.agent.post(shed.batches, body).expect(400)["data"] == [field]
    shed.upload("June", serials(1))
    for body in (b"{}", b"[]", b"7"):
        assert shed.agent.post(f"{shed.batches}/June/devices", body).expect(400)["data"] == ["$"]
    assert len(shed.agent.get(shed.batches).expect(200)["items"]) == 1


def test_devices_are_read_a_hundred_at_a_time(shed):
    shed.upload("June", serials(230))
    first = shed.devices("June", "?size=1000")
    assert first["totalCount"] == 100
    seen, page = [one["id"] for one in first["items"]], first
    while "next" in page["links"]:
        following = page["links"]["next"]
        headers = {one["key"]: one["value"] for one in following["headers"]}
        page = shed.agent.call("GET", "/v1" + following["uri"], None, headers).expect(200)
        seen += [one["id"] for one in page["items"]]
    assert len(seen) == len(set(seen)) == 230
    assert shed.devices("June", "?size=7")["totalCount"] == 7


def test_a_device_is_set_to_a_policy_which_then_stays(shed):
    policy = shed.policy()
    shed.upload("June", serials(1))
    (device,) = shed.devices("June")["items"]
    path = f"{shed.batches}/June/devices/{device['id']}"
    wish = {"Policies": [{"Key": "o_o_b_e", "Value": policy["id"]}]}
    changed = shed.agent.put(path, wish).expect(200)
    assert changed["policies"] == [{"key": "o_o_b_e", "value": policy["id"]}]
    assert shed.agent.get(f"{shed.policies}/{policy['id']}").expect(200)["devicesAssignedCount"] == 1
    held = shed.agent.call("DELETE", f"{shed.policies}/{policy['id']}")
    assert held.expect(409, "DEVICE_POLICY_IN_USE")
    for wrong in ({"Policies": [{"Key": "o_o_b_e", "Value": str(uuid.uuid4())}]},
                  {"Policies": [{"Key": "none", "Value": policy["id"]}]}):
        assert shed.agent.put(path, wrong).expect(400)["data"] == ["policies"]
    assert shed.agent.put(path, {"Policies": []}).expect(200)["policies"] == []
    shed.agent.call("DELETE", f"{shed.policies}/{policy['id']}").expect(204)
    shed.agent.call("DELETE", path).expect(204)
    shed.agent.call("DELETE", path).expect(404)
    shed.agent.put(path, wish).expect(404)


def test_many_devices_are_set_at_once_and_each_is_told_of(shed):
    policy = shed.policy()
    shed.upload("June", serials(2))
    ids = [one["id"] for one in shed.devices("June")["items"]]
    pairs = [{"Key": "OOBE", "Value": policy["id"]}]
    body = {"Devices": [
        {"Id": ids[0], "Policies": pairs}, {"Id": str(uuid.uuid4()), "Policies": pairs},
        {"Id": ids[1], "Policies": [{"Key": "OOBE", "Value": str(uuid.uuid4())}]},
    ]}
    job = shed.job(shed.agent.patch(shed.base + "/DevicePolicyUpdates", body))
    assert [row.get("errorCode") for row in job["devicesStatus"]] == [None, "DeviceUnknown", "PolicyUnknown"]
    assert [bool(one["policies"]) for one in shed.devices("June")["items"]] == [True, False]
    assert shed.agent.patch(shed.base + "/DevicePolicyUpdates", {}).expect(400)["data"] == ["devices"]
    japanese = shed.partner.act("adminAgent", "ja").get(f"{shed.base}/batchJobStatus/{job['batchTrackingId']}").expect(200)
    assert "デバイス" in japanese["devicesStatus"][1]["errorDescription"]


def test_nobody_else_sees_or_touches_them(world, shed):
    policy = shed.policy()
    job = shed.upload("June", serials(1))
    (device,) = shed.devices("June")["items"]
    other = Shed(world)
    asks = [
        ("GET", "/policies", None), ("POST", "/policies", {"Name": "N"}), ("GET", f"/policies/{policy['id']}", None),
        ("PUT", f"/policies/{policy['id']}", {"Name": "N"}), ("DELETE", f"/policies/{policy['id']}", None),
        ("GET", "/deviceBatches", None), ("POST", "/deviceBatches", {"BatchId": "b", "Devices": serials(1)}),
        ("GET", "/deviceBatches/June/devices", None), ("POST", "/deviceBatches/June/devices", serials(1, 4)),
        ("PUT", f"/deviceBatches/June/devices/{device['id']}", {"Policies": []}),
        ("DELETE", f"/deviceBatches/June/devices/{device['id']}", None),
        ("PATCH", "/DevicePolicyUpdates", {"Devices": [{"Id": device["id"], "Policies": []}]}),
        ("GET", f"/batchJobStatus/{job['batchTrackingId']}", None),
    ]
    for method, path, body in asks:
        assert shed.stranger.call(method, shed.base + path, body).status == 403, path
    # Under a customer of one's own they are not there.
    for path in (f"/policies/{policy['id']}", "/deviceBatches/June/devices", f"/batchJobStatus/{job['batchTrackingId']}"):
        other.agent.get(other.base + path).expect(404)
    assert shed.partner.act("app").post(shed.batches, {"BatchId": "a", "Devices": serials(1, 7)}).status == 403
