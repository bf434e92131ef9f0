"""Agreements with the vendor: their texts, who has accepted them, and the orders that need them; news of services."""

import urllib.parse

import pytest

CLOUD, CUSTOMER = "998b88de-aa99-4388-a42c-1b3517d49490", "117a77b0-9360-443b-8795-c6dedc750cf9"
NORA = {"firstName": "Nora", "lastName": "Velt", "email": "nora.velt@birchwater.example", "phoneNumber": "2185550143"}


class Contract:
    def __init__(self, world, kind="direct", **more):
        self.world, self.partner, self.customer = world, world.partner(kind), world.customer(**more)
        world.relationship(self.partner, self.customer)
        self.agent = self.partner.act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"
        self.path = self.base + "/agreements"

    def draft(self, **more):
        today = self.world.now.strftime("%Y-%m-%dT00:00:00.000Z")
        draft = {"primaryContact": NORA, "templateId": CUSTOMER, "dateAgreed": today, "type": "MicrosoftCustomerAgreement"}
        return {**draft, **more}


@pytest.fixture
def contract(world):
    return Contract(world)


def test_the_texts_are_listed_by_type(contract):
    agent = contract.agent
    assert [one["templateId"] for one in agent.get("/v1/agreements").expect(200)["items"]] == [CLOUD]
    (one,) = agent.get("/v1/agreements?agreementType=MicrosoftCustomerAgreement").expect(200)["items"]
    assert (one["templateId"], one["agreementType"], one["versionRank"]) == (CUSTOMER, "MicrosoftCustomerAgreement", 0)
    everything = agent.get("/v1/agreements?agreementType=*").expect(200)
    assert everything["totalCount"] == 2 and {one["templateId"] for one in everything["items"]} == {CLOUD, CUSTOMER}
    assert agent.get("/v1/agreements?agreementType=Handshake").expect(400)["data"] == ["agreementType"]


def test_a_text_is_found_for_a_country_and_a_language(contract):
    path = f"/v1/agreementtemplates/{CUSTOMER}/document"
    document = contract.agent.get(path + "?language=de-DE&country=DE").expect(200)
    assert (document["language"], document["country"]) == ("de-DE", "DE")
    assert "de-DE" in document["displayUri"] and "country=DE" in document["downloadUri"]
    assert contract.agent.get(path).expect(200)["language"] == "en-US"
    assert contract.agent.get(path + "?country=de").expect(400)["data"] == ["country"]
    assert contract.agent.get(path + "?language=de_DE").expect(400)["data"] == ["language"]
    contract.agent.get(f"/v1/agreementtemplates/{contract.customer.id}/document").expect(404)
    contract.agent.get("/v1/agreementtemplates/nothing/document").expect(404)


def test_what_is_attested_is_kept_and_listed(contract):
    made = contract.agent.post(contract.path, contract.draft()).expect(201)
    assert made["primaryContact"] == NORA and made["userId"] == contract.partner.people["adminAgent"]
    (kept,) = contract.agent.get(contract.path + "?agreementType=*").expect(200)["items"]
    assert {**kept, "agreementLink": None} == {**made, "agreementLink": None}
    assert kept["agreementLink"].startswith("https://")
    assert contract.agent.get(contract.path + "?agreementType=MicrosoftCloudAgreement").expect(200)["items"] == []
    records = contract.agent.get("/v1/auditrecords").expect(200)["items"]
    assert ("agreement", "create_agreement") in [(one["resourceType"], one["operationType"]) for one in records]


def test_the_same_contact_is_attested_once(contract):
    contract.agent.post(contract.path, contract.draft()).expect(201)
    again = contract.agent.post(contract.path, contract.draft())
    assert again.expect(409, "AGREEMENT_ALREADY_CONFIRMED")["code"] == 600061
    other = {**NORA, "email": "ida@birchwater.example"}
    contract.agent.post(contract.path, contract.draft(primaryContact=other)).expect(201)


def test_a_program_that_repeats_its_request_attests_once(contract):
    headers = {"MS-RequestId": "4f1c2e0a-9a41-4d0d-8f7e-0d9c6b7a1e21"}
    answers = [contract.agent.call("POST", contract.path, contract.draft(), headers) for _ in range(2)]
    assert [answer.status for answer in answers] == [201, 201] and answers[0].json == answers[1].json


@pytest.mark.parametrize("change, field", [
    ({"primaryContact": None}, "primaryContact"), ({"templateId": "x"}, "templateId"), ({"type": "Handshake"}, "type"),
    ({"type": "MicrosoftCloudAgreement"}, "type"), ({"dateAgreed": None}, "dateAgreed"),
    ({"dateAgreed": "2099-01-01T00:00:00Z"}, "dateAgreed"),
    ({"primaryContact": {**NORA, "email": "nora"}}, "primaryContact.email"),
    ({"primaryContact": {**NORA, "lastName": ""}}, "primaryContact.lastName"),
])
def test_what_is_wrong_with_an_attestation_is_named(contract, change, field):
    body = contract.agent.post(contract.path, contract.draft(**change)).expect(400)
    assert (body["code"], body["data"]) == (800002, [field])
    assert contract.agent.get(contract.path).expect(200)["items"] == []


