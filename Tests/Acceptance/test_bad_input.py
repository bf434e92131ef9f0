"""Whatever is sent to whatever route: an answer in the 400s that names the field, and the server lives on."""

import pytest

from ruins import NOT_AN_OBJECT, NOT_JSON, bad_texts, names, twice, unknown_words, wrong_types
from world import World

MONEY = {"amount": "12.34", "currency": "USD"}
TERM = {"start": "2026-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z", "autoRenew": False}
NOBODY = "00000000-0000-4000-8000-000000000000"
PROFILE = {"attributes": {"etag": "eyJpZCI6IngiLCJ2ZXJzaW9uIjo5OX0="}}

# A good body for each operation that takes JSON; words are members with a fixed list of values, tolerant ones are
# members whose type is free.
CART = {
    "lineItems": [{
        "catalogItemId": "CFQ7TTC0LH16:0001:CFQ7TTC0LH16", "quantity": 2, "billingCycle": "monthly", "termDuration": "P1M",
        "friendlyName": "N", "participants": [{"key": "transaction_reseller", "value": "4"}],
    }],
}
BODIES = {
    "customers.create": {
        "body": {
            "companyProfile": {"domain": "ruins.example", "companyName": "Ruins"},
            "billingProfile": {
                "companyName": "Ruins", "email": "a@ruins.example", "language": "en", "defaultAddress": {"country": "US"}
            },
        },
    },
    "customers.patch": {"body": {"relationshipToPartner": "none"}, "words": ["relationshipToPartner"]},
    "orders.create": {
        "body": {
            "billingCycle": "monthly", "currencyCode": "USD",
            "lineItems": [
                {"lineItemNumber": 0, "offerId": "nothing", "friendlyName": "F", "quantity": 1, "partnerIdOnRecord": "4"}
            ],
        },
        "words": ["billingCycle", "currencyCode"],
    },
    "subscriptions.patch": {
        "body": {"friendlyName": "F", "quantity": 3, "status": "active", "autoRenewEnabled": True, **PROFILE},
        "words": ["status"],
    },
    "customers.billingProfile.update": {"body": PROFILE, "free": True},
    "profiles.billing.update": {"body": PROFILE, "free": True},
    "profiles.legal.update": {"body": PROFILE, "free": True},
    "profiles.organization.update": {"body": PROFILE, "free": True},
    "profiles.support.update": {"body": PROFILE, "free": True},
    "inventory.check": {"body": {"targetItems": [{"productId": "CFQ7TTC0LH16", "skuId": "0001"}]}, "query": "?country=US"},
    "carts.create": {"body": CART, "words": ["lineItems[0].billingCycle"]},
    "carts.update": {"body": CART, "words": ["lineItems[0].billingCycle"]},
    "orders.patch.addon": {
        "body": {
            "billingCycle": "monthly", "status": "completed",
            "lineItems": [{
                "lineItemNumber": 1, "offerId": "nothing", "friendlyName": "F", "quantity": 1, "partnerIdOnRecord": "4",
                "parentSubscriptionId": NOBODY, "termDuration": "P1Y",
            }],
        },
        "words": ["billingCycle", "status"],
    },
    "subscriptions.overage.update": {
        "body": {"azureEntitlementId": NOBODY, "overageEnabled": True, "type": "PhoneServices"}, "words": ["type"],
    },
    "subscriptions.transitions.create": {
        "body": {
            "toCatalogItemId": "t", "quantity": 1, "termDuration": "P1Y", "billingCycle": "monthly",
            "transitionType": "transition_only",
        },
        "words": ["billingCycle", "transitionType"],
    },
    "azure.usageBudget.update": {"body": {"amount": 100}, "tolerant": ["amount"]},
    "azure.entitlements.cancel": {"body": {"cancellationReason": "compromise"}, "optional": True},
    "azure.productUpgrades.eligibility": {
        "body": {"customerId": NOBODY, "productFamily": "azure"}, "words": ["productFamily"],
    },
    "azure.productUpgrades.create": {
        "body": {"customerId": NOBODY, "productFamily": "azure"}, "words": ["productFamily"],
    },
    "azure.productUpgrades.status": {
        "body": {"customerId": NOBODY, "productFamily": "azure"}, "words": ["productFamily"],
    },
    "multichannel.subscriptions.create": {
        "body": {
            "name": "N", "family": "license", "channel": "open", "productId": "P", "skuId": "S", "quantity": 1,
            "seller": {"name": "S"}, "term": TERM, "monthlyCost": MONEY, "aliases": ["a"],
        },
        "words": ["channel", "monthlyCost.currency"], "tolerant": ["amount", "monthlyCost"],
    },
    "multichannel.relationshiprequests.create": {
        "body": {
            "customerDomain": "ruins.example", "recipient": {"name": "N", "email": "n@ruins.example"}, "language": "ja",
            "scope": {"reseller": True, "delegatedAdmin": True, "roles": ["helpdeskAgent"], "days": 30, "services": ["x"]},
            "indirectProviderId": "00000000-0000-4000-8000-000000000000",
        },
        "words": ["language", "scope.roles[0]"],
    },
    "multichannel.groups.put": {"body": {"name": "Helpdesk"}},
    "customers.agreements.create": {
        "body": {
            "primaryContact": {"firstName": "N", "lastName": "V", "email": "n@ruins.example", "phoneNumber": "1"},
            "templateId": "117a77b0-9360-443b-8795-c6dedc750cf9", "dateAgreed": "2016-12-01T00:00:00Z",
            "type": "MicrosoftCustomerAgreement",
        },
        "words": ["type"],
    },
    "customers.qualifications.create": {
        "body": {"qualification": "Education", "educationSegment": "K12", "website": "x.example"},
        "words": ["qualification", "educationSegment"],
    },
    # Its body is a bare word: what is sent in its place is looked at in test_vetting.py.
    "customers.qualification.update": {"body": {}},
    "policies.create": {
        "body": {"name": "Kiosk", "category": "o_o_b_e", "description": "D", "policySettings": ["skip_eula"]},
        "words": ["category", "policySettings[0]"], "tolerant": ["category", "policySettings"],
    },
    "policies.update": {
        "body": {"name": "Kiosk", "category": "o_o_b_e", "description": "D", "policySettings": ["skip_eula"]},
        "words": ["category", "policySettings[0]"], "tolerant": ["category", "policySettings"],
    },
    "deviceBatches.create": {
        "body": {
            "batchId": "b", "devices": [{
                "serialNumber": "1", "productKey": "k", "hardwareHash": "h", "modelName": "M", "oemManufacturerName": "O",
            }],
        },
    },
    "devices.update": {
        "body": {"policies": [{"key": "o_o_b_e", "value": NOBODY}]}, "words": ["policies[0].key"], "tolerant": ["key"],
    },
    "devices.policyUpdates": {
        "body": {"devices": [{"id": NOBODY, "policies": [{"key": "o_o_b_e", "value": NOBODY}]}]},
        "words": ["devices[0].policies[0].key"], "tolerant": ["key"],
    },
    # Its body is a bare array: what is sent in its place is looked at in test_devices.py.
    "devices.add": {"body": {}},
    "customers.verifiedDomain.add": {
        "body": {
            "verifiedDomainName": "v.ruins.example", "domain": {"authenticationType": "managed", "isDefault": False},
        },
        "words": ["domain.authenticationType"],
    },
    "customers.applicationConsents.create": {
        "body": {
            "applicationId": NOBODY, "displayName": "A",
            "applicationGrants": [{"enterpriseApplicationId": NOBODY, "scope": "Directory.Read.All"}],
        },
    },
    "validations.address": {
        "body": {"country": "US", "city": "R", "state": "WA", "addressLine1": "1 A St", "postalCode": "98052"},
    },
    "multichannel.agreements.sign": {"body": {"templateId": NOBODY}},
    "sandbox.limits.set": {
        "body": {"vendors": False, "customers": 1000, "subscriptions": 1000, "seats": 100000}, "optional": True,
    },
    "sandbox.validationcodes.create": {"body": {"partnerId": NOBODY, "organizationName": "N", "maxCreates": 1}},
    "sandbox.serviceincidents.create": {
        "body": {
            "id": "MO1", "messageType": "incident", "workload": "W", "severity": "warning", "message": "M",
            "impactedArea": "A", "startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:00Z",
            "resolved": True, "impactedCustomers": 1,
        },
        "words": ["messageType", "severity"],
    },
    "serviceRequests.create": {
        "body": {
            "title": "T", "description": "D", "severity": "critical", "supportTopicId": "32444671",
            "organization": {"id": NOBODY}, "productId": "p", "productName": "P", "countryCode": "US",
        },
        "words": ["severity"],
    },
    "serviceRequests.update": {
        "body": {"title": "T", "description": "D", "severity": "minimal", "status": "closed", "newNote": {"text": "N"}},
        "words": ["severity", "status"],
    },
    "customers.serviceRequests.update": {
        "body": {"title": "T", "description": "D", "severity": "minimal", "status": "closed", "newNote": {"text": "N"}},
        "words": ["severity", "status"],
    },
    "multichannel.access.migrations.preview": {"body": {"customerIds": [NOBODY], "groups": [], "days": 365}},
    "multichannel.access.migrations.create": {"body": {"customerIds": [NOBODY], "groups": [], "days": 365}},
    "users.create": {
        "body": {
            "userPrincipalName": "ida@ruins.example", "firstName": "I", "lastName": "M", "displayName": "I M",
            "usageLocation": "US", "passwordProfile": {"password": "First-Login-1", "forceChangePassword": True},
        },
    },
    "users.update": {"body": {"displayName": "I M", "state": "active"}, "words": ["state"]},
    "directoryRoles.members.add": {"body": {"id": NOBODY}},
    "users.licenseUpdates.create": {
        "body": {"licensesToAssign": [{"skuId": NOBODY, "excludedPlans": []}], "licensesToRemove": [NOBODY]},
    },
    "multichannel.access.extensions.create": {"body": {"ids": [NOBODY], "endingWithin": 60}},
    "multichannel.invitations.accept": {"body": {"termsHash": "0" * 64}},
    "multichannel.invitations.refuse": {"body": {"reason": "no"}, "optional": True},
    "subscriptions.supportContact.update": {"body": {"supportTenantId": NOBODY, "supportMpnId": "4"}},
    "subscriptions.conversions.create": {"body": {"offerId": "o", "targetOfferId": "t", "quantity": 1}},
    "subscriptions.upgrades.create": {"body": {"targetOffer": {"id": "t"}}},
    "webhooks.registration.create": {
        "body": {"WebhookUrl": "http://127.0.0.1:1/", "WebhookEvents": ["test-created"]},
    },
    "webhooks.registration.update": {
        "body": {"WebhookUrl": "http://127.0.0.1:1/", "WebhookEvents": ["test-created"]},
    },
    "multichannel.moves.preview": {
        "body": {
            "subscriptionIds": [NOBODY], "toPartner": NOBODY, "kind": "switchPartner", "cutover": "2099-01-01T00:00:00Z",
            "edition": 1, "at": "2099-01-01T00:00:00Z",
        },
        "words": ["kind"],
    },
    "multichannel.moves.create": {
        "body": {
            "subscriptionIds": [NOBODY], "toPartner": NOBODY, "kind": "switchPartner", "cutover": "2099-01-01T00:00:00Z"
        },
        "words": ["kind"],
    },
    "multichannel.moves.consent": {
        "body": {"decision": "approve", "termsHash": "0" * 64, "reason": "r"}, "words": ["decision"],
    },
    "multichannel.moves.step": {
        "body": {
            "evidence": {
                "note": "n", "scope": "whole", "subscriptionId": NOBODY, "unassigned": 0, "immediate": False,
                "services": [{"service": "s", "verdict": "move"}], "details": {"regions": "r"},
            },
        },
        "words": ["evidence.scope", "evidence.services[0].verdict"], "tolerant": ["evidence"], "optional": True,
    },
    "multichannel.moves.withdraw": {"body": {"reason": "r"}, "optional": True},
    "multichannel.leftovers.resolve": {
        "body": {"decision": "remove", "reason": "r", "immediate": False}, "words": ["decision"], "optional": True,
    },
    "transfers.create": {
        "body": {
            "sourcePartnerTenantId": NOBODY, "targetPartnerTenantId": NOBODY, "targetProductTypes": ["SaaS"],
            "transferType": 5, "lineItems": [{"subscriptionId": NOBODY}],
        },
        "words": ["targetProductTypes[0]"],
    },
    "transfers.update": {
        "body": {"status": "complete", "reason": "r", "lineItems": [{"subscriptionId": NOBODY}]}, "words": ["status"],
    },
    "multichannel.delegations.accept": {"body": {"termsHash": "0" * 64}},
    "multichannel.delegations.refuse": {"body": {"reason": "r"}, "optional": True},
    "multichannel.delegations.extend": {"body": {"enabled": True}},
    "multichannel.delegations.terminate": {"body": {"force": True}, "optional": True},
    "multichannel.policypackages.create": {"body": {"package": "2026"}, "yaml": True},
    "multichannel.policypackages.check": {"body": {"package": "2026"}, "yaml": True},
    "multichannel.killswitches.set": {
        "body": {"key": "moves.enabled", "value": True, "reason": {"en": "e", "ja": "j"}},
    },
    "multichannel.policypackages.publish": {"body": {"effective": "2017-01-01T00:00:00Z"}, "optional": True},
    "sandbox.clock.set": {"body": {"now": "2030-01-01T00:00:00Z"}},
    "sandbox.clock.advance": {"body": {"by": "P1D"}},
    "sandbox.partners.create": {
        "body": {"name": "N", "kind": "direct", "country": "JP", "domain": "p.example", "standing": "good", "language": "ja"},
        "words": ["kind", "standing", "language"],
    },
    "sandbox.customers.create": {
        "body": {"name": "N", "domain": "c.example", "country": "JP", "language": "ja", "tenantType": "customer"},
        "words": ["tenantType", "language"],
    },
    "sandbox.people.create": {"body": {"roles": ["user"], "name": "N", "email": "e@x.example"}, "words": ["roles[0]"]},
    "sandbox.access.create": {
        "body": {"customerId": NOBODY, "partnerId": NOBODY, "kind": "guest", "roles": ["r"], "days": 3}, "words": ["kind"]
    },
    "sandbox.organizations.patch": {"body": {"standing": "good"}, "words": ["standing"]},
    "sandbox.subscriptions.create": {
        "body": {
            "customerId": "00000000-0000-4000-8000-000000000000", "name": "N", "family": "license", "channel": "open",
            "quantity": 1, "term": TERM, "currency": "USD", "monthlyCost": MONEY, "productId": "P",
        },
        "words": ["channel", "currency"], "tolerant": ["amount", "monthlyCost"],
    },
    "sandbox.faults.set": {"body": {"rules": [{"match": "GET /nowhere", "status": 503, "delayMs": 0, "times": 0}]}, "optional": True},
    "sandbox.tokens.create": {
        "body": {
            "tenant": "00000000-0000-4000-8000-000000000000", "user": "00000000-0000-4000-8000-000000000000",
            "roles": ["user"], "amr": ["mfa"], "lifetime": 60,
        },
        "words": ["roles[0]"], "tolerant": ["lifetime"],
    },
}


