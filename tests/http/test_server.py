"""The server itself, over sockets: addresses as people type them, and what is no HTTP at all."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any
from urllib.parse import quote

import pytest

from app.db import Database
from app.settings import Settings
from tests.api import Tokens
from tests.databases import Templates
from tests.makers import make_entry
from tests.proposals.steps import new_proposal
from tests.serving import served

SHORT_WHILE = 0.05
"""Enough for the loopback to hand over two packets one by one."""


class Connection:
    """One connection to the server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, *packets: bytes) -> None:
        for packet in packets:
            self.socket.sendall(packet)
            time.sleep(SHORT_WHILE)

    def answer(self, method: str = "GET") -> tuple[int, str, Any]:
        """Status, content type and JSON of the next answer."""
        response = HTTPResponse(self.socket, method=method)
        response.begin()
        body = response.read()
        return response.status, response.getheader("Content-Type", ""), json.loads(body) if body else None


@pytest.fixture(scope="module")
def tokens_and_port(templates: Templates) -> Iterator[tuple[Tokens, int]]:
    """A server with a French term, on SQLite: the database makes no difference here."""
    name = f"tmd_{os.getpid()}_served"
    url = templates.copy("sqlite", name)
    database = Database.connect(Settings(database_url=url))
    with database.write() as db:
        make_entry(db, fr="défense antimissile de théâtre", ru="ПРО на ТВД")
    tokens = Tokens.made_in(database)
    database.dispose()
    with served(url) as service:
        yield tokens, service.port
    templates.drop("sqlite", name)


@pytest.fixture
def port(tokens_and_port: tuple[Tokens, int]) -> int:
    return tokens_and_port[1]


@contextmanager
def connected(port: int) -> Iterator[Connection]:
    connection = Connection(port)
    with connection.socket:
        yield connection


def typed(query: str, *headers: str) -> bytes:
    """A request for a search as curl sends it: the query in bare UTF-8."""
    lines = [f"GET /v1/search?q={query} HTTP/1.1", "Host: compendium.test", *headers, "", ""]
    return "\r\n".join(lines).encode()


def hits(answer: tuple[int, str, Any]) -> list[str]:
    status, content_type, body = answer
    assert (status, content_type) == (200, "application/json"), body
    return [hit["matched"]["text"] for hit in body["hits"]]


QUERIES = ["défense antimissile de théâtre".replace(" ", "+"), "ПРО-на-ТВД", quote("ПРО на ТВД")]


@pytest.mark.parametrize("query", QUERIES)
def test_an_address_is_read_as_it_was_typed(port: int, query: str) -> None:
    with connected(port) as connection:
        connection.send(typed(query))
        assert len(hits(connection.answer())) == 1


def test_the_service_sees_what_was_typed(port: int) -> None:
    with connected(port) as connection:
        connection.send(typed("théâtre"))
        assert connection.answer()[2]["query"] == "théâtre"


@pytest.mark.parametrize("place", [1, 4, 18, 21, 22, 24, 30, 34, 50])
def test_an_address_may_come_in_two_packets_split_anywhere(port: int, place: int) -> None:
    request = typed("défense-antimissile")
    with connected(port) as connection:
        connection.send(request[:place], request[place:])
        assert len(hits(connection.answer())) == 1


def test_an_address_may_come_byte_by_byte(port: int) -> None:
    with connected(port) as connection:
        for byte in typed("про"):
            connection.socket.sendall(bytes([byte]))
        assert len(hits(connection.answer())) == 1


def test_the_next_request_on_the_same_connection_is_read_alike(port: int) -> None:
    with connected(port) as connection:
        for query in ("про", "défense", "d%C3%A9fense", "decoy", "про"):
            connection.send(typed(query))
            assert len(hits(connection.answer())) == 1, query


def posted(token: str, value: dict[str, Any]) -> tuple[bytes, bytes]:
    """The head and the body of a request that proposes something."""
    body = json.dumps(value, ensure_ascii=False).encode()
    lines = [
        "POST /v1/proposals HTTP/1.1",
        "Host: compendium.test",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode(), body


@pytest.mark.parametrize("packets", ["one", "two", "in the body", "in a letter"])
def test_a_body_that_looks_like_a_request_is_left_alone(tokens_and_port: tuple[Tokens, int], packets: str) -> None:
    tokens, port = tokens_and_port
    said = "GET /v1/search?q=théâtre HTTP/1.1"
    head, body = posted(tokens["nato-delegate"], new_proposal(justification=said))
    whole = head + body
    place = {
        "one": len(whole),
        "two": len(head),
        "in the body": whole.index(b"GET"),
        "in a letter": whole.index("é".encode()) + 1,
    }[packets]
    with connected(port) as connection:
        connection.send(whole[:place], whole[place:])
        status, _, made = connection.answer("POST")
        assert (status, made["justification"]) == (201, said)
        connection.send(typed("про"))
        assert len(hits(connection.answer())) == 1


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"HELLO\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /v1/search?q=\xff\xfe HTTP/1.1 x\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        "ракета\r\n\r\n".encode(),
    ],
    ids=["TLS", "hello", "version", "bytes", "length", "word"],
)
def test_what_is_no_http_gets_a_problem(port: int, garbage: bytes) -> None:
    with connected(port) as connection:
        connection.send(garbage)
        status, content_type, problem = connection.answer()
        assert (status, content_type) == (400, "application/problem+json")
        assert (problem["status"], problem["code"]) == (400, "bad_request")
        assert connection.socket.recv(1) == b""
    with connected(port) as connection:
        connection.send(typed("про"))
        assert len(hits(connection.answer())) == 1


def test_bytes_that_are_no_utf_8_find_nothing_and_break_nothing(port: int) -> None:
    with connected(port) as connection:
        connection.send(b"GET /v1/search?q=th\xe9\xe2tre HTTP/1.1\r\nHost: x\r\n\r\n")
        assert hits(connection.answer()) == []


def test_a_head_request_has_no_body(port: int) -> None:
    with connected(port) as connection:
        connection.send(typed("про").replace(b"GET", b"HEAD"))
        assert connection.answer("HEAD") == (200, "application/json", None)
        connection.send(typed("про"))
        assert len(hits(connection.answer())) == 1


def test_a_long_body_is_refused_before_it_is_sent(port: int) -> None:
    with connected(port) as connection:
        connection.send(
            b"POST /v1/proposals HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 10000000\r\n\r\n{"
        )
        status, content_type, problem = connection.answer("POST")
        assert (status, content_type, problem["code"]) == (413, "application/problem+json", "body_too_large")
