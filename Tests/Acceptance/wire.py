"""A small HTTP client on the standard library: one connection a call, answers as they came."""

import http.client
import json
import time
import uuid
from urllib.parse import urlsplit


class Answer:
    def __init__(self, status, headers, body, asked):
        self.status, self.headers, self.body, self.asked = status, headers, body, asked

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def items(self):
        return self.json["items"]

    @property
    def reason(self):
        return self.json.get("reason")

    @property
    def correlation(self):
        return self.headers["MS-CorrelationId"]

    def expect(self, status, reason=None):
        """The body, when the answer is the one that was expected."""
        seen = f"{self.asked} answered {self.status}: {self.text[:1500]}"
        assert self.status == status, f"expected {status}; {seen}"
        if reason is not None:
            assert self.reason == reason, f"expected {reason}; {seen}"
        return self.json if self.body else None

    def names(self, field):
        """Whether the error names a field, in `data` or in `faults`."""
        body = self.json
        named = list(body.get("data") or []) + [fault["field"] for fault in body.get("faults") or []]
        return any(field.lower() == name.lower() for name in named)


class Client:
    def __init__(self, url, token=None, language=None):
        self.url, self.token, self.language = url, token, language
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port

    def speaking(self, language):
        return Client(self.url, self.token, language)

    def bearing(self, token):
        return Client(self.url, token, self.language)

    def call(self, method, path, body=None, headers=None, timeout=60):
        sent = {"Accept": "application/json"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.language:
            sent["X-Locale"] = self.language
        if body is not None and not isinstance(body, (bytes, str)) and not hasattr(body, "__next__"):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body, sent, encode_chunked=hasattr(body, "__next__"))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(), f"{method} {path}")
        finally:
            connection.close()

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body, **more)

    def put(self, path, body=None, **more):
        return self.call("PUT", path, body, **more)

    def patch(self, path, body=None, **more):
        return self.call("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.call("DELETE", path, **more)


class Patient(Client):
    """Waits where it is told to ask again later: for tests that ask much, and not about how much may be asked."""

    def call(self, *arguments, **more):
        for _ in range(30):
            answer = super().call(*arguments, **more)
            if answer.status != 429 or "Retry-After" not in answer.headers:
                break
            time.sleep(min(int(answer.headers["Retry-After"]), 3))
        return answer


def patient(client):
    return Patient(client.url, client.token, client.language)


def request_id(value=None):
    return {"MS-RequestId": value or str(uuid.uuid4())}