@pytest.fixture(scope="module")
def stage(program):
    """For each operation a client that may call it and a path that exists."""
    world = World(program)
    partner, customer, other = world.partner(), world.customer(), world.customer()
    world.relationship(partner, customer)
    subscription = world.order(partner, customer)["lineItems"][0]["subscriptionId"]
    code = world.request(partner, other)["code"]
    owner = program.persona("policyOwner")
    yaml = program.anonymous.bearing(owner.token).get("/multichannel/v1/policypackages/shipped/2026").text
    draft = owner.post("/multichannel/v1/policypackages", yaml).expect(201)["id"]
    usage = world.subscription(customer, "usage", "csp", world.partner())
    ask = {"subscriptionIds": [usage]}
    move = partner.act("adminAgent").post(f"/multichannel/v1/customers/{customer.id}/moves", ask).expect(201)["id"]
    about = {**BODIES["serviceRequests.create"]["body"], "organization": {"id": customer.id}}
    request = partner.act("adminAgent").post("/v1/servicerequests/en-US", about).expect(201)["id"]
    cart = partner.act("adminAgent").post(f"/v1/customers/{customer.id}/carts", CART).expect(201)["id"]
    names = {
        "move_id": move, "transfer_id": move, "step": "openRequest", "leftover_id": NOBODY,
        "relationship_id": NOBODY, "group_id": NOBODY, "person_id": NOBODY, "entitlement_id": NOBODY, "upgrade_id": NOBODY,
        "user_id": NOBODY, "role_id": "62e90394-69f5-4237-9190-012177145e10",
        "cart_id": cart, "product_id": "x", "sku_id": "x", "availability_id": "x", "offer_id": "x",
        "agreement_template_id": NOBODY, "domain": "x.example", "domain_prefix": "x", "application_id": NOBODY, "policy_id": NOBODY,
        "device_batch_id": "none", "device_id": NOBODY, "batch_tracking_id": NOBODY, "isocode": "US",
        "agent_locale": "en-US", "service_request_id": request,
        "customer_id": customer.id, "subscription_id": subscription, "code": code, "package_id": draft, "id": customer.id
    }

    def find(operation):
        if operation["id"].startswith("sandbox."):
            client = world.sandbox
        elif ".invitations." in operation["id"]:
            client = other.act("globalAdmin")
        elif ".policypackages." in operation["id"] or ".killswitches." in operation["id"]:
            client = owner
        elif ".leftovers." in operation["id"] or operation["id"] == "multichannel.agreements.sign":
            client = customer.act("globalAdmin")
        else:
            client = partner.act("adminAgent")
        path = operation["path"].format(**{"order_id": "x", **names})
        return client, path + BODIES.get(operation["id"], {}).get("query", "")

    return find


