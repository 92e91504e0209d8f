"""Proposals through HTTP: how they are read, edited by whoever saw them, and sent twice."""

import pytest

from tests.api import Api, Tokens, problem_of
from tests.makers import body
from tests.proposals.steps import accepted, new_proposal, propose, send
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")


# ---- reading


def test_a_proposal_is_read_by_number_or_id(api: Api, tokens: Tokens, database) -> None:
    draft = propose(api, tokens["nato-delegate"]).json()
    assert draft["uri"].endswith(f"/v1/proposals/{draft['number']}")
    for ref in (draft["number"], draft["number"].lower()):
        assert api.get(f"/v1/proposals/{ref}", tokens["nato-delegate"]).json() == draft
    problem_of(api.get("/v1/proposals/999999999", tokens["nato-delegate"]), 404, "not_found")


def test_the_list_is_narrowed_and_paged(api: Api, tokens: Tokens) -> None:
    made = [propose(api, tokens["nato-delegate"]).json()["number"] for _ in range(4)]
    review = accepted(api, tokens).json()
    token = tokens["nato-delegate"]
    whole = [item["number"] for item in api.get("/v1/proposals", token).json()["items"]]
    assert whole == [*made, review["number"]]
    for size in (1, 2, 3, 5, 6):
        pages = list(api.pages("/v1/proposals", token, limit=size))
        assert [item["number"] for page in pages for item in page["items"]] == whole
    (only,) = api.get("/v1/proposals?state=in_review", token).json()["items"]
    assert only["number"] == review["number"]
    (same,) = api.get("/v1/proposals", token, params={"entry": review["entry"]}).json()["items"]
    assert (same["title"], same["party"]) == ("decoy", "nato")


def test_a_cursor_of_another_caller_is_refused(api: Api, tokens: Tokens) -> None:
    for _ in range(2):
        propose(api, tokens["nato-delegate"])
    cursor = api.get("/v1/proposals?limit=1", tokens["nato-delegate"]).json()["next"]
    answer = api.get("/v1/proposals", tokens["russia-delegate"], params={"limit": 1, "cursor": cursor})
    assert problem_of(answer, 422, "invalid_input")["field"] == "cursor"


def test_what_a_caller_sees_of_a_proposal_is_not_kept_by_caches(api: Api, tokens: Tokens) -> None:
    number = propose(api, tokens["nato-delegate"]).json()["number"]
    for path in ("", f"/{number}", f"/{number}/revisions", f"/{number}/events"):
        answer = api.get(f"/v1/proposals{path}", tokens["nato-delegate"])
        assert answer.headers["Cache-Control"] == "private, no-store"


# ---- edits of what the editor has seen


@pytest.mark.parametrize("path", ["revisions", "events/submit"])
def test_an_edit_names_what_the_editor_saw(api: Api, tokens: Tokens, database, path: str) -> None:
    draft = propose(api, tokens["nato-delegate"])
    address = f"/v1/proposals/{draft.json()['number']}/{path}"
    value = {"content": body(fr="fausse cible")} if path.endswith("revisions") else {}
    before = everything(database)
    problem_of(send(api, address, tokens["nato-delegate"], value), 428, "precondition_needed")
    stale = {"If-Match": draft.headers["ETag"].replace("-1", "-0")}
    problem_of(send(api, address, tokens["nato-delegate"], value, **stale), 412, "stale_version")
    assert everything(database) == before
    answer = send(api, address, tokens["nato-delegate"], value, **{"If-Match": draft.headers["ETag"]})
    assert answer.is_success
    assert answer.headers["ETag"] != draft.headers["ETag"]
    again = api.get(f"/v1/proposals/{draft.json()['number']}", tokens["nato-delegate"])
    assert again.headers["ETag"] == answer.headers["ETag"]


# ---- sent twice


def test_a_repeated_request_with_a_key_gets_the_first_answer_and_makes_one_proposal(
    api: Api, tokens: Tokens, database
) -> None:
    key = {"Idempotency-Key": "Ключ-1".encode().hex()}
    first = send(api, "/v1/proposals", tokens["nato-delegate"], new_proposal(), **key)
    before = everything(database)
    again = send(api, "/v1/proposals", tokens["nato-delegate"], new_proposal(), **key)
    assert (again.status_code, again.content) == (201, first.content)
    for name in ("ETag", "Location", "Content-Type", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert everything(database) == before
    assert len(api.get("/v1/proposals", tokens["nato-delegate"]).json()["items"]) == 1


def test_a_key_is_not_used_for_another_request(api: Api, tokens: Tokens, database) -> None:
    key = {"Idempotency-Key": "a"}
    send(api, "/v1/proposals", tokens["nato-delegate"], new_proposal(), **key)
    before = everything(database)
    other = new_proposal(justification="Another one.")
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], other, **key)
    problem_of(answer, 422, "idempotency_key_reused")
    assert everything(database) == before


def test_a_key_belongs_to_its_account(api: Api, tokens: Tokens) -> None:
    numbers = {
        send(api, "/v1/proposals", tokens[name], new_proposal(), **{"Idempotency-Key": "a"}).json()["number"]
        for name in ("nato-delegate", "russia-delegate")
    }
    assert len(numbers) == 2


def test_a_refused_request_does_not_spend_its_key(api: Api, tokens: Tokens) -> None:
    key = {"Idempotency-Key": "a"}
    wrong = new_proposal(content=body("propulsion"))
    problem_of(send(api, "/v1/proposals", tokens["nato-delegate"], wrong, **key), 422, "invalid_input")
    assert send(api, "/v1/proposals", tokens["nato-delegate"], new_proposal(), **key).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 101])
def test_a_key_that_cannot_be_is_refused(api: Api, tokens: Tokens, key: str) -> None:
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], new_proposal(), **{"Idempotency-Key": key})
    problem_of(answer, 422, "validation_failed")
