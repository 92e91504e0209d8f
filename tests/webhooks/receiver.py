"""A small real receiver on the loopback, and the check of a signature with the standard library."""

import hashlib
import hmac
import json
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

CERTIFICATE = Path(__file__).parent / "receiver.pem"
"""Made for these tests, by itself and for receiver.example.org; its key is no secret."""

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """A running receiver. Its answers are given in turn, the last one from then on."""

    port: int = 0
    answers: list[int | Answering] = field(default_factory=lambda: [204])
    received: list[Received] = field(default_factory=list)
    scheme: str = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks/compendium?from=tests"

    @property
    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.received]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.received.append(Received(handler.path, headers, body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if not isinstance(answer, int):
            answer(handler)
            return
        handler.send_response(answer)
        if 300 <= answer < 400:
            handler.send_header("Location", f"http://127.0.0.1:{self.port}/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()


@contextmanager
def receiving(*answers: int | Answering, port: int = 0, tls: bool = False) -> Iterator[Receiver]:
    """A receiver on a free port, or on the one given."""
    receiver = Receiver(answers=list(answers) or [204], scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen of the tests."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that breaks off is part of the tests."""

    server = Server(("127.0.0.1", port), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(request: Received, secret: str) -> bool:
    """Whether a request was signed with this secret: what docs/feeds.md tells receivers to do."""
    message, timestamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    key = b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{message}.{timestamp}.".encode() + request.body, hashlib.sha256).digest()
    expected = f"v1,{b64encode(signed).decode()}"
    return any(hmac.compare_digest(expected, one) for one in request.headers["webhook-signature"].split())