@pytest.fixture(scope="module")
def operations(program):
    paths = program.anonymous.get("/openapi.json").expect(200)["paths"]
    found = {}
    for path, methods in paths.items():
        for method, operation in methods.items():
            if method != "parameters":
                kinds = operation.get("requestBody", {}).get("content", {})
                found[operation["operationId"]] = {
                    "id": operation["operationId"], "method": method.upper(), "path": path,
                    "json": "application/json" in kinds,
                }
    return found


def test_every_operation_that_takes_json_is_in_the_list(operations):
    # Graph's errors have a shape of their own: they are looked at in test_gdap.py.
    ours = {id for id, operation in operations.items() if operation["json"] and not id.startswith("gdap.")}
    assert ours == set(BODIES)


@pytest.mark.parametrize("id", BODIES)
def test_what_is_not_json_is_refused(program, operations, stage, id):
    client, path = stage(operations[id])
    for body in NOT_JSON + NOT_AN_OBJECT:
        if BODIES[id].get("yaml") and not body.startswith(b"{"):
            continue  # YAML is taken too, and read as such.
        answer = client.call(operations[id]["method"], path, body)
        assert 400 <= answer.status < 500, f"{body[:40]} {answer.asked} {answer.status} {answer.text[:300]}"
        assert answer.json["data"] or answer.json.get("faults"), f"{body[:40]} {answer.text[:300]}"
    if not BODIES[id].get("optional") and not BODIES[id].get("yaml"):
        for nothing in (b"", b"null", b"  ", b"\xef\xbb\xbf"):
            answer = client.call(operations[id]["method"], path, nothing)
            assert 400 <= answer.status < 500 or BODIES[id].get("free"), f"{nothing} {answer.text[:300]}"
    assert program.anonymous.get("/readyz").status == 200


