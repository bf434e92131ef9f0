"""Moves as far as pages and stories need them: to Tozai, the partner of the demo, from a partner of their own."""

from moving import Cast


class Switching(Cast):
    """A customer, the partner that sells it something, and Tozai, which shall have it."""

    def __init__(self, world, tozai, source=None, **customer):
        self.world, self.target = world, tozai
        self.source = world.partner(country="JP", **(source or {"name": "North Wind Systems"}))
        self.customer = world.customer(country="JP", **customer)
        for partner in (self.source, self.target):
            world.relationship(partner, self.customer)

    @property
    def token(self):
        return self.customer.tokens["globalAdmin"]

    @property
    def seller(self):
        return self.source.tokens["adminAgent"]

    def wizard(self, *subscriptions, **more):
        fields = [("customer", self.customer.id)] + [("subscription", each) for each in subscriptions] + list(more.items())
        return "/switches/new?" + "&".join(f"{name}={value}" for name, value in fields)


def path(move):
    return f"/switches/{move['id']}"


class Moves:
    """A move that is asked for, one that is handed over, one that builds anew."""

    def __init__(self, world, tozai):
        self.asked = Switching(world, tozai)
        self.azure = self.asked.hold("usage", name="Microsoft Azure")
        self.licence = self.asked.hold("license", name="Dynamics 365 Sales", quantity=10, term=world.term())
        self.other = self.asked.hold("usage", name="Azure for tests")
        self.waiting = self.asked.request(self.azure)
        self.handed = Switching(world, tozai)
        move = self.handed.request(self.handed.hold("usage", name="Microsoft Azure"))
        self.handover = self.handed.play(self.handed.agree(move), until="grantAccess")
        self.leftover = self.handover["leftovers"][0]["id"]
        self.built = Switching(world, tozai)
        move = self.built.request(self.built.hold("usage", "ea", name="Microsoft Azure (EA)"))
        self.assessed = self.built.agree(move)
        entered = self.built.request(self.built.hold("usage", "direct", name="Microsoft Azure (pay as you go)"))
        self.entered = self.built.play(self.built.agree(entered), until="enterDetails")
