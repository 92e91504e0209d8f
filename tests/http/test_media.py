"""Choosing the form of an answer."""

import pytest

from app.errors import NotAcceptable
from app.http.media import chosen

OFFERS = {"json": "application/json", "tbx": "application/x-tbx", "csv": "text/csv; charset=utf-8"}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/x-tbx", "tbx"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "csv"),
        ("application/*", "json"),
        ("application/json;q=0.2, text/csv;q=0.9", "csv"),
        ("application/json;q=0, */*", "tbx"),
        ("text/html, application/x-tbx;q=0.5, */*;q=0.1", "tbx"),
        ("application/x-tbx ; q=0.5 , application/json ; q=0.4", "tbx"),
    ],
)
def test_the_form_follows_the_accept_header(accept: str, form: str) -> None:
    assert chosen(None, accept, OFFERS) == form


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "text/html", "x", "*/*;q=0"])
def test_a_form_that_there_is_not_is_told_those_there_are(accept: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        chosen(None, accept, OFFERS)
    assert refused.value.params["offered"] == ["json", "tbx", "csv"]


def test_the_address_weighs_more_than_the_header() -> None:
    assert chosen("csv", "application/x-tbx", OFFERS) == "csv"
