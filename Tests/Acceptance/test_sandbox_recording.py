"""What the sandbox keeps of the requests that came: enough to look at what a program really sent, and no secret."""

import json


def seen(world, after=0):
    return world.sandbox.get(f"/sandbox/v1/requests?after={after}").expect(200)["items"]


def test_a_request_is_kept_with_its_body_and_its_answer(own_world):
    agent = own_world.partner().act("adminAgent", "ja")
    own_world.sandbox.delete("/sandbox/v1/requests").expect(204)
    wish = {"companyProfile": {"domain": "no domain"}, "billingProfile": {}}
    agent.post("/v1/customers", wish).expect(400)
    agent.get("/v1/customers?size=3").expect(200)
    first, second = seen(own_world)
    assert (first["method"], first["path"], first["status"]) == ("POST", "/v1/customers", 400)
    assert json.loads(first["body"]) == wish and first["milliseconds"] >= 0
    assert (second["path"], second["query"], second["status"]) == ("/v1/customers", "size=3", 200)
    assert "body" not in second
    headers = {one["key"].lower(): one["value"] for one in second["headers"]}
    assert headers["x-locale"].startswith("ja") and "authorization" not in headers
    assert [one["number"] for one in seen(own_world, first["number"])] == [second["number"]]


def test_neither_tokens_nor_the_sandboxs_own_requests_are_kept(own_world):
    partner = own_world.partner()
    own_world.sandbox.delete("/sandbox/v1/requests").expect(204)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    secret = b"grant_type=client_credentials&client_id=a&client_secret=moon-rose"
    own_world.program.anonymous.call("POST", f"/{partner.id}/oauth2/token", secret, form)
    partner.act("adminAgent").get("/v1/customers").expect(200)
    kept = json.dumps(seen(own_world))
    assert "moon-rose" not in kept and partner.tokens["adminAgent"] not in kept and "/sandbox/" not in kept
    assert "oauth2/token" in kept


def test_what_no_route_knows_is_kept_too_and_long_bodies_are_cut(own_world):
    agent = own_world.partner().act("adminAgent")
    own_world.sandbox.delete("/sandbox/v1/requests").expect(204)
    agent.get("/v1/nowhere").expect(404)
    agent.post("/v1/customers", {"companyProfile": {"companyName": "x" * 100_000}})
    missing, long = seen(own_world)
    assert (missing["path"], missing["status"]) == ("/v1/nowhere", 404)
    assert len(long["body"]) == 16_384


def test_a_reset_forgets_them_and_nobody_else_reads_them(own_world):
    agent = own_world.partner().act("adminAgent")
    agent.get("/v1/customers").expect(200)
    assert agent.get("/sandbox/v1/requests").status == 401
    assert own_world.sandbox.get("/sandbox/v1/requests?after=x").expect(400)["data"] == ["after"]
    own_world.sandbox.post("/sandbox/v1/reset").expect(200)
    assert seen(own_world) == []