def test_strangers_and_resellers_attest_nothing(world, contract):
    stranger = world.partner().act("adminAgent")
    stranger.post(contract.path, contract.draft()).expect(403)
    stranger.get(contract.path).expect(403)
    contract.partner.act("helpdeskAgent").post(contract.path, contract.draft()).expect(403)
    contract.partner.act("app").post(contract.path, contract.draft()).expect(403)
    reseller = Contract(world, "indirectReseller")
    reseller.agent.post(reseller.path, reseller.draft()).expect(403, "PARTNER_CANNOT_TRANSACT")


def test_another_partner_does_not_see_whom_a_partner_named(world, contract):
    contract.agent.post(contract.path, contract.draft()).expect(201)
    other = world.partner()
    world.relationship(other, contract.customer)
    assert other.act("adminAgent").get(contract.path).expect(200)["items"] == []


def test_a_customer_signs_for_itself(contract):
    status = contract.base + "/directSignedMicrosoftCustomerAgreementStatus"
    assert contract.agent.get(status).expect(200) == {"isSigned": False}
    path = f"/multichannel/v1/customers/{contract.customer.id}/agreements"
    contract.agent.post(path, {"templateId": CUSTOMER}).expect(403)
    contract.customer.act("billingAdmin").post(path, {"templateId": CUSTOMER}).expect(403)
    admin = contract.customer.act("globalAdmin")
    assert admin.post(path, {}).expect(400)["data"] == ["templateId"]
    assert admin.post(path, {"templateId": CUSTOMER}).expect(201)["type"] == "MicrosoftCustomerAgreement"
    assert contract.agent.get(status).expect(200) == {"isSigned": True}
    (seen,) = contract.agent.get(contract.path).expect(200)["items"]
    assert seen["userId"] == contract.customer.people["globalAdmin"]
    contract.world.partner().act("adminAgent").get(status).expect(403)


def test_agr_02_an_order_needs_an_agreement_where_the_policy_says_so(own_world):
    before = Contract(own_world)
    publish_today(own_world)
    # The contract of those who were customers before is in place.
    own_world.order(before.partner, before.customer)
    agent = before.agent
    company = {"domain": "kiln-and-glaze.example", "companyName": "Kiln and Glaze"}
    new = {"companyProfile": company, "billingProfile": {"defaultAddress": {"country": "US"}}}
    base = f"/v1/customers/{agent.post('/v1/customers', new).expect(201)['id']}"
    offer = {"lineItems": [{"lineItemNumber": 0, "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02", "quantity": 1}]}
    body = agent.post(base + "/orders", offer).expect(403, "AGREEMENT_MISSING")
    assert (body["code"], body["rule"], body["policyRow"]) == (13605, "AGR-02", "order-agreement-2020")
    assert [step["action"] for step in body["next"]] == ["recordAgreement"]
    agent.post(base + "/agreements", before.draft()).expect(201)
    agent.post(base + "/orders", offer).expect(201)


def test_rel_13_who_accepts_a_partner_accepts_the_agreement_that_orders_need(own_world):
    publish_today(own_world)
    contract = Contract(own_world)
    (signed,) = contract.agent.get(contract.path).expect(200)["items"]
    assert (signed["type"], signed["userId"]) == ("MicrosoftCustomerAgreement", contract.customer.people["globalAdmin"])
    own_world.order(contract.partner, contract.customer)
    asked = own_world.request(own_world.partner(), contract.customer)
    admin = contract.customer.act("globalAdmin")
    again = admin.get(f"/multichannel/v1/invitations/{asked['code']}").expect(200)
    assert "Customer Agreement" not in str(again["terms"])
    other = own_world.customer()
    asked = own_world.request(own_world.partner(), other)
    first = other.act("globalAdmin").get(f"/multichannel/v1/invitations/{asked['code']}").expect(200)
    assert "Microsoft Customer Agreement" in str(first["terms"])
    spoken = other.act("globalAdmin", "ja").get(f"/multichannel/v1/invitations/{asked['code']}").expect(200)
    assert "Microsoft 顧客契約" in str(spoken["terms"])


@pytest.mark.parametrize("language, word", [("en", "Microsoft Customer Agreement"), ("ja", "Microsoft 顧客契約")])
def test_agr_03_the_contact_is_told_by_mail_where_the_policy_says_so(own_world, language, word):
    contract = Contract(own_world, language=language)
    contract.agent.post(contract.path, contract.draft()).expect(201)
    assert mails(own_world) == []
    publish_today(own_world)
    other = {**NORA, "email": "ida@birchwater.example"}
    contract.agent.post(contract.path, contract.draft(primaryContact=other)).expect(201)
    (mail,) = mails(own_world)
    assert mail["to"] == "ida@birchwater.example" and word in mail["subject"] and contract.partner.name in mail["body"]


