"""From delegated administration to granular relationships, many customers at once (GD-17, GD-23, GD-24, GD-25)."""

import uuid

ACCESS = "/multichannel/v1/access"
GROUPS = "/multichannel/v1/groups"


def delegated(world, partner, days=400):
    customer = world.customer()
    world.relationship(partner, customer, scope={"reseller": True, "delegatedAdmin": True, "days": days})
    return customer


def ways(customer):
    rows = customer.act("globalAdmin").get(f"/multichannel/v1/customers/{customer.id}/access").expect(200)["items"]
    return {row["kind"] for row in rows}


def test_GD_24_many_customers_are_asked_at_once_and_delegated_administration_goes_after_the_grace(own_world):
    world = own_world
    partner = world.partner()
    agent = partner.act("adminAgent")
    customers = [delegated(world, partner) for _ in range(3)]
    group = str(uuid.uuid4())
    boss = partner.act("globalAdmin")
    boss.put(f"{GROUPS}/{group}", {"name": "Helpers"}).expect(200)
    me = world.sandbox.post(f"/sandbox/v1/organizations/{partner.id}/people", {"roles": ["helpdeskAgent"]}).expect(201)
    boss.put(f"{GROUPS}/{group}/members/{me['id']}")
    wish = {"all": True, "groups": [{"id": group, "roles": ["helpdeskAdministrator"]}], "days": 365}
    seen = agent.post(f"{ACCESS}/migrationpreviews", wish).expect(200)
    assert seen["total"] == 3 and "service provider users" in seen["notice"]
    assert {row["outcome"] for row in seen["rows"]} == {"asked"}
    losses = {loss["person"]["id"]: loss for loss in seen["rows"][0]["losses"]}
    assert losses[me["id"]]["isAtOnce"] and losses[me["id"]]["keeps"] == ["helpdeskAdministrator"]
    assert any(not loss["isAtOnce"] and loss["keeps"] == [] for loss in losses.values())
    assert agent.get("/v1.0/tenantRelationships/delegatedAdminRelationships").expect(200)["value"] == []

    job = agent.post(f"{ACCESS}/migrations", wish).expect(202)
    assert job["state"] == "done" and job["counts"]["asked"] == 3
    mails = world.sandbox.get("/sandbox/v1/outbox").expect(200)["items"]
    assert sum(mail["kind"] == "delegationAsked" for mail in mails) >= 3
    first = job["rows"][0]["relationship"]["id"]
    house = next(each for each in customers if each.id == job["rows"][0]["customer"]["id"])
    admin = house.act("globalAdmin")
    shown = admin.get(f"/multichannel/v1/delegations/{first}").expect(200)
    admin.post(f"/multichannel/v1/delegations/{first}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)
    world.advance("PT2H")
    now = agent.get(job["uri"]).expect(200)
    assert now["counts"]["migrated"] == 1 and now["counts"]["asked"] == 2
    assert {"dap", "gdap"} <= ways(house)
    world.advance("P29D")
    assert "dap" in ways(house)
    world.advance("P1D")
    assert "dap" not in ways(house) and "gdap" in ways(house)
    assert agent.get(job["uri"]).expect(200)["counts"]["completed"] == 1


def test_GD_17_what_was_sold_there_is_not_left_without_anybody_unless_the_partner_insists(own_world):
    world = own_world
    partner = world.partner()
    agent = partner.act("adminAgent")
    customer = delegated(world, partner)
    world.subscription(customer, family="usage", channel="csp", seller=partner, name="Azure plan")
    wish = {"customerIds": [customer.id], "groups": []}
    row = agent.post(f"{ACCESS}/migrationpreviews", wish).expect(200)["rows"][0]
    assert row["outcome"] == "refused" and row["rule"] == "GD-17" and row["unattended"] == ["Azure plan"]
    row = agent.post(f"{ACCESS}/migrations", wish).expect(202)["rows"][0]
    assert row["outcome"] == "refused" and row["reason"] == "LAST_ACCESS_PATH"
    assert agent.post(f"{ACCESS}/migrations", {**wish, "force": True}).expect(202)["rows"][0]["outcome"] == "asked"


def test_a_stranger_learns_nothing_from_a_migration(world):
    partner, customer = world.partner(), world.customer()
    agent = partner.act("adminAgent")
    nobody = str(uuid.uuid4())
    rows = agent.post(f"{ACCESS}/migrationpreviews", {"customerIds": [customer.id, nobody], "groups": []}).expect(200)["rows"]
    assert rows[0]["customer"] == {"id": customer.id} and rows[1]["customer"] == {"id": nobody}
    assert {key: rows[0][key] for key in rows[0] if key != "customer"} == {
        key: rows[1][key] for key in rows[1] if key != "customer"
    }
    agent.get(f"{ACCESS}/migrations/{nobody}").expect(404)
    for wish in ({}, {"all": True, "customerIds": [nobody]}, {"customerIds": ["x"]},
                 {"all": True, "groups": [{"id": nobody}]}, {"all": True, "roles": ["emperor"]}):
        agent.post(f"{ACCESS}/migrations", wish).expect(400)
