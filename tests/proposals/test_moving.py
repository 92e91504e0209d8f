"""The events of a proposal through HTTP: to whom they belong, and how impossible ones are answered."""

import pytest

from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry, make_proposed_entry, make_withdrawn_entry
from tests.proposals.steps import (
    REACHED,
    accepted,
    agreed,
    amendment,
    certified,
    moved,
    new_proposal,
    propose,
    ready,
    revise,
    send,
    submitted,
    tabled,
)
from tests.rows import everything

pytestmark = pytest.mark.usefixtures("subject_field")

NOT_THEIRS = [
    ("draft", "submit", "nato-expert"),
    ("submitted", "accept", "nato-delegate"),
    ("submitted", "accept", "nato-co-chair"),
    ("submitted", "return", "nato-co-chair"),
    ("submitted", "withdraw", "secretariat"),
    ("in_review", "decline", "secretariat"),
    ("in_review", "withdraw", "russia-delegate"),
    ("in_review", "withdraw", "secretariat"),
    ("in_review", "certify-ru", "nato-expert"),
    ("in_review", "certify-ru", "secretariat"),
    ("in_review", "finalise", "nato-co-chair"),
    ("ready", "open-silence", "secretariat"),
    ("ready", "open-silence", "nato-representative"),
    ("ready", "table", "secretariat"),
    ("tabled", "agree", "nato-delegate"),
    ("tabled", "agree", "russia-delegate"),
    ("tabled", "agree", "russia-representative"),
    ("tabled", "agree", "secretariat"),
    ("tabled", "agree", "nato-expert"),
    ("tabled", "agree", "linguist"),
    ("tabled", "agree", "reader"),
    ("under_silence", "break", "russia-co-chair"),
    ("under_silence", "pull", "secretariat"),
    ("under_silence", "expire", "russia-co-chair"),
    ("under_silence", "drop-out", "secretariat"),
]


@pytest.mark.parametrize(("state", "event", "account"), NOT_THEIRS)
def test_an_event_belongs_to_its_role_and_party(
    api: Api, tokens: Tokens, database, state: str, event: str, account: str
) -> None:
    proposal = REACHED[state](api, tokens)
    before = everything(database)
    problem_of(api.move(proposal, event, tokens[account], reason="Нет."), 403, "not_permitted")
    assert everything(database) == before
    events = api.get(f"/v1/proposals/{proposal.json()['number']}/events", tokens[account]).json()
    assert event not in [item["event"] for item in events["items"]]


@pytest.mark.parametrize("account", ["secretariat", "reader", "nato-expert", "linguist"])
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
    for event in ("agree", "withdraw", "accept", "decline", "submit", "finalise", "open-silence", "diverge"):
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
    answer = moved(api, proposal, event, tokens["secretariat"], reason="Source manquante.")
    assert answer.json()["reason"] == "Source manquante."


def test_a_meeting_is_named_and_was_called(api: Api, tokens: Tokens, database) -> None:
    proposal = ready(api, tokens)
    before = everything(database)
    problem = problem_of(api.move(proposal, "table", tokens["nato-co-chair"]), 409, "guards_failed")
    assert (problem["field"], problem["guards"]) == ("meeting", ["meeting_is_named"])
    unknown = api.move(proposal, "table", tokens["nato-co-chair"], meeting="M(2026)99")
    problem_of(unknown, 404, "not_found")
    assert everything(database) == before


def test_an_incomplete_text_is_not_finalised_and_the_missing_fields_are_named(api: Api, tokens: Tokens) -> None:
    value = new_proposal(content=body(fr=None))
    del value["content"]["languages"]["ru"]["definition"]
    proposal = accepted(api, tokens, value)
    problem = problem_of(api.move(proposal, "finalise", tokens["secretariat"]), 409, "guards_failed")
    assert problem["guards"] == [
        "text_is_complete",
        "text_has_no_errors",
        "languages_are_certified",
        "concordance_is_certified",
    ]
    assert problem["findings"] == ["missing-language: languages.fr", "missing-language: languages.ru.definition"]
    assert problem["missing"] == ["languages.fr", "languages.ru.definition"] == proposal.json()["missing"]


# ---- signing


