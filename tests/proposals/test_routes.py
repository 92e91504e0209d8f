"""The steps of a proposal through HTTP, and how the service answers those that are not possible now."""

import pytest

from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry, make_proposed_entry, make_withdrawn_entry
from tests.proposals.steps import (
    REACHED,
    accepted,
    agreed,
    amendment,
    new_proposal,
    propose,
    revise,
    send,
    submitted,
)
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


# ---- moving


@pytest.mark.parametrize(
    ("state", "event", "account"),
    [
        ("draft", "submit", "nato-expert"),
        ("submitted", "accept", "nato-delegate"),
        ("submitted", "accept", "nato-co-chair"),
        ("submitted", "return", "nato-co-chair"),
        ("submitted", "withdraw", "secretariat"),
        ("in_review", "agree", "nato-delegate"),
        ("in_review", "agree", "russia-delegate"),
        ("in_review", "agree", "secretariat"),
        ("in_review", "agree", "nato-expert"),
        ("in_review", "agree", "reader"),
        ("in_review", "decline", "secretariat"),
        ("in_review", "withdraw", "russia-delegate"),
        ("in_review", "withdraw", "secretariat"),
    ],
)
def test_an_event_belongs_to_its_role_and_party(
    api: Api, tokens: Tokens, database, state: str, event: str, account: str
) -> None:
    proposal = REACHED[state](api, tokens)
    before = everything(database)
    problem_of(api.move(proposal, event, tokens[account], reason="Нет."), 403, "not_permitted")
    assert everything(database) == before
    events = api.get(f"/v1/proposals/{proposal.json()['number']}/events", tokens[account]).json()
    assert event not in [item["event"] for item in events["items"]]


@pytest.mark.parametrize("account", ["secretariat", "reader", "nato-expert"])
def test_a_text_under_review_is_revised_by_the_parties_only(
    api: Api, tokens: Tokens, database, account: str
) -> None:
    proposal = accepted(api, tokens)
    before = everything(database)
    problem_of(revise(api, proposal, tokens[account], body(fr="fausse cible")), 403, "not_permitted")
    assert everything(database) == before


def test_an_event_that_the_state_does_not_know_is_told_those_it_knows(api: Api, tokens: Tokens, database) -> None:
    draft = propose(api, tokens["nato-delegate"])
    before = everything(database)
    problem = problem_of(api.move(draft, "agree", tokens["nato-delegate"]), 409, "transition_not_allowed")
    assert (problem["state"], problem["event"]) == ("draft", "agree")
    assert sorted(problem["allowed"]) == ["revise", "submit", "withdraw"]
    assert everything(database) == before


def test_what_is_adopted_is_not_moved_again(api: Api, tokens: Tokens, database) -> None:
    proposal = agreed(api, tokens)
    before = everything(database)
    for event in ("agree", "withdraw", "accept", "decline", "submit"):
        answer = api.move(proposal, event, tokens["russia-co-chair"], reason="Передумали.")
        problem_of(answer, 409, "transition_not_allowed")
    problem_of(
        revise(api, proposal, tokens["nato-delegate"], body(fr="fausse cible")), 409, "transition_not_allowed"
    )
    assert everything(database) == before


