"""What Partner Center's answers look like, and what Microsoft's SDKs can read of them.

`data/resources.jsonl` holds each resource's fields with their types (`!` where the SDKs have a value type, which takes
no null) and each enumeration's words: those of the wire, and those that the Java SDK knows where it knows any, because
that SDK refuses an answer with another word. `data/operations.jsonl` says which operation answers with what.
"""

import json
import pathlib
import re
import uuid
from functools import cache

DATA = pathlib.Path(__file__).parent / "data"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?")
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
ENVELOPES = ("ResourceCollection", "SeekBasedResourceCollection", "PagedResourceCollection")
EVERYWHERE = {"links": "links", "attributes": "attributes"}


def lines_of(name):
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


RESOURCES = {line["resource"]: line for line in lines_of("resources.jsonl") if "resource" in line}
ENUMERATIONS = {line["enum"]: line for line in lines_of("resources.jsonl") if "enum" in line}
OPERATIONS = lines_of("operations.jsonl")
OWN_FIELDS = set((DATA / "own-fields.txt").read_text("utf-8").split())
# Words that we say and the Java SDK does not know: a defect for each line, to be taken out with it.
OWN_WORDS = {tuple(line.split()) for line in (DATA / "own-words.txt").read_text("utf-8").splitlines()}


class Findings:
    """What is wrong with an answer, and which of its fields no SDK knows."""

    def __init__(self):
        self.wrong, self.unknown = [], set()

    def say(self, path, text):
        self.wrong.append(f"{path}: {text}")

    @property
    def complaints(self):
        news = sorted(self.unknown - OWN_FIELDS)
        return self.wrong + [f"{name} is no field of Partner Center and not in data/own-fields.txt" for name in news]


def check_resource(name, value):
    """The findings of one resource, or of a collection written `ResourceCollection<Customer>`, `array<Transfer>`."""
    findings = Findings()
    _check(name, value, "$", findings, name)
    return findings


def words(name):
    """The words that every SDK reads."""
    line = ENUMERATIONS[name]
    return (line.get("java") or line["wire"]) + sorted(word for each, word in OWN_WORDS if each == name)


def _check(kind, value, path, findings, field):
    kind = kind.removesuffix("!")
    if value is None:
        findings.say(path, "null, which SDKs refuse where a number or a word belongs: leave it out")
    elif match := re.fullmatch(r"(\w+)<(.+)>", kind):
        _check_many(match[1], match[2], value, path, findings, field)
    elif kind in RESOURCES:
        _check_object(kind, value, path, findings)
    elif kind.startswith("enum:"):
        # Codes of failures inside successes are numbers on the wire, which the SDKs read as such.
        if value in ENUMERATIONS[kind[5:]].get("numbers", []) and _is_number(value):
            return
        if not isinstance(value, str) or value not in words(kind[5:]):
            findings.say(path, f"{value!r} is no word of {kind[5:]}: {words(kind[5:])}")
    else:
        _check_plain(kind, value, path, findings)


def _check_many(kind, inner, value, path, findings, field):
    if kind in ENVELOPES:
        if not isinstance(value, dict) or not isinstance(value.get("items"), list):
            return findings.say(path, "no envelope with items")
        if value.get("totalCount") != len(value["items"]) and kind != "PagedResourceCollection":
            findings.say(path, f"totalCount {value.get('totalCount')!r} for {len(value['items'])} items")
        _check_links(value.get("links", {}), path, findings)
        if value.get("attributes", {}).get("objectType") not in ("Collection", None):
            findings.say(path, f"objectType {value['attributes']['objectType']!r} of a collection")
        for name in set(value) - {"items", "totalCount", "links", "attributes", "continuationToken"}:
            findings.unknown.add(f"{kind}.{name}")
        for index, item in enumerate(value["items"]):
            _check(inner, item, f"{path}.items[{index}]", findings, field)
    elif kind == "value":
        if not isinstance(value, dict) or not isinstance(value.get("value"), list):
            return findings.say(path, "no object with value")
        for index, item in enumerate(value["value"]):
            _check(inner, item, f"{path}.value[{index}]", findings, field)
    elif kind == "array":
        if not isinstance(value, list):
            return findings.say(path, f"{type(value).__name__} where a list belongs")
        for index, item in enumerate(value):
            _check(inner, item, f"{path}[{index}]", findings, field)


def _check_object(name, value, path, findings):
    if not isinstance(value, dict):
        return findings.say(path, f"{type(value).__name__} where a {name} belongs")
    line = RESOURCES[name]
    fields = EVERYWHERE | line["fields"]
    kind = value.get("attributes", {}).get("objectType") if isinstance(value.get("attributes"), dict) else None
    if kind is not None and kind != line.get("objectType", name):
        findings.say(path, f"objectType {kind!r} where {line.get('objectType', name)!r} belongs")
    lower = {field.lower(): field for field in fields}
    for field, inner in value.items():
        at = f"{path}.{field}"
        if field in ("links", "attributes"):
            _check_links(inner, at, findings) if field == "links" else _check_attributes(inner, at, findings)
        elif field in fields:
            _check(fields[field], inner, at, findings, field)
        elif field.lower() in lower:
            findings.say(at, f"the field is spelled {lower[field.lower()]!r}")
        elif not field.startswith("@odata."):
            findings.unknown.add(f"{name}.{field}")
            _check("any", inner, at, findings, field)


