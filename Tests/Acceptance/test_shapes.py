"""The checker of answers sees what Microsoft's SDKs stumble over, and Partner Center's documented answers pass it."""

import pytest

import shapes

CUSTOMER = {
    "id": "c3f1d2a4-9b58-4b06-8e2e-5b7e1f0a6d31", "relationshipToPartner": "reseller", "allowDelegatedAccess": True,
    "companyProfile": {"companyName": "Birchwater Pottery", "attributes": {"objectType": "CustomerCompanyProfile"}},
    "links": {"self": {"uri": "/customers/c3f1d2a4", "method": "GET", "headers": []}},
    "attributes": {"objectType": "Customer"},
}
SUBSCRIPTION = {
    "id": "0D5A1448-75D1-49A9-8700-7C48216CEE50", "quantity": 5, "status": "active", "autoRenewEnabled": True,
    "creationDate": "2026-02-01T10:00:00.1234567Z", "billingCycle": "monthly", "attributes": {"etag": "x"},
}


def test_what_is_right_passes():
    assert shapes.check_resource("Customer", CUSTOMER).complaints == []
    assert shapes.check_resource("Subscription", SUBSCRIPTION).complaints == []
    page = {"totalCount": 1, "items": [CUSTOMER], "attributes": {"objectType": "Collection"}, "continuationToken": "t"}
    assert shapes.check_resource("SeekBasedResourceCollection<Customer>", page).complaints == []
    assert shapes.check_resource("array<Subscription>", [SUBSCRIPTION]).complaints == []


@pytest.mark.parametrize("change", [
    {"quantity": 5.0}, {"quantity": "5"}, {"quantity": None}, {"quantity": True}, {"autoRenewEnabled": "true"},
    {"status": "Active"}, {"status": "expired"}, {"status": ""}, {"billingCycle": "triennial"},
    {"creationDate": "01/02/2026"}, {"creationDate": None}, {"creationDate": 1}, {"FriendlyName": "x"},
    {"friendlyName": 7}, {"noSuchField": 1}, {"attributes": {"objectType": "Order"}}, {"attributes": {"etag": 4}},
    {"links": {"self": {"uri": "/v1/customers", "method": "GET"}}}, {"links": {"self": {"uri": "https://x.example/a"}}},
    {"links": {"next": {"uri": "/a", "headers": {"MS-ContinuationToken": "t"}}}}, {"refundOptions": {}},
])
def test_what_an_sdk_cannot_read_is_found(change):
    assert shapes.check_resource("Subscription", {**SUBSCRIPTION, **change}).complaints


def test_collections_are_checked_to_the_last_item():
    kind = "ResourceCollection<Subscription>"
    for body in ([], {"items": None}, {"totalCount": 2, "items": [SUBSCRIPTION]}, {
        "totalCount": 2, "items": [SUBSCRIPTION, {**SUBSCRIPTION, "status": "gone"}],
    }):
        assert shapes.check_resource(kind, body).complaints
    assert shapes.check_resource("array<Subscription>", {"items": []}).complaints


@pytest.mark.parametrize("method, target, id", [
    ("GET", "/v1//Customers/X/Subscriptions/?a=1", "subscriptions.list"), ("GET", "/v1/customers", "customers.list"),
    ("GET", "/v1/customers/relationshiprequests", "relationshiprequests.get"), ("GET", "/v1/customers/x", "customers.get"),
    ("GET", "/v1/nothing", None),
])
def test_an_operation_is_known_by_its_address(method, target, id):
    found = shapes.operation_of(method, target)
    assert (found and found["id"]) == id


def test_every_operation_with_a_model_is_checked_by_it():
    checked = [each for each in shapes.OPERATIONS if shapes.answer_kind(each)]
    assert len(shapes.OPERATIONS) == 296 and len(checked) > 190, len(checked)