def test_an_event_that_is_none_is_refused(api: Api, tokens: Tokens) -> None:
    draft = propose(api, tokens["nato-delegate"])
    problem_of(api.move(draft, "adopt", tokens["nato-delegate"]), 422, "validation_failed")
    problem = problem_of(api.move(draft, "revise", tokens["nato-delegate"]), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("event", "revision_needs_text")


@pytest.mark.parametrize("event", ["return", "reject"])
def test_a_refusal_needs_a_reason(api: Api, tokens: Tokens, event: str) -> None:
    proposal = submitted(api, tokens)
    problem = problem_of(api.move(proposal, event, tokens["secretariat"]), 409, "guards_failed")
    assert (problem["field"], problem["guards"]) == ("reason", ["reason_is_given"])
    moved = api.move(proposal, event, tokens["secretariat"], reason="Source manquante.")
    assert moved.json()["reason"] == "Source manquante."


def test_an_incomplete_text_is_not_agreed_and_the_missing_fields_are_named(api: Api, tokens: Tokens) -> None:
    value = new_proposal(content=body(fr=None))
    del value["content"]["languages"]["ru"]["definition"]
    proposal = accepted(api, tokens, value)
    problem = problem_of(api.move(proposal, "agree", tokens["nato-co-chair"]), 409, "guards_failed")
    assert problem["guards"] == ["text_is_complete", "text_has_no_errors"]
    assert problem["findings"] == ["missing-language: languages.fr", "missing-language: languages.ru.definition"]
    assert problem["missing"] == ["languages.fr", "languages.ru.definition"] == proposal.json()["missing"]


def test_one_party_cannot_agree_twice_in_place_of_the_other(api: Api, tokens: Tokens, database) -> None:
    first = api.move(accepted(api, tokens), "agree", tokens["nato-co-chair"])
    before = everything(database)
    problem = problem_of(api.move(first, "agree", tokens["nato-co-chair"]), 409, "guards_failed")
    assert problem["guards"] == ["not_signed_yet"]
    assert everything(database) == before
    assert api.get(f"/v1/entries/{first.json()['entry']}").json()["status"] == "proposed"


def test_a_revision_voids_what_was_signed_on_the_text_before(api: Api, tokens: Tokens) -> None:
    first = api.move(accepted(api, tokens), "agree", tokens["nato-co-chair"])
    assert [signed["party"] for signed in first.json()["sign_offs"]] == ["nato"]
    revised = revise(api, first, tokens["russia-delegate"], body(ru="ложная боеголовка"))
    assert revised.json()["sign_offs"] == []
    second = api.move(revised, "agree", tokens["russia-co-chair"])
    assert second.json()["state"] == "in_review"
    last = api.move(second, "agree", tokens["nato-co-chair"])
    assert last.json()["state"] == "adopted"
    texts = api.get(f"/v1/proposals/{first.json()['number']}/revisions", tokens["reader"]).json()["items"]
    assert [text["digest"] for text in texts] == [first.json()["digest"], last.json()["digest"]]


def test_agreeing_and_declining_do_not_add_up(api: Api, tokens: Tokens) -> None:
    first = api.move(accepted(api, tokens), "agree", tokens["nato-co-chair"])
    second = api.move(first, "decline", tokens["russia-co-chair"], reason="Термин неточен.")
    assert second.json()["state"] == "in_review"
    last = api.move(second, "decline", tokens["nato-co-chair"], reason="Accepted.")
    assert last.json()["state"] == "rejected"
    assert api.get(f"/v1/entries/{first.json()['entry']}").json()["status"] == "withdrawn"


def test_an_amendment_keeps_the_agreed_text_until_it_is_adopted(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    before = api.get("/v1/entries/TMD-0017").json()
    proposal = accepted(api, tokens, amendment(fr="fausse cible"))
    first = api.move(proposal, "agree", tokens["nato-co-chair"])
    assert api.get("/v1/entries/TMD-0017").json() == before
    api.move(first, "agree", tokens["russia-co-chair"])
    entry = api.get("/v1/entries/TMD-0017").json()
    assert (entry["status"], entry["version"]) == ("agreed", 2)
    assert api.get("/v1/entries/TMD-0017/versions/1").json()["digest"] == before["digest"]


def test_the_second_of_two_amendments_of_one_version_is_stale(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    late = accepted(api, tokens, amendment(ru="ложная боеголовка"))
    agreed(api, tokens, amendment(fr="fausse cible"))
    problem = problem_of(api.move(late, "agree", tokens["nato-co-chair"]), 409, "stale_base")
    assert (problem["base"], problem["current"]) == (1, 2)
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], amendment(en="dummy"))
    assert problem_of(answer, 409, "stale_base")["field"] == "base_version"
    content = body(fr="fausse cible", ru="ложная боеголовка")
    path = f"/v1/proposals/{late.json()['number']}/revisions"
    asked = {"If-Match": late.headers["ETag"]}
    problem_of(send(api, path, tokens["nato-delegate"], {"content": content}, **asked), 409, "stale_base")
    value = {"content": content, "base_version": 2}
    assert send(api, path, tokens["nato-delegate"], value, **asked).json()["base_version"] == 2


def test_only_an_agreed_entry_is_amended(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        refs = [make_proposed_entry(db).id, make_withdrawn_entry(db).id]
    for ref in refs:
        answer = send(api, "/v1/proposals", tokens["nato-delegate"], amendment(f"TMD-{ref}", fr="fausse cible"))
        assert problem_of(answer, 409, "not_amendable")["field"] == "entry"
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], amendment("TMD-0404", fr="fausse cible"))
    problem_of(answer, 404, "not_found")


def test_a_text_that_changes_nothing_is_refused(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    answer = send(api, "/v1/proposals", tokens["nato-delegate"], amendment())
    assert problem_of(answer, 409, "nothing_changed")["field"] == "content"
    draft = propose(api, tokens["nato-delegate"])
    problem_of(revise(api, draft, tokens["nato-delegate"], body()), 409, "nothing_changed")


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
