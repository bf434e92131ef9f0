"""Answers held against the schemas of the served OpenAPI document: every member is described, of its type, never null."""

TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}


class Shapes:
    def __init__(self, program):
        self.schemas = program.anonymous.get("/openapi.json").expect(200)["components"]["schemas"]

    def check(self, value, name):
        """The value, when it is one of what the document calls `name`."""
        self._check(value, self.schemas[name], name)
        return value

    def page(self, answer, name):
        """The items of a list, each checked; and its envelope."""
        body = answer.expect(200)
        assert body["totalCount"] == len(body["items"]) and body["attributes"]["objectType"] == "Collection"
        assert body["links"]["self"]["uri"].startswith("/") and not body["links"]["self"]["uri"].startswith("/v1")
        for item in body["items"]:
            self.check(item, name)
        return body["items"]

    def _check(self, value, schema, place):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            return self._check(value, self.schemas[name], f"{place}({name})")
        kind = schema.get("type")
        if kind == "number":
            assert isinstance(value, (int, float)) and not isinstance(value, bool), f"{place}: {value!r}"
        elif isinstance(kind, str):
            assert isinstance(value, TYPES[kind]), f"{place}: {value!r}"
            assert kind == "boolean" or not isinstance(value, bool), f"{place}: {value!r}"
        for name in schema.get("required", []):
            assert name in value, f"{place} has no {name}"
        if isinstance(value, dict) and "properties" in schema:
            for name, inner in value.items():
                assert name in schema["properties"], f"{place}.{name} is not described"
                self._check(inner, schema["properties"][name], f"{place}.{name}")
        if isinstance(value, list) and "items" in schema:
            for inner in value:
                self._check(inner, schema["items"], f"{place}[]")
