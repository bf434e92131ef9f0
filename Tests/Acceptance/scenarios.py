"""What the tests ask and what they are answered, operation by operation: which has no scenario that succeeds, and which
none that is refused for its own reasons."""

import os

import shapes

# Tests that send every operation the same thing: their answers are nobody's scenario.
GENERIC = {
    "test_headers", "test_authorization_over_http", "test_openapi_fuzzing", "test_twin_worlds", "test_bad_requests",
    "test_conventions", "test_limits", "test_no_audit_no_action",
}
# Refused before the operation was looked at: no token, no such method, no such media type, too much.
AT_THE_DOOR = {401, 405, 406, 411, 413, 415, 429, 431}

succeeded, refused, declined = set(), set(), set()


def note(answer):
    """Keeps to which operation an answer belongs, where the test that asked is about it."""
    method, target = answer.asked.split(" ", 1)
    seen(method, target, answer.status, answer.body)


def seen(method, target, status, body):
    test = os.environ.get("PYTEST_CURRENT_TEST", "").split("::")[0].rsplit("/", 1)[-1].removesuffix(".py")
    if not test or test in GENERIC:
        return
    operation = shapes.operation_of(method, target)
    if operation is None:
        return
    route = (operation["method"], operation["path"].lower())
    if status < 400:
        succeeded.add(route)
    elif b"OPERATION_DECLINED" in body:
        declined.add(route)
    elif status < 500 and b"NO_SUCH_ROUTE" not in body and (status not in AT_THE_DOOR or "/oauth2/" in target):
        # Whoever asks for a token is refused with 401, and that is the operation's own answer.
        refused.add(route)


def missing():
    """`operation success` and `operation refusal` for whatever no test has shown."""
    lines = []
    for operation in shapes.OPERATIONS:
        route = (operation["method"], operation["path"].lower())
        # What is declined has its refusal; what the vendor calls, instead of being called, is nobody's to ask.
        if route in declined or not operation["path"].startswith("/"):
            continue
        lines += [f"{operation['id']} success"] * (route not in succeeded)
        lines += [f"{operation['id']} refusal"] * (route not in refused)
    return sorted(lines)
