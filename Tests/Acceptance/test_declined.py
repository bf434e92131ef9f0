"""Operations that are known and not done: each says so, and what to use instead."""

import re

import pytest


@pytest.fixture(scope="module")
def declined(program):
    paths = program.anonymous.get("/openapi.json").expect(200)["paths"]
    return [
        (method.upper(), re.sub(r"\{\w+\}", "00000000-0000-4000-8000-000000000000", path))
        for path, item in paths.items() for method, operation in item.items()
        if method != "parameters" and operation.get("x-support") == "declined"
    ]


def test_each_is_refused_in_the_callers_language(world, declined):
    partner, japanese = world.partner(), set()
    assert len(declined) > 40
    for method, path in declined:
        english = partner.act("globalAdmin").call(method, path, {} if method in ("POST", "PUT") else None)
        body = english.json
        if path.startswith("/v1.0/"):
            # These belong to another face, whose errors have a shape of their own.
            assert english.status == 400 and body["error"]["message"].endswith("."), english.text
            continue
        assert (english.status, body["code"], body["reason"]) == (400, 800042, "OPERATION_DECLINED"), english.text
        assert body["data"] == [] and body["source"] == "PartnerFD" and body["description"].endswith(".")
        other = partner.act("globalAdmin", "ja").call(method, path, {} if method in ("POST", "PUT") else None).json
        assert other["description"] != body["description"] and other["description"].endswith("。")
        japanese.add(other["description"])
    assert len(japanese) > 10


def test_nobody_is_told_without_a_token(program, world, declined):
    gone = world.partner()
    for method, path in declined:
        assert program.anonymous.call(method, path, None).status == 401
    method, path = declined[0]
    agent = gone.act("globalAdmin")
    agent.call(method, path, None).expect(400, "OPERATION_DECLINED")


def test_a_program_alone_is_refused_where_the_vendor_demands_a_person(world, declined):
    answers = {world.partner().act("app").call(method, path, None).status for method, path in declined[:12]}
    assert answers <= {400, 403}


def test_the_page_of_compatibility_names_them(program):
    page = program.anonymous.get("/docs/compatibility").text
    assert "mfa.adoption" in page and "referrals.list" in page
