"""All access of an organization over HTTP: who used what since when, when it ends, and how many go on at once."""

import pytest

from delegating import GLOBAL_ADMIN, HELPDESK, HELPERS, Delegating

ALL = "/multichannel/v1/access"


@pytest.fixture
def pair(world):
    pair = Delegating(world)
    world.relationship(pair.partner, pair.customer)
    return pair


def kinds(items):
    return sorted(item["kind"] for item in items)


def test_both_sides_see_every_way_with_its_text_and_its_use(pair):
    made = pair.active(HELPDESK)
    pair.assign(made, HELPERS, HELPDESK).expect(201)
    for client in (pair.agent, pair.admin):
        assert kinds(client.get(ALL).expect(200)["items"]) == ["dap", "gdap", "resellerTie"]
        (row,) = client.get(f"{ALL}?kind=gdap").expect(200)["items"]
        assert row["customer"]["id"] == pair.customer.id and row["unusedSince"] == row["from"]
        text = client.get(row["termsUri"]).expect(200)["terms"]
        assert text["hash"] == row["grantedBy"]["termsHash"] and text["text"]
    pair.agent.get(f"/multichannel/v1/customers/{pair.customer.id}/subscriptions").expect(200)
    used = {row["kind"]: "lastUsedAt" in row for row in pair.agent.get(ALL).expect(200)["items"]}
    assert used == {"resellerTie": True, "gdap": True, "dap": False}, "GD-16"
    stranger = pair.world.partner().act("adminAgent")
    assert stranger.get(ALL).expect(200)["items"] == []
    pair.agent.get(f"{ALL}?kind=magic").expect(400)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_many_are_extended_with_a_result_each(pair, language):
    plain, ruler = pair.active(HELPDESK), pair.active(GLOBAL_ADMIN)
    wish = {"ids": [plain["id"], ruler["id"]]}
    headers = {"X-Locale": "ja-JP" if language == "ja" else "en-US"}
    job = pair.agent.post(f"{ALL}/extensions", wish, headers=headers).expect(202)
    assert job["state"] == "done" and [row["outcome"] for row in job["rows"]] == ["extended", "drafted"]
    assert [row["rule"] for row in job["rows"]] == ["GD-11", "GD-11"]
    assert all(row["text"].isascii() == (language == "en") for row in job["rows"])
    assert pair.seen(plain)["autoExtendDuration"] == "P180D" and pair.seen(ruler)["autoExtendDuration"] == "PT0S"
    again = pair.agent.post(f"{ALL}/extensions", wish).expect(202)
    assert again["counts"]["unchanged"] == 2 and again["rows"][1]["draft"] == job["rows"][1]["draft"]
    assert pair.agent.get(job["uri"]).expect(200)["counts"] == job["counts"]
    pair.world.partner().act("adminAgent").get(job["uri"]).expect(404)


def test_the_calendar_and_the_report_answer_both_sides(pair):
    pair.active(HELPDESK, duration="P30D")
    for client in (pair.agent, pair.admin):
        ends = client.get(f"{ALL}/calendar").expect(200)["items"]
        assert [end["access"]["kind"] for end in ends] == ["gdap"] and not ends[0]["isExtended"]
        report = client.get(f"{ALL}/unused").expect(200)
        assert report["days"] == 90 and report["items"] == []
        assert len(client.get(f"{ALL}/unused?unusedFor=0").expect(200)["items"]) in (0, 1, 2)
    client.get(f"{ALL}/calendar?from=soon").expect(400)
