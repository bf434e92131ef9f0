"""A receiver of webhooks on this machine, and the checks that every receiver should make."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Answers with the statuses it is given, then with 200, and keeps what it was sent."""

    def __init__(self, *statuses, wait=0, port=0):
        self.statuses, self.wait, self.heard = list(statuses), wait, []
        self._news = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(receiver.wait)
                status = receiver._take(Post(self.path, self.headers, body))
                answer = json.dumps({"status": status}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                if 300 <= status < 400:
                    self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook?key=1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _take(self, post):
        with self._news:
            self.heard.append(post)
            self._news.notify_all()
            return self.statuses.pop(0) if self.statuses else 200

    def wait_for(self, count, seconds=20):
        with self._news:
            self._news.wait_for(lambda: len(self.heard) >= count, seconds)
            assert len(self.heard) >= count, f"heard {len(self.heard)} of {count} in {seconds} s"
            return self.heard[:]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Post:
    """One event as it arrived."""

    def __init__(self, path, headers, body):
        self.path, self.headers, self.body = path, headers, body
        self.json = json.loads(body)

    def is_signed_by(self, certificate):
        """RSA-SHA256 over the exact bytes of the body, with the key of the certificate (PKCS #1, version 1.5)."""
        scheme, _, text = (self.headers["Authorization"] or self.headers["x-ms-signature"] or " ").partition(" ")
        modulus, exponent = _public_key(certificate)
        size = (modulus.bit_length() + 7) // 8
        signature = base64.b64decode(text)
        digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(self.body).digest()
        expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
        opened = pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big")
        return scheme == "Signature" and len(signature) == size and hmac.compare_digest(opened, expected)

    def is_signed_with(self, secret, tolerance=300):
        """HMAC-SHA256 over delivery, moment and body, after the Standard Webhooks specification."""
        moment = self.headers["webhook-timestamp"]
        signed = f"{self.headers['webhook-id']}.{moment}.".encode() + self.body
        mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(mac).decode()
        is_fresh = abs(time.time() - int(moment)) <= tolerance
        return is_fresh and hmac.compare_digest(self.headers["webhook-signature"], expected)


def _public_key(certificate):
    """Modulus and exponent from X.509 in DER: the seventh member of what is signed, version counted."""
    content = _members(_members(certificate)[0][1])[0][1]
    key_info = _members(content)[6][1]
    bits = _members(key_info)[1][1]
    modulus, exponent = _members(_members(bits[1:])[0][1])
    return int.from_bytes(modulus[1], "big"), int.from_bytes(exponent[1], "big")


def _members(data):
    """The fields that stand one after the other: tag and content."""
    members, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at:at + count], "big"), at + count
        members.append((tag, data[at:at + length]))
        at += length
    return members
