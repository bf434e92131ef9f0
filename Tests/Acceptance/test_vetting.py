"""What is found out about customers: qualifications, domains, addresses, consents, and who administers what."""

import pytest

from world import ADMINISTRATION

GRAPH = "00000003-0000-0000-c000-000000000000"
APPLICATION = "3f2a6c1e-0b7d-4c58-9e21-6d4b8a7f5c10"


class House:
    def __init__(self, world, country="US"):
        self.world, self.partner, self.customer = world, world.partner(), world.customer(country=country)
        world.relationship(self.partner, self.customer, scope=ADMINISTRATION)
        self.agent = self.partner.act("adminAgent")
        self.stranger = world.partner().act("adminAgent")
        self.base = f"/v1/customers/{self.customer.id}"
        self.qualifications = self.base + "/qualifications"

    def education(self, **more):
        website = f"www.{self.customer.domain}"
        return {"Qualification": "Education", "EducationSegment": "K12", "Website": website, **more}

    def code(self, uses=1):
        body = {"partnerId": self.partner.id, "organizationName": "City of Birchwater", "maxCreates": uses}
        return self.world.sandbox.post("/sandbox/v1/validationcodes", body).expect(201)["validationId"]


@pytest.fixture
def house(world):
    return House(world)


def test_a_school_is_looked_into_and_qualified(own_world):
    house = House(own_world)
    made = house.agent.post(house.qualifications, house.education()).expect(201)
    assert (made["qualification"], made["vettingStatus"]) == ("Education", "InReview")
    assert house.agent.get(house.base + "/qualification").expect(200) == "none"
    house.agent.post(house.qualifications, house.education()).expect(409, "QUALIFICATION_HELD")
    own_world.advance("P2D")
    (found,) = house.agent.get(house.qualifications).expect(200)
    assert (found["vettingStatus"], found["vettingCreateDate"]) == ("Approved", made["vettingCreateDate"])
    assert house.agent.get(house.base + "/qualification").expect(200) == "education"
    house.agent.post(house.qualifications, house.education()).expect(409, "QUALIFICATION_HELD")


@pytest.mark.parametrize("language, mark", [("en", "website"), ("ja", "Web サイト")])
def test_a_school_with_somebody_elses_website_is_denied_and_may_ask_again(own_world, language, mark):
    house = House(own_world)
    house.agent.post(house.qualifications, house.education(Website="https://other.example/school")).expect(201)
    own_world.advance("P3D")
    (found,) = house.partner.act("adminAgent", language).get(house.qualifications).expect(200)
    assert found["vettingStatus"] == "Denied" and mark in found["vettingReason"]
    assert house.agent.post(house.qualifications, house.education()).expect(201)["vettingStatus"] == "InReview"
    house.agent.post(house.qualifications, {"qualification": "StateOwnedEntity"}).expect(201)
    assert len(house.agent.get(house.qualifications).expect(200)) == 2


def test_an_office_of_a_government_is_qualified_with_a_code_as_often_as_it_allows(world, house):
    code, wish = house.code(), {"qualification": "GovernmentCommunityCloud"}
    assert house.agent.post(house.qualifications, wish).expect(400)["data"] == ["code"]
    assert house.agent.post(house.qualifications + "?code=12", wish).expect(400)["data"] == ["code"]
    assert house.agent.get(house.base + "/validations").status == 404
    made = house.agent.post(f"{house.qualifications}?code={code}", wish).expect(201)
    assert made["vettingStatus"] == "Approved"
    (left,) = house.agent.get("/v1/customers/all/validations").expect(200)
    assert (left["validationId"], left["maxCreates"], left["remainingCreates"]) == (code, 1, 0)
    found = house.agent.get(house.base + "/validations").expect(200)
    assert (found["customerId"], found["validationId"]) == (house.customer.id, code)
    other = world.customer()
    world.relationship(house.partner, other)
    again = house.agent.post(f"/v1/customers/{other.id}/qualifications?code={code}", wish)
    assert again.expect(400)["data"] == ["code"]
    assert house.stranger.get("/v1/customers/all/validations").expect(200) == []
    assert world.sandbox.post("/sandbox/v1/validationcodes", {"partnerId": other.id}).status == 404


def test_offices_abroad_are_none_of_this_government(world):
    house = House(world, country="JP")
    wish = {"qualification": "GovernmentCommunityCloud"}
    answer = house.agent.post(f"{house.qualifications}?code={house.code()}", wish)
    assert answer.expect(400)["data"] == ["qualification"]


