"""What a request may bring along."""

import json
from collections.abc import AsyncIterator

import pytest

from app.errors import BodyTooLarge
from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_subject_field

MIB = 1024 * 1024


def proposal(justification: str) -> bytes:
    made = {"kind": "new", "content": body(), "justification": justification}
    return json.dumps(made, ensure_ascii=False).encode()


async def in_pieces(data: bytes, size: int = 64 * 1024) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def test_a_body_over_the_limit_is_refused_by_its_stated_length(bare: Api) -> None:
    answer = bare.post("/v1/proposals", content=b"x" * (10 * MIB))
    problem = problem_of(answer, 413, "body_too_large")
    assert problem["limit"] == MIB
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize("address", ["/v1/proposals", "/v1/proposals/1/revisions", "/v1/import?format=csv"])
def test_a_body_over_the_limit_is_refused_while_it_comes_in_pieces(api: Api, tokens: Tokens, address: str) -> None:
    answer = api.post(
        address,
        tokens["secretariat"],
        content=in_pieces(b'{"x":"' + b"x" * (9 * MIB)),
        headers={"Content-Type": "application/json", "If-Match": "*"},
    )
    problem_of(answer, 413, BodyTooLarge.code)


def test_a_body_at_the_limit_is_read(api: Api, tokens: Tokens) -> None:
    padded = proposal("ё" * 4001)
    padded += b" " * (MIB - len(padded))
    answer = api.post(
        "/v1/proposals", tokens["secretariat"], content=padded, headers={"Content-Type": "application/json"}
    )
    assert problem_of(answer, 422, "validation_failed")["field"] == "justification"


def test_a_glossary_file_may_be_longer_than_a_proposal(api: Api, tokens: Tokens) -> None:
    answer = api.post("/v1/import?format=csv", tokens["secretariat"], content=b"x" * (2 * MIB))
    problem_of(answer, 422, "unreadable_file")


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_the_refusal_of_a_long_body_is_in_the_language_of_the_reader(bare: Api, language: str) -> None:
    headers = {"Accept-Language": language}
    answer = bare.post("/v1/proposals", content=b"x" * (2 * MIB), headers=headers)
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b"",
        b"\xff\xfe{}",
        b"{'kind': 'new'}",
        b"[" * 100_000,
        b'{"kind": ' + b"9" * 5000 + b"}",
        b"\x00",
    ],
    ids=["cut off", "empty", "not UTF-8", "single quotes", "nested", "long number", "NUL"],
)
def test_what_is_not_json_is_a_problem(api: Api, tokens: Tokens, sent: bytes) -> None:
    answer = api.post(
        "/v1/proposals", tokens["nato-delegate"], content=sent, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    problem_of(answer, answer.status_code, answer.json()["code"])


def test_malformed_json_has_a_code_of_its_own(api: Api, tokens: Tokens) -> None:
    answer = api.post(
        "/v1/proposals", tokens["nato-delegate"], content=b"{", headers={"Content-Type": "application/json"}
    )
    problem_of(answer, 422, "malformed_json")


def test_json_of_another_type_is_not_taken_for_json(database, api: Api, tokens: Tokens) -> None:
    with database.write() as db:
        make_subject_field(db)
    answer = api.post(
        "/v1/proposals", tokens["nato-delegate"], content=proposal("да"), headers={"Content-Type": "text/plain"}
    )
    problem_of(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_said_to_be_of_another_type_is_refused_as_such(api: Api, media_type: str) -> None:
    asked = b'{"source": "en", "segments": ["ballistic missile"]}'
    answer = api.post("/v1/lookup", content=asked, headers={"Content-Type": media_type})
    problem = problem_of(answer, 415, "unsupported_media_type")
    assert problem["expected"] == "application/json"
    assert "application/json" in problem["detail"]


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/json; charset=utf-8", "application/ld+json"]
)
def test_json_by_any_name_is_read(api: Api, media_type: str) -> None:
    asked = b'{"source": "en", "segments": ["ballistic missile"]}'
    assert api.post("/v1/lookup", content=asked, headers={"Content-Type": media_type}).status_code == 200
