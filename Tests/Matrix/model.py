"""Who may do what: a model of the gate that knows nothing of it.

Written from the domain (people and their settings, granular and tenant-wide delegation) and from the published table
of docs/authorization.md; never from the Swift sources. `python model.py` prints every decision as the golden file
`decisions.txt` keeps it; the Swift side enumerates the same cells and compares.
"""

import itertools
import sys

ROLES = "adminAgent salesAgent helpdeskAgent globalAdmin billingAdmin user app policyOwner auditor operator".split()
KINDS = "direct indirectProvider indirectReseller advisor customer vendor".split()
PARTNERS = set(KINDS[:4])
STANDINGS = "good overdue suspended".split()
# Nobody, each role alone, each two together.
ROLE_SETS = [frozenset()] + [frozenset([r]) for r in ROLES] + [frozenset(p) for p in itertools.combinations(ROLES, 2)]

DIRECTORY_ROLES = """
globalAdministrator globalReader billingAdministrator userAdministrator helpdeskAdministrator passwordAdministrator
licenseAdministrator serviceSupportAdministrator directoryReaders directoryWriters privilegedRoleAdministrator
privilegedAuthenticationAdministrator authenticationAdministrator applicationAdministrator
cloudApplicationAdministrator domainNameAdministrator externalIdentityProviderAdministrator exchangeAdministrator
sharePointAdministrator teamsAdministrator intuneAdministrator securityAdministrator securityReader
complianceAdministrator reportsReader messageCenterReader groupsAdministrator dynamics365Administrator
powerPlatformAdministrator applicationDeveloper attackSimulationAdministrator authenticationPolicyAdministrator
azureInformationProtectionAdministrator cloudAppSecurityAdministrator cloudDeviceAdministrator
complianceDataAdministrator conditionalAccessAdministrator customerLockboxAccessApprover
desktopAnalyticsAdministrator exchangeRecipientAdministrator fabricAdministrator guestInviter
hybridIdentityAdministrator identityGovernanceAdministrator officeAppsAdministrator printerAdministrator
searchAdministrator securityOperator skypeForBusinessAdministrator teamsCommunicationsAdministrator
teamsCommunicationsSupportEngineer teamsCommunicationsSupportSpecialist teamsDevicesAdministrator
usageSummaryReportsReader windows365Administrator
""".split()

# What each kind of organization can set its people to (1.2: agent roles and admin roles; 1.3; 1.4).
SETTINGS = {
    **{kind: set(ROLES[:7]) for kind in PARTNERS},
    "customer": {"globalAdmin", "billingAdmin", "user", "app"},
    "vendor": {"policyOwner", "auditor", "operator", "user", "app"},
}

# ---- the table, row by row: who, and how far -------------------------------------------------------------------------
#   P partner at home · T partner with a live reseller relationship · M partner that is a party of a move there
#   C customer at home · V vendor anywhere · A partner, and c customer, anywhere · E everybody anywhere
# letters of roles: a admin agent, s sales agent, h helpdesk agent, g global admin, b billing admin, u user, x program,
#   o policy owner, d auditor, p operator
LETTERS = dict(zip("ashgbuxodp", ROLES))
TABLE = """
serve
seed
listCustomers               P:ashgbx
createCustomer              P:asgx
requestRelationship         P:ashgx
readRelationshipRequests    P:ashgx
changeRelationshipRequest   P:ashgx
readReusableLink            P:ashgx
readPartnerRelationships    P:ashgx
readProfile                 P:ashgbux
updateProfile               P:agb
readAudit                   P:ashgx C:gb V:d
readOffers                  P:ashgbx
importCatalog               A:agx V:op
readWebhooks                P:agx
changeWebhooks              P:agx
readGroups                  P:ashgx
changeGroups                P:g
readServiceRequests         P:ashgx T:ashgx
changeServiceRequests       P:ahg T:ahg
readInvoices                P:agbx
readCustomer                T:ashgbx C:gbu
deleteCustomer              T:agx
removeRelationship          T:agx
readRelationshipsOfCustomer T:ashgbx C:gb
readSubscriptions           T:ashgbx C:gbu
recordSubscription          T:asgx C:gb
readOptions                 T:ashgbx C:gbu
changeSubscription          T:asgx
placeOrder                  T:asgx
readOrders                  T:ashgbx C:gb
readAccess                  T:ashgx C:gb
endAccess                   T:ag C:g
importUsage                 T:asgx C:gb
readImport                  P:ashgbux C:gb
readStatement               T:agbx M:agbx C:gb
readUsage                   T:agbx
readSales                   T:ashgbx
readUsers                   C:g
changeUsers                 C:g
resetPassword               C:g
changeDirectoryRoles        C:g
readLicenses                C:gb
changeLicenses              C:g
previewMove                 T:asgx C:gb
requestMove                 T:asgx C:gb
readMove                    M:ashgbx C:gb
listMoves                   P:ashgbx C:gb
decideMove                  M:agx C:g
doMoveStep                  M:asgx C:g
withdrawMove                M:asgx C:g
readLeftovers               M:ashgbx C:gb
resolveLeftover             C:g
signAgreement               C:g
consentToApplications       C:g
readDelegations             P:ashgx C:gbu
manageDelegation            P:ashgx
decideDelegation            C:gbu
endDelegation               C:g
readInvitation              C:gbu
decideInvitation            C:gbu
startInvitation             C:gbu
readPolicies                E
readAnnouncements           E
readAffected                A:ashgbx c:gbu V:od
readDecisions               E
readSelf                    E
draftPolicy                 V:o
publishPolicy               V:o
withdrawPolicy              V:o
overridePolicy              V:o
readImpact                  V:o
readPackages                V:od
"""

