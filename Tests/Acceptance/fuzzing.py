"""Schemathesis against every operation of the served OpenAPI document, as long as it is told to.

Round after round, each operation gets a few generated requests, so that a short time reaches all of them too.
"""

import random
import time
import warnings

import hypothesis
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# These end or change the world that the others are asked in.
LEFT_ALONE = (
    "sandbox.reset", "sandbox.restoration", "sandbox.faults", "sandbox.clock", "sandbox.snapshots", "sandbox.tokens",
    "sandbox.access", "sandbox.limits",
)
ROUND = 3


class Fuzzer:
    def __init__(self, url, tokens, known, seed):
        self.url, self.tokens, self.known, self.random = url, tokens, known, random.Random(seed)
        self.schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        self.schema.config.update(base_url=url)
        self.operations = [result.ok() for result in self.schema.get_all_operations()]
        self.cases, self.failures, self.statuses = 0, {}, {}

    def run(self, cases=None, seconds=None):
        """Asks until one of the bounds is reached, whole rounds where only cases are bounded."""
        until = time.monotonic() + seconds if seconds else None

        def over():
            return (until and time.monotonic() > until) or (cases and self.cases >= cases)

        operations = [each for each in self.operations if not self.label(each).startswith(LEFT_ALONE)]
        while not over():
            self.random.shuffle(operations)
            for operation in operations:
                if over():
                    break
                self.ask(operation)

    def label(self, operation):
        return operation.definition.raw.get("operationId", operation.label)

    def ask(self, operation):
        seed = self.random.getrandbits(64)

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=ROUND, deadline=None, database=None, phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy())
        def each(case):
            self.send(self.label(operation), case)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                each()
            except hypothesis.errors.Unsatisfiable:
                pass

    def send(self, label, case):
        for name, values in self.known.items():
            # An id that is one leads further than a thousand that are none.
            if name in (case.path_parameters or {}) and self.random.random() < 0.8:
                case.path_parameters[name] = self.random.choice(values)
        token = self.tokens["sandbox"] if label.startswith("sandbox.") else self.random.choice(self.tokens["people"])
        self.cases += 1
        response = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=60)
        self.statuses.setdefault(label, {}).setdefault(response.status_code, 0)
        self.statuses[label][response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKED)
        except (Failure, FailureGroup) as failure:
            for each in getattr(failure, "exceptions", [failure]):
                said = (label, response.status_code, type(each).__name__)
                self.failures.setdefault(said, f"{case.as_curl_command()}\n{each}\n{response.text[:600]}")
