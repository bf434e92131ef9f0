"""GD-28: an indirect provider writes a relationship for its reseller, who consents before any customer is asked."""

import pytest

from browsing import Browser
from delegating import HELPDESK, HELPERS, OURS, RELATIONSHIPS, Delegating, fault

DERIVED = "#microsoft.graph.resellerDelegatedAdminRelationship"


class Proposing:
    def __init__(self, world):
        self.world = world
        self.provider = world.partner("indirectProvider")
        self.reseller = world.partner("indirectReseller", provider=self.provider.id)
        self.customer = world.customer()
        self.writer, self.agent = self.provider.act("adminAgent"), self.reseller.act("adminAgent")
        self.admin = self.customer.act("globalAdmin")
        self.holder = Delegating(world, self.reseller, self.customer)

    def body(self, **more):
        return {**self.holder.body(), "@odata.type": DERIVED, "partner": {"tenantId": self.reseller.id}, **more}

    def written(self, **more):
        return self.writer.post(RELATIONSHIPS, self.body(**more)).expect(201)

    def ask(self, made, action, who, **more):
        return who.post(f"{RELATIONSHIPS}/{made['id']}/requests", {"action": action, **more})

    def seen(self, made, who):
        return who.get(f"{RELATIONSHIPS}/{made['id']}").expect(200)


@pytest.fixture
def three(world):
    return Proposing(world)


def test_what_a_provider_writes_is_the_resellers_once_it_consents_and_gives_the_provider_nothing(three):
    made = three.written()
    assert made["@odata.type"] == DERIVED and made["status"] == "created"
    assert made["isPartnerConsentPending"] is True and made["indirectProviderTenantId"] == three.provider.id
    assert made["id"].endswith(three.reseller.id)
    for who in (three.writer, three.agent):
        assert [each["id"] for each in who.get(RELATIONSHIPS).expect(200)["value"]] == [made["id"]]

    assert three.ask(made, "approve", three.agent).expect(201)["action"] == "approve"
    assert three.seen(made, three.agent)["isPartnerConsentPending"] is False
    three.ask(made, "lockForApproval", three.agent).expect(201)
    shown = three.admin.get(f"{OURS}/{made['id']}").expect(200)
    three.admin.post(f"{OURS}/{made['id']}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)
    assert three.seen(made, three.writer)["status"] == "active"

    three.holder.assign(made, HELPERS, HELPDESK).expect(201)
    paths = three.admin.get(f"/multichannel/v1/customers/{three.customer.id}/access").expect(200)
    assert three.reseller.id in str(paths) and three.provider.id not in str(paths)
    assert three.writer.get("/v1.0/tenantRelationships/delegatedAdminCustomers").expect(200)["value"] == []
    assert three.writer.get(f"/v1/customers/{three.customer.id}/users").status == 403

    fault(three.ask(made, "terminate", three.writer), 409, reason="PARTNER_CONSENT")
    three.ask(made, "terminate", three.agent).expect(201)
    assert three.seen(made, three.writer)["status"] == "terminated"


def test_nobody_sends_changes_or_takes_it_back_out_of_turn(three):
    made = three.written()
    one, etag = f"{RELATIONSHIPS}/{made['id']}", {"If-Match": made["@odata.etag"]}
    for who in (three.writer, three.agent):
        fault(three.ask(made, "lockForApproval", who), 409, reason="PARTNER_CONSENT")
    fault(three.agent.patch(one, {"displayName": "Mine"}, headers=etag), 409, reason="PARTNER_CONSENT")
    fault(three.agent.delete(one, headers=etag), 409, reason="PARTNER_CONSENT")
    fault(three.ask(made, "approve", three.writer), 403, reason="ACCESS_DENIED")
    three.admin.get(f"{OURS}/{made['id']}").expect(404)

    changed = three.writer.patch(one, {"displayName": "Better"}, headers=etag).expect(200)
    assert changed["displayName"] == "Better" and changed["isPartnerConsentPending"] is True
    three.ask(made, "approve", three.agent).expect(201)
    etag = {"If-Match": three.seen(made, three.agent)["@odata.etag"]}
    fault(three.writer.patch(one, {"displayName": "Mine"}, headers=etag), 409, reason="PARTNER_CONSENT")
    fault(three.writer.delete(one, headers=etag), 409, reason="PARTNER_CONSENT")
    assert three.agent.patch(one, {"displayName": "Ours"}, headers=etag).expect(200)["displayName"] == "Ours"


def test_a_reseller_that_declines_ends_it_and_nobody_is_asked(three):
    made = three.written()
    three.ask(made, "reject", three.agent, reason="We do that ourselves.").expect(201)
    for who in (three.writer, three.agent):
        seen = three.seen(made, who)
        assert seen["status"] == "rejected" and seen["isPartnerConsentPending"] is False
        fault(three.ask(made, "lockForApproval", who), 409)
    fault(three.ask(made, "approve", three.agent), 409, reason="DELEGATION_STATE")


def test_only_the_provider_of_the_reseller_writes_for_it(three, world):
    strangers = [world.partner("indirectProvider"), world.partner("direct"), three.reseller]
    for stranger in strangers[:2]:
        error = fault(stranger.act("adminAgent").post(RELATIONSHIPS, three.body()), 400, reason="INVALID_INPUT")
        assert error["target"] == "partner.tenantId"
    # For itself it is an ordinary relationship, whatever type was sent.
    own = three.agent.post(RELATIONSHIPS, three.body()).expect(201)
    assert own["@odata.type"] == "#microsoft.graph.delegatedAdminRelationship" and "isPartnerConsentPending" not in own
    fault(three.provider.act("salesAgent").post(RELATIONSHIPS, three.body()), 403, reason="REQUESTOR_NOT_ALLOWED")
    made = three.written()
    stranger = strangers[0].act("adminAgent")
    assert stranger.get(f"{RELATIONSHIPS}/{made['id']}").status == 404


def test_the_log_says_who_wrote_it_and_what_the_reseller_answered(three):
    made = three.written()
    three.ask(made, "approve", three.agent).expect(201)
    records = three.agent.get("/v1/auditrecords").expect(200)["items"]
    told = [record for record in records if made["id"][:36] in str(record)]
    details = [{each["key"]: each["value"] for each in record["customizedData"]} for record in told]
    assert [each["partnerConsent"] for each in details if "partnerConsent" in each] == ["given"]
    assert all(each["provider"] == three.provider.id for each in details if "partnerConsent" in each)


@pytest.mark.parametrize("language, words", [("en", "Agree"), ("ja", "同意する")])
def test_the_reseller_answers_on_its_page(three, language, words):
    def signed_in(organization):
        browser = Browser(three.world.program)
        token = organization.tokens["adminAgent"]
        assert browser.send("POST", "/sign-in", {"token": token, "next": "/"}).status == 303
        browser.cookies["suiro_lang"] = language
        return browser

    made = three.written()
    place = f"/delegations/{made['id'][:36]}"
    ours, theirs = signed_in(three.reseller), signed_in(three.provider)
    page = ours.get(place).text
    assert f">{words}</button>" in page and three.provider.name in page
    assert f">{words}</button>" not in theirs.get(place).text
    ours.get(place)
    assert ours.post(f"{place}/acceptance").status == 303
    assert three.seen(made, three.agent)["isPartnerConsentPending"] is False
    assert f">{words}</button>" not in ours.get(place).text
