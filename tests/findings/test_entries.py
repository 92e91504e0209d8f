"""Findings about public entries, and the database as the surroundings of a text."""

from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.accounts import operations as accounts
from app.db import Database
from app.entries.content import EntryContent
from app.entries.lint.collection import Collection
from app.entries.lint.reading import Neighbour, Reading
from app.entries.lint.running import lint
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.exchange.loading import load_glossary
from app.findings.around import StoredEntries
from app.findings.operations import answers_to
from app.findings.tables import Waiver
from app.profile import read_profile
from app.settings import Settings
from tests.api import Api, Tokens, problem_of
from tests.exchange.folders import entry_file, make_folder
from tests.languages.glossary import entries as shipped_entries
from tests.makers import adopt_entry, body, content, make_withdrawn_entry
from tests.proposals.steps import new_proposal, propose, submitted

PROFILE = read_profile(Settings().profile_path)


def test_the_findings_about_an_entry_are_public(api: Api, database: Database) -> None:
    with database.write() as db:
        entry = adopt_entry(db, content(en="a decoy"))
        number, digest = f"TMD-{entry.id:04d}", entry.digest
    answer = api.get(f"/v1/entries/{number}/findings", headers={"Accept-Language": "fr"})
    assert answer.status_code == 200
    assert answer.json()["digest"] == digest
    assert "Accept-Language" in answer.headers["Vary"]
    (form,) = (item for item in answer.json()["items"] if item["check"] == "term-form")
    assert form["element"] == "languages.en.terms[a decoy].text"
    assert (form["span"]["start"], form["language"], form["waiver"]) == (0, "en", None)


def test_there_are_no_findings_about_what_is_not_there(api: Api, database: Database) -> None:
    with database.write() as db:
        gone = make_withdrawn_entry(db)
        number = f"TMD-{gone.id:04d}"
    problem_of(api.get(f"/v1/entries/{number}/findings"), 404, "not_found")
    problem_of(api.get("/v1/entries/TMD-9999/findings"), 404, "not_found")


@pytest.mark.usefixtures("subject_field")
def test_who_proposes_again_what_was_refused_is_told(api: Api, tokens: Tokens) -> None:
    token = tokens["nato-delegate"]
    rejected = api.move(submitted(api, tokens), "reject", tokens["secretariat"], reason="Outside the field.")
    kept = propose(api, token)
    api.move(kept, "withdraw", token)  # never submitted, so nobody else hears of it
    again = propose(api, tokens["russia-delegate"], new_proposal())
    items = api.get(f"/v1/proposals/{again.json()['number']}/findings", tokens["russia-delegate"]).json()["items"]
    refused = [item for item in items if item["check"] == "refused-before"]
    assert {item["severity"] for item in refused} == {"information"}
    assert any(rejected.json()["number"] in item["message"] for item in refused)
    assert not any(kept.json()["number"] in item["message"] for item in refused)


def test_the_answers_in_glossary_files_are_signed_once(db, tmp_path: Path) -> None:
    waivers = """waivers:
  - {check: definition-capital, element: languages.en.definition.text, reason: A trade name.}
"""
    folder = make_folder(tmp_path, entry_file(34) + waivers, entry_file(35, "missile", "missile", "ракета"))
    for _ in range(2):
        load_glossary(db, accounts.secretariat(db), PROFILE, folder)
    signed = db.scalars(select(Waiver)).one()
    assert (signed.check_id, signed.element, signed.reason) == (
        "definition-capital",
        "languages.en.definition.text",
        "A trade name.",
    )
    entry = db.get_one(Entry, 34)
    assert answers_to(db, entry.digest or "").keys() == {(signed.check_id, signed.element)}


def test_the_database_says_the_same_of_the_surroundings_as_a_folder(db) -> None:
    """The same texts have the same findings, whether the entries around them are stored or in memory."""
    files = shipped_entries()[:60]
    for file in files:
        adopt_entry(db, file.content, number=int(file.number[4:]))
    around = Collection(Neighbour(file.number, EntryStatus.AGREED, file.content) for file in files)
    for file in files:
        stored = StoredEntries(db, int(file.number[4:]))
        in_memory = lint(Reading(file.content, file.number, surroundings=around.seen_from(file.number)))
        assert lint(Reading(file.content, file.number, surroundings=stored)) == in_memory


def test_a_number_of_another_series_names_no_entry(db) -> None:
    said = body(en="decoy")
    said["languages"]["en"]["definition"]["text"] = "object that is taken for a warhead by the MIM-0104"
    text = EntryContent.model_validate(said)
    entry = adopt_entry(db, text)
    number = f"TMD-{entry.id:04d}"
    stored = StoredEntries(db, entry.id)
    assert stored.entry("MIM-0104") is None
    alone = Collection([Neighbour(number, EntryStatus.AGREED, text)]).seen_from(number)
    assert lint(Reading(text, number, surroundings=stored)) == lint(Reading(text, number, surroundings=alone))


def test_what_a_text_asks_of_the_entries_is_looked_up_together(db) -> None:
    """However much a text names and uses, the entries are asked three times at most."""
    for file in shipped_entries()[:60]:
        adopt_entry(db, file.content, number=int(file.number[4:]))
    asked: list[str] = []
    engine = db.get_bind().engine

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    for file in shipped_entries()[:60]:
        stored = StoredEntries(db, int(file.number[4:]))
        asked.clear()
        event.listen(engine, "before_cursor_execute", note)
        try:
            lint(Reading(file.content, file.number, surroundings=stored))
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert 1 <= len(asked) <= 3, asked
