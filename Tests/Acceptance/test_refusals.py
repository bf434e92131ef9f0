"""What only partners ask, asked by somebody else: refused with a reason, and nothing told."""

import pytest

PARTNERS_ALONE = (
    "/v1/usagesummary", "/v1/customers/usagerecords", "/v1/customers/all/validations", "/v1/profiles/billing",
    "/v1/profiles/legalbusiness", "/v1/profiles/organization", "/v1/profiles/support",
    "/v1/customers/relationshiprequests", "/v1/servicerequests/supporttopics", "/webhooks/v1/registration/events",
)


@pytest.mark.parametrize("path", PARTNERS_ALONE)
def test_a_customers_user_is_refused_what_only_partners_ask(world, path):
    partner, customer = world.partner(), world.customer()
    assert partner.act("globalAdmin").get(path).status in (200, 403)
    answer = customer.act("globalAdmin").get(path)
    assert answer.status == 403 and answer.reason == "ACCESS_DENIED", f"{answer.status} {answer.text[:200]}"
    assert partner.id not in answer.text and partner.name not in answer.text
