"""An issuer of tokens on this machine: keys made by openssl, published over http, or https with its own authority."""

import base64
import http.server
import json
import ssl
import subprocess
import threading


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


class Issuer:
    """Signs with RSA and P-256; what it publishes and whether it answers can be changed."""

    def __init__(self, folder, host=None):
        self.rsa, self.elliptic = folder / "rsa.pem", folder / "elliptic.pem"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(self.rsa))
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(self.elliptic))
        modulus = openssl("rsa", "-in", str(self.rsa), "-noout", "-modulus").decode().strip().split("=")[1]
        point = openssl("pkey", "-in", str(self.elliptic), "-pubout", "-outform", "DER")[-64:]
        self.keys = {
            "keys": [
                {"kty": "RSA", "use": "sig", "kid": "r", "n": encoded(bytes.fromhex(modulus)), "e": "AQAB"},
                {"kty": "EC", "crv": "P-256", "kid": "e", "x": encoded(point[:32]), "y": encoded(point[32:])},
            ]
        }
        self.fetches, self.is_away = 0, False
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.fetches += 1
                body = json.dumps(issuer.keys).encode()
                self.send_response(503 if issuer.is_away else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        if host is not None:
            self.authority = self._certify(folder, host)
            self.url = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _certify(self, folder, host):
        """A certificate for the host by an authority of our own; the file of that authority."""
        authority, key = folder / "authority.pem", folder / "authority.key"
        name, signed = folder / "host.csr", folder / "host.pem"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Suiro tests", "-keyout",
                str(key), "-out", str(authority))
        openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={host}", "-keyout", str(folder / "host.key"),
                "-out", str(name))
        (folder / "host.ext").write_text(f"subjectAltName=DNS:{host}\n")
        openssl("x509", "-req", "-in", str(name), "-CA", str(authority), "-CAkey", str(key), "-CAcreateserial", "-days",
                "2", "-extfile", str(folder / "host.ext"), "-out", str(signed))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(signed, folder / "host.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        return authority

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def token(self, claims, algorithm="RS256", **header):
        kid = {"RS256": "r", "ES256": "e"}.get(algorithm, "r")
        head = {"typ": "JWT", "alg": algorithm, "kid": kid, **header}
        signed = f"{encoded(json.dumps(head).encode())}.{encoded(json.dumps(claims).encode())}"
        if algorithm == "ES256":
            signature = raw(openssl("dgst", "-sha256", "-sign", str(self.elliptic), data=signed.encode()))
        else:
            signature = openssl("dgst", "-sha256", "-sign", str(self.rsa), data=signed.encode())
        return f"{signed}.{encoded(signature)}"


def raw(der):
    """The two numbers of an ECDSA signature, 32 bytes each."""
    numbers, place = [], 2
    for _ in range(2):
        length = der[place + 1]
        numbers.append(int.from_bytes(der[place + 2 : place + 2 + length], "big").to_bytes(32, "big"))
        place += 2 + length
    return b"".join(numbers)
