"""Granular delegated administration over Graph, as a partner's tool and a customer's administrator speak it."""

GRAPH = "/v1.0/tenantRelationships"
RELATIONSHIPS = f"{GRAPH}/delegatedAdminRelationships"
OURS = "/multichannel/v1/delegations"

GLOBAL_ADMIN = "62e90394-69f5-4237-9190-012177145e10"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8"
EXCHANGE = "29232cdf-9323-42fd-ade2-1d097af3e4de"
USERS = "fe930be7-5e62-47db-91af-98c3a49a38b1"

HELPERS = "5a6b1c7e-0f2d-4f0a-9c55-6a5f1f3d2b10"
MAILERS = "0c9a6d52-51c5-4f0f-8a65-5c2f8b7f4e21"


def details(*roles):
    return {"unifiedRoles": [{"roleDefinitionId": role} for role in roles]}


def group(container):
    return {"accessContainerId": container, "accessContainerType": "securityGroup"}


class Delegating:
    """One partner and one customer, and what they ask of each other."""

    def __init__(self, world, partner=None, customer=None):
        self.world = world
        self.partner, self.customer = partner or world.partner(), customer or world.customer()
        self.agent = self.partner.act("adminAgent")
        self.admin = self.customer.act("globalAdmin")
        self.count = 0

    def body(self, *roles, **more):
        self.count += 1
        return {
            "displayName": f"Helpdesk {self.count}", "duration": "P730D",
            "customer": {"tenantId": self.customer.id, "displayName": self.customer.name},
            "accessDetails": details(*(roles or (HELPDESK, EXCHANGE, GLOBAL_READER))),
            "autoExtendDuration": "PT0S", **more,
        }

    def draft(self, *roles, **more):
        return self.agent.post(RELATIONSHIPS, self.body(*roles, **more)).expect(201)

    def ask(self, relationship, action, client=None, **more):
        path = f"{RELATIONSHIPS}/{relationship['id']}/requests"
        return (client or self.agent).post(path, {"action": action, **more}).expect(201)

    def sent(self, *roles, **more):
        made = self.draft(*roles, **more)
        self.ask(made, "lockForApproval")
        return made

    def active(self, *roles, **more):
        made = self.sent(*roles, **more)
        shown = self.admin.get(f"{OURS}/{made['id']}").expect(200)
        self.admin.post(f"{OURS}/{made['id']}/acceptance", {"termsHash": shown["termsHash"]}).expect(200)
        return self.seen(made)

    def seen(self, relationship, client=None):
        return (client or self.agent).get(f"{RELATIONSHIPS}/{relationship['id']}").expect(200)

    def assign(self, relationship, container, *roles):
        path = f"{RELATIONSHIPS}/{relationship['id']}/accessAssignments"
        return self.agent.post(path, {"accessContainer": group(container), "accessDetails": details(*roles)})

    def assignments(self, relationship):
        return self.agent.get(f"{RELATIONSHIPS}/{relationship['id']}/accessAssignments").expect(200)["value"]


def fault(answer, status, code=None, reason=None):
    """The error in Graph's shape, when it is the one that was expected."""
    assert answer.status == status, f"{answer.asked} answered {answer.status}: {answer.text[:1500]}"
    error = answer.json["error"]
    assert error["message"] and "⟦" not in error["message"]
    inner = error["innerError"]
    assert inner["request-id"] and inner["client-request-id"] and inner["date"]
    if code is not None:
        assert error["code"] == code, error
    if reason is not None:
        assert inner["reason"] == reason, error
    return error
