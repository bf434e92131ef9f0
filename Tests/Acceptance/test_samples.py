"""Partner Center's documented exchanges: each is read by the checker, sent to the server, and compared in shape."""

import json
import re
import uuid

import pytest

import ratchet
import shapes
from world import ADMINISTRATION, World

SAMPLES = shapes.lines_of("samples.jsonl")
NAMES = [each["sample"] for each in SAMPLES]
# What the samples name stands in no world: a refusal in the shape of one is right for these.
NAMED_OTHERWISE = {400, 404, 409}


def test_there_are_25_samples():
    assert len(SAMPLES) == 25


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_documented_answer_decodes_and_encodes_to_itself(sample):
    assert json.loads(json.dumps(sample["answer"])) == sample["answer"]
    text = json.dumps(sample["answer"]).encode() if sample["answer"] is not None else b""
    found = shapes.complaints_about(sample["method"], sample["path"], sample["status"], text)
    assert [each for each in found if "own-fields" not in each] == []


def kinds(value):
    """Names and types, without values."""
    if isinstance(value, dict):
        return {name: kinds(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [kinds(value[0])] if value else []
    return float if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


def differences(ours, theirs, path="$"):
    """Where the two have a member of the same name and of another kind."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in set(ours) & set(theirs):
            yield from differences(ours[name], theirs[name], f"{path}.{name}")
    elif isinstance(ours, list) and isinstance(theirs, list):
        if ours and theirs:
            yield from differences(ours[0], theirs[0], f"{path}[]")
    elif ours != theirs:
        yield f"{path}: {ours} and {theirs}"


def test_what_is_documented_is_understood_and_answered_in_the_documented_shape(program):
    world = World(program)
    partner, customer = world.partner(), world.customer()
    world.relationship(partner, customer, scope=ADMINISTRATION)
    order = world.order(partner, customer)
    agent, unserved, wrong = partner.act("adminAgent"), set(), []
    for sample in SAMPLES:
        path = re.sub(r"(?<=/customers/)[0-9a-f-]{36}", customer.id, sample["path"])
        path = re.sub(r"(?<=/subscriptions/)[0-9A-Fa-f-]{36}", order["lineItems"][0]["subscriptionId"], path)
        body = re.sub(r"[\w-]+\.onmicrosoft\.com", f"{uuid.uuid4().hex[:10]}.onmicrosoft.example", sample["body"])
        answer = agent.call(sample["method"], path, body or None)
        said = f"{sample['sample']} {answer.asked} {answer.status}"
        if ratchet.is_unserved(answer):
            unserved.add(sample["sample"])
        elif ratchet.is_declined(answer):
            continue
        elif answer.status >= 400:
            if answer.status not in NAMED_OTHERWISE or not {"code", "error"} & set(answer.json):
                wrong.append(f"{said}: {answer.text[:300]}")
        else:
            if not 200 <= answer.status < 300:
                wrong.append(f"{said}, not {sample['status']}")
            wrong += shapes.complaints_about(sample["method"], path, answer.status, answer.body)
            if answer.body and sample["answer"] is not None:
                wrong += [f"{said}: {each}" for each in differences(kinds(answer.json), kinds(sample["answer"]))]
    assert not wrong, "\n".join(wrong)
    ratchet.hold("samples", unserved, set(NAMES))