# What delegated administration carries (3.4, 3.5): the agents that act on behalf, and the directory roles that do it.
# Orders, bills and moves are commerce: they need no delegation, and no delegation gives them (GD-20). A customer's
# decisions are the customer's (S-07).
DIRECTORY = {
    "globalAdministrator", "globalReader", "directoryReaders", "directoryWriters", "billingAdministrator",
    "licenseAdministrator", "serviceSupportAdministrator", "userAdministrator", "privilegedRoleAdministrator",
    "helpdeskAdministrator", "passwordAdministrator",
}
PURCHASES = {
    "globalAdministrator", "globalReader", "billingAdministrator", "licenseAdministrator", "serviceSupportAdministrator"
}
DELEGATED = {
    "readCustomer": ({"adminAgent", "helpdeskAgent"}, DIRECTORY),
    "readSubscriptions": ({"adminAgent", "helpdeskAgent"}, PURCHASES),
    "readOptions": ({"adminAgent", "helpdeskAgent"}, PURCHASES),
    "readAccess": (
        {"adminAgent", "helpdeskAgent"}, {"globalAdministrator", "globalReader", "privilegedRoleAdministrator"}
    ),
    "recordSubscription": ({"adminAgent"}, {"globalAdministrator", "billingAdministrator"}),
    "importUsage": ({"adminAgent"}, {"globalAdministrator", "billingAdministrator"}),
    "readUsers": ({"adminAgent", "helpdeskAgent"}, DIRECTORY),
    "changeUsers": (
        {"adminAgent", "helpdeskAgent"}, {"globalAdministrator", "userAdministrator", "directoryWriters"}
    ),
    "resetPassword": (
        {"adminAgent", "helpdeskAgent"},
        {"globalAdministrator", "userAdministrator", "helpdeskAdministrator", "passwordAdministrator"},
    ),
    "changeDirectoryRoles": (
        {"adminAgent", "helpdeskAgent"}, {"globalAdministrator", "privilegedRoleAdministrator"}
    ),
    "consentToApplications": (
        {"adminAgent", "helpdeskAgent"},
        {
            "globalAdministrator", "privilegedRoleAdministrator", "applicationAdministrator",
            "cloudApplicationAdministrator",
        },
    ),
    "readLicenses": (
        {"adminAgent", "helpdeskAgent"},
        {
            "globalAdministrator", "globalReader", "directoryReaders", "directoryWriters", "billingAdministrator",
            "licenseAdministrator", "userAdministrator",
        },
    ),
    "changeLicenses": (
        {"adminAgent", "helpdeskAgent"}, {"globalAdministrator", "licenseAdministrator", "userAdministrator"}
    ),
}

# ---- the situations, in the order of the columns ---------------------------------------------------------------------
# scope: home, elsewhere, system, house (the caller's own tenant as a customer), customer (somebody else's house)
# tie, move: as they are now · granular: roles in force for the caller's groups · dap: roles in force


def situation(name, scope="customer", tie=False, move=False, granular=(), dap=(), known=True):
    return {
        "name": name, "scope": scope, "tie": tie, "move": move, "granular": set(granular), "dap": list(dap),
        "known": known,
    }


