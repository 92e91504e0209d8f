"""What is neither kept nor given to those who show who they are."""

from collections.abc import Iterator

import pytest

from app.db import Database
from app.entries.content import EntryContent
from app.http.cache import LARGEST, Answers
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.http.cache.answers import ENTRY, one_entry
from tests.makers import adopt_entry, body
from tests.proposals.steps import new_proposal, propose


@pytest.fixture
def filled(own_settings: Settings) -> Iterator[Database]:
    """A database of the test's own with one entry, because it writes."""
    with one_entry(own_settings) as database:
        yield database


@pytest.fixture
def filled_settings(own_settings: Settings) -> Settings:
    return own_settings


def test_who_shows_a_token_is_not_given_what_was_kept(service: Api, filled: Database, kept: Answers) -> None:
    token = Tokens.made_in(filled)["reader"]
    service.get(ENTRY)
    assert service.get(ENTRY, token).status_code == 200
    assert service.get(ENTRY, headers={"Cookie": "session=1"}).status_code == 200
    assert kept.hits == 0


def test_a_proposal_stays_private(service: Api, filled: Database, kept: Answers) -> None:
    tokens = Tokens.made_in(filled)
    number = propose(service, tokens["nato-delegate"], new_proposal()).json()["number"]
    assert service.get(f"/v1/proposals/{number}", tokens["nato-delegate"]).status_code == 200
    problem_of(service.get(f"/v1/proposals/{number}"), 401, "sign_in_needed")
    assert len(kept) == 0


def test_a_long_answer_is_not_kept_and_still_not_sent_twice(service: Api, filled: Database, kept: Answers) -> None:
    value = body()
    value["languages"]["fr"]["definition"]["text"] = "défense " * 250 + "antimissile"
    with filled.write() as db:
        for _ in range(130):
            adopt_entry(db, EntryContent.model_validate(value))
    path = "/v1/entries?limit=200"
    full = service.get(path)
    assert len(full.content) > LARGEST
    again = service.get(path, headers={"If-None-Match": full.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-length" not in again.headers
    assert (kept.hits, len(kept)) == (0, 0)
