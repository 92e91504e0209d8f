"""Conditional reads and edits."""

import pytest

from app.errors import PreconditionNeeded, StaleVersion
from app.http.etags import matches, require_match
from tests.api import Api


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
        (None, False),
    ],
)
def test_a_reader_has_the_text_if_one_of_the_tags_is_its_tag(header: str | None, same: bool) -> None:
    assert matches(header, '"a"') is same


@pytest.mark.parametrize("header", ['"P(2026)0001-3"', '"x", "P(2026)0001-3"', "*"])
def test_an_edit_of_what_the_editor_saw_passes(header: str) -> None:
    require_match(header, '"P(2026)0001-3"')


@pytest.mark.parametrize("header", ['"P(2026)0001-2"', "", 'W/"P(2026)0001-3"'])
def test_an_edit_of_something_else_is_stale(header: str) -> None:
    with pytest.raises(StaleVersion):
        require_match(header, '"P(2026)0001-3"')


def test_an_edit_that_says_nothing_is_told_to() -> None:
    with pytest.raises(PreconditionNeeded):
        require_match(None, '"P(2026)0001-3"')


def test_an_unchanged_answer_is_not_sent_again(api: Api) -> None:
    first = api.get("/v1/subject-fields")
    again = api.get("/v1/subject-fields", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_a_head_request_gets_the_headers_alone(api: Api) -> None:
    full = api.get("/v1/subject-fields")
    head = api.request("HEAD", "/v1/subject-fields")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == full.headers["ETag"]
