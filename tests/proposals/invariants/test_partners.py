"""Events that several must record, and what each of them has said before: nothing counts that no longer holds."""

import pytest

from tests.api import Api, Tokens, problem_of
from tests.makers import body, make_entry
from tests.proposals.steps import (
    accepted,
    meeting,
    moved,
    new_proposal,
    objection,
    ready,
    send,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.usefixtures("subject_field")

RESERVATION = {"kind": "reservation", "language": "ru", "text": "Оговорка: термин применяется только к ПРО ТВД."}


def again(api: Api, tokens: Tokens, proposal):
    """The proposal as it is now."""
    answer = api.get(f"/v1/proposals/{proposal.json()['number']}", tokens["reader"])
    assert answer.status_code == 200, answer.text
    return answer


def two_ready(api: Api, tokens: Tokens) -> list[str]:
    texts = (body(), body(en="trap", fr="piège", ru="ловушка"))
    return [ready(api, tokens, new_proposal(content=text)).json()["number"] for text in texts]


def ask(api: Api, token: str, *numbers: str):
    answer = send(api, "/v1/silences", token, {"proposals": list(numbers)})
    assert answer.status_code == 201, answer.text
    return answer.json()["silence"]


def states(api: Api, tokens: Tokens, numbers: list[str]) -> list[str]:
    return [api.get(f"/v1/proposals/{number}", tokens["reader"]).json()["state"] for number in numbers]


def test_of_a_batch_that_was_asked_for_anew_in_part_nothing_is_opened_until_both_ask_for_the_same(
    api: Api, tokens: Tokens
) -> None:
    nato, russia = tokens["nato-co-chair"], tokens["russia-co-chair"]
    first, second = numbers = two_ready(api, tokens)
    assert ask(api, nato, first, second) is None
    assert ask(api, nato, first) is None
    assert ask(api, russia, first, second) is None
    assert states(api, tokens, numbers) == ["ready", "ready"]
    opened = ask(api, nato, first, second)
    assert [item["proposal"] for item in opened["items"]] == numbers
    assert states(api, tokens, numbers) == ["under_silence", "under_silence"]


def test_an_objection_made_after_another_was_withdrawn_still_stands(api: Api, tokens: Tokens) -> None:
    nato, russia = tokens["nato-representative"], tokens["russia-representative"]
    broken = moved(api, under_silence(api, tokens), "break", russia, **objection())
    both = moved(api, broken, "object", nato, **objection("languages.en.definition"))
    one = moved(api, both, "withdraw-objection", russia)
    assert [position["party"] for position in one.json()["positions"]] == ["nato"]
    anew = moved(api, one, "object", russia, **objection("languages.ru.terms"))
    waits = moved(api, anew, "withdraw-objection", nato)
    assert waits.json()["state"] == "objected"
    assert [position["element"] for position in waits.json()["positions"]] == ["languages.ru.terms"]
    assert moved(api, waits, "withdraw-objection", russia).json()["state"] == "ready"


def test_who_concurs_with_the_whole_text_no_longer_objects_to_a_part_of_it(api: Api, tokens: Tokens) -> None:
    russia = tokens["russia-representative"]
    objects = moved(api, ready(api, tokens), "object", russia, **objection())
    concurs = moved(api, objects, "concur", russia)
    assert [(p["kind"], p["element"]) for p in concurs.json()["positions"]] == [("concur", "")]
    changed = moved(api, concurs, "object", russia, **objection())
    assert [p["kind"] for p in changed.json()["positions"]] == ["object"]


@pytest.mark.parametrize("event", ["agree", "agree-ad-referendum"])
def test_the_second_co_chair_is_told_that_nobody_else_is_waited_for(api: Api, tokens: Tokens, event: str) -> None:
    first = moved(api, tabled(api, tokens), event, tokens["nato-co-chair"], absent=["russia"])
    path = f"/v1/proposals/{first.json()['number']}/events"
    for name, failing in (("nato-co-chair", ["not_signed_yet"]), ("russia-co-chair", [])):
        items = api.get(path, tokens[name]).json()["items"]
        (offered,) = (item for item in items if item["event"] == event)
        assert offered["failing"] == failing
        assert offered["waits_for"] == (["russia"] if failing else [])


def test_a_dry_run_of_silence_knows_what_the_other_side_has_asked_for(api: Api, tokens: Tokens) -> None:
    proposal = ready(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}/events/open-silence?dry_run=true"
    assert api.post(path, tokens["russia-co-chair"]).json()["waits_for"] == ["nato"]
    moved(api, proposal, "open-silence", tokens["nato-co-chair"])
    assert api.post(path, tokens["russia-co-chair"]).json()["waits_for"] == []
    again = api.post(path, tokens["nato-co-chair"]).json()
    assert (again["failing"], again["waits_for"]) == ([], ["russia"])


@pytest.mark.parametrize(("reach", "event"), [(ready, "open-silence"), (tabled, "agree")])
def test_nothing_is_agreed_while_a_substantive_discrepancy_is_open(
    api: Api, tokens: Tokens, reach, event: str
) -> None:
    proposal = reach(api, tokens)
    path = f"/v1/proposals/{proposal.json()['number']}/discrepancies"
    found = {"pair": "en-ru", "element": "definition", "gravity": "substantive", "text": "Разный объём понятия."}
    logged = send(api, path, tokens["linguist"], found, **{"If-Match": proposal.headers["ETag"]})
    assert logged.status_code == 201, logged.text
    problem = problem_of(api.move(logged, event, tokens["nato-co-chair"]), 409, "guards_failed")
    assert problem["guards"] == ["discrepancies_are_settled"]
    settled = send(
        api,
        f"{path}/{logged.json()['discrepancies'][0]['id']}/settle",
        tokens["linguist"],
        {"resolution": "Объём тот же."},
        **{"If-Match": logged.headers["ETag"]},
    )
    assert api.move(settled, event, tokens["nato-co-chair"]).status_code == 200


def test_a_reservation_to_the_end_of_an_entry_is_kept_with_it(api: Api, tokens: Tokens, database) -> None:
    with database.write() as db:
        make_entry(db, number=17)
    asked = {"kind": "withdraw", "entry": "TMD-0017", "base_version": 1, "justification": "Out of use."}
    proposal = ready_to_end(api, tokens, asked)
    reserved = moved(api, proposal, "reserve", tokens["russia-representative"], statement=RESERVATION)
    first = moved(api, reserved, "agree", tokens["nato-co-chair"])
    assert moved(api, first, "agree", tokens["russia-co-chair"]).json()["state"] == "adopted"
    (statement,) = api.get("/v1/entries/TMD-0017/statements").json()["items"]
    assert (statement["party"], statement["text"], statement["version"]) == ("russia", RESERVATION["text"], 1)
    entry = api.get("/v1/entries/TMD-0017").json()
    assert entry["status"] == "withdrawn"
    assert statement["decision"] is not None


def ready_to_end(api: Api, tokens: Tokens, asked):
    """A proposal to end an entry, before a meeting; such a text needs no certificates."""
    finalised = moved(api, accepted(api, tokens, asked), "finalise", tokens["secretariat"])
    return moved(api, finalised, "table", tokens["nato-co-chair"], meeting=meeting(api, tokens))