def test_one_party_cannot_agree_twice_in_place_of_the_other(api: Api, tokens: Tokens, database) -> None:
    first = moved(api, tabled(api, tokens), "agree", tokens["nato-co-chair"])
    before = everything(database)
    problem = problem_of(api.move(first, "agree", tokens["nato-co-chair"]), 409, "guards_failed")
    assert problem["guards"] == ["not_signed_yet"]
    assert everything(database) == before
    assert api.get(f"/v1/entries/{first.json()['entry']}").json()["status"] == "proposed"


def test_a_revision_voids_what_was_signed_on_the_text_before(api: Api, tokens: Tokens) -> None:
    reason = {"reason": "Термин неточен."}
    first = moved(api, accepted(api, tokens), "decline", tokens["nato-co-chair"], **reason)
    assert [signed["party"] for signed in first.json()["sign_offs"]] == ["nato"]
    revised = revise(api, first, tokens["russia-delegate"], body(ru="ложная боеголовка"))
    assert revised.json()["sign_offs"] == []
    second = moved(api, revised, "decline", tokens["russia-co-chair"], **reason)
    assert second.json()["state"] == "in_review"
    last = moved(api, second, "decline", tokens["nato-co-chair"], **reason)
    assert last.json()["state"] == "rejected"
    texts = api.get(f"/v1/proposals/{first.json()['number']}/revisions", tokens["reader"]).json()["items"]
    assert [text["digest"] for text in texts] == [first.json()["digest"], last.json()["digest"]]


def test_agreement_given_before_a_revision_is_given_again(api: Api, tokens: Tokens) -> None:
    first = moved(api, tabled(api, tokens), "agree", tokens["nato-co-chair"])
    called = first.json()["meeting"]
    for account in ("nato-co-chair", "russia-co-chair"):
        first = moved(api, first, "no-consensus", tokens[account], reason="Спор о русском термине.")
    revised = revise(api, first, tokens["russia-delegate"], body(ru="ложная боеголовка"))
    assert [certificate["part"] for certificate in revised.json()["certificates"]] == ["en", "fr", "en-fr"]
    again = revised
    for part in ("ru", "en-ru", "fr-ru"):
        again = moved(api, again, f"certify-{part}", tokens["linguist"])
    again = moved(api, again, "finalise", tokens["secretariat"])
    again = moved(api, again, "table", tokens["nato-co-chair"], meeting=called)
    second = moved(api, again, "agree", tokens["russia-co-chair"])
    assert second.json()["state"] == "tabled"
    last = moved(api, second, "agree", tokens["nato-co-chair"])
    assert (last.json()["state"], last.json()["digest"]) == ("adopted", revised.json()["digest"])


def test_agreeing_and_declining_do_not_add_up(api: Api, tokens: Tokens) -> None:
    first = moved(api, tabled(api, tokens), "agree", tokens["nato-co-chair"])
    second = moved(api, first, "decline", tokens["russia-co-chair"], reason="Термин неточен.")
    assert second.json()["state"] == "tabled"
    last = moved(api, second, "decline", tokens["nato-co-chair"], reason="Accepted.")
    assert last.json()["state"] == "rejected"
    assert api.get(f"/v1/entries/{first.json()['entry']}").json()["status"] == "withdrawn"


# ---- amendments


def test_an_amendment_keeps_the_agreed_text_until_it_is_adopted(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    before = api.get("/v1/entries/TMD-0017").json()
    proposal = tabled(api, tokens, amendment(fr="fausse cible"))
    first = moved(api, proposal, "agree", tokens["nato-co-chair"])
    assert api.get("/v1/entries/TMD-0017").json() == before
    moved(api, first, "agree", tokens["russia-co-chair"])
    entry = api.get("/v1/entries/TMD-0017").json()
    assert (entry["status"], entry["version"]) == ("agreed", 2)
    assert api.get("/v1/entries/TMD-0017/versions/1").json()["digest"] == before["digest"]


def test_the_second_of_two_amendments_of_one_version_is_stale(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    late = certified(api, tokens, accepted(api, tokens, amendment(ru="ложная боеголовка")))
    agreed(api, tokens, amendment(fr="fausse cible"))
    problem = problem_of(api.move(late, "finalise", tokens["secretariat"]), 409, "stale_base")
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