GA = ["globalAdministrator"]
SITUATIONS = [
    situation("home", "home"),
    situation("elsewhere", "elsewhere"),
    situation("system", "system"),
    situation("house", "house"),
    situation("home.unknown", "home", known=False),
    situation("home.otherTenant", "home", known=False),
    situation("house.unknown", "house", known=False),
    situation("stranger"),
    situation("tie", tie=True),
    situation("tie.begins", tie=True),
    situation("tie.before"),
    situation("tie.last", tie=True),
    situation("tie.over"),
    situation("tie.unknown", tie=True, known=False),
    situation("tie.otherTenant", tie=True, known=False),
    situation("move", move=True),
    situation("move.tie", move=True, tie=True),
    situation("elsewhere.everything", "elsewhere", tie=True, move=True, granular=GA),
    situation("system.everything", "system", tie=True, move=True, granular=GA),
    situation("gdap.created"),
    situation("gdap.pending"),
    situation("gdap.unanswered"),
    situation("gdap.rejected"),
    situation("gdap.unassigned"),
    situation("gdap.outsider"),
    situation("gdap.upperCase", granular=GA),
    situation("gdap.activates", granular=GA),
    situation("gdap.activating"),
    situation("gdap.last", granular=GA),
    situation("gdap.over"),
    situation("gdap.extended", granular=["globalReader"]),
    situation("gdap.terminated"),
    situation("gdap.narrowed", granular=["directoryReaders"]),
    situation("gdap.assignmentPending"),
    situation("gdap.assignmentActive", granular=GA),
    situation("gdap.assignmentDeleted"),
    situation("gdap.reassigned", granular=["directoryReaders"]),
    situation("gdap.reassigning", granular=["directoryReaders"]),
    situation("gdap.assignmentElsewhere"),
    situation("gdap.otherCustomer"),
    situation("gdap.otherPartner"),
    situation("gdap.twoGroups", granular=["helpdeskAdministrator", "billingAdministrator"]),
    situation("gdap.overAndLive", granular=["directoryReaders"]),
    situation("gdap.tie", tie=True, granular=GA),
    situation("dap.admin", dap=["adminAgent"]),
    situation("dap.helpdesk", dap=["helpdeskAgent"]),
    situation("dap.both", dap=["adminAgent", "helpdeskAgent"]),
    situation("dap.sales", dap=["salesAgent"]),
    situation("dap.named", dap=["licenseAdministrator"]),
    situation("dap.none", dap=[]),
    situation("dap.begins", dap=["adminAgent"]),
    situation("dap.before"),
    situation("dap.last", dap=["adminAgent"]),
    situation("dap.over"),
    situation("dap.revoked"),
    situation("dap.guest"),
    situation("dap.otherCustomer"),
    situation("dap.otherPartner"),
    situation("dap.gdap", dap=["adminAgent"], granular=["directoryReaders"]),
    situation("dap.outsider", dap=["adminAgent"]),
    situation("dap.tie", tie=True, dap=["adminAgent"]),
] + [situation(f"gdap.{role}", granular=[role]) for role in DIRECTORY_ROLES]


def rows():
    for line in TABLE.strip().splitlines():
        action, *cells = line.split()
        yield action, [
            (cell[0], {LETTERS[letter] for letter in cell.partition(":")[2]} if ":" in cell else set(ROLES))
            for cell in cells
        ]


ACTIONS = dict(rows())


def directory_roles(agents, standing, where):
    """What one person can be in the customer's directory: D-02 and GD-16."""
    if standing == "suspended" or not agents & {"adminAgent", "helpdeskAgent"}:
        return set()
    if where["granular"]:
        return where["granular"]
    have = set()
    for role in where["dap"]:
        if role == "adminAgent" and "adminAgent" in agents:
            have.add("globalAdministrator")
        elif role == "helpdeskAgent":
            have.add("helpdeskAdministrator")
        elif role in DIRECTORY_ROLES:
            have.add(role)
    return have


def allow(action, kind, roles, standing, where):
    """The default is no; nothing but a row of the table turns it into yes."""
    if not where["known"]:
        return False
    roles = roles & SETTINGS[kind]
    partner, scope = kind in PARTNERS, where["scope"]
    for how, wanted in ACTIONS[action]:
        who = {
            "E": True, "V": kind == "vendor", "A": partner, "c": kind == "customer",
            "P": partner and scope in ("home", "house"),
            "C": kind == "customer" and scope in ("home", "house"),
            "T": partner and scope == "customer" and where["tie"],
            "M": partner and scope == "customer" and where["move"],
        }[how]
        if who and roles & wanted:
            return True
    if action in DELEGATED and partner and scope == "customer" and "app" not in roles:
        agents, wanted = DELEGATED[action]
        return bool(roles & agents) and bool(directory_roles(roles & set(ROLES[:3]), standing, where) & wanted)
    return False


def masks(action, kind, standing):
    for where in SITUATIONS:
        yield sum(
            1 << index for index, roles in enumerate(ROLE_SETS) if allow(action, kind, roles, standing, where)
        )


def shortened(numbers):
    """`mask*times` in hexadecimal; what repeats is counted."""
    return " ".join(
        f"{number:x}" + (f"*{count}" if count > 1 else "")
        for number, count in ((number, len(list(group))) for number, group in itertools.groupby(numbers))
    )


def sheet():
    yield "roles " + " ".join(ROLES)
    yield "columns " + " ".join(where["name"] for where in SITUATIONS)
    for action in ACTIONS:
        for kind in KINDS:
            for standing in STANDINGS:
                yield f"{action} {kind} {standing}: {shortened(masks(action, kind, standing))}"


def cells():
    return len(ACTIONS) * len(KINDS) * len(STANDINGS) * len(SITUATIONS) * len(ROLE_SETS)


if __name__ == "__main__":
    sys.stdout.write("\n".join(sheet()) + "\n")
