"""What a test looks at in an answer, and in what the service keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from app.db import Database
from app.http.cache import Answers
from app.settings import Settings
from tests.api import Api
from tests.makers import make_entry

ENTRY = "/v1/entries/TMD-0034"


@contextmanager
def one_entry(settings: Settings) -> Iterator[Database]:
    """A database with one entry."""
    with Database.opened(settings) as database:
        with database.write() as db:
            make_entry(db, number=34)
        # The first answer of the database would make what was kept before it old.
        database.changes()
        yield database


def answers_of(api: Api) -> Answers:
    """The answers that a service keeps."""
    transport: Any = api.client._transport
    answers: Answers = transport.app.state.answers
    return answers


def sent(answer: httpx.Response) -> dict[str, str]:
    """The headers that two answers of the same content have in common."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


def said(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer but the identifier of its request."""
    identifier = answer.headers["X-Request-ID"].encode()
    return answer.status_code, answer.content.replace(identifier, b""), sent(answer)
