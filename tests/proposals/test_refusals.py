"""What cannot be said in a proposal: refused with its field, and without a trace."""

from typing import Any

import pytest

from app.texts.faults import ANY_OTHER
from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry
from tests.proposals.steps import (
    amendment,
    new_proposal,
    send,
    submitted,
)
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")

TERM = "content.languages.fr.terms.0.text"


def with_term(text: Any) -> dict[str, Any]:
    value = new_proposal()
    value["content"]["languages"]["fr"]["terms"][0]["text"] = text
    return value


def with_content(**fields: Any) -> dict[str, Any]:
    return new_proposal(content=body() | fields)


def with_relation(target: str) -> dict[str, Any]:
    return with_content(relations=[{"type": "generic", "target": target}])


WRONG: dict[str, tuple[Any, str | None, str]] = {
    "unknown field": (new_proposal(colour="rouge"), "colour", "extra_forbidden"),
    "unknown field inside": (with_content(couleur=1), "content.couleur", "extra_forbidden"),
    "no kind": ({"content": body(), "justification": "Да."}, "kind", "missing"),
    "unknown kind": (new_proposal(kind="delete"), "kind", "enum"),
    "no content": ({"kind": "new", "justification": "Да."}, "content", "missing"),
    "content that is none": (new_proposal(content=[]), "content", "model_attributes_type"),
    "empty content": (new_proposal(content={}), "content.subject_fields", "missing"),
    "no justification": (new_proposal(justification=None), "justification", "string_type"),
    "empty justification": (new_proposal(justification=""), "justification", "string_too_short"),
    "long justification": (new_proposal(justification="ё" * 4001), "justification", "string_too_long"),
    "a language that we have not": (
        new_proposal(content=body() | {"languages": {"de": body()["languages"]["en"]}}),
        "content.languages.de.[key]",
        "literal_error",
    ),
    "no language": (with_content(languages={}), "content.languages", "too_short"),
    "no subject field": (with_content(subject_fields=[]), "content.subject_fields", "too_short"),
    "a subject field twice": (with_content(subject_fields=["threat", "threat"]), "content", "repeated_value"),
    "a subject field in capitals": (
        with_content(subject_fields=["Threat"]),
        "content.subject_fields.0",
        "string_pattern_mismatch",
    ),
    "an unknown subject field": (
        with_content(subject_fields=["threat", "propulsion"]),
        "content.subject_fields.1",
        "unknown_subject_field",
    ),
    "a term that is a number": (with_term(17), TERM, "string_type"),
    "an empty term": (with_term(""), TERM, "string_too_short"),
    "a long term": (with_term("é" * 251), TERM, "string_too_long"),
    "a space before": (with_term(" leurre"), TERM, "edge_space"),
    "two spaces": (with_term("leurre  actif"), TERM, "double_space"),
    "a control character": (with_term("leur\u0007re"), TERM, "forbidden_character"),
    "NUL": (with_term("leur\u0000re"), TERM, "forbidden_character"),
    "a line break": (with_term("leur\nre"), TERM, "forbidden_character"),
    "a direction mark": (with_term("leurre\u202e"), TERM, "forbidden_character"),
    "a zero-width space": (with_term("leur\u200bre"), TERM, "forbidden_character"),
    "half a character": (with_term("leur\ud800re"), TERM, "string_unicode"),
    "half a character in the justification": (
        new_proposal(justification="\udfff"),
        "justification",
        "string_unicode",
    ),
    "an entry for a new one": (new_proposal(entry="TMD-0017"), "entry", "entry_not_expected"),
    "a version for a new one": (new_proposal(base_version=1), "base_version", "entry_not_expected"),
    "an amendment of nothing": (new_proposal(kind="amend"), "entry", "entry_needed"),
    "an amendment of no version": (
        new_proposal(kind="amend", entry="TMD-0017"),
        "base_version",
        "base_version_needed",
    ),
    "an entry by its id": (new_proposal(kind="amend", entry="17"), "entry", "string_pattern_mismatch"),
    "version 0": (amendment(version=0), "base_version", "greater_than_equal"),
    "a vast version": (amendment(version=10**30), "base_version", "less_than_equal"),
    "half a version": (new_proposal(base_version=1.5), "base_version", "int_from_float"),
    "a version in words": (new_proposal(base_version="première"), "base_version", "int_parsing"),
    "a relation to nothing": (
        with_relation("TMD-0404"),
        "content.relations.0.target",
        "unknown_entry",
    ),
    "a relation to somebody else's": (
        with_relation("ABC-0017"),
        "content.relations.0.target",
        "unknown_entry",
    ),
    "a list": ([new_proposal()], None, "model_attributes_type"),
    "a text": ("предложение", None, "model_attributes_type"),
    "nothing": (None, None, "model_attributes_type"),
}


