"""Runs after all other tests: whether every operation of the table has been seen to succeed and to refuse."""

import ratchet
import scenarios
import shapes


def test_every_operation_has_a_scenario_that_succeeds_and_one_that_is_refused():
    asked = {f"{each['id']} {kind}" for each in shapes.OPERATIONS for kind in ("success", "refusal")}
    ratchet.hold("scenarios", scenarios.missing(), asked)