def _check_links(links, path, findings):
    if not isinstance(links, dict):
        return findings.say(path, "links are no object")
    for name, link in links.items():
        for each in link if isinstance(link, list) else [link]:
            if not isinstance(each, dict):
                findings.say(f"{path}.{name}", "a link is no object")
                continue
            uri, headers = each.get("uri", ""), each.get("headers", [])
            # Where a service is administered is opened in a browser, and is no path of the API.
            if ("://" in uri and name != "adminService") or uri.lower().startswith("/v1"):
                findings.say(f"{path}.{name}", f"{uri!r} breaks SDKs, which put host and version in front")
            if not isinstance(headers, list) or any(set(h) != {"key", "value"} for h in headers):
                findings.say(f"{path}.{name}", "headers are no list of key and value")


def _check_attributes(attributes, path, findings):
    for name in ("objectType", "etag"):
        if name in attributes and not isinstance(attributes[name], str):
            findings.say(f"{path}.{name}", "no text")


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_uuid(value):
    try:
        return bool(uuid.UUID(value))
    except ValueError:
        return False


def _check_plain(kind, value, path, findings):
    demands = {
        "string": lambda: isinstance(value, str),
        "string(date-time)": lambda: isinstance(value, str) and INSTANT.fullmatch(value),
        "string(uuid)": lambda: isinstance(value, str) and _is_uuid(value),
        "string(duration)": lambda: isinstance(value, str) and DURATION.fullmatch(value),
        "integer": lambda: isinstance(value, int) and not isinstance(value, bool),
        "integer(int64)": lambda: isinstance(value, int) and not isinstance(value, bool),
        "number": lambda: _is_number(value), "number(decimal)": lambda: _is_number(value),
        "number(double)": lambda: _is_number(value), "boolean": lambda: isinstance(value, bool),
        "object": lambda: isinstance(value, dict), "object(map)": lambda: isinstance(value, dict),
    }
    fits = demands.get(kind) or (demands["string"] if kind.startswith("string(") else None)
    if fits is not None and not fits():
        findings.say(path, f"{value!r} is no {kind}")
    elif fits is None or kind.startswith("object"):
        for name, inner in value.items() if isinstance(value, dict) else []:
            _check("any", inner, f"{path}.{name}", findings, name)
        for index, inner in enumerate(value) if isinstance(value, list) else []:
            _check("any", inner, f"{path}[{index}]", findings, "")


@cache
def _patterns():
    made = []
    for operation in OPERATIONS:
        path = operation["path"].split("?")[0].rstrip("/").lower()
        pieces = re.split(r"\{[^}]+\}", path)
        # What is written out in a path wins over what stands for anything: fewer braces first.
        made.append((len(pieces), operation["method"], re.compile("[^/]+".join(map(re.escape, pieces))), operation))
    return sorted(made, key=lambda each: each[0])


def operations_of(method, target):
    """The operations of the table that a request may ask for, whatever its spelling, the most literal path first."""
    path = re.sub("/+", "/", target.split("?")[0]).rstrip("/").lower()
    return [each for _, asked, pattern, each in _patterns() if asked == method and pattern.fullmatch(path)]


def operation_of(method, target):
    return next(iter(operations_of(method, target)), None)


def answer_kind(operation):
    """What an operation answers with, in `check_resource`'s words; nothing where the table is vague."""
    text = re.sub(r" \([^)]*\)$", "", str(operation["answer"])).split(" | ")[0]
    text = re.sub(r"^\{value:\[(\w+)\]\}$", r"value<\1>", text)
    match = re.fullmatch(r"(?:(\w+)<)?(\w+)>?", text)
    is_known = match and match[2] in RESOURCES and (match[1] is None or match[1] in (*ENVELOPES, "array", "value"))
    return text if is_known else None


def complaints_about(method, target, status, body, echoed=False):
    """What is wrong with an answer, when it is the success of an operation whose answer is known.

    Where members that nobody knows were sent, they come back: `echoed` lets them. Microsoft Graph, whose clients read
    null, has tests of its own.
    """
    if "/tenantrelationships/" in target.lower():
        return []
    if not 200 <= status < 300 or method == "HEAD" or body.lstrip()[:1] not in (b"{", b"["):
        return []
    found = operations_of(method, target)
    # Some paths answer with one of several kinds, by their query: it is right when it is any of them.
    tried = []
    for operation in [each for each in found if each["path"].count("{") == found[0]["path"].count("{")]:
        kind = answer_kind(operation)
        if kind is None:
            return []
        findings = check_resource(kind, json.loads(body))
        said = findings.wrong if echoed else findings.complaints
        tried.append([f"{operation['id']}: {each}" for each in said])
    return min(tried, key=len, default=[])
