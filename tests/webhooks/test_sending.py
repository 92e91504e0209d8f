"""One request to a receiver, over a real connection, and everything that a receiver can do wrong."""

import socket
import ssl
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest

from app.webhooks.addresses import Place
from app.webhooks.sending import Answer, Outcome, send
from tests.webhooks.receiver import CERTIFICATE, receiving

BODY = '{"term": "ложная цель"}'.encode()
HEADERS = {"Content-Type": "application/json", "webhook-id": "event-1"}


def leading_to(*addresses: str, asked: list[str] | None = None):
    """A resolver that sends every name to these addresses, and notes what it was asked."""

    def resolve(host: str, port: int) -> Sequence[Place]:
        if asked is not None:
            asked.append(host)
        return [Place(socket.AF_INET6 if ":" in one else socket.AF_INET, (one, port)) for one in addresses]

    return resolve


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_is_sent_arrives_as_it_is() -> None:
    with receiving() as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.DELIVERED, 204)
    (request,) = receiver.received
    assert (request.path, request.body) == ("/hooks/compendium?from=tests", BODY)
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers.items() >= {"content-type": "application/json", "webhook-id": "event-1"}.items()


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_every_success_is_one(status: int) -> None:
    with receiving(status) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.DELIVERED, status)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 404, 410, 429, 500, 503])
def test_everything_else_is_a_refusal_and_no_redirect_is_followed(status: int) -> None:
    with receiving(status) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.REFUSED, status)
    assert [request.path for request in receiver.received] == ["/hooks/compendium?from=tests"]


def test_nothing_reaches_an_internal_address_unless_it_is_allowed() -> None:
    with receiving(tls=True) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=False) == Answer(Outcome.ADDRESS_NOT_ALLOWED)
        public = f"https://receiver.example.org:{receiver.port}/"
        for places in (["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::ffff:127.0.0.1"], ["::1"], ["10.0.0.1"]):
            answer = send(public, HEADERS, BODY, allow_internal=False, resolve=leading_to(*places))
            assert answer == Answer(Outcome.ADDRESS_NOT_ALLOWED)
    with receiving() as receiver:
        address = f"http://receiver.example.org:{receiver.port}/"
        answer = send(address, HEADERS, BODY, allow_internal=False, resolve=leading_to("1.1.1.1"))
        assert answer == Answer(Outcome.ADDRESS_NOT_ALLOWED)
    assert receiver.received == []


def test_the_name_is_asked_once_and_the_connection_goes_to_the_answer() -> None:
    asked: list[str] = []
    with receiving() as receiver:
        address = f"http://receiver.example.org:{receiver.port}/hook"
        resolve = leading_to("127.0.0.1", asked=asked)
        assert send(address, HEADERS, BODY, allow_internal=True, resolve=resolve).outcome is Outcome.DELIVERED
    assert asked == ["receiver.example.org"]
    assert receiver.received[0].headers["host"] == f"receiver.example.org:{receiver.port}"


def test_the_next_address_of_a_name_is_tried_if_one_does_not_answer() -> None:
    with receiving() as receiver:
        address = f"http://receiver.example.org:{receiver.port}/"
        resolve = leading_to("127.0.0.2", "127.0.0.1")
        assert send(address, HEADERS, BODY, allow_internal=True, resolve=resolve).outcome is Outcome.DELIVERED


def test_a_receiver_that_is_not_there_is_unreachable() -> None:
    answer = send(f"http://127.0.0.1:{closed_port()}/", HEADERS, BODY, allow_internal=True)
    assert answer == Answer(Outcome.UNREACHABLE)


def test_a_name_that_leads_nowhere_is_said_so() -> None:
    def nowhere(_host: str, _port: int) -> Sequence[Place]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    answer = send("https://receiver.example.org/", HEADERS, BODY, allow_internal=False, resolve=nowhere)
    assert answer == Answer(Outcome.NAME_NOT_FOUND)
    answer = send("https://receiver.example.org/", HEADERS, BODY, allow_internal=False, resolve=leading_to())
    assert answer == Answer(Outcome.UNREACHABLE)


def test_a_certificate_of_nobody_is_refused_before_anything_is_said() -> None:
    with receiving(tls=True) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.BAD_CERTIFICATE)
    assert receiver.received == []


def test_a_certificate_must_be_for_the_name_of_the_receiver() -> None:
    context = ssl.create_default_context(cafile=CERTIFICATE)
    with receiving(tls=True) as receiver:
        own, other = (f"https://{host}.example.org:{receiver.port}/" for host in ("receiver", "other"))
        for url, outcome in ((own, Outcome.DELIVERED), (other, Outcome.BAD_CERTIFICATE)):
            resolve = leading_to("127.0.0.1")
            answer = send(url, HEADERS, BODY, allow_internal=True, resolve=resolve, context=context)
            assert answer.outcome is outcome
    assert len(receiver.received) == 1


def test_a_receiver_that_says_nothing_is_left_in_the_end() -> None:
    told = Event()

    def keep_silent(_handler: BaseHTTPRequestHandler) -> None:
        told.wait()

    with receiving(keep_silent) as receiver:
        try:
            answer = send(receiver.url, HEADERS, BODY, allow_internal=True, seconds=0.5)
        finally:
            told.set()
    assert answer == Answer(Outcome.TIMED_OUT)


def test_a_receiver_that_answers_a_byte_at_a_time_is_left_in_the_end() -> None:
    told = Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not told.wait(0.05):
            handler.wfile.write(b"X-Filler: ")

    with receiving(drip) as receiver:
        try:
            answer = send(receiver.url, HEADERS, BODY, allow_internal=True, seconds=0.5)
        finally:
            told.set()
    assert answer == Answer(Outcome.TIMED_OUT)


def test_a_body_without_end_is_not_read() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**15))
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"0" * 65_536)
        except OSError:
            gone.set()

    gone = Event()
    with receiving(endless) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.DELIVERED, 200)
        assert gone.wait(60)


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
    ],
)
def test_an_answer_that_is_no_http_is_said_so(said: bytes) -> None:
    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(said)

    with receiving(say) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.UNREADABLE_ANSWER)


def test_a_connection_that_is_dropped_is_unreachable() -> None:
    with receiving(lambda handler: handler.connection.close()) as receiver:
        assert send(receiver.url, HEADERS, BODY, allow_internal=True) == Answer(Outcome.UNREACHABLE)