@pytest.mark.parametrize(("value", "field", "code"), list(WRONG.values()), ids=list(WRONG))
def test_what_cannot_be_said_is_refused_with_its_field_and_leaves_no_trace(
    api: Api, tokens: Tokens, database, value: Any, field: str | None, code: str
) -> None:
    before = everything(database)
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], value)
    assert answer.status_code == 422, answer.text
    problem = problem_of(answer, 422, answer.json()["code"])
    if problem["code"] == "invalid_input":
        assert (problem["field"], problem["reason"]) == (field, code)
    else:
        assert problem["code"] == "validation_failed"
        assert (problem["errors"][0]["field"], problem["errors"][0]["code"]) == (field or "", code)
        assert problem["errors"][0]["detail"] != ANY_OTHER
    assert everything(database) == before


def test_a_relation_names_an_entry_by_its_very_number(api: Api, tokens: Tokens, database) -> None:
    """Were TMD-00017 another way to write TMD-0017, a text could be related to it twice."""
    with database.write() as db:
        make_entry(db, number=17)
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], with_relation("TMD-00017"))
    problem = problem_of(answer, 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("content.relations.0.target", "unknown_entry")


@pytest.mark.parametrize(
    "value",
    [
        new_proposal(**{"\ud800": 1}),
        with_content(**{"\ud800": 1}),
        with_content(languages={"\udfff": {}}),
        with_content(equivalence={"\ud800": {"degree": "exact"}}),
        new_proposal(kind="\ud800"),
        with_content(subject_fields=["\ud800"]),
        with_content(notation="\ud800"),
    ],
    ids=["field", "field inside", "language", "pair", "kind", "subject", "notation"],
)
def test_half_a_character_is_refused_wherever_it_stands(api: Api, tokens: Tokens, database, value: Any) -> None:
    before = everything(database)
    problem_of(send(api, "/v1/proposals", tokens["nato-delegate"], value), 422, "validation_failed")
    assert everything(database) == before


def test_all_wrong_fields_are_named_at_once_up_to_a_bound(api: Api, tokens: Tokens) -> None:
    value = with_content(activities=["ОШИБКА"] * 20)
    problem = problem_of(send(api, "/v1/proposals", tokens["nato-delegate"], value), 422, "validation_failed")
    assert len(problem["errors"]) == 20
    many = new_proposal(**{f"champ-{n}": n for n in range(3000)})
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], many)
    assert len(problem_of(answer, 422, "validation_failed")["errors"]) == 50


def test_a_proposal_of_ten_megabytes_is_refused_unread(api: Api, tokens: Tokens, database) -> None:
    before = everything(database)
    value = new_proposal(justification="щ" * 10_000_000)
    problem_of(send(api, "/v1/proposals", tokens["nato-delegate"], value), 413, "body_too_large")
    assert everything(database) == before


def test_a_reason_is_held_to_the_rules_for_texts(api: Api, tokens: Tokens, database) -> None:
    proposal = submitted(api, tokens)
    before = everything(database)
    path = f"/v1/proposals/{proposal.json()['number']}/events/reject"
    asked = {"If-Match": proposal.headers["ETag"]}
    for reason in ("", " ", "a\u0000b", "\ud800", "x" * 4001, 17, ["да"]):
        answer = send(api, path, tokens["secretariat"], {"reason": reason}, **asked)
        assert problem_of(answer, 422, "validation_failed")["field"] == "reason"
    answer = send(api, path, tokens["secretariat"], {"cause": "non"}, **asked)
    assert problem_of(answer, 422, "validation_failed")["field"] == "cause"
    assert everything(database) == before


@pytest.mark.parametrize("ref", ["P(2026)1", "0x1", "P(2026)0001'--", "-1", "%00", "1e5"])
def test_a_reference_that_cannot_be_is_refused(api: Api, tokens: Tokens, ref: str) -> None:
    problem_of(api.get(f"/v1/proposals/{ref}", tokens["secretariat"]), 422, "validation_failed")