@pytest.mark.parametrize("id", BODIES)
def test_a_field_of_the_wrong_type_is_named(program, operations, stage, id):
    case = BODIES[id]
    client, path = stage(operations[id])
    for field, text in wrong_types(case["body"], case.get("tolerant", ())):
        answer = client.call(operations[id]["method"], path, text)
        assert 400 <= answer.status < 500, f"{field}: {answer.status} {answer.text[:300]} for {text[:300]}"
        assert names(answer, field), f"{field} is not named: {answer.text[:300]} for {text[:300]}"
    assert program.anonymous.get("/readyz").status == 200


@pytest.mark.parametrize("id", BODIES)
def test_a_field_with_text_nobody_can_keep_is_named(program, operations, stage, id):
    case = BODIES[id]
    client, path = stage(operations[id])
    for field, text in list(bad_texts(case["body"])) + list(twice(case["body"])):
        answer = client.call(operations[id]["method"], path, text)
        assert 400 <= answer.status < 500, f"{field}: {answer.status} {answer.text[:300]} for {text[:200]}"
        assert names(answer, field), f"{field} is not named: {answer.text[:300]} for {text[:200]}"
    assert program.anonymous.get("/readyz").status == 200


@pytest.mark.parametrize("id", [id for id in BODIES if BODIES[id].get("words")])
def test_a_word_that_is_in_no_list_is_named(operations, stage, id):
    case = BODIES[id]
    client, path = stage(operations[id])
    for field, text in unknown_words(case["body"], case["words"]):
        answer = client.call(operations[id]["method"], path, text)
        if '"  "' not in text:
            assert answer.status == 400 and names(answer, field), f"{field}: {answer.status} {answer.text[:300]}"
        assert answer.status < 500, answer.text[:300]


@pytest.mark.parametrize("id", BODIES)
def test_ten_megabytes_are_too_many(program, operations, stage, id):
    client, path = stage(operations[id])
    for body in (b'{"name": "' + b"x" * 10_500_000 + b'"}', b" " * 10_500_000):
        answer = client.call(operations[id]["method"], path, body)
        assert answer.status == 413 and "body" in answer.json["data"], f"{answer.status} {answer.text[:300]}"
    assert program.anonymous.get("/readyz").status == 200