@pytest.mark.parametrize("change, field", [
    ({"Qualification": "Castle"}, "qualification"), ({"Qualification": "Nonprofit"}, "qualification"),
    ({"EducationSegment": None}, "educationSegment"), ({"EducationSegment": "Nursery"}, "educationSegment"),
    ({"Website": "no site"}, "website"),
])
def test_what_is_wrong_with_a_wish_is_named(house, change, field):
    assert house.agent.post(house.qualifications, house.education(**change)).expect(400)["data"] == [field]
    house.stranger.post(house.qualifications, house.education()).expect(403)
    house.stranger.get(house.qualifications).expect(403)
    house.partner.act("app").post(house.qualifications, house.education()).expect(403)
    assert house.agent.get(house.qualifications).expect(200) == []


def test_the_older_way_takes_a_bare_word_and_holds_at_once(house):
    path = house.base + "/qualification"
    assert house.agent.put(path, b'"education"').expect(200) == "education"
    assert house.agent.get(path).expect(200) == "education"
    assert house.agent.put(path, b'"Nonprofit"').expect(200) == "nonprofit"
    assert [one["qualification"] for one in house.agent.get(house.qualifications).expect(200)] == ["Nonprofit"]
    assert house.agent.put(path, b'"none"').expect(200) == "none"
    assert house.agent.get(house.qualifications).expect(200) == []
    for wrong in (b'"castle"', b"{}", b"7"):
        assert house.agent.put(path, wrong).expect(400)["data"] == ["$"]
    house.stranger.put(path, b'"education"').expect(403)
    house.stranger.get(path).expect(403)


def test_an_account_that_resells_is_not_sold_to(world, house):
    path = house.base + "/validationStatus"
    answer = house.agent.get(path + "?type=account").expect(200)
    assert (answer["type"], answer["status"]) == ("account", "Allowed")
    assert house.agent.get(path).expect(400)["data"] == ["type"]
    assert house.agent.get(path + "?type=soul").expect(400)["data"] == ["type"]
    house.stranger.get(path + "?type=account").expect(403)


def test_a_domain_is_taken_or_free_and_there_is_no_body(house):
    taken = house.agent.call("HEAD", f"/v1/domains/{house.customer.domain}")
    free = house.agent.call("HEAD", "/v1/domains/nobody-has-this.example")
    assert (taken.status, taken.body, free.status, free.body) == (200, b"", 404, b"")
    assert house.agent.get("/v1/validations/checkdomainavailability/birchwater").expect(200) is True
    assert house.agent.get("/v1/validations/checkdomainavailability/a.b").expect(400)["data"] == ["domain_prefix"]
    house.customer.act("globalAdmin").get("/v1/validations/checkdomainavailability/x").expect(403)


def test_a_domain_that_is_proved_is_the_customers_and_nobody_elses(world, house):
    name, path = f"mail.{house.customer.domain}", house.base + "/verifieddomain"
    made = house.agent.post(path, {"VerifiedDomainName": name, "Domain": {"AuthenticationType": "managed"}}).expect(201)
    assert (made["name"], made["status"], made["authenticationType"]) == (name, "verified", "managed")
    assert house.agent.call("HEAD", f"/v1/domains/{name}").status == 200
    house.agent.post(path, {"VerifiedDomainName": name.upper()}).expect(409, "DOMAIN_TAKEN")
    house.agent.post(path, {"VerifiedDomainName": house.customer.domain}).expect(409, "DOMAIN_TAKEN")
    federated = {"VerifiedDomainName": "f." + name, "Domain": {"AuthenticationType": "federated"}}
    assert house.agent.post(path, federated).expect(400)["data"] == ["domainFederationSettings"]
    federated["DomainFederationSettings"] = {"IssuerUri": "urn:issuer"}
    assert house.agent.post(path, federated).expect(201)["authenticationType"] == "federated"
    for wrong, field in (({}, "verifiedDomainName"), ({"VerifiedDomainName": "no domain"}, "verifiedDomainName")):
        assert house.agent.post(path, wrong).expect(400)["data"] == [field]
    house.stranger.post(path, {"VerifiedDomainName": "s." + name}).expect(403)
    listed = house.customer.act("globalAdmin").get(house.base + "/customDomains").expect(200)
    assert listed["items"] == [house.customer.domain, "f." + name, name]
    house.stranger.get(house.base + "/customDomains").expect(403)


