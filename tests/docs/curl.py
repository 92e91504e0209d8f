"""A stand-in for curl on machines that have none: the options of the README's tour, over a bare socket."""

import argparse
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-X", dest="method")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-o", dest="output", default="-")
    parser.add_argument("-D", dest="dump")
    parser.add_argument("--data-binary", dest="data")
    parser.add_argument("url")
    given = parser.parse_args()
    body = body_of(given.data) if given.data else b""
    head, answer = exchange(given.url, given.method or ("POST" if given.data else "GET"), given.headers, body)
    if given.dump == "-":
        sys.stdout.buffer.write(head + b"\r\n\r\n")
    if given.output == "-":
        sys.stdout.buffer.write(answer)
    else:
        Path(given.output).write_bytes(answer)


def body_of(data: str) -> bytes:
    """What is sent: the bytes of a file if it is named, or the text itself."""
    return Path(data[1:]).read_bytes() if data.startswith("@") else data.encode("utf-8")


def exchange(url: str, method: str, headers: list[str], body: bytes) -> tuple[bytes, bytes]:
    """The head and the body of the answer. Like curl, it sends the address as it was typed."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = [f"{method} {path} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close", *headers]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("utf-8") + body)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, answer = received.partition(b"\r\n\r\n")
    return head, unchunked(answer) if b"transfer-encoding: chunked" in head.lower() else answer


def unchunked(data: bytes) -> bytes:
    pieces = []
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size, 16)
        pieces.append(data[:length])
        data = data[length + 2 :]
    return b"".join(pieces)


if __name__ == "__main__":
    main()
