"""The language in which the service speaks, by Accept-Language with its weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.locale import preferred
from app.languages.codes import LANGUAGES
from tests.api import Api


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("ru-RU, en;q=0.8", "ru"),
        ("en;q=0.3, fr;q=0.7, ru;q=0.5", "fr"),
        ("de, ru;q=0.4, fr;q=0.2", "ru"),
        ("de", "en"),
        ("fr;q=0, ru;q=0.1", "ru"),
        ("*", "en"),
        ("*, fr;q=0.5", "en"),
        ("RU", "ru"),
        ("fr; q=0.9, ru; q=1.0", "ru"),
        ("fr;q=oui, ru;q=0.5", "ru"),
        (",,;q=;,", "en"),
    ],
)
def test_the_best_language_wins(header: str, language: str) -> None:
    assert preferred(header) == language


@given(st.text(max_size=300))
def test_no_header_breaks_it(header: str) -> None:
    assert preferred(header) in LANGUAGES


@given(st.text(st.sampled_from("frenu*-;=q.019, "), max_size=60))
def test_no_header_of_the_usual_signs_breaks_it(header: str) -> None:
    assert preferred(header) in LANGUAGES


def test_lang_in_the_address_weighs_more_than_the_header(bare: Api) -> None:
    answer = bare.get("/v1/nowhere?lang=fr", headers={"Accept-Language": "ru"})
    assert answer.headers["Content-Language"] == "fr"


def test_an_unknown_lang_in_the_address_leaves_it_to_the_header(bare: Api) -> None:
    answer = bare.get("/v1/nowhere?lang=de", headers={"Accept-Language": "ru"})
    assert answer.headers["Content-Language"] == "ru"


def test_the_language_of_the_reader_does_not_change_what_is_found(api: Api) -> None:
    answers = [
        api.get("/v1/subject-fields", headers={"Accept-Language": language}).content for language in LANGUAGES
    ]
    assert len(set(answers)) == 1
