"""People who carry out a move over HTTP, each with an own token."""

MOVES = "/multichannel/v1/moves"


class Cast:
    """A customer with its current and its new partner."""

    def __init__(self, world, **customer):
        self.world = world
        self.source, self.target = world.partner(name="Hokusei Systems"), world.partner(name="Tozai Cloud")
        self.customer = world.customer(**customer)
        world.relationship(self.target, self.customer)

    def act(self, party, language=None):
        if party == "customer":
            return self.customer.act("globalAdmin", language)
        return {"source": self.source, "target": self.target}[party].act("adminAgent", language)

    def hold(self, family, channel="csp", **more):
        body = {"monthlyCost": {"amount": "310.00", "currency": "USD"}, **more}
        seller = self.source if channel == "csp" else None
        return self.world.subscription(self.customer, family, channel, seller, **body)

    def preview(self, *subscriptions, by="target", **more):
        return self._ask("movepreviews", 200, subscriptions, by, more)

    def request(self, *subscriptions, by="target", **more):
        return self._ask("moves", 201, subscriptions, by, more)

    def body(self, subscriptions, **more):
        return {"subscriptionIds": list(subscriptions), "toPartner": self.target.id, **more}

    def _ask(self, what, status, subscriptions, by, more):
        path = f"/multichannel/v1/customers/{self.customer.id}/{what}"
        return self.act(by).post(path, self.body(subscriptions, **more)).expect(status)

    def look(self, move, by="customer"):
        return self.act(by).get(f"{MOVES}/{move['id']}").expect(200)

    def approve(self, move, by):
        body = {"decision": "approve", "termsHash": move["termsHash"]}
        return self.act(by).post(f"{MOVES}/{move['id']}/consents", body).expect(200)

    def agree(self, move):
        for consent in move["consents"]:
            move = self.approve(move, consent["party"])
        return move

    def step(self, move, name, by, evidence=None):
        body = {} if evidence is None else {"evidence": evidence}
        return self.act(by).post(f"{MOVES}/{move['id']}/steps/{name}", body)

    def ready(self, move):
        return next((step for step in move["steps"] if step["state"] == "ready"), None)

    def play(self, move, until=None):
        """Does every step whose turn it is by whoever has to."""
        move = self.look(move)
        while (step := self.ready(move)) and step["id"] != until and step["who"] != "system":
            if step["id"] == "removeAccess":
                self.clear()
                move = self.look(move)
            else:
                move = self.step(move, step["id"], step["who"]).expect(200)
        return move

    def leftovers(self, by="customer"):
        return self.act(by).get(f"/multichannel/v1/customers/{self.customer.id}/leftovers").expect(200)["items"]

    def resolve(self, leftover, **body):
        path = f"/multichannel/v1/customers/{self.customer.id}/leftovers/{leftover['id']}/resolution"
        return self.act("customer").post(path, body)

    def clear(self):
        for leftover in self.leftovers():
            if leftover["state"] == "open":
                self.resolve(leftover).expect(200)

    def held(self, subscription, by="customer"):
        path = f"/multichannel/v1/customers/{self.customer.id}/subscriptions/{subscription}"
        return self.act(by).get(path).expect(200)
