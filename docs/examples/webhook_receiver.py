#!/usr/bin/env python3
"""A receiver of Suiro's webhooks that believes nothing it has not checked. Python's standard library alone.

    webhook_receiver.py https://partner.example.com whsec_… [PORT]

Both signatures are checked over the bytes as they came. The certificate is taken from the server that was named at the
start, never from the address that an event names: whoever forges an event can name a certificate as well.
"""

import base64
import binascii
import hashlib
import hmac
import json
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 300
CERTIFICATE = "/webhooks/v1/certificate"


class Refused(Exception):
    """Why an event is not believed."""


class Inbox:
    def __init__(self, origin, secret, now=time.time):
        self.origin, self.now = origin.rstrip("/"), now
        self.secret = base64.b64decode(secret.removeprefix("whsec_"))
        # Ids live as long as an event with a good signature could come again; keep them where they survive a restart.
        self.seen = {}
        self._key = None

    def take(self, headers, body):
        """The event, or `None` where it was taken before; `Refused` where it is not what it seems."""
        headers = {name.lower(): text for name, text in headers.items()}
        name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not name or not moment.isdigit() or abs(self.now() - int(moment)) > TOLERANCE:
            raise Refused("stale")
        signed = f"{name}.{moment}.".encode() + body
        mac = base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        offered = headers.get("webhook-signature", "").split()
        if not any(hmac.compare_digest(f"v1,{mac}", each) for each in offered):
            raise Refused("webhook-signature")
        if headers.get("x-ms-certificate-url") != self.origin + CERTIFICATE:
            raise Refused("foreign certificate")
        if not self._is_sealed(headers.get("authorization") or headers.get("x-ms-signature", ""), body):
            raise Refused("signature")
        # Only now: an id that somebody made up must not keep the true event out.
        self.seen = {each: until for each, until in self.seen.items() if until > self.now()}
        if name in self.seen:
            return None
        self.seen[name] = self.now() + 2 * 86_400
        return json.loads(body)

    def _is_sealed(self, text, body):
        """RSA-SHA256 (PKCS #1 v1.5) over the body, with the key of our server's certificate."""
        scheme, _, signature = text.partition(" ")
        try:
            signature = base64.b64decode(signature, validate=True)
        except binascii.Error:
            return False
        modulus, exponent = self._public_key()
        size = (modulus.bit_length() + 7) // 8
        digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(body).digest()
        expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
        if scheme != "Signature" or len(signature) != size or int.from_bytes(signature, "big") >= modulus:
            return False
        opened = pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big")
        return hmac.compare_digest(opened, expected)

    def _public_key(self):
        if self._key is None:
            with urllib.request.urlopen(self.origin + CERTIFICATE, timeout=10) as answer:
                self._key = public_key(answer.read(65_536))
        return self._key


def public_key(certificate):
    """Modulus and exponent of an X.509 certificate in DER."""
    content = members(members(certificate)[0])[0]
    bits = members(members(content)[6])[1]
    modulus, exponent = members(members(bits[1:])[0])
    return int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")


def members(data):
    """The contents of the DER fields that stand one after the other."""
    found, at = [], 0
    while at < len(data):
        length, at = data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at:at + count], "big"), at + count
        found.append(data[at:at + length])
        at += length
    return found


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        size = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(size)) if size.isdigit() and int(size) <= 65_536 else b""
        try:
            event = self.server.inbox.take(self.headers, body)
            status = 200
        except Refused as reason:
            event, status = None, 401
            print(f"refused: {reason}", flush=True)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        if event is not None:
            # Work that takes longer belongs in a queue: the server waits ten seconds at most.
            print(f"{event['EventName']} {event['ResourceUri']}", flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3]) if len(sys.argv) == 4 else 5000), Handler)
    server.inbox = Inbox(sys.argv[1], sys.argv[2])
    print(f"listening at http://127.0.0.1:{server.server_address[1]}/", flush=True)
    server.serve_forever()
