"""The server's HTTP reader, made to accept addresses as people type them."""

import json
from urllib.parse import quote

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Everything in ASCII stays as it is; only bytes above it are percent-encoded.
_ASCII = "".join(map(chr, range(0x80)))


class ReadableAddresses(HttpToolsProtocol):
    """Reads `GET /v1/search?q=théâtre`, which curl sends in bare UTF-8, as if it were percent-encoded.

    Such a request line is outside RFC 9112, and the parser refuses it. Only the first line of a message is
    ever touched, and only while no message is being read: a body that looks like a request stays a body.
    """

    _in_message = False
    _line_is_open = False

    def data_received(self, data: bytes) -> None:
        if self._line_is_open or not self._in_message:
            line, end, rest = data.partition(b"\n")
            if not line.isascii():
                data = quote(line, safe=_ASCII).encode("ascii") + end + rest
            self._line_is_open = not end
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_message = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._in_message = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What cannot be read as HTTP at all gets a problem too, in English: no header was read."""
        problem = {
            "type": "urn:compendium:problem:bad_request",
            "title": "Bad request",
            "status": 400,
            "code": "bad_request",
            "detail": msg,
        }
        body = json.dumps(problem).encode("ascii")
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            "Content-Type: application/problem+json\r\n"
            f"Content-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()
