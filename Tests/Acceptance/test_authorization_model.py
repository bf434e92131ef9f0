"""The model of who may do what, and the decisions of it that the Swift tests compare the gate with."""

import json
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "Matrix"))

import model  # noqa: E402

HELPDESK_NEVER = {
    "createCustomer", "changeSubscription", "placeOrder", "removeRelationship", "deleteCustomer", "readStatement",
    "recordSubscription", "importUsage", "endAccess", "changeGroups", "updateProfile", "decideMove", "doMoveStep",
    "withdrawMove", "requestMove", "decideDelegation", "decideInvitation", "endDelegation", "resolveLeftover",
}


def decisions(action, kind, roles, standing="good"):
    return {where["name"] for where in model.SITUATIONS if model.allow(action, kind, frozenset(roles), standing, where)}


def test_D_02_the_kept_decisions_are_those_of_the_model():
    kept = (TESTS / "Matrix/decisions.txt").read_text().splitlines()
    assert kept == list(model.sheet()), "python3 Tests/Matrix/model.py > Tests/Matrix/decisions.txt"
    assert model.cells() > 6_000_000


def test_R_04_the_row_of_the_operator_is_empty_but_for_running_things():
    everybody = {"importCatalog", "readPolicies", "readAnnouncements", "readDecisions", "readSelf"}
    assert {action for action in model.ACTIONS if decisions(action, "vendor", ["operator"])} == everybody


def test_a_helpdesk_agent_never_reaches_bills_changes_or_approvals():
    for kind in model.PARTNERS:
        for action in HELPDESK_NEVER:
            assert not decisions(action, kind, ["helpdeskAgent"]), (kind, action)


def test_I_08_nobody_of_a_partner_decides_in_the_place_of_a_customer():
    for kind in set(model.KINDS) - {"customer"}:
        for roles in model.ROLE_SETS:
            for action in ("decideInvitation", "decideDelegation", "endDelegation", "resolveLeftover"):
                assert not decisions(action, kind, roles), (kind, roles, action)


def test_more_roles_and_more_facts_never_take_a_right_away():
    singles = [roles for roles in model.ROLE_SETS if len(roles) == 1 and "app" not in roles]
    for action in model.ACTIONS:
        for kind in model.KINDS:
            alone = {next(iter(roles)): decisions(action, kind, roles) for roles in singles}
            for first in alone:
                for second in alone:
                    assert alone[first] <= decisions(action, kind, {first, second}), (action, kind, first, second)
    for name, more in [("stranger", "tie"), ("stranger", "move"), ("tie", "move.tie"), ("dap.outsider", "dap.tie")]:
        for action in model.ACTIONS:
            for kind in model.KINDS:
                for roles in model.ROLE_SETS:
                    seen = decisions(action, kind, roles)
                    assert name not in seen or more in seen, (action, kind, roles, name)


def test_standing_takes_delegated_reach_away_and_nothing_else():
    for action in model.ACTIONS:
        for kind in model.KINDS:
            for roles in model.ROLE_SETS:
                good, gone = decisions(action, kind, roles), decisions(action, kind, roles, "suspended")
                assert gone <= good and all(name.startswith(("gdap.", "dap.")) for name in good - gone)


def test_every_mutant_of_the_list_still_fits_the_gate():
    mutants = json.loads((TESTS / "Mutation/mutants.json").read_text())
    assert len(mutants) >= 60 and len({mutant["id"] for mutant in mutants}) == len(mutants)
    domain = TESTS.parent / "Sources/SuiroDomain"
    for mutant in mutants:
        assert (domain / mutant["file"]).read_text().count(mutant["find"]) == 1, mutant["id"]