def test_a_partner_asks_whether_another_has_signed(world):
    provider, reseller, direct = (world.partner(kind) for kind in ("indirectProvider", "indirectReseller", "direct"))
    number = {one.id: one.act("adminAgent").get("/v1/profiles/mpn").expect(200)["mpnId"] for one in (reseller, direct)}
    agent, path = provider.act("adminAgent"), "/v1/compliance/csp/agreementstatus"
    assert agent.get(f"{path}?mpnId={number[reseller.id]}&tenantId=").expect(200) == {"isAgreementSigned": True}
    assert agent.get(f"{path}?tenantId={direct.id}").expect(200) == {"isAgreementSigned": True}
    customer, abroad = world.customer(), world.partner("indirectReseller", country="JP")
    japanese = abroad.act("adminAgent").get("/v1/profiles/mpn").expect(200)["mpnId"]
    for query, code in (
        ("", 2001), (f"?mpnId=1&tenantId={direct.id}", 2000), ("?mpnId=x", 2000), ("?tenantId=x", 2000),
        ("?mpnId=1", 2200), (f"?mpnId={number[direct.id]}", 2204), (f"?tenantId={customer.id}", 2205),
        (f"?mpnId={japanese}", 2201),
    ):
        answer = agent.get(path + query)
        assert (answer.status, answer.json["code"]) == (400, code), query
    customer.act("globalAdmin").get(f"{path}?tenantId={direct.id}").expect(403)


def test_incidents_of_services_are_told_by_service(own_world):
    world, agent = own_world, own_world.partner().act("adminAgent")
    assert agent.get("/v1/serviceincidents/office").expect(200)["items"] == []
    asked = {"workload": "Exchange Online", "severity": "critical", "message": "Mail waits.", "impactedCustomers": 3}
    made = world.sandbox.post("/sandbox/v1/serviceincidents", asked).expect(201)
    world.sandbox.post("/sandbox/v1/serviceincidents", {"workload": "Teams", "message": "Calls fell.", "resolved": True})
    services = {one["workload"]: one for one in agent.get("/v1/serviceincidents/office").expect(200)["items"]}
    assert {name: one["status"] for name, one in services.items()} == {"Exchange Online": "critical", "Teams": "normal"}
    (incident,) = services["Exchange Online"]["incidents"]
    assert (incident["id"], incident["resolved"], incident["impactedCustomers"]) == (made["id"], False, 3)
    assert incident["messages"][0]["messageText"] == "Mail waits."
    assert agent.get("/v1/serviceincidents/office/count").expect(200) == 2
    over = urllib.parse.quote('{"Field":"Resolved","Value":"true","Operator":"equals"}')
    assert agent.get(f"/v1/serviceincidents/office/count?filter={over}").expect(200) == 1
    wrong = urllib.parse.quote('{"Field":"Colour","Value":"true","Operator":"equals"}')
    assert agent.get(f"/v1/serviceincidents/office?filter={wrong}").expect(400)["data"] == ["filter.Field"]
    world.sandbox.post("/sandbox/v1/serviceincidents", {**asked, "id": made["id"], "resolved": True}).expect(201)
    assert agent.get(f"/v1/serviceincidents/office/count?filter={over}").expect(200) == 2
    assert world.sandbox.post("/sandbox/v1/serviceincidents", {"workload": "Teams"}).expect(400)["data"] == ["message"]


def test_incidents_are_shown_for_a_customer_of_ones_own(own_world):
    contract = Contract(own_world)
    publish_today(own_world)
    path = contract.base + "/serviceincidents/office"
    (news,) = contract.agent.get(path).expect(200)["items"]
    assert (news["messageType"], news["status"]) == ("message_center", "information")
    own_world.partner().act("adminAgent").get(path).expect(403)
    contract.partner.act("app").get(path).expect(403)


def test_sheets_and_rates_are_declined_whatever_is_asked_of_them(contract):
    for path in (
        "/v1.0/sales/pricesheets(Market='us',PricesheetView='azure_consumption')/$value",
        "/v1.0/sales/pricesheets(Market=%27us%27,PricesheetView=%27software%27)/$value",
        "/v1.0/sales/fxrates(Month='202611')/$value",
    ):
        assert contract.agent.get(path).expect(400)["error"]["innerError"]["reason"] == "OPERATION_DECLINED"
    contract.agent.get("/v1.0/sales/fxrates(202611)/$value").expect(404)


def mails(world):
    return [one for one in world.sandbox.get("/sandbox/v1/outbox").items if one["kind"] == "agreementAttested"]


def publish_today(world):
    owner = world.program.persona("policyOwner")
    draft = owner.post("/multichannel/v1/policypackages", {"package": "2026"}).expect(201)
    owner.post(f"/multichannel/v1/policypackages/{draft['id']}/publication").expect(201)
