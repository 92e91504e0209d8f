"""A party that joined later consents to what was decided before."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.accounts.actor import Role
from app.accounts.operations import adopt_profile
from app.db import now
from app.entries.approval.acceding import accede
from app.entries.approval.schemas import NewAccession
from app.entries.queries import decision_numbered
from app.errors import InvalidInput, NotPermitted
from tests.api import Api, Tokens, problem_of
from tests.makers import adopt_entry, content
from tests.proposals.approval.norway import norwegian, with_norway
from tests.proposals.steps import agreed, send

WORDS = NewAccession(language="fr", text="La Norvège s’associe à la décision du groupe de travail.")

pytestmark = pytest.mark.usefixtures("subject_field")


@pytest.fixture
def decision(api: Api, tokens: Tokens) -> str:
    """The number of a decision of the first two parties."""
    answer = agreed(api, tokens)
    number: str = api.get(f"/v1/entries/{answer.json()['entry']}").json()["decision"]["number"]
    return number


def test_its_dated_statement_stands_beside_the_decision(database, api: Api, tokens: Tokens, decision: str) -> None:
    before = api.get(f"/v1/decisions/{decision}").json()
    with database.write() as db:
        profile = with_norway(now(db).date())
        adopt_profile(db, profile)
        accede(db, norwegian(db), profile, decision_numbered(db, decision)[0], WORDS)
    after = api.get(f"/v1/decisions/{decision}").json()
    said = after.pop("accessions")
    assert after == {key: value for key, value in before.items() if key != "accessions"}
    assert [(one["party"], one["language"], one["text"]) for one in said] == [("norway", "fr", WORDS.text)]
    sheet = api.get(f"/v1/decisions/{decision}/sheet", headers={"Accept-Language": "ru"}).text
    assert "Норвегия" in sheet
    assert WORDS.text in sheet
    with database.write() as db:
        for order in ("UPDATE accession SET text = 'x'", "DELETE FROM accession"):
            with pytest.raises(DBAPIError, match="accession is never changed"), db.begin_nested():
                db.execute(text(order))


def test_it_is_said_once_and_by_a_member_only(database, decision: str) -> None:
    with database.write() as db:
        today = now(db).date()
        adopt_profile(db, with_norway(today))
        found = decision_numbered(db, decision)[0]
        tomorrow = with_norway(today.replace(year=today.year + 1))
        with pytest.raises(NotPermitted):
            accede(db, norwegian(db), tomorrow, found, WORDS)
        with pytest.raises(NotPermitted):
            accede(db, replace(norwegian(db), roles=frozenset({Role.DELEGATE})), with_norway(today), found, WORDS)
        accede(db, norwegian(db), with_norway(today), found, WORDS)
        with pytest.raises(InvalidInput) as again:
            accede(db, norwegian(db), with_norway(today), found, WORDS)
        assert again.value.params["reason"] == "consented_already"


def test_who_consented_has_nothing_to_accede_to(api: Api, tokens: Tokens, decision: str) -> None:
    path, said = f"/v1/decisions/{decision}/accessions", WORDS.model_dump(mode="json")
    problem = problem_of(send(api, path, tokens["nato-representative"], said), 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("decision", "consented_already")
    problem_of(send(api, path, tokens["nato-delegate"], said), 403, "not_permitted")
    problem_of(send(api, path, tokens["reader"], said), 403, "not_permitted")
    missing = "/v1/decisions/D(2026)9999/accessions"
    problem_of(send(api, missing, tokens["nato-representative"], said), 404, "not_found")


def test_nobody_accedes_to_texts_that_were_taken_over(database, api: Api, tokens: Tokens) -> None:
    with database.write() as db:
        adopt_entry(db, content(), number=17)
    loaded = api.get("/v1/entries/TMD-0017").json()["decision"]["number"]
    answer = send(
        api, f"/v1/decisions/{loaded}/accessions", tokens["nato-representative"], WORDS.model_dump(mode="json")
    )
    assert problem_of(answer, 422, "invalid_input")["reason"] == "nobody_consented"
