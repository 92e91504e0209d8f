"""Every error is a problem, in the reader's language, and says nothing that it should not."""

import ast
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.errors import DomainError
from app.languages.codes import LANGUAGES, LanguageCode
from app.proposals.workflow import TRANSITIONS
from app.texts.faults import ANY_OTHER, FAULTS, fault_text
from app.texts.problems import PROBLEMS, problem_text
from tests.api import Api, problem_of

SOURCES = sorted(Path(app.__file__).parent.rglob("*.py"))


def subclasses(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


def fault_codes() -> Iterator[str]:
    """The codes that the source gives to the faults of fields and files, and those of the guards."""
    place = {"PydanticCustomError": 0, "Fault": 1, "warn": 1, "fail": 1}
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = call.args[place[name] :][:1] if name in place else []
            if name in ("InvalidInput", "UnreadableFile", "NotReady"):
                given = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
            yield from (node.value for node in given if isinstance(node, ast.Constant))
    yield from (guard.__name__ for row in TRANSITIONS for guard in row.guards)


@pytest.mark.parametrize("error", list(subclasses(DomainError)), ids=lambda error: error.__name__)
def test_each_error_has_a_sentence(error: type[DomainError]) -> None:
    assert error.code in PROBLEMS
    assert 400 <= error.status < 600


def test_no_two_errors_share_a_code() -> None:
    codes = [error.code for error in subclasses(DomainError)]
    assert sorted(codes) == sorted(set(codes))


def test_each_fault_has_a_sentence() -> None:
    codes = set(fault_codes())
    assert "forbidden_character" in codes
    assert sorted(codes - FAULTS.keys()) == []


@pytest.mark.parametrize("code", list(PROBLEMS))
def test_a_problem_says_the_same_placeholders_in_each_language(code: str) -> None:
    marked = {name: f"«{name}»" for name in ("ref", "language", "party", "name", "base", "current", "event")}
    said = [problem_text(code, language, marked).detail for language in LANGUAGES]
    kept = [{mark for mark in marked.values() if mark in detail} for detail in said]
    assert kept[0] == kept[1] == kept[2]


def test_an_unknown_fault_is_still_said() -> None:
    assert fault_text("never_heard_of", "en", {}) == ANY_OTHER


def test_an_unknown_path_is_a_problem(bare: Api) -> None:
    problem = problem_of(bare.get("/v1/словарь"), 404, "no_such_path")
    assert "field" not in problem


def test_a_method_that_the_address_does_not_take_is_told_those_it_takes(bare: Api) -> None:
    answer = bare.request("DELETE", "/v1/search")
    problem_of(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_an_address_with_several_methods_names_them_all(bare: Api) -> None:
    answer = bare.request("DELETE", "/v1/proposals")
    problem_of(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    ("address", "field", "code"),
    [
        ("/v1/search", "q", "missing"),
        ("/v1/search?q=", "q", "string_too_short"),
        (f"/v1/search?q={'ы' * 251}", "q", "string_too_long"),
        ("/v1/search?q=leurre&limit=0", "limit", "greater_than_equal"),
        ("/v1/search?q=leurre&limit=201", "limit", "less_than_equal"),
        ("/v1/search?q=leurre&limit=dix", "limit", "int_parsing"),
        (f"/v1/search?q=leurre&limit={'9' * 5000}", "limit", "int_parsing_size"),
        ("/v1/search?q=leurre&in=de", "in.0", "literal_error"),
        ("/v1/search?q=leurre&match=guess", "match", "enum"),
        ("/v1/search?q=leurre&subject=Menace", "subject.0", "string_pattern_mismatch"),
        ("/v1/search?q=leurre&in=en&in=fr&in=ru&in=en", "in", "too_long"),
        ("/v1/search?q=leurre&cursor=%00", "cursor", "string_pattern_mismatch"),
        ("/v1/entries/TMD_0017", "ref", "string_pattern_mismatch"),
        ("/v1/export?format=docx", "format", "literal_error"),
        ("/v1/import?format=csv", None, None),
    ],
)
def test_a_wrong_parameter_is_named_with_the_reason(
    bare: Api, address: str, field: str | None, code: str | None
) -> None:
    if field is None:
        problem_of(bare.get(address), 405, "method_not_allowed")
        return
    problem = problem_of(bare.get(address), 422, "validation_failed")
    assert problem["field"] == field
    assert [(fault["field"], fault["code"]) for fault in problem["errors"]] == [(field, code)]
    assert problem["errors"][0]["detail"] != ANY_OTHER


def test_a_query_without_a_letter_is_refused(bare: Api) -> None:
    problem = problem_of(bare.get("/v1/search", params={"q": "— … —"}), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("q", "query_without_letters")


def test_a_failure_is_a_problem_that_tells_the_reader_nothing_of_the_inside(
    tableless: Api, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = tableless.get("/v1/search", params={"q": "«тайное слово»"})
    problem = problem_of(answer, 500, "internal_error")
    for inside in ("empty.db", "sqlite", "no such table", "Operational", "Traceback", "SELECT"):
        assert inside not in answer.text
    # What somebody looked up is nobody's business, in the log either.
    assert problem["request_id"] in caplog.text
    assert "тайное" not in caplog.text


def test_pages_of_other_origins_can_read_a_failure(tableless: Api) -> None:
    answer = tableless.get("/v1/search?q=leurre", headers={"Origin": "https://terms.example"})
    assert answer.status_code == 500
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Request-ID" in answer.headers["Access-Control-Expose-Headers"]


def test_pages_of_other_origins_cannot_write(bare: Api) -> None:
    asking = {"Origin": "https://terms.example", "Access-Control-Request-Method": "POST"}
    assert bare.request("OPTIONS", "/v1/proposals", headers=asking).status_code == 400


def test_a_failure_leaves_with_the_headers_of_any_answer(tableless: Api) -> None:
    answer = tableless.get("/v1/search?q=leurre")
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["fr", "ru"])
@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/nowhere", 404, "no_such_path"),
        ("/v1/search", 422, "validation_failed"),
        ("/v1/import", 405, "method_not_allowed"),
    ],
)
def test_a_problem_is_in_the_language_of_the_reader(
    bare: Api, address: str, status: int, code: str, language: LanguageCode
) -> None:
    answer = bare.get(address, headers={"Accept-Language": language})
    problem = problem_of(answer, status, code)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    said = problem_text(code, language, {})
    assert (problem["title"], problem["detail"]) == (said.title, said.detail)
    english = bare.get(address)
    assert english.headers["Content-Language"] == "en"
    assert english.json()["detail"] != problem["detail"]
    assert english.json()["code"] == code


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_a_failure_is_in_the_language_of_the_reader(tableless: Api, language: LanguageCode) -> None:
    answer = tableless.get("/v1/search?q=leurre", headers={"Accept-Language": language})
    assert (
        problem_of(answer, 500, "internal_error")["detail"] == problem_text("internal_error", language, {}).detail
    )
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_the_fault_of_a_field_is_in_the_language_of_the_reader(bare: Api, language: LanguageCode) -> None:
    problem = bare.get("/v1/search", headers={"Accept-Language": language}).json()
    assert problem["errors"][0]["detail"] == fault_text("missing", language, {})


def test_what_a_client_sent_is_quoted_back_in_part_at_most(bare: Api) -> None:
    answer = bare.get("/v1/entries/" + "9" * 40)
    problem = problem_of(answer, 404, "not_found")
    assert len(problem["detail"]) < 250
