"""A provider that lies: it speaks OpenID Connect well enough to say whatever a test wants said."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}) for kid in ("published", "other"))


@dataclass
class Forger:
    """What it says, and what it was asked."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    about: dict[str, Any] = field(default_factory=dict)
    """What it says of itself beside the usual."""
    userinfo: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    """An ID token as it stands, in place of one that is signed."""
    status: int = 200
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def answer(self, path: str, form: dict[str, list[str]]) -> dict[str, Any]:
        self.asked.append((path, form))
        answers = {
            "/.well-known/openid-configuration": self._about,
            "/jwks": lambda: {"keys": [KEY.as_dict(private=False)]},
            "/token": lambda: {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token()},
            "/userinfo": lambda: self.userinfo,
        }
        return answers[path]()

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        } | self.about

    def _id_token(self) -> str:
        if self.token is not None:
            return self.token
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, self.claims, self.key)


def made_by_hand(algorithm: str, claims: dict[str, Any], secret: bytes) -> str:
    """A token that a library would rather not make: with a shared secret, or with none."""
    header = {"alg": algorithm, "kid": "published"}
    signed = b".".join(map(_segment, (json.dumps(header).encode(), json.dumps(claims).encode())))
    signature = hmac.digest(secret, signed, "sha256") if algorithm == "HS256" else b""
    return b".".join((signed, _segment(signature))).decode()


def _segment(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


@contextmanager
def forging() -> Iterator[Forger]:
    """A forger that listens on the loopback."""
    forger = Forger()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._answer(parse_qs(self.rfile.read(length).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            body = json.dumps(forger.answer(urlsplit(self.path).path, form)).encode()
            self.send_response(forger.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forger.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield forger
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
