"""What becomes of the entries of a file: matched by number or name, never by their text; told before it is done."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts import operations as accounts
from app.accounts.actor import Actor
from app.audit.verifying import breaches
from app.db import Database
from app.entries import operations as entries
from app.entries.canonical import CanonicalText
from app.entries.content import EntryContent
from app.entries.loading import NewText, load_adopted_together
from app.entries.tables import Entry
from app.errors import ImportRejected
from app.exchange.imported import ImportAs, ImportedEntry, Outcome, Terms
from app.exchange.importing import import_entries
from app.exchange.intakes import initial_load_decision
from app.exchange.records import Fault, Incoming
from app.exchange.tables import ImportOrigin
from app.profile import read_profile
from app.proposals.causing import cause
from app.proposals.dossier import dossier_of
from app.proposals.inputs import EventInput
from app.proposals.workflow import Event
from app.settings import Settings
from tests.api import Tokens
from tests.contents import full_content
from tests.makers import body, content, make_entry, make_proposed_entry, make_subject_field
from tests.rows import everything

PROFILE = read_profile(Settings().profile_path)
COLLECTION = "IATE"
LOAD = ImportAs.INITIAL_LOAD


def items(*texts: EntryContent | tuple[str | None, EntryContent]) -> list[Incoming]:
    named = [text if isinstance(text, tuple) else (None, text) for text in texts]
    return [Incoming(line, name, text) for line, (name, text) in enumerate(named, 1)]


def take(
    db: Session,
    incoming: Sequence[Incoming],
    actor: Actor | None = None,
    *,
    dry_run: bool = False,
    **terms: Any,
) -> list[ImportedEntry]:
    wanted = Terms(**({"justification": "Imported.", "collection": COLLECTION} | terms))
    report = import_entries(db, actor or accounts.secretariat(db), PROFILE, incoming, wanted, dry_run=dry_run)
    db.flush()
    db.expunge_all()
    return report


def outcomes(report: list[ImportedEntry]) -> list[str]:
    return [line.outcome.value for line in report]


@pytest.fixture
def threat(db) -> None:
    make_subject_field(db)


@pytest.mark.parametrize("into", list(ImportAs))
def test_entries_that_begin_on_one_line_are_told_apart(db, threat, into: ImportAs) -> None:
    file = [Incoming(1, None, content(en=en)) for en in ("decoy", "chaff")]
    related = {**body(), "relations": [{"type": "see_also", "target": "TMD-0999"}]}
    assert outcomes(take(db, file, into=into)) == ["new", "new"]
    assert outcomes(take(db, file, into=into)) == ["unchanged", "unchanged"]
    late = [Incoming(1, None, EntryContent.model_validate(related)), Incoming(1, None, content(en="flare"))]
    assert outcomes(take(db, late, into=into, dry_run=True)) == ["rejected", "new"]


# ---- told before it is done


def test_a_dry_run_shows_what_an_amendment_would_change(db) -> None:
    make_entry(db, number=500)
    changed = content(fr="fausse cible")
    (line,) = take(db, items(("TMD-0500", changed)), dry_run=True)
    assert line.outcome is Outcome.AMENDMENT
    paths = [one.path for one in line.changes]
    assert "languages.fr.terms[leurre]" in paths
    assert "languages.fr.terms[fausse cible]" in paths
    assert not any(path.startswith("languages.en") for path in paths)


@pytest.mark.parametrize("into", list(ImportAs))
def test_entries_with_the_same_names_are_pointed_at_and_never_merged(db, into: ImportAs) -> None:
    make_entry(db, number=500)
    make_entry(db, number=501, en="decoy", fr="appât", ru="приманка")
    twin, namesake = content(), content(en="decoy", fr="leurre gonflable", ru="надувная цель")
    inflected = content(en="decoys", fr="leurres", ru="ложные цели")
    report = take(
        db, items(twin, namesake, inflected, content(en="chaff", fr="paillettes", ru="отражатели")), into=into
    )
    assert outcomes(report) == ["new"] * 4
    assert [line.duplicates for line in report[:1]] == [("TMD-0500",)]
    assert report[1].duplicates == ()
    assert report[2].duplicates[:1] == ("TMD-0500",)
    assert report[3].duplicates == ()


def test_a_list_in_one_language_is_compared_in_that_language(db) -> None:
    make_entry(db, number=500)
    (line,) = take(db, items(content(fr=None, ru=None)))
    assert line.duplicates == ("TMD-0500",)


def test_a_proposed_entry_is_pointed_at_too(db) -> None:
    number = make_proposed_entry(db).id
    (line,) = take(db, items(content()), dry_run=True)
    assert line.duplicates == (f"TMD-{number:04d}",)


# ---- again


@pytest.mark.parametrize("into", list(ImportAs))
@pytest.mark.parametrize("name", ["254003", None, "x" * 300, "TMD-0500"])
def test_what_comes_again_is_recognised(database: Database, into: ImportAs, name: str | None) -> None:
    with database.write() as db:
        make_subject_field(db)
        first = take(db, items((name, content()), content(en="jammer")), into=into)
    assert outcomes(first) == ["new", "new"]
    before = everything(database)
    with database.write() as db:
        again = take(db, items((name, content()), content(en="jammer")), into=into)
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert [(line.entry, line.proposal) for line in again] == [(line.entry, line.proposal) for line in first]
    assert everything(database) == before


def test_a_name_holds_within_its_collection_only(db, threat: None) -> None:
    take(db, items(("7", content())), into=LOAD)
    assert outcomes(take(db, items(("7", content(en="jammer"))), collection="UNTERM", into=LOAD)) == ["new"]


def test_an_entry_that_came_under_a_name_is_amended_under_it(db, threat: None) -> None:
    (loaded,) = take(db, items(("7", content())), into=LOAD)
    (line,) = take(db, items(("7", content(en="false target"))))
    assert (line.outcome, line.entry) == (Outcome.AMENDMENT, loaded.entry)
    assert line.changes


def test_a_later_text_of_what_is_still_proposed_is_refused_with_the_proposal(db, threat: None) -> None:
    (first,) = take(db, items(("7", content())))
    (line,) = take(db, items(("7", content(en="false target"))), dry_run=True)
    assert line.faults == (
        Fault("", "already_proposed", {"reason": "already_proposed", "proposal": first.proposal or ""}),
    )


def test_what_was_taken_back_can_come_again(db, threat: None) -> None:
    secretariat = accounts.secretariat(db)
    (first,) = take(db, items(("7", content())))
    dossier = dossier_of(db, secretariat, first.proposal or "", PROFILE)
    cause(db, secretariat, dossier, Event.WITHDRAW, EventInput(reason="Not needed."))
    (again,) = take(db, items(("7", content())))
    assert (again.outcome, again.proposal != first.proposal) == (Outcome.NEW, True)


def test_the_same_amendment_is_not_proposed_twice(db) -> None:
    make_entry(db, number=500)
    amended = items(("TMD-0500", content(fr="fausse cible")))
    (first,), (again,) = take(db, amended), take(db, amended)
    assert (first.outcome, again.outcome) == (Outcome.AMENDMENT, Outcome.UNCHANGED)
    assert again.proposal == first.proposal


def test_what_a_party_imports_is_not_known_to_another(database: Database) -> None:
    tokens = Tokens.made_in(database)
    with database.write() as db:
        make_subject_field(db)
        actors = [accounts.actor_of_token(db, tokens[name]) for name in ("nato-delegate", "russia-delegate")]
        for actor in actors:
            assert outcomes(take(db, items(("7", content())), actor)) == ["new"]
        parties = sorted(db.scalars(select(col(ImportOrigin.party))))
    assert parties == ["nato", "russia"]


# ---- names and subject fields


def test_a_name_of_others_that_stands_twice_is_no_reason_to_refuse(db, threat: None) -> None:
    report = take(db, items(("2_76365", content()), ("2_76365", content(en="jammer"))))
    assert outcomes(report) == ["new", "new"]
    assert report[1].warnings == (Fault("", "duplicate_external_id", {"value": "2_76365"}),)
    assert outcomes(take(db, items(("2_76365", content()), ("2_76365", content(en="jammer"))))) == ["unchanged"] * 2


def test_a_number_of_ours_that_stands_twice_is(db, threat: None) -> None:
    with pytest.raises(ImportRejected) as error:
        take(db, items(("TMD-0500", content()), ("TMD-0500", content(en="jammer"))), into=LOAD)
    assert [line.outcome for line in error.value.params["report"]] == ["new", "rejected"]


def test_subject_fields_that_there_are_not_are_replaced_if_the_caller_says_by_which(db, threat: None) -> None:
    (line,) = take(db, items(content("propulsion")), subject="threat")
    assert line.warnings == (
        Fault("subject_fields", "subject_field_replaced", {"value": "propulsion", "subject": "threat"}),
    )
    (line,) = take(db, items(content("propulsion", en="booster")), dry_run=True)
    assert [fault.code for fault in line.faults] == ["unknown_subject_field"]


def test_an_initial_load_takes_no_text_of_which_the_encoding_was_guessed(db, threat: None) -> None:
    guessed = Incoming(1, "7", content(), warnings=(Fault("", "encoding_assumed", {"encoding": "windows-1251"}),))
    (line,) = take(db, [guessed], into=LOAD, dry_run=True)
    assert [fault.code for fault in line.faults] == ["encoding_not_stated"]
    assert outcomes(take(db, [guessed], dry_run=True)) == ["new"]


def test_a_number_that_an_entry_of_the_file_was_given_is_taken(db, threat: None) -> None:
    first = PROFILE.first_entry
    (_, line) = take(db, items(content(), (f"TMD-{first:04d}", content(en="jammer"))), into=LOAD, dry_run=True)
    assert [fault.code for fault in line.faults] == ["number_taken"]


# ---- together


def test_entries_loaded_together_are_those_loaded_one_by_one(own_database: Database) -> None:
    texts = [content(), content(en="jammer", fr="brouilleur", ru="станция помех"), full_content()]
    with own_database.write() as db:
        for code in ("threat", "interception", "command-and-control"):
            make_subject_field(db, code)
        secretariat, decision = accounts.secretariat(db), initial_load_decision(db)
        for number, text in enumerate(texts, 1):
            entries.load_adopted(db, secretariat, entry_id=number, content=text, decision=decision)
        new = [NewText(number, text, CanonicalText.of(text)) for number, text in enumerate(texts, 11)]
        load_adopted_together(db, secretariat, new, decision)
    rows = everything(own_database)
    for table in ("entry", "entry_version", "entry_subject", "entry_card", "term", "term_key", "audit_event"):
        assert len(rows[table]) % 2 == 0, table
    with own_database.read() as db:
        assert list(breaches(db, lambda _row: None)) == []
        for number in (1, 2, 3):
            one, other = db.get_one(Entry, number), db.get_one(Entry, number + 10)
            assert {**one.model_dump(), "id": 0} == {**other.model_dump(), "id": 0}


def test_a_load_of_nothing_is_nothing(database: Database) -> None:
    before = everything(database)
    with database.write() as db:
        load_adopted_together(db, Actor(), [], initial_load_decision(db))
        db.rollback()
    assert everything(database) == before


def statements_of(db: Session, incoming: list[Incoming], into: ImportAs) -> int:
    """How many statements it takes to take a file in."""
    counted: list[str] = []

    def listener(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    connection = db.connection()
    event.listen(connection, "before_cursor_execute", listener)
    try:
        take(db, incoming, into=into)
    finally:
        event.remove(connection, "before_cursor_execute", listener)
    return len(counted)


@pytest.mark.parametrize("into", list(ImportAs))
def test_what_comes_again_takes_as_many_statements_however_much_it_is(db, threat: None, into: ImportAs) -> None:
    texts = [content(en=f"decoy {n}", fr=f"leurre {n}", ru=f"ловушка {n}") for n in range(20)]
    named = items(*((f"x-{n}", text) for n, text in enumerate(texts)))
    take(db, named, into=into)
    assert statements_of(db, named, into) == statements_of(db, named[:2], into)


def test_an_initial_load_takes_as_many_statements_however_much_it_is(db, threat: None) -> None:
    def texts(first: int, count: int) -> list[Incoming]:
        numbered = range(first, first + count)
        related = [
            {**body(en=f"decoy {n}"), "relations": [{"type": "see_also", "target": "TMD-0500"}]} for n in numbered
        ]
        return items(
            *((f"TMD-{n}", EntryContent.model_validate(text)) for n, text in zip(numbered, related, strict=True))
        )

    make_entry(db, number=500)
    # Words and keys that are new take further statements, so they are brought in first.
    take(db, texts(2000, 30), into=LOAD)
    assert statements_of(db, texts(2000, 2), LOAD) == statements_of(db, texts(2000, 20), LOAD)
    few, many = (statements_of(db, texts(first, count), LOAD) for first, count in ((3000, 2), (4000, 20)))
    assert many <= few + 2
