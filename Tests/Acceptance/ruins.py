"""Good bodies with one thing wrong in them: each ruin says which field is at fault."""

import copy
import json

MARK = "@@raw@@"
HUGE = "あ" * 20_000
DEEP = "[" * 1000 + "]" * 1000

WRONG_TYPES = {
    str: ["7", "true", "[]", "{}", "1e300", DEEP],
    int: ['"x"', "true", "[]", "{}", "1e300", "-1e300", "1.5", "1" + "0" * 39, "NaN", '"1e300"'],
    bool: ["1", '"true"', "[]", "{}", "1e300"],
    list: ['"x"', "7", "{}", "[[]]", "[null]", "[" + "7," * 2000 + "7]"],
    dict: ['"x"', "7", "[]", "true"],
}
BAD_TEXTS = ['"\\ud800"', '"\\udc00x"', '"\\ud800\\ud800"', '"a\\u0000b"', '"\x01"', '"\\u0007"', f'"{HUGE}"', "\"\\x41\""]
NOT_JSON = [
    b"{", b"hello", b"{'name': 1}", b'{"name": "a",}', b"[1, 2", b'{"name": "a"} {}', b"\xff\xfe{}", b'{"name": "\xc3\x28"}',
    b'{"name" "a"}', b'{name: 1}', b"{}}", b"// {}", b'{"a": 01}', b'{"a": +1}', b'{"a": .5}', b'{"a": Infinity}',
    b"\x00", b'"', b"nul", b'{"a": tru}', DEEP.encode(), b'{"a":' * 1000 + b"1" + b"}" * 1000, b"[" * 200_000,
]
NOT_AN_OBJECT = [b"[]", b"7", b'"text"', b"true", b"[{}]", b"1e300"]


def places(value, path=""):
    """Every member and item of a body, with its path as errors write it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            below = f"{path}.{name}" if path else name
            yield below, inner
            yield from places(inner, below)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield f"{path}[{index}]", inner
            yield from places(inner, f"{path}[{index}]")


def replaced(body, path, raw):
    """The body as text with `raw` in the place of `path`."""
    body = copy.deepcopy(body)
    steps = path.replace("[", ".[").split(".")
    holder = body
    for step in steps[:-1]:
        holder = holder[int(step[1:-1]) if step.startswith("[") else step]
    last = steps[-1]
    holder[int(last[1:-1]) if last.startswith("[") else last] = MARK
    return json.dumps(body).replace(json.dumps(MARK), raw)


def wrong_types(body, tolerant=()):
    for path, value in places(body):
        for raw in WRONG_TYPES.get(type(value), []):
            if not any(path.endswith(name) for name in tolerant):
                yield path, replaced(body, path, raw)


def bad_texts(body):
    for path, value in places(body):
        if isinstance(value, str):
            for raw in BAD_TEXTS:
                yield path, replaced(body, path, raw)


def twice(body):
    """Every member named twice in one spelling."""
    for path, value in places(body):
        name = path.rsplit(".", 1)[-1]
        if "[" not in name:
            member = f"{json.dumps(name)}: {json.dumps(value)}"
            text = replaced(body, path, MARK)
            yield path, text.replace(f"{json.dumps(name)}: {MARK}", f"{member}, {member}")


def unknown_words(body, words):
    for path in words:
        for raw in ('"no-such-word"', '"ライセンス"', '"  "'):
            yield path, replaced(body, path, raw)


def names(answer, path):
    """Whether the error names the field, or something inside it."""
    body = answer.json
    named = list(body.get("data") or []) + [fault["field"] for fault in body.get("faults") or []]
    wanted = path.lower()
    return any(name.lower() == wanted or name.lower().startswith((wanted + ".", wanted + "[")) for name in named)
