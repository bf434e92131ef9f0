"""Everything the pages need to have something to show: requests in each state, and people of each kind."""

from switching import Moves
from world import Organization


def persona(program, key, role, domain):
    """The organization of a persona, as world building would have answered it."""
    found = program.ready["personas"][key]
    return Organization(program, {
        "id": found["tenant"], "name": found["organization"], "domain": domain, "tokens": {role: found["token"]},
        "people": {role: found["user"]},
    })


class Scenes:
    def __init__(self, program, world, tozai, mirai):
        self.program, self.world, self.tozai, self.mirai = program, world, tozai, mirai
        agent = tozai.act("adminAgent")
        held = agent.get(f"/multichannel/v1/customers/{mirai.id}/subscriptions").expect(200)["items"]
        self.subscription = next(item["id"] for item in held if item["name"] == "Office 365 E3")
        self.explained = agent.get(
            f"/multichannel/v1/customers/{mirai.id}/subscriptions/{self.subscription}/options"
        ).correlation
        access = mirai.act("globalAdmin").get(f"/multichannel/v1/customers/{mirai.id}/access").expect(200)["items"]
        self.grant = next(item["id"] for item in access if item["kind"] == "dap")
        asked = agent.get("/multichannel/v1/relationshiprequests").expect(200)["items"]
        self.open = next(item for item in asked if item["customerDomain"] == "quarrystreet.example")
        self.accepted, self.declined, self.withdrawn = world.customer(), world.customer(), world.customer()
        self._answer()
        self.newcomer = world.partner(name="Newcomer Cloud")
        self.asked = world.customer()
        self.asked.code = world.request(tozai, self.asked)["code"]
        self._listen()
        self.moves = Moves(world, tozai)
        self._announce()
        self.delegation = self._delegate(mirai)
        self.delegated = self._delegate(self.accepted)
        self.accepted.act("globalAdmin").post(
            f"/v1.0/tenantRelationships/delegatedAdminRelationships/{self.delegated}/requests", {"action": "approve"}
        ).expect(201)

    def _delegate(self, customer):
        """Granular delegated administration that waits for the customer's answer."""
        agent, path = self.tozai.act("adminAgent"), "/v1.0/tenantRelationships/delegatedAdminRelationships"
        roles = [{"roleDefinitionId": "729827e3-9c14-49f7-bb1b-9608f156bbb8"}]
        made = agent.post(path, {
            "displayName": f"Helpdesk for {customer.id[:8]}", "duration": "P1Y", "customer": {"tenantId": customer.id},
            "accessDetails": {"unifiedRoles": roles},
        }).expect(201)
        agent.post(f"{path}/{made['id']}/requests", {"action": "lockForApproval"}).expect(201)
        return made["id"][:36]

    def _answer(self):
        for customer in (self.accepted, self.declined, self.withdrawn):
            request = self.world.request(self.tozai, customer)
            customer.code, customer.request = request["code"], request["id"]
        self.world.accept(self.accepted, self.accepted.code)
        self.declined.act("globalAdmin").post(
            f"/multichannel/v1/invitations/{self.declined.code}/refusal", {"reason": "We stay with our partner."}
        ).expect(200)
        self.tozai.act("adminAgent").post(
            f"/multichannel/v1/relationshiprequests/{self.withdrawn.request}/withdrawal"
        ).expect(200)

    def _listen(self):
        """A receiver that nobody runs: deliveries wait, with a cause to be read."""
        agent = self.tozai.act("adminAgent")
        names = agent.get("/webhooks/v1/registration/events").json
        agent.post(
            "/webhooks/v1/registration", {"WebhookUrl": "http://127.0.0.1:9/hook", "WebhookEvents": names}
        ).expect(200)
        agent.post("/webhooks/v1/registration/validationEvents").expect(200)

    def _announce(self):
        """Today's rules, announced and far from being in force."""
        owner = next(p for p in self.program.ready["personas"].values() if "policyOwner" in p["roles"])
        owner = self.program.client(owner["token"])
        package = self.program.anonymous.bearing(owner.token).get("/multichannel/v1/policypackages/shipped/2026").text
        draft = owner.post("/multichannel/v1/policypackages", package).expect(201)["id"]
        effective = {"effective": f"{self.world.now.year + 2}-01-01T00:00:00Z"}
        made = owner.post(f"/multichannel/v1/policypackages/{draft}/publication", effective).expect(201)
        self.published, self.news = draft, made["announcement"]["id"]
        self.drafted = owner.post("/multichannel/v1/policypackages", {"package": "2026"}).expect(201)["id"]
