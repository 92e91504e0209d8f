"""Errors keep a text from being submitted, and it is final only once its warnings are answered too."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database
from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry
from tests.proposals.steps import (
    accepted,
    certified,
    meeting,
    moved,
    new_proposal,
    propose,
    ready,
    revise,
    send,
    submitted,
    tabled,
)

pytestmark = pytest.mark.usefixtures("subject_field")

ELEMENT = "languages.en.definition.text"
WARNING = {"check": "definition-capital", "element": ELEMENT, "reason": "The first word is a trade name."}


def defined(english: str) -> dict[str, Any]:
    """A content with this English definition."""
    content = body()
    content["languages"]["en"]["definition"]["text"] = english
    return content


def with_error() -> dict[str, Any]:
    return defined("an object released to be taken for a warhead")


def with_warning() -> dict[str, Any]:
    return defined("Object released to be taken for a warhead")


def answer(api: Api, proposal: httpx.Response, token: str, value: dict[str, Any] = WARNING) -> httpx.Response:
    path = f"/v1/proposals/{proposal.json()['number']}/waivers"
    return send(api, path, token, value, **{"If-Match": proposal.headers["ETag"]})


def refused(api: Api, tokens: Tokens, review: httpx.Response) -> dict[str, Any]:
    """The problem with a text that would be final but for the linter."""
    return problem_of(api.move(review, "finalise", tokens["secretariat"]), 409, "guards_failed")


def found(api: Api, number: str, token: str, **headers: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api.get(f"/v1/proposals/{number}/findings", token, headers=headers).json()[
        "items"
    ]
    return items


def test_the_text_of_the_tests_has_no_findings_in_its_way(api: Api, tokens: Tokens) -> None:
    number = accepted(api, tokens).json()["number"]
    assert [f for f in found(api, number, tokens["nato-delegate"]) if f["severity"] != "information"] == []


def test_an_error_keeps_a_draft_from_being_submitted(api: Api, tokens: Tokens) -> None:
    token = tokens["nato-delegate"]
    draft = propose(api, token, new_proposal(content=with_error()))
    (submit,) = (event for event in draft.json()["events"] if event["event"] == "submit")
    assert submit["failing"] == ["draft_has_no_errors"]
    problem = problem_of(api.move(draft, "submit", token), 409, "guards_failed")
    assert problem["findings"] == [f"definition-article: {ELEMENT}"]
    assert f"definition-article: {ELEMENT}" in problem["detail"]
    corrected = revise(api, draft, token, body())
    assert api.move(corrected, "submit", token).json()["state"] == "submitted"


def test_an_error_keeps_a_text_from_being_final(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens)
    worsened = certified(api, tokens, revise(api, review, tokens["russia-delegate"], with_error()))
    assert refused(api, tokens, worsened)["guards"] == ["text_has_no_errors"]
    waiver = {**WARNING, "check": "definition-article"}
    problem = problem_of(answer(api, worsened, tokens["nato-delegate"], waiver), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("check", "not_a_warning")


def test_a_warning_is_answered_before_the_text_is_final(api: Api, tokens: Tokens) -> None:
    review = certified(api, tokens, accepted(api, tokens, new_proposal(content=with_warning())))
    problem = refused(api, tokens, review)
    assert (problem["guards"], problem["findings"]) == (
        ["warnings_are_answered"],
        [f"definition-capital: {ELEMENT}"],
    )
    answered = answer(api, review, tokens["russia-delegate"])
    assert answered.status_code == 201
    (item,) = (f for f in answered.json()["items"] if f["check"] == "definition-capital")
    assert (item["waiver"]["party"], item["waiver"]["reason"]) == ("russia", WARNING["reason"])
    number = review.json()["number"]
    current = api.get(f"/v1/proposals/{number}", tokens["nato-co-chair"])
    assert answered.headers["ETag"] == current.headers["ETag"]
    final = moved(api, current, "finalise", tokens["secretariat"])
    first = moved(api, final, "table", tokens["nato-co-chair"], meeting=meeting(api, tokens))
    for account in ("nato-co-chair", "russia-co-chair"):
        first = moved(api, first, "agree", tokens[account])
    assert first.json()["state"] == "adopted"


@pytest.mark.parametrize(("event", "reached"), [("agree", tabled), ("open-silence", ready)])
def test_what_the_linter_finds_after_the_text_was_final_is_settled_before_it_is_agreed(
    api: Api, tokens: Tokens, database: Database, event: str, reached: Callable[[Api, Tokens], httpx.Response]
) -> None:
    proposal = reached(api, tokens)
    with database.write() as db:
        make_entry(db, number=17)  # of the same name
    problem = problem_of(api.move(proposal, event, tokens["nato-co-chair"]), 409, "guards_failed")
    assert problem["guards"] == ["text_has_no_errors"]
    assert "near-duplicate: languages.en.terms[decoy].text" in problem["findings"]


def test_an_answer_ends_with_the_revision(api: Api, tokens: Tokens) -> None:
    review = certified(api, tokens, accepted(api, tokens, new_proposal(content=with_warning())))
    number = review.json()["number"]
    answer(api, review, tokens["secretariat"])
    current = api.get(f"/v1/proposals/{number}", tokens["nato-delegate"])
    changed = with_warning()
    changed["languages"]["fr"]["notes"] = ["Le terme désigne aussi un objet tracté."]
    revised = revise(api, current, tokens["nato-delegate"], changed)
    problem = refused(api, tokens, revised)
    assert "warnings_are_answered" in problem["guards"]
    assert f"definition-capital: {ELEMENT}" in problem["findings"]


def test_the_last_answer_to_a_finding_counts(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    first = answer(api, review, tokens["nato-delegate"])
    current = api.get(f"/v1/proposals/{review.json()['number']}", tokens["nato-delegate"])
    assert current.headers["ETag"] == first.headers["ETag"]
    second = answer(api, current, tokens["secretariat"], {**WARNING, "reason": "As in the annex."})
    (item,) = (f for f in second.json()["items"] if f["check"] == "definition-capital")
    assert (item["waiver"]["party"], item["waiver"]["reason"]) == (None, "As in the annex.")


def test_who_may_answer(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    for account in ("nato-expert", "reader"):
        problem_of(answer(api, review, tokens[account]), 403, "not_permitted")
    path = f"/v1/proposals/{review.json()['number']}/waivers"
    problem_of(send(api, path, None, WARNING), 401, "sign_in_needed")
    draft = propose(api, tokens["nato-delegate"], new_proposal(content=with_warning()))
    problem_of(answer(api, draft, tokens["russia-delegate"]), 404, "not_found")


def test_an_answer_needs_the_text_that_it_was_written_for(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    path = f"/v1/proposals/{review.json()['number']}/waivers"
    problem_of(send(api, path, tokens["nato-delegate"], WARNING), 428, "precondition_needed")
    revise(api, review, tokens["nato-delegate"], body())
    problem_of(answer(api, review, tokens["nato-delegate"]), 412, "stale_version")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"check": "no-such-check"}, "check"),
        ({"element": "languages.fr.definition.text"}, "check"),
        ({"check": "A B"}, "check"),
        ({"reason": ""}, "reason"),
        ({"reason": " "}, "reason"),
        ({"extra": 1}, "extra"),
    ],
)
def test_an_answer_to_nothing_is_refused(api: Api, tokens: Tokens, changes: dict[str, Any], field: str) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    given = answer(api, review, tokens["nato-delegate"], {**WARNING, **changes})
    assert given.status_code == 422
    assert given.json()["field"] == field


def test_a_closed_proposal_takes_no_answers(api: Api, tokens: Tokens) -> None:
    sent = submitted(api, tokens, new_proposal(content=with_warning()))
    closed = api.move(sent, "withdraw", tokens["nato-delegate"])
    problem_of(answer(api, closed, tokens["nato-delegate"]), 409, "transition_not_allowed")


def test_an_answer_is_in_the_audit_log_and_never_changes(api: Api, tokens: Tokens, database: Database) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    answer(api, review, tokens["nato-delegate"])
    with database.read() as db:
        action = db.execute(text("SELECT action FROM audit_event ORDER BY seq DESC LIMIT 1")).scalar()
    assert action == "proposal.waive"
    for statement in ("UPDATE waiver SET reason = 'x'", "DELETE FROM waiver"):
        with pytest.raises(DBAPIError, match="never changed"), database.write() as db:
            db.execute(text(statement))


def test_findings_speak_the_language_of_the_reader(api: Api, tokens: Tokens) -> None:
    review = accepted(api, tokens, new_proposal(content=with_warning()))
    said = {
        language: found(api, review.json()["number"], tokens["reader"], **{"Accept-Language": language})[0]
        for language in ("en", "fr", "ru")
    }
    assert len({item["message"] for item in said.values()}) == 3
    assert len({item["hint"] for item in said.values()}) == 3
    assert len({(item["check"], item["element"], item["severity"]) for item in said.values()}) == 1
