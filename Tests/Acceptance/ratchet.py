"""Lists that may only shrink: what is not served yet. Who serves it takes its line out, and nobody puts one in.

`SUIRO_SHRINK_RATCHETS=1` takes the lines out that no longer hold; it never adds any.
"""

import os
import pathlib

import shapes

FOLDER = pathlib.Path(__file__).parent / "data" / "ratchets"


def listed(name):
    return set((FOLDER / f"{name}.txt").read_text("utf-8").splitlines())


def hold(name, missing, asked):
    """Fails where something that is not listed is missing, and where something that is listed has come."""
    before = listed(name)
    come, gone = before - set(missing), set(missing) - before
    if come and os.environ.get("SUIRO_SHRINK_RATCHETS"):
        kept = sorted(before - come)
        (FOLDER / f"{name}.txt").write_text("".join(f"{line}\n" for line in kept), "utf-8")
        come = set()
    assert set(missing) <= set(asked)
    assert not gone, f"not served, and not listed in data/ratchets/{name}.txt: {sorted(gone)}"
    assert not come, f"served now (or no longer asked for): take out of data/ratchets/{name}.txt: {sorted(come)}"


def is_declined(answer):
    """Known, and not done here: told so in words."""
    return answer.status == 400 and not answer.asked.startswith("HEAD") and answer.json.get("reason") == "OPERATION_DECLINED"


def is_unserved(answer):
    """Whether an answer says that there is no such route, or that the route lacks the method."""
    if answer.status == 405:
        return True
    if answer.status != 404 or not answer.body:
        return False
    if b"NO_SUCH_ROUTE" in answer.body:
        return True
    # A word of the path that was taken for an id: `subscriptions/usagerecords`.
    method, target = answer.asked.split(" ", 1)
    operation = shapes.operation_of(method, target)
    literals = {piece.lower() for piece in operation["path"].split("/") if "{" not in piece} if operation else set()
    return any(str(each).lower() in literals for each in answer.json.get("data") or [])