def test_an_application_is_consented_to_once_and_taken_back(house):
    path = house.base + "/applicationconsents"
    wish = {
        "applicationId": APPLICATION, "displayName": "Portal",
        "applicationGrants": [{"enterpriseApplicationId": GRAPH, "scope": "Directory.Read.All,User.Read"}],
    }
    made = house.agent.post(path, wish).expect(201)
    assert (made["applicationId"], made["applicationGrants"]) == (APPLICATION, wish["applicationGrants"])
    house.agent.post(path, wish).expect(409, "CONSENT_EXISTS")
    house.agent.call("DELETE", f"{path}/{APPLICATION}").expect(204)
    house.agent.call("DELETE", f"{path}/{APPLICATION}").expect(404)
    house.agent.post(path, wish).expect(201)
    for change, field in (
        ({"applicationId": "x"}, "applicationId"), ({"applicationGrants": []}, "applicationGrants"),
        ({"applicationGrants": [{"scope": "x"}]}, "applicationGrants[0].enterpriseApplicationId"),
    ):
        assert house.agent.post(path, {**wish, **change}).expect(400)["data"] == [field]
    house.stranger.post(path, wish).expect(403)
    house.stranger.call("DELETE", f"{path}/{APPLICATION}").expect(403)
    house.partner.act("salesAgent").post(path, {**wish, "applicationId": GRAPH}).expect(403)


@pytest.mark.parametrize("address, status", [
    ({"Country": "US", "State": "WA", "City": "Redmond", "AddressLine1": "1 Way", "PostalCode": "98052"}, "Verified"),
    ({"Country": "US", "State": "Washington", "City": "Redmond", "AddressLine1": " 1 Way", "PostalCode": "98052"},
     "InteractionRequired"),
    ({"Country": "US", "State": "ZZ", "City": "Redmond", "AddressLine1": "1 Way", "PostalCode": "98052"}, "None"),
    ({"Country": "US", "State": "WA", "City": "Redmond", "AddressLine1": "1 Way", "PostalCode": "ABC"}, "None"),
    ({"Country": "US", "State": "WA", "City": "Redmond", "PostalCode": "98052"}, "None"),
    ({"Country": "JP", "State": "東京都", "City": "港区", "AddressLine1": "港南 2-16-3", "PostalCode": "108-0075"},
     "Verified"),
    ({"Country": "GB", "City": "London", "AddressLine1": "1 Lane", "PostalCode": "ec1y 8sy"}, "InteractionRequired"),
])
def test_an_address_is_looked_at_by_the_rules_of_its_country(house, address, status):
    answer = house.agent.post("/v1/validations/address", address).expect(200)
    assert answer["status"] == status and answer["originalAddress"]["country"] == address["Country"]
    assert bool(answer["suggestedAddresses"]) == (status == "InteractionRequired")
    assert ("validationMessage" in answer) == (status != "Verified")


def test_an_address_without_a_country_is_refused(house):
    assert house.agent.post("/v1/validations/address", {"City": "R"}).expect(400)["data"] == ["country"]
    assert house.agent.post("/v1/validations/address", {"Country": "ZZ"}).expect(400)["data"] == ["country"]
    house.customer.act("globalAdmin").post("/v1/validations/address", {"Country": "US"}).expect(403)


def test_every_country_has_its_rules(house):
    rules = house.agent.get("/v1/countryvalidationrules/jp").expect(200)
    assert (rules["iso2Code"], rules["defaultCulture"], rules["countryCallingCodesList"]) == ("JP", "ja-JP", ["81"])
    assert "東京都" in rules["supportedStatesList"] and rules["isPostalCodeRequired"] is True
    assert house.agent.get("/v1/countryvalidationrules/US").expect(200)["isStateRequired"] is True
    house.agent.get("/v1/countryvalidationrules/ZZ").expect(404)


def test_the_services_that_were_sold_are_administered_somewhere(house):
    path = house.base + "/managedservices"
    assert house.agent.get(path).expect(200)["items"] == []
    house.world.order(house.partner, house.customer)
    services = house.agent.get(path).expect(200)["items"]
    assert {"exchange", "sharePoint", "teams"} <= {service["id"] for service in services}
    assert all(service["links"]["adminService"]["uri"].startswith("https://") for service in services)
    house.stranger.get(path).expect(403)
    house.partner.act("app").get(path).expect(403)


def test_the_swaggers_own_way_of_asking_for_a_domain_is_answered_alike(house):
    path = house.base + "/verifieddomain?domain="
    assert house.agent.call("HEAD", path + house.customer.domain).status == 200
    assert house.agent.call("HEAD", path + "nobody-has-this.example").status == 404
    assert house.agent.call("HEAD", house.base + "/verifieddomain").status == 404
    assert house.customer.act("globalAdmin").call("HEAD", path + house.customer.domain).status == 403
