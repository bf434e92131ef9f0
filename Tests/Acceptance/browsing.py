"""Somebody at a browser, as far as the portal can tell: keeps cookies, sends forms as the page wrote them."""

import html
import re
from urllib.parse import urlencode

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    def __init__(self, program):
        self.client, self.cookies, self.page = program.anonymous, {}, ""

    def signed_in(self, persona):
        answer = self.send("POST", "/sign-in", {"persona": persona, "next": "/"})
        assert answer.status == 303, answer.text[:300]
        return self

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def post(self, path, fields=(), headers=None):
        """What the page's form to that path holds, and these."""
        return self.send("POST", path, {**self.hidden(path), **dict(fields)}, headers)

    def hidden(self, path):
        forms = [form.split("</form>")[0] for form in self.page.split("<form")[1:]]
        form = next((form for form in forms if f'action="{path}"' in form), "")
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
        return {name: html.unescape(value) for name, value in found}

    def send(self, method, path, fields=None, headers=None):
        sent = {"Accept": "text/html", **(FROM_HERE if method == "POST" else {})}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent.update(headers or {})
        answer = self.client.call(method, path, urlencode(fields) if fields is not None else None, headers=sent)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
            if "Max-Age=0" in line:
                del self.cookies[name]
        if answer.status != 303:
            self.page = answer.text
        return answer
